"""Sheets of cameras and attachment points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.access import rights_over
from maille.show.blocks import way_section
from maille.show.lock import LockFile, lock_line, segment_line
from maille.show.rules import rules_on
from maille.show.sheet import Fact, findings_about, section, sheet
from maille.show.ways import Ways

if TYPE_CHECKING:
    from maille.blueprint.model import Camera, Point
    from maille.check.built import Built
    from maille.show.sheet import Section, Sheet


def camera_sheet(built: Built, camera: Camera) -> Sheet:
    """Tell all about a camera."""
    return sheet(
        "camera",
        camera.id,
        camera.place,
        _identity(built, camera),
        _attachment(built, camera),
        way_section("Way to the recorder", Ways(built.blueprint).of_camera(camera)),
        _recording(built, camera),
        _access(built, camera),
        findings_about(built, camera.id, camera.switch or ""),
        rules_on(built, "nomad" if camera.nomad else "camera", *_judged_with(camera)),
    )


def _judged_with(camera: Camera) -> tuple[str, ...]:
    """Give the ids under which rules speak of a camera and of what it depends on."""
    parts = (camera.switch, camera.commune, camera.profile_id, camera.model_id, camera.wave)
    return (camera.id, *filter(None, parts))


def _path(built: Built, camera: Camera) -> tuple[str, ...]:
    if camera.nomad or camera.switch is None:
        return ("nomads", camera.id)
    cabinet = built.blueprint.switches[camera.switch].cabinet or ""
    return ("communes", camera.commune, "cabinets", cabinet, "cameras", camera.id)


def _identity(built: Built, camera: Camera) -> Section:
    path = _path(built, camera)
    share = built.blueprint.communes[camera.commune]
    model = camera.model
    service = f"since {camera.in_service}" if camera.in_service else "planned"
    place = built.blueprint.estate.settings
    origin = built.place(*path, "profile")
    if camera.profile_id == place.views.get(camera.view):
        origin = built.place("settings", "views", camera.view)
    return section(
        "What and where",
        Fact("defined at", built.place(*path)),
        Fact("model", f"{model.title} ({camera.model_id}), {model.kind}", model.source),
        Fact("commune", f"{share.name} ({camera.commune})"),
        Fact("place", camera.place),
        Fact("position", _position(camera)),
        Fact("view", camera.view),
        Fact("profile", camera.profile_id, origin),
        Fact("owner", camera.owner or ""),
        Fact("sector", camera.sector or ""),
        Fact("wave", camera.wave or ""),
        Fact("in service", "yes" if camera.connected else service),
        Fact("severity", camera.severity),
        Fact(
            "MAC",
            camera.mac or "not enrolled: the port is shut",
            _own(built, path, "mac", camera.mac),
        ),
    )


def _own(built: Built, path: tuple[str, ...], field: str, value: object) -> str:
    """Give where a field of the camera's own entry stands; nothing if it is left out."""
    return "" if value is None else built.place(*path, field)


def _position(camera: Camera) -> str:
    return f"{camera.location[0]:.4f}, {camera.location[1]:.4f}" if camera.location else ""


def _attachment(built: Built, camera: Camera) -> Section:
    if camera.switch is None or camera.segment is None:
        return section("Network", Fact("attachment", "nowhere today"))
    blueprint = built.blueprint
    switch, segment = blueprint.switches[camera.switch], blueprint.segments[camera.segment]
    cabinet = switch.cabinet or ""
    if camera.point:
        given = lock_line(built, switch.commune, "points", camera.point.partition("/")[2])
    else:
        given = lock_line(built, switch.commune, "cameras", camera.id)
    pole = built.place("communes", switch.commune or "", "cabinets", cabinet, "switch")
    supply = f"802.3{camera.model.poe}, at worst {camera.model.worst_w:g} W"
    return section(
        "Network",
        Fact("attachment point", camera.point or ""),
        Fact("switch", f"{switch.hostname} ({switch.model.title}), {switch.place}", pole),
        Fact("port", f"{camera.port} (position {camera.position})", given),
        Fact("PoE", supply, built.place("catalogue", "cameras", camera.model_id)),
        Fact(
            "segment",
            f"{segment.id}: VLAN {segment.vlan} {segment.vlan_name}",
            segment_line(built, segment.id),
        ),
        Fact("address", f"{camera.address}/{segment.prefix.prefixlen}", given),
        Fact("gateway", f"{segment.gateway} (VRRP of pair {segment.pair})"),
        Fact("VRF", segment.vrf),
        Fact("ring", switch.ring or ""),
    )


def _recording(built: Built, camera: Camera) -> Section:
    share = built.blueprint.communes[camera.commune]
    days = built.place("settings", "retention", "days")
    if share.entry.retention:
        days = built.place("communes", camera.commune, "retention", "days")
    rate = camera.bitrate
    how = rate.formula
    if rate.source == "measured":
        how = built.place(*_path(built, camera), "measured_mbps")
    lock = LockFile(built, camera.commune)
    daily_gb = rate.mbps * 10.8
    return section(
        "Recording",
        Fact("bitrate", f"{rate.mbps:g} Mbit/s ({rate.source})", how),
        Fact("a day", f"{daily_gb:.1f} GB"),
        Fact("kept", f"{camera.retention_days} days", days),
        Fact("recorder", camera.recorder, lock.line("storage", camera.subvolume)),
        Fact("subvolume", camera.subvolume, lock.line("storage", camera.subvolume)),
    )


def _access(built: Built, camera: Camera) -> Section:
    return section(
        "Who may see it",
        *(
            Fact(
                right.agency_title,
                f"{', '.join(right.grant.access)} from {', '.join(right.grant.sites)}"
                f" ({right.grant.mode})",
                f"{right.convention}: {right.legal_basis}",
            )
            for right in rights_over(built.blueprint, camera)
        ),
    )


def point_sheet(built: Built, point: Point) -> Sheet:
    """Tell all about an attachment point."""
    segment = built.blueprint.segments[point.segment]
    insee, cabinet, name = point.id.split("/")
    given = lock_line(built, insee, "points", f"{cabinet}/{name}")
    return sheet(
        "attachment point",
        point.id,
        point.entry.place,
        section(
            "What and where",
            Fact(
                "defined at",
                built.place("communes", insee, "cabinets", cabinet, "attachment_points", name),
            ),
            Fact("switch", point.switch),
            Fact("port", f"{point.port} (position {point.position})", given),
            Fact("PoE", f"802.3{point.entry.poe}"),
            Fact(
                "segment",
                f"{segment.id}: VLAN {segment.vlan}",
                segment_line(built, segment.id),
            ),
            Fact("address", f"{point.address}/{segment.prefix.prefixlen}", given),
            Fact("nomad today", point.nomad or "none: the port is shut"),
        ),
        findings_about(built, point.id),
        rules_on(built, "attachment point", point.id, point.switch),
    )
