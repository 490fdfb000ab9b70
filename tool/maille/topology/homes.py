"""Where cabinets belong: the ring, or the switch, whose segments they share.

A cabinet on a ring belongs to the ring. A spur belongs where its parent does; off a switch of
a site it belongs to that switch, whose pair serves it, its own or the one that a trunk leads
to. A *domain* is all that shares VLAN ids: the rings of a pair, of several pairs where they
have a switch in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.inventory.schema.commune import Cabinet, Commune
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.network import Network


@dataclass(frozen=True, slots=True)
class Home:
    """A ring or a site's switch, the pair that serves it, and the domain of its VLAN ids."""

    name: str
    pair: str | None
    """Nothing where no way leads to one."""
    domain: str


class Homes:
    """Homes of the cabinets of member communes; broken references give none."""

    def __init__(self, estate: Estate, members: Mapping[str, Commune]) -> None:
        """Index rings, pairs and switches, and the cabinets of members."""
        network = estate.network
        self.domain_of_pair = _domains(network)
        self.centre = self.domain_of_pair.get(estate.centre.pair, estate.centre.pair)
        self.pair_of_switch = {
            switch: key
            for key, pair in network.pairs.items()
            for switch in (pair.primary, pair.secondary)
        }
        self._rings = {
            ring: Home(ring, entry.pair, self.domain_of_pair[entry.pair])
            for ring, entry in network.rings.items()
            if entry.pair in self.domain_of_pair
        }
        self._switches = self._of_switches(network)
        self._cabinets: dict[str, Cabinet] = {
            cabinet_switch(insee, key): cabinet
            for insee, commune in members.items()
            for key, cabinet in commune.cabinets.items()
        }

    def of_cabinet(self, cabinet: Cabinet) -> Home | None:
        """Give the home of a cabinet, following its spurs."""
        seen = 0
        while cabinet.ring is None and cabinet.spur is not None:
            parent = cabinet.spur.parent
            if parent in self._switches:
                return self._switches[parent]
            if parent not in self._cabinets or seen > len(self._cabinets):
                return None
            cabinet = self._cabinets[parent]
            seen += 1
        return self._rings.get(cabinet.ring or "")

    def knows(self, switch: str) -> bool:
        """Say whether a switch is one of a site or of a member commune."""
        return switch in self._switches or switch in self._cabinets

    def of_name(self, name: str) -> Home | None:
        """Give the home that a segment's key names."""
        return self._rings.get(name) or self._switches.get(name)

    def domain_of(self, segment: str) -> str:
        """Give the domain of a segment by its key; empty where its home is not known."""
        home = self.of_name(segment.rpartition("/")[0])
        return home.domain if home else ""

    def cabinet(self, switch: str) -> Cabinet | None:
        """Give the cabinet whose switch this is."""
        return self._cabinets.get(switch)

    def pairs(self) -> dict[str, str]:
        """Give the pair of every home that has one, by the home's name."""
        homes = (*self._rings.values(), *self._switches.values())
        return {home.name: home.pair for home in homes if home.pair}

    def _of_switches(self, network: Network) -> dict[str, Home]:
        of_pair = self.pair_of_switch
        behind = {
            switch: of_pair[other]
            for link in network.links.values()
            if link.role == "trunk"
            for switch, other in (link.ends, link.ends[::-1])
            if other in of_pair
        }
        pairs = behind | of_pair
        return {
            switch: Home(
                switch, pairs.get(switch), self.domain_of_pair.get(pairs.get(switch, ""), switch)
            )
            for site in network.sites.values()
            for switch in site.switches
        }


def _domains(network: Network) -> dict[str, str]:
    """Give each pair its domain: the first, by name, of the pairs it shares switches with."""
    domain = {pair: pair for pair in network.pairs}
    of_switch: dict[str, str] = {}
    for key in sorted(network.pairs):
        for switch in (network.pairs[key].primary, network.pairs[key].secondary):
            mine, theirs = domain[key], domain[of_switch.setdefault(switch, key)]
            if mine != theirs:
                first, other = min(mine, theirs), max(mine, theirs)
                domain = {pair: first if at == other else at for pair, at in domain.items()}
    return domain
