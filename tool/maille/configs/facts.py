"""What the configurations of several switches follow from, worked out once for an estate."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from maille.blueprint.flows import access_of_centre, needs_of
from maille.blueprint.sessions import HostBook, Needs, Party, camera_sessions, estate_sessions
from maille.configs.acl import ANY
from maille.errors import RenderError
from maille.inventory.schema.settings import VlanPools
from maille.topology.naming import centre_segment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.blueprint.model import Blueprint, Camera, Segment, Switch
    from maille.blueprint.sessions import Session
    from maille.configs.platforms.base import Driver

MARKED_ROLES = frozenset({"recorder", "poller", "management", "ntp"})
"""Hosts that speak with cameras: what they send is marked where it enters."""


class Facts:
    """An estate's blueprint with what is looked up for many switches."""

    def __init__(self, blueprint: Blueprint, drivers: Mapping[str, Driver]) -> None:
        """Index the cameras by their segment; `drivers` are the platforms there are."""
        self.blueprint = blueprint
        self._drivers = drivers
        self.settings = blueprint.estate.settings
        self.book = HostBook(blueprint.estate.centre, blueprint.hosts.values(), blueprint.segments)
        self._of_segment: dict[str, list[Camera]] = {}
        for camera in blueprint.cameras.values():
            if camera.segment:
                self._of_segment.setdefault(camera.segment, []).append(camera)
        legs = blueprint.estate.centre.firewall.legs
        self.legs = {centre_segment(leg.segment): vrf for vrf, leg in legs.items()}
        """VRF of each segment that is a leg of the firewall."""

    @cached_property
    def transit_vlans(self) -> dict[str, int]:
        """Give the VLAN of each VRF on transits and peer links."""
        first, second = VlanPools.bounds(self.settings.pools.vlans.transit)[:2]
        return {"VIDEO": first, "MGMT": second}

    @cached_property
    def centre_sessions(self) -> tuple[Session, ...]:
        """Give every session that a host of the centre has a part in."""
        access = access_of_centre(self.blueprint.switches.values())
        return tuple(estate_sessions(self.blueprint.estate, self.book, access))

    @cached_property
    def behind_firewall(self) -> tuple[Segment, ...]:
        """Give the segments whose gateway is the firewall."""
        found = self.blueprint.segments.values()
        return tuple(segment for segment in found if segment.vrf == "none")

    def driver(self, switch: Switch) -> Driver:
        """Give the driver of a switch's platform.

        Raises:
            RenderError: there is none.
        """
        name = switch.model.platform
        if name not in self._drivers:
            raise RenderError(
                f"switch {switch.id}: nothing renders the platform `{name}`",
                f"known are {', '.join(sorted(self._drivers))}; see CONTRIBUTING.md",
            )
        return self._drivers[name]

    def needs(self, *cameras: Camera) -> Needs:
        """Give what some cameras need besides what all need."""
        return needs_of(self.blueprint.estate, cameras)

    def needs_in(self, segment: str) -> Needs:
        """Give what the cameras of a segment need."""
        return self.needs(*self._of_segment.get(segment, ()))

    def cameras_as(self, here: Party, needs: Needs) -> tuple[Session, ...]:
        """Give the sessions of cameras that stand as one party."""
        return tuple(camera_sessions(self.book, here, needs, self.settings.live.mode))

    @cached_property
    def any_camera(self) -> tuple[Party, tuple[Session, ...]]:
        """Give a party that stands for every camera, whatever its address, and its sessions."""
        profiles = self.settings.profiles.values()
        recorders = self.blueprint.estate.centre.recorders.values()
        needs = Needs(
            ptz=any(profile.ptz_control for profile in profiles),
            rtp=any(recorder.transport == "udp" for recorder in recorders),
        )
        party = Party("any camera", (ANY,), "VIDEO")
        return party, self.cameras_as(party, needs)

    def root_part(self, switch: Switch) -> str:
        """Give a switch's part in the spanning tree of its pair, empty for all but the two."""
        pair = self.blueprint.pairs.get(switch.pair or "")
        if pair is None:
            return ""
        return {pair.primary: "primary", pair.secondary: "secondary"}.get(switch.id, "")
