"""Switches: of the sites and of the cabinets, each with its ports and its segments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.allocation.lock import RoutedNumbers
from maille.blueprint.model import Switch
from maille.blueprint.segments import not_in_lock
from maille.topology.naming import centre_segment
from maille.topology.service import begun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maille.allocation.lock import Lock
    from maille.blueprint.ports import PortBoard
    from maille.blueprint.segments import Membership
    from maille.inventory.schema.catalogue import SwitchModel
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.network import Power
    from maille.topology.build import Topology

PRIMARY_PRIORITY, SECONDARY_PRIORITY, ACCESS_PRIORITY = 4096, 8192, 32768
"""Spanning-tree bridge priorities: the VRRP master is the root."""


def models(estate: Estate, topology: Topology) -> dict[str, SwitchModel]:
    """Give the catalogue's model of every switch by switch id."""
    switches = estate.catalogue.switches
    of_sites = {
        key: switches[entry.model]
        for site in estate.network.sites.values()
        for key, entry in site.switches.items()
    }
    return of_sites | {
        switch: switches[cabinet.switch] for switch, (_, _, cabinet) in topology.cabinets.items()
    }


@dataclass(frozen=True, slots=True)
class SwitchMaker:
    """Makes the switches of the blueprint."""

    estate: Estate
    lock: Lock
    topology: Topology
    membership: Membership
    board: PortBoard
    as_of: date

    def all(self) -> dict[str, Switch]:
        """Give every switch by id: sites first, then cabinets by commune."""
        return {switch.id: switch for switch in (*self._of_sites(), *self._of_cabinets())}

    def _of_sites(self) -> Iterator[Switch]:
        for site_id, site in self.estate.network.sites.items():
            for key, entry in site.switches.items():
                numbers = self.lock.shared.switches.get(key)
                if numbers is None:
                    raise not_in_lock(f"switch {key}")
                if isinstance(numbers, RoutedNumbers):
                    management, loopback = numbers.loopback_mgmt, numbers.loopback_video
                else:
                    management, loopback = numbers.management, None
                model = self.estate.catalogue.switches[entry.model]
                pair = self.topology.pair_of_switch.get(key)
                segment = None if loopback else self.estate.centre.management_segment
                feeds = (entry.supply,) if entry.supply else _feeds(site.power)
                yield Switch(
                    id=key,
                    hostname=key,
                    model_id=entry.model,
                    model=model,
                    role=entry.role,
                    site=site_id,
                    place=site.title,
                    location=site.position,
                    synthetic=site.synthetic,
                    street=False,
                    commune=None,
                    cabinet=None,
                    pair=pair or (None if loopback else self.estate.centre.pair),
                    ring=None,
                    supplies=feeds,
                    management=management,
                    management_segment=centre_segment(segment) if segment else None,
                    loopback_video=loopback,
                    stp_priority=self._priority(key, pair),
                    ports=self.board.of(key, model),
                    segments=self.membership.of_switch(key),
                    in_service=entry.in_service,
                    serial=entry.serial,
                    extra_config=entry.extra_config,
                    unmanaged=entry.unmanaged,
                )

    def _of_cabinets(self) -> Iterator[Switch]:
        rings = self.estate.network.rings
        for switch, (commune, key, cabinet) in self.topology.cabinets.items():
            numbers = self.lock.communes[commune.insee].switches.get(key)
            if numbers is None:
                raise not_in_lock(f"switch {switch}")
            model = self.estate.catalogue.switches[cabinet.switch]
            home = self.topology.home[switch]
            yield Switch(
                id=switch,
                hostname=numbers.hostname,
                model_id=cabinet.switch,
                model=model,
                role="access",
                site=f"{commune.insee}/{key}",
                place=cabinet.place,
                location=cabinet.position,
                synthetic=cabinet.synthetic,
                street=cabinet.street,
                commune=commune.insee,
                cabinet=key,
                pair=self.topology.pair_of_home.get(home),
                ring=home if home in rings else None,
                supplies=_feeds(cabinet.power),
                management=numbers.management,
                management_segment=self.membership.management_of(commune.insee, numbers.management),
                loopback_video=None,
                stp_priority=ACCESS_PRIORITY,
                ports=self.board.of(switch, model),
                segments=self.membership.of_switch(switch),
                in_service=begun(cabinet.in_service, self.as_of),
                serial=cabinet.serial,
                extra_config=cabinet.extra_config,
                unmanaged=cabinet.unmanaged,
            )

    def _priority(self, switch: str, pair: str | None) -> int:
        if pair is None:
            return ACCESS_PRIORITY
        primary = self.estate.network.pairs[pair].primary
        return PRIMARY_PRIORITY if switch == primary else SECONDARY_PRIORITY


def _feeds(power: Power) -> tuple[str, ...]:
    return (power.supply, *([power.second_supply] if power.second_supply else []))
