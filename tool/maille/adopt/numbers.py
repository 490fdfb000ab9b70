"""Every number that was read off a device, by what the lock would give it to.

A number is read once, and at the end compared with what the lock gives: what is not the same
is told with its line, so that nothing changes in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from maille.adopt.cabling import End
from maille.adopt.codes import NUMBER_NOT_KEPT, finding
from maille.adopt.links import vrf_part
from maille.allocation.subject import SHARED, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.adopt.centre.model import CentreDraft
    from maille.adopt.links import Joints
    from maille.adopt.segments import Segments
    from maille.adopt.survey import Survey
    from maille.adopt.uses import Uses
    from maille.allocation.lock import Given, Lock
    from maille.errors import Finding
    from maille.inventory.schema.catalogue import SwitchModel

Key: TypeAlias = tuple[Subject, str]
"""An entry of the lock, and the name of a field of it."""

PORT = "port"
"""Stands for the fields `kind` and `position`; cameras have the position alone."""


class PortNumber(NamedTuple):
    """A port as the lock counts it."""

    kind: str
    position: int


@dataclass(frozen=True, slots=True)
class Observed:
    """A number that a device has, and the line that says so."""

    value: Any
    host: str
    line: int


Numbers: TypeAlias = "dict[Key, Observed]"


def position(model: SwitchModel, port: str) -> PortNumber | None:
    """Count a port of a model."""
    for kind, ports in (("access", model.access_ports), ("uplink", model.uplink_ports)):
        for number, (name, _) in enumerate(ports, start=1):
            if name == port:
                return PortNumber(kind, number)
    return None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the numbers of everything that was placed."""

    survey: Survey
    uses: Uses
    segments: Segments
    centre: CentreDraft
    joints: Joints

    def all(self) -> Numbers:
        """Give every number."""
        found: Numbers = {}
        for parts in (
            self._of_segments(),
            self._of_cabinets(),
            self._of_attachments(),
            self._of_centre(),
            self._of_indoors(),
            self._of_links(),
            self._of_rings(),
            self._of_hosts(),
        ):
            found |= dict(parts)
        return found

    def _of_segments(self) -> Iterator[tuple[Key, Observed]]:
        for segment, at in self.segments.of_communes.items():
            known = self.segments.known[at]
            subject = Subject(segment.insee, "segments", segment.key)
            yield (subject, "vlan"), Observed(at.vlan, known.host, known.line)
            if known.prefix:
                yield (subject, "prefix"), Observed(known.prefix, *known.prefix_at)

    def _of_cabinets(self) -> Iterator[tuple[Key, Observed]]:
        for host, cabinet in self.survey.cabinets.items():
            device = self.survey.devices[host]
            subject = Subject(cabinet.insee, "switches", cabinet.key)
            yield (subject, "hostname"), Observed(device.hostname, host, device.hostname_line)
            svi = self.segments.management.get(host)
            if svi and svi.address:
                yield (subject, "management"), Observed(svi.address.ip, host, svi.address_line)

    def _of_attachments(self) -> Iterator[tuple[Key, Observed]]:
        for host, found in self.uses.attachments.items():
            cabinet, model = self.survey.cabinets[host], self.survey.models[host].model
            for each in found:
                key = each.ident if each.kind == "cameras" else f"{cabinet.key}/{each.ident}"
                subject = Subject(cabinet.insee, each.kind, key)
                if port := position(model, each.port):
                    yield (subject, PORT), Observed(port, host, each.line)
                if each.address:
                    line = each.address_line
                    yield (subject, "address"), Observed(each.address, host, line)

    def _of_centre(self) -> Iterator[tuple[Key, Observed]]:
        for segment in self.centre.segments:
            if segment.at is None or segment.known is None:
                continue
            subject = Subject(SHARED, "segments", segment.id)
            at = (segment.known.host, segment.known.line)
            yield (subject, "vlan"), Observed(segment.at.vlan, *at)
            if segment.prefix:
                yield (subject, "prefix"), Observed(segment.prefix, *segment.known.prefix_at)
        for vrf, leg in self.centre.legs.items():
            if leg.address:
                subject = Subject(SHARED, "firewall", vrf)
                yield (subject, "address"), Observed(leg.address, leg.host, leg.line)

    def _of_indoors(self) -> Iterator[tuple[Key, Observed]]:
        """Give loopbacks of gateways, and the addresses of switches beside them."""
        for host, switch in self.survey.indoors.items():
            device = self.survey.devices.get(host)
            if device is None:
                continue
            subject = Subject(SHARED, "switches", switch)
            if host not in self.survey.gateways.routed:
                yield (subject, "hostname"), Observed(device.hostname, host, device.hostname_line)
                svi = self.segments.management.get(host)
                if svi and svi.address:
                    at = Observed(svi.address.ip, host, svi.address_line)
                    yield (subject, "management"), at
                continue
            for each in device.interfaces.values():
                if each.kind == "Loopback" and each.address:
                    key = (subject, f"loopback_{vrf_part(each.vrf)}")
                    yield key, Observed(each.address.ip, host, each.address_line)

    def _of_links(self) -> Iterator[tuple[Key, Observed]]:
        for joint in self.joints.joints:
            subject = Subject(SHARED, "transit", joint.id)
            for part, transit in joint.transit.items():
                yield (subject, part), Observed(transit.network, transit.host, transit.line)
            for number, cable in enumerate(joint.strands):
                for end in (cable.a, cable.b):
                    yield from self._socket(end, f"{joint.id}.{number}")

    def _of_rings(self) -> Iterator[tuple[Key, Observed]]:
        for ring in self.survey.rings:
            yield from self._socket(ring.steps[0].near, f"{ring.id}/a")
            yield from self._socket(ring.steps[-1].far, f"{ring.id}/b")
        for host, spur in self.survey.shape.spurs.items():
            placed = spur.parent in self.survey.cabinets or spur.parent in self.survey.indoors
            if host in self.survey.cabinets and placed:
                yield from self._socket(spur.step.far, self.survey.cabinets[host].switch)

    def _of_hosts(self) -> Iterator[tuple[Key, Observed]]:
        for host in self.centre.hosts:
            if host.address and host.server:
                subject = Subject(SHARED, "hosts", host.id)
                at = Observed(host.address, host.server_host, host.server.line)
                yield (subject, "address"), at
            for socket in host.sockets:
                yield from self._socket(End(socket.host, socket.port), f"{host.id}.{socket.number}")
        for vrf, leg in self.centre.legs.items():
            for socket in leg.sockets:
                yield from self._socket(End(socket.host, socket.port), f"firewall-{vrf}")

    def _socket(self, end: End, what: str) -> Iterator[tuple[Key, Observed]]:
        """Give a port as the lock counts it, if its switch is one whose text was read."""
        device = self.survey.devices.get(end.host)
        port = device.interfaces.get(end.port) if device else None
        if port is None or end.host not in self.survey.models:
            return
        counted = position(self.survey.models[end.host].model, end.port)
        subject = Subject(SHARED, "sockets", f"{self.survey.switch(end.host)}/{what}")
        if counted:
            yield (subject, PORT), Observed(counted, end.host, port.line)


def value_in(lock: Lock, key: Key) -> Any:  # noqa: ANN401 — whatever a field holds
    """Give the number that a lock has under a key; nothing if it has none."""
    entry = entry_in(lock, key[0])
    if entry is None:
        return None
    if key[1] == PORT:
        return PortNumber(getattr(entry, "kind", "access"), getattr(entry, "position", 0))
    return getattr(entry, key[1], None)


def entry_in(lock: Lock, subject: Subject) -> Given | None:
    """Give an entry of a lock."""
    file = lock.communes.get(subject.scope) if subject.scope else lock.shared
    section: Mapping[str, Given] = getattr(file, subject.section, {}) if file else {}
    return section.get(subject.key)


def lost(
    numbers: Numbers, lock: Lock, survey: Survey, reasons: Mapping[str, str]
) -> Iterator[Finding]:
    """Tell of every number that the lock has otherwise; `reasons` are by id of a subject."""
    for (subject, part), seen in numbers.items():
        now = value_in(lock, (subject, part))
        if now == seen.value and now is not None:
            continue
        device = survey.devices[seen.host]
        yield finding(
            NUMBER_NOT_KEPT,
            f"{subject.title} has {_shown(part, seen.value)}, and"
            f" {_instead(part, now)} in the draft",
            reasons.get(subject.id, "accept the change, or mend what stands in its way"),
            device.place(seen.line),
            subject.id,
            device.text(seen.line),
        )


def _instead(part: str, now: object) -> str:
    return "gets nothing" if now is None else f"will have {_shown(part, now)}"


def _shown(part: str, value: object) -> str:
    if isinstance(value, PortNumber):
        return f"{value.kind} port {value.position}"
    word = "management address" if part == "management" else part.replace("_", " ")
    return f"{word} {value}"
