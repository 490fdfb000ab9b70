"""Sheets of cameras and attachment points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.access import rights_over
from maille.show.sheet import Fact, findings_about, section, sheet
from maille.show.ways import way_up

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
        _recording(built, camera),
        _access(built, camera),
        findings_about(built, camera.id, camera.switch or ""),
    )


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
        Fact("MAC", camera.mac or "not enrolled: the port is shut"),
    )


def _position(camera: Camera) -> str:
    return f"{camera.location[0]:.4f}, {camera.location[1]:.4f}" if camera.location else ""


def _attachment(built: Built, camera: Camera) -> Section:
    if camera.switch is None or camera.segment is None:
        return section("Network", Fact("attachment", "nowhere today"))
    blueprint = built.blueprint
    switch, segment = blueprint.switches[camera.switch], blueprint.segments[camera.segment]
    way = " → ".join(way_up(blueprint, camera.switch))
    return section(
        "Network",
        Fact("attachment point", camera.point or ""),
        Fact("switch", f"{switch.hostname} ({switch.model.title}), {switch.place}"),
        Fact("port", f"{camera.port} (position {camera.position})", "lock, model"),
        Fact("PoE", f"802.3{camera.model.poe}, at worst {camera.model.worst_w:g} W", "catalogue"),
        Fact("segment", f"{segment.id}: VLAN {segment.vlan} {segment.vlan_name}", "lock"),
        Fact("address", f"{camera.address}/{segment.prefix.prefixlen}", "lock"),
        Fact("gateway", f"{segment.gateway} (VRRP of pair {segment.pair})"),
        Fact("VRF", segment.vrf),
        Fact("ring", switch.ring or ""),
        Fact("way up", way),
    )


def _recording(built: Built, camera: Camera) -> Section:
    share = built.blueprint.communes[camera.commune]
    days = built.place("settings", "retention", "days")
    if share.entry.retention:
        days = built.place("communes", camera.commune, "retention", "days")
    rate = camera.bitrate
    daily_gb = rate.mbps * 10.8
    return section(
        "Recording",
        Fact("bitrate", f"{rate.mbps:g} Mbit/s ({rate.source})", rate.formula),
        Fact("a day", f"{daily_gb:.1f} GB"),
        Fact("kept", f"{camera.retention_days} days", days),
        Fact("recorder", camera.recorder, "lock"),
        Fact("subvolume", camera.subvolume, "lock"),
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
            Fact("port", f"{point.port} (position {point.position})", "lock, model"),
            Fact("PoE", f"802.3{point.entry.poe}"),
            Fact("segment", f"{segment.id}: VLAN {segment.vlan}", "lock"),
            Fact("address", f"{point.address}/{segment.prefix.prefixlen}", "lock"),
            Fact("nomad today", point.nomad or "none: the port is shut"),
        ),
    )
