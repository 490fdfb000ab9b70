"""Recording capacity: the cluster that the inventory names against what it must keep: S001-S009."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.storage import TB, TIB
from maille.errors import Severity
from maille.rule_info import RuleInfo
from maille.rules.model import BlueprintRule, EstateRule, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.rules.model import BlueprintContext, EstateContext, LogicalPath

LEAST_MARGIN = 0.18
"""1 / 0.85 - 1: below it a quota that is 85 % full is the normal state."""

LEAST_M = 2


def _erasure_code(context: EstateContext) -> Iterator[Hit]:
    storage = context.estate.settings.storage
    path = ("settings", "storage")
    if storage.ec.m < LEAST_M:
        yield Hit(
            (*path, "ec"),
            f"m = {storage.ec.m}: the loss of a disk while another is rebuilt loses recordings",
            "choose m = 2 or more",
            storage.cluster,
        )
    if storage.hosts < storage.ec.k + storage.ec.m:
        yield Hit(
            (*path, "hosts"),
            f"{storage.hosts} hosts cannot hold {storage.ec.k} + {storage.ec.m} chunks, one a host",
            f"use at least {storage.ec.k + storage.ec.m + 1} hosts, or a smaller code",
            storage.cluster,
        )
    elif storage.hosts == storage.ec.k + storage.ec.m:
        yield Hit(
            (*path, "hosts"),
            f"{storage.hosts} hosts hold {storage.ec.k} + {storage.ec.m} chunks and cannot heal the"
            " loss of one",
            f"use at least {storage.ec.k + storage.ec.m + 1} hosts",
            storage.cluster,
        )


def _margin(context: EstateContext) -> Iterator[Hit]:
    margins: list[tuple[LogicalPath, float]] = [
        (("settings", "retention", "margin"), context.estate.settings.retention.margin)
    ]
    for insee, commune in context.estate.communes.items():
        if commune.retention and commune.retention.margin is not None:
            at = ("communes", insee, "retention", "margin")
            margins.append((at, commune.retention.margin))
    for path, margin in margins:
        if margin < LEAST_MARGIN:
            yield Hit(
                path,
                f"a margin of {margin:g} makes a quota 85 % full the normal state",
                f"use {LEAST_MARGIN} or more, 0.25 by default",
                str(path[1]),
            )


def _retention_owner(context: EstateContext) -> Iterator[Hit]:
    for key, recorder in context.estate.centre.recorders.items():
        if recorder.retention_owner == "maille" and recorder.access != "cephfs":
            yield Hit(
                ("centre", "recorders", key, "retention_owner"),
                f"recorder `{key}` writes by {recorder.access}: its files are its own database",
                "write `retention_owner: vms`; what a recorder owns is never erased under it",
                key,
            )


def _ceph_hosts(context: EstateContext) -> Iterator[Hit]:
    hosts = [host for host in context.estate.centre.hosts.values() if host.role == "ceph"]
    found = sum(host.count for host in hosts)
    wanted = context.estate.settings.storage.hosts
    if found != wanted:
        yield Hit(
            ("settings", "storage", "hosts"),
            f"the cluster has {wanted} hosts, the centre {found} of role `ceph`",
            "let both say the same",
            context.estate.settings.storage.cluster,
        )


def _capacity(context: BlueprintContext) -> Iterator[Hit]:
    plan = context.blueprint.storage
    if not plan.fits:
        yield Hit(
            ("settings", "storage", "hosts"),
            f"{plan.raw_needed_bytes / TB:.1f} TB ({plan.raw_needed_bytes / TIB:.1f} TiB) raw are"
            f" needed, {plan.shape.hosts} hosts have {plan.raw_bytes / TB:.1f} TB",
            f"use {plan.hosts_needed} hosts of `{plan.server}`, or another code",
            context.estate.settings.storage.cluster,
        )


def _throughput(context: BlueprintContext) -> Iterator[Hit]:
    plan = context.blueprint.storage
    reading = context.estate.settings.storage.playback_mb_s
    if plan.write_mb_s + reading > plan.disks_mb_s:
        yield Hit(
            ("settings", "storage", "hosts"),
            f"{plan.write_mb_s:.0f} MB/s of writing and {reading:.0f} MB/s of playback are more"
            f" than the disks' {plan.disks_mb_s:.0f} MB/s",
            "use more or faster disks",
            context.estate.settings.storage.cluster,
        )


def _recorders(context: BlueprintContext) -> Iterator[Hit]:
    loads: dict[str, float] = {}
    for camera in context.blueprint.cameras.values():
        loads[camera.recorder] = loads.get(camera.recorder, 0.0) + camera.bitrate.mbps
    for key, recorder in context.estate.centre.recorders.items():
        if loads.get(key, 0.0) > recorder.capacity_mbps:
            yield Hit(
                ("centre", "recorders", key, "capacity_mbps"),
                f"recorder `{key}` takes {loads[key]:.0f} Mbit/s and writes"
                f" {recorder.capacity_mbps:.0f}",
                "add a recorder, or pin communes to another one",
                key,
            )


def _measured(context: BlueprintContext) -> Iterator[Hit]:
    estimated = sum(
        camera.bitrate.source == "estimated" and camera.connected
        for camera in context.blueprint.cameras.values()
    )
    connected = sum(camera.connected for camera in context.blueprint.cameras.values())
    if connected and estimated:
        yield Hit(
            ("settings", "profiles"),
            f"the bitrates of {estimated} of {connected} connected cameras are estimates",
            "write `measured_mbps` of a sample of each profile",
            context.estate.settings.estate,
        )


RULES = (
    EstateRule(
        RuleInfo(
            "S001",
            "erasure code",
            Severity.ERROR,
            "Ceph documentation, erasure code",
            "One chunk a host: k + m hosts to write, one more to heal, and m of at least 2 so that "
            "recordings survive a second loss while the first one heals.",
        ),
        _erasure_code,
        judges=("host",),
    ),
    EstateRule(
        RuleInfo(
            "S002",
            "margin too small",
            Severity.WARNING,
            "maille",
            "Quotas alarm at 85 %. With a margin under 18 % that is where they always are.",
        ),
        _margin,
        judges=("commune",),
    ),
    EstateRule(
        RuleInfo(
            "S003",
            "two owners of one retention",
            Severity.ERROR,
            "maille",
            "Some viewing software keeps a database of its own on block or SMB storage; deleting "
            "files under it corrupts it. maille erases only what it owns, on CephFS.",
        ),
        _retention_owner,
        judges=("host",),
    ),
    EstateRule(
        RuleInfo(
            "S004",
            "hosts of the cluster",
            Severity.ERROR,
            "maille",
            "The cluster that is sized is the one that stands at the centre.",
        ),
        _ceph_hosts,
        judges=("host",),
    ),
    BlueprintRule(
        RuleInfo(
            "S005",
            "cluster too small",
            Severity.ERROR,
            "CSI L252-5; Ceph documentation",
            "Sum of quotas and holds x (k + m) / k ÷ 0.80 x N / (N - 1): filled below nearfull and "
            "able to heal the loss of one host. Undersizing silently shortens the retention.",
        ),
        _capacity,
        judges=("commune", "host"),
    ),
    BlueprintRule(
        RuleInfo(
            "S006",
            "disks too slow",
            Severity.ERROR,
            "maille",
            "Writing at 1.5 times the mean with its coding chunks, and playback, stay within what "
            "the disks sustain.",
        ),
        _throughput,
        judges=("host",),
    ),
    BlueprintRule(
        RuleInfo(
            "S007",
            "recorder overloaded",
            Severity.ERROR,
            "maille",
            "The streams of its communes stay within what a recorder writes.",
        ),
        _recorders,
        judges=("host",),
    ),
    BlueprintRule(
        RuleInfo(
            "S008",
            "bitrates estimated",
            Severity.INFO,
            "maille",
            "Estimates follow from codec, resolution, frame rate and activity. Measured rates "
            "replace them as soon as cameras run.",
        ),
        _measured,
        judges=("commune", "host"),
    ),
)
