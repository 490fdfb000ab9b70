"""The centre: its premises, its services, its parts at odds: N011, N012, N032."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.rules.model import EstateContext

SERVICES = {
    "ntp": "following a vehicle across communes depends on one time",
    "syslog": "logs of switches must leave them",
    "poller": "nobody watches the estate without",
    "management": "switches accept connections from management hosts only",
}
"""Roles that some host of every centre has, and why."""

WATCHED = {"VIDEO": "cameras", "MGMT": "switches"}
"""What a poller sees from inside a VRF, and from nowhere else."""


def _premises(context: EstateContext) -> Iterator[Hit]:
    premises = context.estate.centre.premises
    for number, (before, after) in enumerate(pairwise(premises), start=1):
        if before.until is None or before.until > after.since:
            what = f"the centre is in `{before.site}` and in `{after.site}` from {after.since}"
            how = "end the first (`until`) on the day the second begins"
            yield Hit(("centre", "premises", number, "since"), what, how, "centre")
    for number, entry in enumerate(premises):
        if entry.until and entry.until < entry.since:
            what = f"the centre left `{entry.site}` on {entry.until}, before it came"
            how = "correct one of the dates"
            yield Hit(("centre", "premises", number, "until"), what, how, "centre")
    last = premises[-1]
    if last.until and last.until <= context.as_of:
        what = f"the centre left `{last.site}` on {last.until} and is nowhere since"
        how = "add the premises that it moved to, or take `until` out"
        yield Hit(("centre", "premises", len(premises) - 1, "until"), what, how, "centre")


def _services(context: EstateContext) -> Iterator[Hit]:
    roles = {host.role for host in context.estate.centre.hosts.values()}
    for role, why in SERVICES.items():
        if role not in roles:
            what = f"the centre has no host of role `{role}`: {why}"
            yield Hit(("centre", "hosts"), what, "add one to `hosts`", "centre")
    method = context.estate.settings.port_security.access
    if method in {"dot1x", "mab"} and "radius" not in roles:
        what = f"ports are opened by `{method}` and the centre has no RADIUS server"
        yield Hit(("centre", "hosts"), what, "add a host of role `radius`", "centre")


def _vrfs(context: EstateContext) -> Iterator[Hit]:
    centre = context.estate.centre
    vrf_of = {key: segment.vrf for key, segment in centre.segments.items()}
    if vrf_of[centre.management_segment] != "MGMT":
        what = f"switches are managed from `{centre.management_segment}`, which is not in VRF MGMT"
        how = "name a segment of `vrf: MGMT`"
        yield Hit(("centre", "management_segment"), what, how, "centre")
    legs = centre.firewall.legs
    for vrf, seen in WATCHED.items():
        leg = next((leg for key, leg in legs.items() if key == vrf), None)
        if leg is None:
            what = f"the firewall has no leg in VRF {vrf}"
            how = "add one with its segment: it is the one place where VIDEO and MGMT meet"
            yield Hit(("centre", "firewall", "legs"), what, how, "centre")
        elif vrf_of[leg.segment] != vrf:
            what = f"the firewall's leg in VRF {vrf} stands in `{leg.segment}`, which is not in it"
            how = f"name a segment of `vrf: {vrf}`"
            yield Hit(("centre", "firewall", "legs", vrf, "segment"), what, how, "centre")
        pollers = [vrf_of[host.segment] for host in centre.hosts.values() if host.role == "poller"]
        if pollers and vrf not in pollers:
            what = f"no poller stands in VRF {vrf}, where the {seen} are"
            how = f"add a host of `role: poller` in a segment of `vrf: {vrf}`"
            yield Hit(("centre", "hosts"), what, how, "centre")


def _recorder_hosts(context: EstateContext) -> Iterator[Hit]:
    centre = context.estate.centre
    for key, recorder in centre.recorders.items():
        role = centre.hosts[recorder.host].role
        if role != "recorder":
            what = f"recorder `{key}` runs on `{recorder.host}`, a host of role `{role}`"
            how = "name a host of `role: recorder`: filters let the cameras' streams reach no other"
            yield Hit(("centre", "recorders", key, "host"), what, how, key)


def _at_odds(context: EstateContext) -> Iterator[Hit]:
    yield from _vrfs(context)
    yield from _recorder_hosts(context)


def _centre(code: str, title: str, source: str, text: str) -> RuleInfo:
    return RuleInfo(code, title, Severity.ERROR, source, text)


RULES = (
    EstateRule(
        _centre(
            "N011",
            "centre in two places, or in none",
            "maille",
            "A centre can move; its premises follow each other in time, and the last are today's.",
        ),
        _premises,
        judges=("site",),
    ),
    EstateRule(
        _centre(
            "N012",
            "service missing at the centre",
            "ANSSI R63, R102",
            "One source of time for the whole estate, one place for logs, pollers, management "
            "hosts, and RADIUS where ports ask it.",
        ),
        _services,
        judges=("host",),
    ),
    EstateRule(
        _centre(
            "N032",
            "centre at odds with itself",
            "ANSSI R16, R24, R90",
            "Cameras live in VRF VIDEO, switches in MGMT; the two meet at the firewall, which has "
            "a leg in each, and a poller stands in both. Recorders run on hosts of that role.",
        ),
        _at_odds,
        judges=("segment", "host"),
        follows=True,
    ),
)
