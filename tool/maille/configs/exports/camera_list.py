"""The camera list for the viewing software and for the integrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.sessions import HostBook
from maille.spreadsheet import Sheet

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint, Camera
    from maille.spreadsheet import Plain

RTSP_PORT = 554
COLUMNS = (
    "name",
    "mac",
    "address",
    "mask",
    "gateway",
    "vlan",
    "ntp",
    "rtsp_url",
    "place",
    "commune",
    "insee",
    "latitude",
    "longitude",
    "model",
    "view",
    "codec",
    "resolution",
    "fps",
    "recorder",
    "recorded_for",
    "retention_days",
    "switch",
    "port",
    "state",
)


def camera_sheet(blueprint: Blueprint) -> Sheet:
    """Give every camera by its id; a nomad stands where it hangs today, if it does."""
    book = HostBook(blueprint.estate.centre, blueprint.hosts.values(), blueprint.segments)
    ntp = ", ".join(str(address) for address in book.addresses("ntp", "VIDEO"))
    cameras = sorted(blueprint.cameras.values(), key=lambda camera: camera.id)
    return Sheet("Cameras", COLUMNS, [_row(blueprint, camera, ntp) for camera in cameras])


def _row(blueprint: Blueprint, camera: Camera, ntp: str) -> tuple[Plain, ...]:
    segment = blueprint.segments.get(camera.segment or "")
    switch = blueprint.switches.get(camera.switch or "")
    location = camera.location
    width, height = camera.profile.resolution
    insee = (segment and segment.commune) or camera.commune
    return (
        camera.id,
        camera.mac,
        str(camera.address) if camera.address else None,
        str(segment.prefix.netmask) if segment else None,
        str(segment.gateway) if segment else None,
        segment.vlan if segment else None,
        ntp,
        rtsp_url(camera),
        camera.place or None,
        blueprint.communes[insee].name,
        insee,
        location.latitude if location else None,
        location.longitude if location else None,
        camera.model.title,
        camera.view,
        camera.profile.codec,
        f"{width}x{height}",
        camera.profile.fps,
        camera.recorder,
        camera.commune,
        camera.retention_days,
        switch.hostname if switch else None,
        camera.port,
        _state(camera),
    )


def rtsp_url(camera: Camera) -> str | None:
    """Give the address of a camera's main stream; none for a nomad that hangs nowhere."""
    if camera.address is None:
        return None
    return f"rtsp://{camera.address}:{RTSP_PORT}/{camera.model.rtsp_path.lstrip('/')}"


def _state(camera: Camera) -> str:
    if camera.retired:
        return "out of service"
    if camera.address is None:
        return "nowhere"
    if camera.mac is None:
        return "MAC not enrolled"
    return "connected" if camera.connected else "enrolled"
