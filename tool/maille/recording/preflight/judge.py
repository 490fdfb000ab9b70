"""What a cluster lacks for a layout, with the numbers; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.storage import MAX_PGS_PER_OSD, in_both_units
from maille.ceph.errors import CephError
from maille.errors import Finding
from maille.recording.preflight.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from maille.ceph.facts import Facts, Osd
    from maille.ceph.promises import Promise
    from maille.layout.model import Layout

LEAST_RELEASE = 16
COPIES = 3
_NEARLY_FULL = ("OSD_NEARFULL", "OSD_BACKFILLFULL", "POOL_NEAR_FULL")


def judge(
    layout: Layout,
    facts: Facts,
    existing: Mapping[str, int],
    promised: Collection[Promise] = (),
) -> tuple[Finding, ...]:
    """Give what a cluster lacks.

    Args:
        layout: what is to be there.
        facts: the cluster as it is.
        existing: the placement groups of the layout's pools that are there already.
        promised: what every pool takes of the disks, or may take: those of others, too.
    """
    return (
        *_release(layout, facts),
        *_health(layout, facts),
        *_hosts(layout, facts),
        *_capacity(layout, facts, raw_elsewhere(layout, promised), _in_former(layout, promised)),
        *_metadata(layout, facts),
        *_placement_groups(layout, facts, existing),
    )


def raw_elsewhere(layout: Layout, promised: Collection[Promise]) -> int:
    """Give the bytes of the layout's disks that others use, or that are promised to them.

    Args:
        layout: its own pools do not count.
        promised: of all pools of the cluster.
    """
    own = {pool.name for pool in (*layout.pools, *layout.recording_pools)}
    return sum(
        one.raw_bytes
        for one in promised
        if one.pool not in own and one.device_class in (None, layout.profile.device_class)
    )


def _in_former(layout: Layout, promised: Collection[Promise]) -> tuple[int, int]:
    """Give what former pools hold: raw bytes, and how much of the shares that is."""
    used = {one.pool: one.used_bytes for one in promised}
    raw = [(one.profile, used.get(one.pool.name, 0)) for one in layout.former]
    stored = sum(size * code.k // (code.k + code.m) for code, size in raw)
    return sum(size for _, size in raw), stored


def require_fit(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Give the findings if none of them speaks against it.

    Raises:
        CephError: the cluster is too small or in error, with all the numbers.
    """
    failing = [finding for finding in findings if finding.fails]
    if failing:
        raise CephError(
            "the cluster is not fit for this estate, and nothing was made on it:\n"
            + "\n".join(f"{one.code}  {one.what}: {one.how}" for one in failing)
        )
    return findings


def _finding(code: str, what: str, how: str) -> Finding:
    return Finding(code, CODES[code].severity, what, how, subject=what.partition(" ")[0])


def _release(_layout: Layout, facts: Facts) -> Iterator[Finding]:
    if facts.release < LEAST_RELEASE:
        yield _finding(
            "R001",
            f"cluster {facts.fsid[:8]} runs {facts.version}",
            f"upgrade it to Ceph {LEAST_RELEASE} or newer",
        )


def _health(_layout: Layout, facts: Facts) -> Iterator[Finding]:
    for problem in facts.problems:
        if problem.severe:
            yield _finding(
                "R002",
                f"cluster {facts.fsid[:8]} is in error: {problem.code}: {problem.told}",
                "mend that first: `ceph health detail`",
            )
        elif problem.code in _NEARLY_FULL:
            yield _finding(
                "R008",
                f"cluster {facts.fsid[:8]} is nearly full: {problem.told}",
                "make room before it stops recording: runbooks/cluster-filling-up.md",
            )


def _working(layout: Layout, facts: Facts) -> dict[str, tuple[Osd, ...]]:
    """Give the disks for recordings that are up and in, by host."""
    hosts = facts.hosts_of(layout.profile.device_class)
    kept = {
        host: tuple(osd for osd in osds if osd.up and osd.taken) for host, osds in hosts.items()
    }
    return {host: osds for host, osds in kept.items() if osds}


def _hosts(layout: Layout, facts: Facts) -> Iterator[Finding]:
    working = _working(layout, facts)
    chunks = layout.profile.k + layout.profile.m
    if layout.profile.failure_domain == "host" and len(working) <= chunks:
        lacks = "cannot hold" if len(working) < chunks else "cannot heal the loss of one with"
        yield _finding(
            "R003",
            f"{len(working)} hosts with {layout.profile.device_class} disks that are up {lacks}"
            f" {layout.profile.k} + {layout.profile.m} chunks, one a host",
            f"bring hosts back, or add some: at least {chunks + 1}",
        )
    if len(working) < layout.hosts:
        yield _finding(
            "R007",
            f"{len(working)} hosts with {layout.profile.device_class} disks are up, the inventory"
            f" counts on {layout.hosts}",
            "see which are missing: `ceph osd tree`",
        )


def _capacity(
    layout: Layout, facts: Facts, elsewhere_bytes: int, former: tuple[int, int]
) -> Iterator[Finding]:
    working = _working(layout, facts)
    sizes = [sum(osd.size_bytes for osd in osds) for osds in working.values()]
    if not sizes:
        return
    code, (former_raw, former_stored) = layout.profile, former
    taken = elsewhere_bytes + former_raw
    raw = max(0.0, (sum(sizes) - max(sizes)) * layout.fill_target - taken)
    usable = raw * code.k / (code.k + code.m)
    # What lies in a former pool counts in its folder's quota, and is not written again.
    if usable < layout.quota_bytes - former_stored:
        yield _finding(
            "R004",
            f"{in_both_units(layout.quota_bytes)} of quotas do not fit: {len(sizes)} hosts with"
            f" {in_both_units(sum(sizes))} raw carry {in_both_units(usable)} as"
            f" {code.k} + {code.m}, filled to {layout.fill_target:.0%} and with the largest host"
            f" lost{_beside(elsewhere_bytes)}{_beside_former(former)}{_at(layout)}",
            "add hosts or disks, choose another code, or shorten what is kept",
        )


def _metadata(layout: Layout, facts: Facts) -> Iterator[Finding]:
    wanted = next(rule.device_class for rule in layout.rules if rule.profile is None)
    hosts = {osd.host for osd in facts.of_class(wanted) if osd.up and osd.taken}
    if len(hosts) < COPIES:
        yield _finding(
            "R006",
            f"{len(hosts)} hosts have {wanted or 'any'} disks for the metadata, {COPIES} are"
            " needed",
            "add disks of that class, or name another by `storage.metadata_class`",
        )


def _placement_groups(
    layout: Layout, facts: Facts, existing: Mapping[str, int]
) -> Iterator[Finding]:
    osds = [osd for disks in _working(layout, facts).values() for osd in disks]
    if not osds:
        return
    further = layout.data_pool.pg_num - existing.get(layout.data_pool.name, 0)
    now = sum(osd.placement_groups for osd in osds)
    each = (now + max(0, further) * layout.data_pool.size) / len(osds)
    if each > MAX_PGS_PER_OSD:
        yield _finding(
            "R005",
            f"{layout.data_pool.pg_num} placement groups in pool {layout.data_pool.name} make"
            f" {each:.0f} a disk on {len(osds)} disks, {MAX_PGS_PER_OSD} at most are good",
            "add disks, or remove pools that nobody uses",
        )


def _beside(elsewhere_bytes: int) -> str:
    return f", beside {in_both_units(elsewhere_bytes)} raw of others" if elsewhere_bytes else ""


def _beside_former(former: tuple[int, int]) -> str:
    raw, stored = former
    told = f", beside {in_both_units(raw)} raw for {in_both_units(stored)} in former pools"
    return told if raw else ""


def _at(layout: Layout) -> str:
    return "" if layout.scale == "1" else f", at scale {layout.scale}"
