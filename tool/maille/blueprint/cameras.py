"""Cameras and attachment points: where each hangs today, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maille.blueprint.bitrate import bitrate
from maille.blueprint.model import Camera, Point
from maille.blueprint.segments import not_in_lock
from maille.blueprint.storage import keeping_for
from maille.topology.naming import cabinet_switch, segment_id
from maille.topology.service import begun, films
from maille.topology.waves import wave_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from ipaddress import IPv4Address

    from maille.allocation.lock import Attachment, Lock
    from maille.inventory.schema.base import Position
    from maille.inventory.schema.commune import Cabinet, Commune
    from maille.inventory.schema.commune import Camera as CameraEntry
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.rollout import Assignment, Nomad


@dataclass(frozen=True, slots=True)
class Attachments:
    """All that hangs on access ports, by id."""

    cameras: dict[str, Camera]
    points: dict[str, Point]


def attachments(
    estate: Estate, lock: Lock, members: dict[str, Commune], as_of: date
) -> Attachments:
    """Give cameras and points; raises AllocationError where the lock is stale."""
    maker = _Maker(estate, lock, members, as_of)
    nomads = {ident: maker.assignment(nomad) for ident, nomad in estate.nomads.items()}
    taken = {at.at: ident for ident, at in nomads.items() if at}
    points = {point.id: point for point in maker.points(taken)}
    cameras = {camera.id: camera for camera in maker.fixed()}
    for ident, nomad in estate.nomads.items():
        at = nomads[ident]
        cameras[ident] = maker.nomad(ident, nomad, points.get(at.at) if at else None)
    return Attachments(cameras, points)


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a camera hangs: its cabinet and its port, place and address there."""

    cabinet: Cabinet
    place: str
    location: Position
    switch: str
    port: str
    position: int
    segment: str
    address: IPv4Address


@dataclass(frozen=True, slots=True)
class _Maker:
    estate: Estate
    lock: Lock
    members: dict[str, Commune]
    as_of: date

    def assignment(self, nomad: Nomad) -> Assignment | None:
        """Give the assignment of the day (the rules see to it that there is but one)."""
        for entry in nomad.assignments:
            if entry.first <= self.as_of and (entry.last is None or self.as_of <= entry.last):
                return entry
        return None

    def points(self, taken: dict[str, str]) -> Iterator[Point]:
        for insee, commune in self.members.items():
            for key, cabinet in commune.cabinets.items():
                for name, entry in cabinet.attachment_points.items():
                    ident = f"{insee}/{key}/{name}"
                    given = self.lock.communes[insee].points.get(f"{key}/{name}")
                    if given is None:
                        raise not_in_lock(f"attachment point {ident}")
                    yield Point(
                        id=ident,
                        entry=entry,
                        switch=cabinet_switch(insee, given.cabinet),
                        port=self._port(commune, given),
                        position=given.position,
                        segment=segment_id(insee, given.segment),
                        address=given.address,
                        nomad=taken.get(ident),
                    )

    def fixed(self) -> Iterator[Camera]:
        for insee, commune in self.members.items():
            numbers = self.lock.communes[insee].cameras
            for cabinet in commune.cabinets.values():
                for ident, entry in cabinet.cameras.items():
                    given = numbers.get(ident)
                    if given is None:
                        raise not_in_lock(f"camera {ident}")
                    seat = _Seat(
                        cabinet,
                        entry.place,
                        entry.position or cabinet.position,
                        cabinet_switch(insee, given.cabinet),
                        self._port(commune, given),
                        given.position,
                        segment_id(insee, given.segment),
                        given.address,
                    )
                    camera = self._camera(ident, entry, commune, given.subvolume, seat)
                    yield replace(
                        camera,
                        owner=entry.owner or cabinet.owner or commune.owner,
                        wave=wave_of(self.estate, commune, entry),
                        in_service=entry.in_service,
                        connected=films(entry, self.as_of),
                        retired=begun(entry.out_of_service, self.as_of),
                    )

    def nomad(self, ident: str, entry: Nomad, point: Point | None) -> Camera:
        home = self.members[entry.records_to]
        subvolume = next(iter(self.lock.communes[home.insee].storage))
        camera = self._camera(ident, entry, home, subvolume, self._seat(point) if point else None)
        return replace(
            camera,
            owner=entry.owner or home.owner,
            connected=point is not None,
            nomad=True,
            point=point.id if point else None,
        )

    def _seat(self, point: Point) -> _Seat:
        cabinet = self._cabinet(point)
        return _Seat(
            cabinet,
            point.entry.place,
            point.entry.position or cabinet.position,
            point.switch,
            point.port,
            point.position,
            point.segment,
            point.address,
        )

    def _camera(
        self,
        ident: str,
        entry: CameraEntry | Nomad,
        commune: Commune,
        subvolume: str,
        seat: _Seat | None,
    ) -> Camera:
        """Make what cameras and nomads have in common; who calls adds the rest."""
        model = self.estate.catalogue.cameras[entry.model]
        profile_id = entry.profile or self.estate.settings.views[entry.view]
        profile = self.estate.settings.profiles[profile_id]
        sector = getattr(entry, "sector", None) or (seat.cabinet.sector if seat else None)
        ppms = bool(seat and seat.cabinet.ppms)
        return Camera(
            id=ident,
            model_id=entry.model,
            model=model,
            commune=commune.insee,
            place=seat.place if seat else "",
            view=entry.view,
            profile_id=profile_id,
            profile=profile,
            bitrate=bitrate(model, profile, entry.measured_mbps),
            switch=seat.switch if seat else None,
            port=seat.port if seat else None,
            position=seat.position if seat else None,
            segment=seat.segment if seat else None,
            address=seat.address if seat else None,
            mac=entry.mac,
            location=seat.location if seat else None,
            owner=None,
            sector=sector,
            wave=None,
            in_service=None,
            connected=False,
            ppms=ppms,
            severity="ppms" if ppms else "sensitive" if sector else "normal",
            recorder=self.lock.communes[commune.insee].storage[subvolume].recorder,
            subvolume=subvolume,
            retention_days=round(keeping_for(self.estate.settings, commune).days),
            nomad=False,
            point=None,
        )

    def _port(self, commune: Commune, given: Attachment) -> str:
        model = self.estate.catalogue.switches[commune.cabinets[given.cabinet].switch]
        return model.access_ports[given.position - 1][0]

    def _cabinet(self, point: Point) -> Cabinet:
        insee, key, _ = point.id.split("/")
        return self.members[insee].cabinets[key]
