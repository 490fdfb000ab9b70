"""From the blueprint to the views that templates read: one a switch, pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.configs import managing, words
from maille.configs.bootstrap import boot
from maille.configs.facts import Facts
from maille.configs.gateways import routing
from maille.configs.guarding import devices, marking
from maille.configs.here import Here
from maille.configs.lists import Lists
from maille.configs.ports import wiring
from maille.configs.views import SwitchView, Vlan
from maille.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.blueprint.model import Blueprint, Switch
    from maille.configs.acl import AccessList
    from maille.configs.platforms.base import Driver
    from maille.configs.views import Boot, Routing


class Views:
    """Makes the views of an estate's switches."""

    def __init__(self, blueprint: Blueprint, drivers: Mapping[str, Driver]) -> None:
        """Take an estate; `drivers` are the platforms there are, by name."""
        self._facts = Facts(blueprint, drivers)
        self._lists: dict[tuple[str, str], Lists] = {}
        self._contact = managing.contact(blueprint)
        self._banner = managing.banner(blueprint)

    def of(self, switch: Switch) -> SwitchView:
        """Give the view of a switch.

        Raises:
            RenderError: its platform or its dialect is unknown, or lacks what is asked of it.
        """
        here = self.here(switch)
        settings = self._facts.settings
        ports = wiring(here)
        routed = routing(here, ports) if here.routed else None
        watched, marked = devices(here, ports.ports), marking(here, ports.ports)
        management = managing.management(here)
        extended = [management.inbound, *watched.lists, *marked.lists]
        if routed:
            extended += [*routed.lists, routed.video_plane]
        return SwitchView(
            hostname=words.name(switch.hostname, f"the host name of {switch.id}"),
            dialect=switch.model.dialect,
            domain=settings.management.domain_name,
            location=managing.location(self._facts.blueprint, switch),
            contact=self._contact,
            banner=self._banner,
            street=switch.street,
            role="routed" if routed else "access",
            root=self._facts.root_part(switch),
            priority=switch.stp_priority,
            region=settings.management.mst_region,
            native=settings.pools.vlans.native,
            blackhole=settings.pools.vlans.blackhole,
            archive=words.path(settings.management.archive_path, "the archive's path"),
            local_user=settings.management.local_user.name,
            secret_type=switch.model.ability.secret_type,
            critical=settings.port_security.critical_auth,
            able=managing.abilities(switch),
            vlans=tuple(_vlans(here, routed)),
            bundles=ports.bundles,
            ports=ports.ports,
            out_of_band=switch.model.out_of_band or "",
            devices=watched,
            marking=marked,
            management=management,
            secrets=managing.secrets(here),
            ntp=managing.ntp(here),
            snmp=managing.snmp_user(here),
            standard_lists=_by_name([management.ssh, management.snmp]),
            extended_lists=_by_name(extended),
            routing=routed,
            extra=_extra(switch),
            unmanaged=switch.unmanaged,
        )

    def boot(self, switch: Switch, view: SwitchView) -> Boot:
        """Give how a switch stands after its bootstrap."""
        return boot(self.here(switch), view)

    def here(self, switch: Switch) -> Here:
        """Give a switch with what its parts are made with."""
        driver = self._facts.driver(switch)
        name = switch.model.dialect
        if name not in driver.dialects:
            raise RenderError(
                f"switch {switch.id}: platform `{driver.name}` has no dialect `{name}`",
                f"known are {', '.join(sorted(driver.dialects))}",
            )
        dialect = driver.dialects[name]
        if switch.loopback_video is not None and "gateways" not in dialect.roles:
            raise RenderError(
                f"switch {switch.id} is a gateway, and `{driver.name}` has no templates for one",
                "choose another model for it",
            )
        lists = self._lists.get((driver.name, name))
        if lists is None:
            lists = Lists(self._facts, dialect.grammar, dialect.no_ipv6)
            self._lists[driver.name, name] = lists
        return Here(self._facts, lists, driver, dialect, switch)


def _vlans(here: Here, routed: Routing | None) -> Iterator[Vlan]:
    segments, pools = here.facts.blueprint.segments, here.facts.settings.pools.vlans
    found = [Vlan(segments[s].vlan, segments[s].vlan_name) for s in here.switch.segments]
    found += [Vlan(peer.vlan, f"TRANSIT-{peer.vrf}") for peer in (routed.peers if routed else ())]
    found.append(Vlan(pools.native, "NATIVE-UNUSED", suspended=True))
    found.append(Vlan(pools.blackhole, "BLACK-HOLE", suspended=True))
    return iter(sorted(found, key=lambda vlan: vlan.id))


def _by_name(lists: Iterable[AccessList]) -> tuple[AccessList, ...]:
    return tuple(sorted(lists, key=lambda each: each.name))


def _extra(switch: Switch) -> tuple[str, ...]:
    what = f"`extra_config` of {switch.id}"
    return tuple(words.verbatim(line, what) for line in switch.extra_config)
