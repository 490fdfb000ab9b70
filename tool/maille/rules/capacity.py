"""Loads, elections, outages and headroom, in every single failure: N013 to N020, N028, N029."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.disjoint_ways import disjoint_ways
from maille.errors import Severity
from maille.rule_info import RuleInfo
from maille.rules.model import BlueprintRule, Hit
from maille.rules.where import link_path, switch_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.blueprint.capacity import LinkLoad, Outage
    from maille.blueprint.model import FailureGroup
    from maille.rules.model import BlueprintContext, LogicalPath

GATEWAYS_AND_ENDS = 5
"""Addresses of a segment that no camera gets: network, broadcast, three of gateways."""


ELSEWHERE = "lead one way through another cable, duct, site or supply"


def told(failure: FailureGroup | None) -> str:
    """Name a failure in a sentence."""
    return f"after the loss of {failure.kind} {failure.id}" if failure else "in the normal state"


def failure_path(context: BlueprintContext, failure: FailureGroup | None) -> LogicalPath:
    """Give the path of what fails."""
    if failure is None:
        return ("settings", "estate")
    places: dict[str, tuple[str, ...]] = {
        "cable": ("network", "cables", failure.id),
        "duct": ("network", "ducts", failure.id),
        "site": ("network", "sites", failure.id),
        "supply": ("network", "supplies", failure.id),
    }
    if failure.kind == "link":
        return link_path(context.blueprint, failure.links[0][0])
    if failure.kind == "switch":
        return switch_path(context.blueprint, failure.id)
    return places[failure.kind]


def _normal_load(context: BlueprintContext) -> Iterator[Hit]:
    yield from _loads(context, [x for x in context.capacity.overloads if x.failure is None])


def _load_after_failure(context: BlueprintContext) -> Iterator[Hit]:
    worst: dict[str, LinkLoad] = {}
    for load in context.capacity.overloads:
        known = worst.get(load.link)
        if load.failure and (known is None or load.share > known.share):
            worst[load.link] = load
    yield from _loads(context, worst.values())


def _loads(context: BlueprintContext, loads: Iterable[LinkLoad]) -> Iterator[Hit]:
    limit = context.capacity.limit
    for load in loads:
        yield Hit(
            link_path(context.blueprint, load.link),
            f"link {load.link} carries {load.load_mbps:.0f} of {load.capacity_mbps:.0f} Mbit/s"
            f" ({load.share:.0%}) {told(load.failure)}; {limit:.0%} is the limit",
            "give the link more, split the ring, or move cameras",
            load.link,
        )


def _elections(context: BlueprintContext) -> Iterator[Hit]:
    for ambiguity in context.capacity.ties:
        tie = ambiguity.tie
        yield Hit(
            switch_path(context.blueprint, tie.switch),
            f"{told(ambiguity.failure)} the MAC addresses of {' and '.join(tie.rivals)} decide"
            f" which way {tie.switch} goes",
            "make the ways differ: another length of the ring, or another speed of one link",
            tie.switch,
        )


def _spurs(context: BlueprintContext) -> Iterator[Hit]:
    """Tell each set of cameras that hangs on one thing once, with all that it hangs on."""
    behind: dict[tuple[str, ...], list[FailureGroup]] = {}
    for point in context.single_points:
        if point.scope == "spur" and point.cameras:
            behind.setdefault(point.cameras, []).append(point.failure)
    for cut, failures in behind.items():
        first = failures[0]
        points = " or ".join(f"{failure.kind} {failure.id}" for failure in failures)
        yield Hit(
            failure_path(context, first),
            f"{len(cut)} camera(s) have one way in: {_some(list(cut))} are lost with {points}",
            "give them a second way, or waive it with a reason",
            first.id,
        )


def _upstream(context: BlueprintContext) -> Iterator[Hit]:
    for point in context.single_points:
        if point.scope == "upstream":
            lost = point.cameras or point.switches
            what = "camera(s)" if point.cameras else "switch(es), which cannot be managed,"
            yield Hit(
                failure_path(context, point.failure),
                f"{point.failure.kind} {point.failure.id} takes {len(lost)} {what} with it that"
                f" hang elsewhere and have a second way by the plan: {_some(list(lost))}",
                "look at what both ways share, and at the trunks on the second one",
                point.failure.id,
            )


def _shared_fates(context: BlueprintContext) -> Iterator[Hit]:
    fates = disjoint_ways(context.blueprint)
    cables = context.estate.network.cables
    ducts = {(cables[fate.id].duct, fate.switches) for fate in fates if fate.kind == "cable"}
    for fate in fates:
        if fate.kind == "duct" and (fate.id, fate.switches) in ducts:
            continue  # its cable is told, and mended it mends the duct
        ring = fate.subject in context.blueprint.rings
        yield Hit(
            ("network", "rings" if ring else "pairs", fate.subject),
            f"both ways of {'ring' if ring else 'pair'} `{fate.subject}` depend on {fate.kind}"
            f" {fate.id}: it takes {_some(list(fate.switches))} off the network",
            ELSEWHERE,
            fate.subject,
        )


def _some(idents: list[str]) -> str:
    return ", ".join(idents[:3]) + (", …" if len(idents) > 3 else "")


def _centre_lost(context: BlueprintContext) -> Iterator[Hit]:
    for outage in context.capacity.outages:
        if outage.failure and outage.detached:
            yield Hit(
                failure_path(context, outage.failure),
                f"{outage.failure.kind} {outage.failure.id} takes {', '.join(outage.detached)} off"
                " the network: nothing is recorded there meanwhile",
                "attach its hosts to two switches (`attached_to`), or waive it with a reason",
                outage.failure.id,
            )


def _lacking(context: BlueprintContext) -> Iterator[Hit]:
    for outage in context.capacity.outages:
        if outage.failure is None:
            yield Hit(
                ("settings", "estate"),
                f"in the normal state {len(outage.cameras)} camera(s) reach no recorder:"
                f" {_some(list(outage.cameras))}",
                "look for a link that is missing between their pair and the centre",
                context.estate.settings.estate,
            )


def _partitions(context: BlueprintContext) -> Iterator[Hit]:
    for outage in context.capacity.outages:
        for what, segments in _parts(outage):
            if segments and outage.failure:
                yield Hit(
                    failure_path(context, outage.failure),
                    f"{told(outage.failure)} {len(segments)} segment(s) {what}: {_some(segments)}",
                    "let the pair's peer link have a second strand in another cable",
                    outage.failure.id,
                )


def _parts(outage: Outage) -> Iterator[tuple[str, list[str]]]:
    yield "are cut off from their gateway", list(outage.stranded)
    yield "have two masters, and answers may go to the wrong one", list(outage.split)


def _headroom(context: BlueprintContext) -> Iterator[Hit]:
    blueprint = context.blueprint
    used: dict[str, int] = {}
    for camera in blueprint.cameras.values():
        if camera.segment and not camera.nomad:
            used[camera.segment] = used.get(camera.segment, 0) + 1
    for point in blueprint.points.values():
        used[point.segment] = used.get(point.segment, 0) + 1
    for ident, count in used.items():
        segment = blueprint.segments[ident]
        room = segment.prefix.num_addresses - GATEWAYS_AND_ENDS
        wanted = round(count * context.estate.settings.pools.camera_headroom)
        if room < wanted and segment.commune:
            yield Hit(
                ("communes", segment.commune),
                f"segment {ident} ({segment.prefix}) has {room} addresses for {count} cameras;"
                f" {wanted} are asked for",
                f"run `maille allocation settle --resize {ident}` while it can be renumbered",
                ident,
            )


RULES = (
    BlueprintRule(
        RuleInfo(
            "N013",
            "link overloaded",
            Severity.ERROR,
            "video network design guides (60 %)",
            "No video link carries more than `max_load` of its capacity: bursts of many cameras "
            "coincide. Counted on the tree that the rendered priorities and costs elect, live "
            "viewing as the inventory says.",
        ),
        _normal_load,
        judges=("link", "ring"),
    ),
    BlueprintRule(
        RuleInfo(
            "N014",
            "link overloaded after a failure",
            Severity.ERROR,
            "video network design guides (60 %); ANSSI R64",
            "The limit holds after the loss of any one link, switch, cable, duct, site or supply: "
            "a ring that is cut sends all of its cameras one way.",
        ),
        _load_after_failure,
        judges=("link", "ring"),
    ),
    BlueprintRule(
        RuleInfo(
            "N015",
            "election left to chance",
            Severity.WARNING,
            "IEEE 802.1Q, 13",
            "Where priority and cost are equal, the MAC addresses of switches decide the tree: it "
            "changes when a switch is replaced, and loads cannot be foretold.",
        ),
        _elections,
        judges=("switch", "pair"),
    ),
    BlueprintRule(
        RuleInfo(
            "N016",
            "single point of failure",
            Severity.WARNING,
            "ANSSI R64",
            "Something whose loss takes away cameras that hang elsewhere: spurs and their parents. "
            "A cabinet's own switch is not told: it is the camera's own.",
        ),
        _spurs,
        judges=("switch", "link", "cable", "site"),
    ),
    BlueprintRule(
        RuleInfo(
            "N020",
            "failure that a second way ought to bear",
            Severity.ERROR,
            "ANSSI R64",
            "Cameras on a ring survive any one failure that is not their own. Where they do not, "
            "the two ways share something, or a trunk on the second one lacks a VLAN.",
        ),
        _upstream,
        judges=("switch", "link", "ring", "cable", "site"),
    ),
    BlueprintRule(
        RuleInfo(
            "N029",
            "two ways that are one",
            Severity.ERROR,
            "ANSSI R64",
            "The two ways of a ring, and those of a pair to the centre, share no cable, duct, site "
            "or supply: otherwise one digger or one fuse cuts both.",
        ),
        _shared_fates,
        judges=("ring", "pair"),
    ),
    BlueprintRule(
        RuleInfo(
            "N017",
            "recorder on one leg",
            Severity.WARNING,
            "ANSSI R64",
            "A failure at the centre that takes recorders or management off the network.",
        ),
        _centre_lost,
        judges=("site", "host"),
    ),
    BlueprintRule(
        RuleInfo(
            "N018",
            "cameras without a way",
            Severity.ERROR,
            "maille",
            "Every camera has a way to its recorder when nothing has failed.",
        ),
        _lacking,
        judges=("camera",),
    ),
    BlueprintRule(
        RuleInfo(
            "N019",
            "segment in two parts",
            Severity.WARNING,
            "RFC 5798",
            "Rings carry only their own VLANs. When the link between two gateways is lost the tree "
            "may be whole while a segment is not: a part without a gateway, or two masters.",
        ),
        _partitions,
        judges=("pair", "cable"),
    ),
    BlueprintRule(
        RuleInfo(
            "N028",
            "addresses run short",
            Severity.WARNING,
            "maille",
            "Segments are sized for `camera_headroom` times the cameras of today.",
        ),
        _headroom,
        judges=("segment",),
    ),
)
