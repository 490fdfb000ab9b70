"""VLANs to segments: (commune, function, ring), or a segment of the centre.

A VLAN that is shared by two communes goes to the one with more devices in it; the others are
told. What a segment keeps is its VLAN id and, where a gateway says it, its prefix.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from maille.adopt.codes import CONTRADICTION, NUMBER_NOT_KEPT, VLAN_NOT_PLACED, finding
from maille.adopt.uses import function_in, leads_nowhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from ipaddress import IPv4Network

    from maille.adopt.communes import Recogniser
    from maille.adopt.device import Device, Interface
    from maille.adopt.gateways import Pair
    from maille.adopt.survey import Survey
    from maille.adopt.uses import Uses
    from maille.allocation.demand import Function
    from maille.errors import Finding


class VlanOf(NamedTuple):
    """A VLAN of a layer-2 domain, which is that of a pair."""

    pair: str
    vlan: int


class SegmentOf(NamedTuple):
    """A segment of a commune, by the home and the function that its key names."""

    insee: str
    home: str
    function: Function

    @property
    def key(self) -> str:
        """Give the key under which the lock has it."""
        return f"{self.home}/{self.function}"


@dataclass(slots=True)
class Known:
    """What is known of a VLAN."""

    names: Counter[str] = field(default_factory=Counter)
    gateways: dict[str, Interface] = field(default_factory=dict)
    """Interfaces of it on its pair, by host."""
    managed: dict[str, Interface] = field(default_factory=dict)
    """Interfaces of access switches in it, by host."""
    line: int = 0
    host: str = ""
    """Where it is named first."""
    nowhere: bool = False

    @property
    def name(self) -> str:
        """Give the name that most devices have for it."""
        return self.names.most_common(1)[0][0] if self.names else ""

    @property
    def prefix(self) -> IPv4Network | None:
        """Give its prefix: the gateways' or else that of a switch in it."""
        for each in (*self.gateways.values(), *self.managed.values()):
            if each.address:
                return each.address.network
        return None

    @property
    def prefix_at(self) -> tuple[str, int]:
        """Give host and line of what its prefix is read from."""
        for host, each in (*self.gateways.items(), *self.managed.items()):
            if each.address:
                return host, each.address_line
        return self.host, self.line

    @property
    def vrf(self) -> str:
        """Give the VRF of its gateways."""
        return next((each.vrf for each in self.gateways.values() if each.vrf), "")

    @property
    def is_transit(self) -> bool:
        """Say whether it joins the two of a pair and nothing else."""
        prefix = self.prefix
        return prefix is not None and prefix.prefixlen >= 30


@dataclass(frozen=True, slots=True)
class Segments:
    """The VLANs of all domains, and the segments among them."""

    known: Mapping[VlanOf, Known]
    of_communes: Mapping[SegmentOf, VlanOf]
    management: Mapping[str, Interface]
    """The interface by which each access switch is managed, by host."""
    findings: tuple[Finding, ...]


def management_interface(device: Device) -> Interface | None:
    """Find the interface by which an access switch is managed."""
    able = [svi for svi in device.svis if not svi.shutdown]
    for svi in able:
        if device.gateway and svi.address and device.gateway in svi.address.network:
            return svi
    by_name = [svi for svi in able if svi.name == device.source_interface]
    return next(iter((*by_name, *able)), None)


def segments(survey: Survey, uses: Uses, recogniser: Recogniser) -> Segments:
    """Find what each VLAN is."""
    management = {
        host: svi
        for host, device in survey.devices.items()
        if host not in survey.gateways.routed and (svi := management_interface(device))
    }
    known = _known(survey, management)
    findings: list[Finding] = []
    given = _given(survey, _users(survey, uses, management, known), known, findings)
    given |= dict(_by_name(survey, uses, known, given, recogniser))
    findings += _left(survey, known, given, recogniser)
    findings += _names(survey, known)
    for pair in survey.gateways.pairs:
        for at, vlan in known.items():
            if at.pair == pair.id and not vlan.is_transit:
                findings += _about_gateways(survey, pair, vlan)
    return Segments(known, given, management, tuple(findings))


def _known(survey: Survey, management: Mapping[str, Interface]) -> dict[VlanOf, Known]:
    """Collect what all devices of a domain say about its VLANs."""
    found: dict[VlanOf, Known] = {}
    for host, device in sorted(survey.devices.items()):
        pair = survey.pair_of(host)
        if pair is None:
            continue
        for vlan in device.vlans.values():
            known = found.setdefault(VlanOf(pair.id, vlan.id), Known(line=vlan.line, host=host))
            if vlan.name:
                known.names[vlan.name] += 1
            known.nowhere = known.nowhere or leads_nowhere(device, vlan.id)
        for svi in device.svis:
            at = VlanOf(pair.id, svi.vlan or 1)
            known = found.setdefault(at, Known(line=svi.line, host=host))
            if not known.names and svi.description:
                known.names[svi.description] += 1
            if host in pair.hosts:
                known.gateways[host] = svi
            elif management.get(host) is svi:
                known.managed[host] = svi
    return found


def _users(
    survey: Survey,
    uses: Uses,
    management: Mapping[str, Interface],
    known: dict[VlanOf, Known],
) -> dict[tuple[VlanOf, SegmentOf], int]:
    """Count the devices that each segment has in each VLAN; a port may be all that knows one."""
    found: Counter[tuple[VlanOf, SegmentOf]] = Counter()
    for host, cabinet in survey.cabinets.items():
        pair, home = survey.pair_of(host), survey.home(host)
        if pair is None:
            continue
        svi = management.get(host)
        if svi and svi.vlan:
            segment = SegmentOf(cabinet.insee, home, "management")
            found[VlanOf(pair.id, svi.vlan), segment] += 1
        for each in uses.attachments.get(host, ()):
            if each.vlan:
                at = VlanOf(pair.id, each.vlan)
                known.setdefault(at, Known(line=each.line, host=host))
                found[at, SegmentOf(cabinet.insee, home, each.function)] += 1
    return dict(found)


def _given(
    survey: Survey,
    users: Mapping[tuple[VlanOf, SegmentOf], int],
    known: Mapping[VlanOf, Known],
    findings: list[Finding],
) -> dict[SegmentOf, VlanOf]:
    """Give each VLAN to the segment that has most devices in it; one VLAN a segment."""
    given: dict[SegmentOf, VlanOf] = {}
    owner: dict[VlanOf, SegmentOf] = {}
    for (at, segment), count in sorted(users.items(), key=lambda item: (-item[1], item[0])):
        if segment in given:
            what = f"its {segment.function} have VLAN {given[segment].vlan} already"
        elif at in owner:
            theirs = owner[at]
            what = f"the VLAN is that of {theirs.insee} {theirs.key}"
        else:
            given[segment], owner[at] = at, segment
            continue
        what = (
            f"VLAN {at.vlan} cannot be kept for {segment.insee} {segment.key}"
            f" (devices: {count}): {what}"
        )
        how = "a segment belongs to one commune, one function and one ring: its devices move"
        findings.append(_told(survey, known, at, what, how))
    return given


def _by_name(
    survey: Survey,
    uses: Uses,
    known: Mapping[VlanOf, Known],
    given: Mapping[SegmentOf, VlanOf],
    recogniser: Recogniser,
) -> Iterator[tuple[SegmentOf, VlanOf]]:
    """Give segments whose ports all are shut the VLAN that is named after them."""
    free = {at: vlan for at, vlan in known.items() if at not in given.values()}
    wanted = {
        (pair.id, SegmentOf(survey.cabinets[host].insee, survey.home(host), each.function)): host
        for host, found in uses.attachments.items()
        for each in found
        if (pair := survey.pair_of(host))
    }
    for (domain, segment), host in sorted(wanted.items()):
        named = [
            at
            for at, vlan in free.items()
            if at.pair == domain
            and at.vlan in survey.devices[host].vlans
            and recogniser.code_in(vlan.name) == segment.insee
            and function_in(vlan.name) == segment.function
        ]
        if segment not in given and len(named) == 1:
            yield segment, named[0]
            del free[named[0]]


def _told(
    survey: Survey, known: Mapping[VlanOf, Known], at: VlanOf, what: str, how: str
) -> Finding:
    vlan = known.get(at)
    device = survey.devices.get(vlan.host) if vlan else None
    if vlan is None or device is None:
        return finding(VLAN_NOT_PLACED, what, how)
    place, text = device.place(vlan.line), device.text(vlan.line)
    return finding(VLAN_NOT_PLACED, what, how, place, str(at.vlan), text)


def _left(
    survey: Survey,
    known: Mapping[VlanOf, Known],
    given: Mapping[SegmentOf, VlanOf],
    recogniser: Recogniser,
) -> Iterator[Finding]:
    """Tell of VLANs that are neither a commune's nor, at the centre, the centre's."""
    taken = set(given.values())
    for at, vlan in sorted(known.items(), key=lambda item: item[0]):
        if at in taken or vlan.nowhere or vlan.is_transit or at.vlan == 1:
            continue
        insee = recogniser.code_in(vlan.name)
        if at.pair == survey.gateways.centre and not insee:
            continue
        shown = f"VLAN {at.vlan} ({vlan.name})" if vlan.name else f"VLAN {at.vlan}"
        whose = f"of commune {insee} " if insee else ""
        yield _told(
            survey,
            known,
            at,
            f"{shown} {whose}has no device among those that were placed",
            "add the configurations of its switches, or leave it to die",
        )


def _names(survey: Survey, known: Mapping[VlanOf, Known]) -> Iterator[Finding]:
    """Tell of a VLAN that has two names in one domain: two things may share a number."""
    for at, vlan in sorted(known.items(), key=lambda item: item[0]):
        names = sorted({name.lower(): name for name in vlan.names}.values())
        if len(names) > 1:
            device = survey.devices[vlan.host]
            yield finding(
                CONTRADICTION,
                f"VLAN {at.vlan} is called {' and '.join(names)} in one layer-2 domain",
                "give it one name, or one of the two another number",
                device.place(vlan.line),
                str(at.vlan),
                device.text(vlan.line),
            )


def _about_gateways(survey: Survey, pair: Pair, vlan: Known) -> Iterator[Finding]:
    """Tell of gateways whose addresses maille would give otherwise, or that disagree."""
    networks = {each.address.network for each in vlan.gateways.values() if each.address}
    for host, svi in vlan.gateways.items():
        if svi.address is None:
            continue
        device = survey.devices[host]
        if len(networks) > 1:
            yield finding(
                CONTRADICTION,
                f"the gateways of {svi.name} are in different networks:"
                f" {', '.join(sorted(map(str, networks)))}",
                "correct the mask of one of them",
                device.place(svi.address_line),
                device.hostname,
                device.text(svi.address_line),
            )
            return
        yield from _conventions(device, pair, host, svi)


def _conventions(device: Device, pair: Pair, host: str, svi: Interface) -> Iterator[Finding]:
    """Compare with the first three host addresses: virtual, primary, secondary."""
    if svi.address is None:
        return
    first = svi.address.network.network_address
    wanted = first + (2 if host == pair.primary else 3)
    alone = len(pair.hosts) == 1 and not svi.virtual
    if alone:
        wanted = first + 1
    others = [(svi.address.ip, wanted, "own address", svi.address_line)]
    others += [(each, first + 1, "gateway", svi.virtual_line) for each in svi.virtual]
    for there, meant, what, line in others:
        if there != meant:
            yield finding(
                NUMBER_NOT_KEPT,
                f"the {what} of {svi.name} is {there}, and will be {meant}",
                "maille gives the first three addresses of a prefix to its gateways",
                device.place(line),
                device.hostname,
                device.text(line),
            )


def of_centre(survey: Survey, found: Segments) -> dict[VlanOf, Known]:
    """Give the VLANs of the centre's pair that are segments of the centre."""
    taken = set(found.of_communes.values())
    return {
        at: vlan
        for at, vlan in sorted(found.known.items(), key=lambda item: item[0])
        if at.pair == survey.gateways.centre
        and at not in taken
        and at.vlan != 1
        and not (vlan.nowhere or vlan.is_transit)
    }


def is_management(vlan: Known) -> bool:
    """Say whether a VLAN of the centre is for management, by its VRF or else by its name."""
    return function_in(vlan.vrf or vlan.name) == "management"
