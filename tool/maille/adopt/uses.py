"""What hangs on the access ports of cabinets: cameras, attachment points, alarms of PPMS sites."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from maille.adopt.codes import (
    CONTRADICTION,
    GUESSED,
    PORT_NOT_PLACED,
    finding,
)
from maille.adopt.descriptions import (
    camera_id_in,
    nomad_in,
    place_in,
    point_id_in,
    use_in,
    view_in,
)
from maille.adopt.names import unique

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from ipaddress import IPv4Address

    from maille.adopt.descriptions import Use
    from maille.adopt.device import Binding, Device, Interface
    from maille.adopt.survey import Cabinet, Survey
    from maille.allocation.demand import Function
    from maille.errors import Finding
    from maille.inventory.schema.commune import View

Kind: TypeAlias = Literal["cameras", "points"]

_FUNCTION_WORDS: Final[tuple[tuple[str, Function], ...]] = (
    (r"ppms", "ppms"),
    (r"mgmt|manag|admin|gestion|exploit|\boob\b", "management"),
    (r"cam|vid[ée]o|cctv|\bvp\b|vss|dome|lapi", "cameras"),
)
_NOWHERE: Final = re.compile(
    r"black|trou|nati[vf]|unused|parking|poubelle|quarant|defaut", re.IGNORECASE
)


def function_in(name: str) -> Function | None:
    """Guess from a VLAN's name what the VLAN is for."""
    plain = name.replace("_", "-")
    return next(
        (function for words, function in _FUNCTION_WORDS if re.search(words, plain, re.IGNORECASE)),
        None,
    )


def leads_nowhere(device: Device, vlan: int | None) -> bool:
    """Say whether a VLAN is one that ports are parked in."""
    if vlan is None or vlan == 1:
        return True
    known = device.vlans.get(vlan)
    return known is not None and (known.suspended or bool(_NOWHERE.search(known.name)))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A camera or an attachment point at its port."""

    kind: Kind
    ident: str
    host: str
    port: str
    line: int
    place: str
    view: View
    function: Function
    vlan: int | None
    """The VLAN it is in; None while its port is shut."""
    mac: str = ""
    address: IPv4Address | None = None
    address_line: int = 0
    open: bool = True
    power_mw: int = 0
    nomad: str = ""
    """Id of the nomad camera at an attachment point; its MAC address is that of the port."""


@dataclass(frozen=True, slots=True)
class Uses:
    """All attachments by host, and what there is to tell of the other ports."""

    attachments: Mapping[str, tuple[Attachment, ...]]
    ppms: frozenset[str]
    """Hosts whose cabinet is a PPMS site."""
    findings: tuple[Finding, ...]

    @property
    def all(self) -> Iterator[Attachment]:
        """Give every attachment."""
        for found in self.attachments.values():
            yield from found


def uses(survey: Survey) -> Uses:
    """Find what hangs on every access port of every cabinet."""
    cabled = survey.ends()
    findings: list[Finding] = []
    names = _Names()
    found: dict[str, tuple[Attachment, ...]] = {}
    ppms = set()
    for host, cabinet in sorted(survey.cabinets.items()):
        device = survey.devices[host]
        drafts = [
            draft
            for port in survey.ports(host)
            if (host, port.name) not in cabled
            for draft in _of_port(device, host, port, findings)
        ]
        site = _is_ppms(drafts)
        if site:
            ppms.add(host)
        kept = [each for each in drafts if (each.function == "ppms") is site]
        findings += [_mixed(device, each) for each in drafts if each not in kept]
        found[host] = tuple(names.named(each, cabinet) for each in kept)
    found = dict(_distinct(found, survey, findings))
    return Uses(found, frozenset(ppms), tuple(findings))


def _distinct(
    found: Mapping[str, tuple[Attachment, ...]], survey: Survey, findings: list[Finding]
) -> Iterator[tuple[str, tuple[Attachment, ...]]]:
    """Leave a MAC address with the first port that knows it, and tell of an address twice."""
    first: dict[object, Attachment] = {}
    for host, attached in found.items():
        kept = []
        for each in attached:
            numbers = [number for number in (each.mac, each.address) if number]
            seen = {number: first.setdefault(number, each) for number in numbers}
            for number, other in seen.items():
                if other is not each:
                    findings.append(_on_two_ports(survey.devices[host], each, other, number))
            kept.append(each if seen.get(each.mac, each) is each else replace(each, mac=""))
        yield host, tuple(kept)


def _on_two_ports(device: Device, each: Attachment, other: Attachment, number: object) -> Finding:
    line = each.address_line or each.line
    return finding(
        CONTRADICTION,
        f"{number} is on {each.host} {each.port} and on {other.host} {other.port}",
        "take it off the port that it has left",
        device.place(line),
        device.hostname,
        device.text(line),
    )


def _is_ppms(drafts: list[Attachment]) -> bool:
    """Say whether most of what hangs on a switch is of a PPMS site."""
    functions = Counter(each.function for each in drafts)
    return functions["ppms"] > functions["cameras"]


def _mixed(device: Device, each: Attachment) -> Finding:
    site = "a PPMS site" if each.function == "ppms" else "no PPMS site"
    return finding(
        PORT_NOT_PLACED,
        f"{each.port} is of {site}, other than most ports of {device.hostname}: a cabinet of the"
        " draft is one or the other",
        "describe a cabinet with a switch of its own for it",
        device.place(each.line),
        device.hostname,
        device.text(each.line),
    )


def _of_port(
    device: Device, host: str, port: Interface, findings: list[Finding]
) -> Iterator[Attachment]:
    """Give what hangs on a port, or tell why it has no place in the draft."""
    bound = _bindings(device, port)
    said = use_in(port.description)
    use = _use(device, port, said, bound=bool(bound))
    if use == "unused":
        return
    if not use or port.mode in {"trunk", "routed"}:
        findings.append(_unplaced(device, port))
        return
    nowhere = leads_nowhere(device, port.access_vlan)
    yield from _attachment(device, host, port, use, bound, None if nowhere else port.access_vlan)
    findings += [_further(device, port, further) for further in bound[1:]]
    if not said:
        findings.append(_taken_for_camera(device, port))


def _use(device: Device, port: Interface, said: Use, *, bound: bool) -> Use:
    """Say what a port is used for: by its description, else by its VLAN."""
    if said in {"camera", "point", "ppms"}:
        return said
    if port.shutdown and not bound:
        return "unused"
    nowhere = leads_nowhere(device, port.access_vlan)
    if nowhere and not bound and port.mode not in {"trunk", "routed"}:
        return "unused" if said == "unused" else ""
    function = function_in(device.vlan_name(port.access_vlan))
    if function == "ppms":
        return "ppms"
    if function == "cameras" or (bound and function is None):
        return "camera"
    return ""


def _bindings(device: Device, port: Interface) -> list[Binding]:
    """Give the devices that a port knows, with their addresses as far as they are known."""
    own = [each for each in device.bindings if each.port == port.name]
    known = {each.mac for each in own}
    by_mac = {each.mac: each for each in device.bindings if not each.port}
    own += [by_mac[mac] for mac in port.macs if mac not in known and mac in by_mac]
    return own


def _attachment(
    device: Device,
    host: str,
    port: Interface,
    use: Use,
    bound: list[Binding],
    vlan: int | None,
) -> Iterator[Attachment]:
    text = port.description
    first = bound[0] if bound else None
    ppms = use == "ppms" or function_in(device.vlan_name(vlan)) == "ppms"
    point = use == "point"
    yield Attachment(
        kind="points" if point else "cameras",
        ident=point_id_in(text) if point else camera_id_in(text),
        host=host,
        port=port.name,
        line=port.line,
        place=place_in(text) or port.name,
        view=view_in(text),
        function="ppms" if ppms else "cameras",
        vlan=vlan,
        mac=first.mac if first else next(iter(port.macs), ""),
        address=first.address if first else None,
        address_line=first.line if first else 0,
        open=not port.shutdown,
        power_mw=port.power_mw,
        nomad=nomad_in(text) if point else "",
    )


def _taken_for_camera(device: Device, port: Interface) -> Finding:
    name = device.vlan_name(port.access_vlan)
    return finding(
        GUESSED,
        f"what hangs on {port.name} is taken for a camera, as it is in VLAN"
        f" {port.access_vlan} {name}".rstrip(),
        "take it out of the draft if it is none",
        device.place(port.line),
        device.hostname,
        device.text(port.line),
    )


def _unplaced(device: Device, port: Interface) -> Finding:
    return finding(
        PORT_NOT_PLACED,
        f"nothing says what hangs on {port.name}",
        "write `camera` and its id, or the neighbour and its port, into its description",
        device.place(port.line),
        device.hostname,
        device.text(port.line),
    )


def _further(device: Device, port: Interface, binding: Binding) -> Finding:
    return finding(
        PORT_NOT_PLACED,
        f"{binding.mac} is a second device on {port.name}: in the draft a port has one",
        "give it a port of its own",
        device.place(binding.line),
        device.hostname,
        device.text(binding.line),
    )


class _Names:
    """Gives ids to cameras and points, those of their descriptions where they have one."""

    def __init__(self) -> None:
        self._cameras: set[str] = set()
        self._points: dict[str, set[str]] = {}

    def named(self, each: Attachment, cabinet: Cabinet) -> Attachment:
        """Give an attachment its id."""
        if each.kind == "points":
            taken = self._points.setdefault(each.host, set())
            ident = unique(each.ident or "point", taken)
            nomad = unique(each.nomad or "nomad-1", self._cameras) if each.mac else ""
            return replace(each, ident=ident, nomad=nomad)
        if each.ident:
            return replace(each, ident=unique(each.ident, self._cameras))
        number = 1
        while f"{cabinet.insee}-{number:04}" in self._cameras:
            number += 1
        ident = f"{cabinet.insee}-{number:04}".lower()
        self._cameras.add(ident)
        return replace(each, ident=ident)
