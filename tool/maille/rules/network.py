"""The network as it is drawn: rings, pairs, spurs, links, pools: N001 to N010, N030."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.inventory.schema.settings import VlanPools
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit
from maille.rules.routes import left_out
from maille.rules.walk import cabinets
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.network import RoutedSwitch
    from maille.rules.model import EstateContext, LogicalPath

MAX_HOPS = 20
"""MST's default `max-hops`; a BPDU that has used them up is dropped (IEEE 802.1Q, 13.26)."""

SPARE_HOPS = 2
LONGEST_RING = MAX_HOPS - SPARE_HOPS - 1
"""Members of a ring: with the far gateway, its diameter stays two hops below the limit."""

RESERVED_VLANS = frozenset({1, 1002, 1003, 1004, 1005})
ROUTED_PORTS_FROM = 1006
"""From here on some platforms take VLAN ids for routed ports by themselves."""


def site_switches(estate: Estate) -> dict[str, tuple[LogicalPath, RoutedSwitch]]:
    """Give every switch of a site with its path."""
    return {
        key: (("network", "sites", site_id, "switches", key), entry)
        for site_id, site in estate.network.sites.items()
        for key, entry in site.switches.items()
    }


def _one_way_in(context: EstateContext) -> Iterator[Hit]:
    for path, commune, key, cabinet in cabinets(context.estate):
        switch = cabinet_switch(commune.insee, key)
        if cabinet.ring and cabinet.spur:
            what = f"cabinet {switch} is on ring `{cabinet.ring}` and on a spur"
            yield Hit((*path, "spur"), what, "keep one of `ring` and `spur`", switch)
        elif not cabinet.ring and not cabinet.spur:
            what = f"cabinet {switch} hangs on nothing"
            how = "write `ring` with `at_km`, or a `spur` with its parent"
            yield Hit(path, what, how, switch)
        elif cabinet.ring and cabinet.at_km is None:
            what = f"nobody says where on ring `{cabinet.ring}` cabinet {switch} sits"
            how = "write `at_km`: kilometres on the ring's route from the primary's end"
            yield Hit((*path, "ring"), what, how, switch)


def _on_the_route(context: EstateContext) -> Iterator[Hit]:
    rings = context.estate.network.rings
    short = set(left_out(context.estate).values())
    seen: dict[tuple[str, float], str] = {}
    for path, commune, key, cabinet in cabinets(context.estate):
        ring = rings.get(cabinet.ring or "")
        if ring is None or cabinet.at_km is None:
            continue
        switch = cabinet_switch(commune.insee, key)
        beyond = cabinet.at_km >= ring.length_km and cabinet.ring not in short
        if cabinet.at_km <= 0 or beyond:
            yield Hit(
                (*path, "at_km"),
                f"kilometre {cabinet.at_km:g} is not on ring `{cabinet.ring}`, whose route is"
                f" {ring.length_km:g} km long",
                f"write a kilometre between 0 and {ring.length_km:g}",
                switch,
            )
        other = seen.setdefault((cabinet.ring or "", cabinet.at_km), switch)
        if other != switch:
            yield Hit(
                (*path, "at_km"),
                f"cabinets {other} and {switch} sit on the same kilometre: their order is open",
                "write metres too: 12.431",
                switch,
            )


def _sections(context: EstateContext) -> Iterator[Hit]:
    network = context.estate.network
    for key, ring in network.rings.items():
        for index, section in enumerate(ring.route):
            cable = network.cables[section.cable]
            if section.km > cable.length_km:
                yield Hit(
                    ("network", "rings", key, "route", index, "km"),
                    f"ring `{key}` takes {section.km:g} km of cable `{section.cable}`, which is"
                    f" {cable.length_km:g} km long",
                    f"write {cable.length_km:g}, or correct `length_km` of the cable",
                    key,
                )


def _ring_size(context: EstateContext) -> Iterator[Hit]:
    members: dict[str, int] = {}
    for _, commune, _, cabinet in cabinets(context.estate):
        if cabinet.ring and commune.member:
            members[cabinet.ring] = members.get(cabinet.ring, 0) + 1
    for ring, count in members.items():
        if count > LONGEST_RING and ring in context.estate.network.rings:
            yield Hit(
                ("network", "rings", ring),
                f"ring `{ring}` has {count} members, {LONGEST_RING} at most keep within"
                f" max-hops {MAX_HOPS}",
                "split it in two rings, or hang cabinets off it by spurs",
                ring,
            )
    if not context.knows("communes"):
        return
    for ring in context.estate.network.rings.keys() - members.keys():
        yield Hit(
            ("network", "rings", ring),
            f"ring `{ring}` has no member",
            "name it as the `ring` of cabinets, or take it out",
            ring,
            Severity.WARNING,
        )


def _pairs(context: EstateContext) -> Iterator[Hit]:
    estate = context.estate
    switches = site_switches(estate)
    owner: dict[str, str] = {}
    for key, pair in estate.network.pairs.items():
        path = ("network", "pairs", key)
        if pair.primary == pair.secondary:
            yield Hit((*path, "secondary"), f"pair `{key}` is one switch", "name two", key)
            continue
        for name in (pair.primary, pair.secondary):
            if name not in switches:
                what = f"`{name}` of pair `{key}` is no switch of a site"
                yield Hit(path, what, "gateways stand in sites of network/sites.yaml", key)
            elif owner.setdefault(name, key) != key:
                what = f"switch `{name}` is in pairs `{owner[name]}` and `{key}`"
                yield Hit(path, what, "a switch is in one pair", key)
        models = [switches[n][1].model for n in (pair.primary, pair.secondary) if n in switches]
        if len(set(models)) > 1:
            what = f"pair `{key}` is of two models: {', '.join(models)}"
            how = "use one model in a pair: VRRP timers and limits are then the same"
            yield Hit(path, what, how, key)


def _peers(context: EstateContext) -> Iterator[Hit]:
    estate = context.estate
    pairs = {frozenset((p.primary, p.secondary)): key for key, p in estate.network.pairs.items()}
    joined = set()
    for key, link in estate.network.links.items():
        if link.role == "peer":
            pair = pairs.get(frozenset(link.ends))
            if pair is None:
                what = f"peer link `{key}` does not join the two of a pair"
                yield Hit(("network", "links", key, "ends"), what, "name both of one pair", key)
            elif len(link.strands) < 2:
                what = f"peer link `{key}` has one strand: its loss splits the rings of the pair"
                how = "give it a second strand in another cable"
                yield Hit(("network", "links", key, "strands"), what, how, key)
            joined.add(pair)
    for key in estate.network.pairs.keys() - joined:
        what = f"pair `{key}` has no peer link"
        yield Hit(("network", "pairs", key), what, "add a link of `role: peer`", key)


def _link_ends(context: EstateContext) -> Iterator[Hit]:
    estate = context.estate
    switches = site_switches(estate)
    for key, link in estate.network.links.items():
        path = ("network", "links", key, "ends")
        roles = [switches[end][1].role if end in switches else "cabinet" for end in link.ends]
        routed = [role in {"core", "aggregation"} for role in roles]
        if link.ends[0] == link.ends[1]:
            yield Hit(path, f"link `{key}` ends where it begins", "name two switches", key)
        elif link.role == "transit" and not all(routed):
            what = f"transit link `{key}` ends on a switch that does not route"
            yield Hit(path, what, "join core and aggregation switches", key)
        elif link.role == "trunk" and sorted(routed) != [False, True]:
            what = f"trunk `{key}` must lead from one of a pair to an access switch of a site"
            yield Hit(path, what, "cabinets join by `ring` or `spur`", key)


def _spur_circles(context: EstateContext) -> Iterator[Hit]:
    parent = {
        cabinet_switch(commune.insee, key): (path, cabinet.spur.parent)
        for path, commune, key, cabinet in cabinets(context.estate)
        if cabinet.spur
    }
    for switch, (path, _) in parent.items():
        at, seen = switch, {switch}
        while at in parent:
            at = parent[at][1]
            if at in seen:
                what = f"the spur of {switch} leads back to {at}"
                yield Hit((*path, "spur", "parent"), what, "a spur ends on a ring", switch)
                break
            seen.add(at)


def _uplinks(context: EstateContext) -> Iterator[Hit]:
    models = context.estate.catalogue.switches
    for path, commune, key, cabinet in cabinets(context.estate):
        needed = 2 if cabinet.ring else 1
        found = len(models[cabinet.switch].uplink_ports)
        if found < needed:
            switch = cabinet_switch(commune.insee, key)
            what = f"`{cabinet.switch}` has {found} uplink port(s), {needed} are needed"
            yield Hit((*path, "switch"), what, "choose another model", switch)
    for switch, (path, entry) in site_switches(context.estate).items():
        if entry.role != "access" and not models[entry.model].layer3:
            what = f"`{entry.model}` does not route, switch `{switch}` has to"
            yield Hit((*path, "model"), what, "choose a layer-3 model", switch)


def _vlan_pools(context: EstateContext) -> Iterator[Hit]:
    pools = context.estate.settings.pools.vlans
    path = ("settings", "pools", "vlans")
    ranges = {name: getattr(pools, name) for name in ("access", "centre", "transit")}
    spans = {name: VlanPools.bounds(text) for name, text in ranges.items()}
    for name, span in spans.items():
        reserved = sorted(RESERVED_VLANS & set(span))
        if reserved:
            what = f"pool `{name}` holds {', '.join(map(str, reserved))}, which are reserved"
            yield Hit((*path, name), what, "leave out 1 and 1002 to 1005", name)
        if span[-1] >= ROUTED_PORTS_FROM:
            what = f"pool `{name}` reaches into ids that platforms take for routed ports"
            how = f"stay below {ROUTED_PORTS_FROM}"
            yield Hit((*path, name), what, how, name, Severity.WARNING)
        for special in ("blackhole", "native"):
            if getattr(pools, special) in span:
                what = f"the {special} VLAN {getattr(pools, special)} lies in pool `{name}`"
                yield Hit((*path, special), what, "keep it out of every pool", special)
    for (one, first), (other, second) in combinations(spans.items(), 2):
        if set(first) & set(second):
            what = f"pools `{one}` and `{other}` overlap"
            yield Hit((*path, other), what, "give each its own range", other)
    if pools.blackhole == pools.native:
        what = "the black-hole VLAN is the native one"
        yield Hit(
            (*path, "native"), what, "use two ids: the one is for ports, the other for trunks"
        )


def _prefix_pools(context: EstateContext) -> Iterator[Hit]:
    pools = context.estate.settings.pools.prefixes
    every = [
        (name, index, prefix)
        for name in type(pools).model_fields
        for index, prefix in enumerate(getattr(pools, name))
    ]
    for (one, _, first), (other, index, second) in combinations(every, 2):
        if first.overlaps(second):
            yield Hit(
                ("settings", "pools", "prefixes", other, index),
                f"{second} of pool `{other}` overlaps {first} of pool `{one}`",
                "give each pool its own prefixes",
                other,
            )
    for name, index, prefix in every:
        if not prefix.is_private:
            yield Hit(
                ("settings", "pools", "prefixes", name, index),
                f"{prefix} is no private prefix",
                "an estate that is joined to nothing uses RFC 1918 addresses",
                name,
                Severity.WARNING,
            )


def _network(code: str, title: str, source: str, text: str) -> RuleInfo:
    return RuleInfo(code, title, Severity.ERROR, source, text)


RULES = (
    EstateRule(
        _network(
            "N001",
            "cabinet without its way in",
            "maille",
            "A cabinet is on a ring, at a kilometre of its route, or hangs off another by a spur.",
        ),
        _one_way_in,
        judges=("switch",),
    ),
    EstateRule(
        _network(
            "N002",
            "kilometre off the route",
            "maille",
            "The order of a ring, the length of its links and the cables they run through follow "
            "from where its cabinets sit on its route.",
        ),
        _on_the_route,
        judges=("switch", "ring"),
    ),
    EstateRule(
        _network(
            "N003",
            "ring too long",
            "IEEE 802.1Q, 13 (max hops)",
            "A spanning-tree message may cross 20 bridges. A ring that is cut beside its root is a "
            "chain of all its members and the other gateway; two hops are kept in reserve.",
        ),
        _ring_size,
        judges=("ring",),
    ),
    EstateRule(
        _network(
            "N004",
            "pair that is none",
            "RFC 5798",
            "The gateways of a ring are two switches of one model that stand in sites; the VRRP "
            "master is the root of the spanning tree. A switch belongs to one pair.",
        ),
        _pairs,
        judges=("pair",),
    ),
    EstateRule(
        _network(
            "N005",
            "pair without a sound peer link",
            "maille",
            "The trunk between two gateways carries every VLAN of the pair. Rings carry only their "
            "own, so when it is lost the spanning tree is whole and VLANs are split: it has two "
            "strands in two cables.",
        ),
        _peers,
        judges=("link", "pair"),
    ),
    EstateRule(
        _network(
            "N030",
            "section longer than its cable",
            "maille",
            "A ring's route takes a cable, or a part of it. Every kilometre behind a section that "
            "is too long is wrong.",
        ),
        _sections,
        judges=("ring",),
        follows=True,
    ),
    EstateRule(
        _network("N006", "link between the wrong ends", "maille", "Links join what they are for."),
        _link_ends,
        judges=("link",),
    ),
    EstateRule(
        _network("N007", "spurs in a circle", "maille", "A spur has one way, and it leads in."),
        _spur_circles,
        judges=("switch",),
    ),
    EstateRule(
        _network(
            "N008",
            "model that cannot do its part",
            "maille",
            "A ring member needs two uplink ports, a gateway routes.",
        ),
        _uplinks,
        judges=("switch",),
        follows=True,
    ),
    EstateRule(
        _network(
            "N009",
            "VLAN pools",
            "STIG CISC-L2-000230, CISC-L2-000260",
            "VLAN 1 and 1002 to 1005 are never used, the native VLAN of trunks carries nothing, "
            "and unused ports sit in a VLAN that goes nowhere.",
        ),
        _vlan_pools,
        judges=("segment",),
    ),
    EstateRule(
        _network("N010", "prefix pools", "RFC 1918", "Pools do not overlap and are private."),
        _prefix_pools,
        judges=("segment",),
    ),
)
