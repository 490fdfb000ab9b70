"""Random switches that are right in themselves, as values and as stored text."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from tests.examples import examples

from maille.configs.compare.acls import versioned_name

if TYPE_CHECKING:
    from collections.abc import Iterator

thorough = settings(
    max_examples=examples(50),
    deadline=None,
    report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Without the search for explanations: it takes minutes for switches of this size."""

VLANS = (10, 11, 12, 20, 30, 999)
MANAGEMENT = 900
NAMES = ("CAMERAS", "SCHOOL", "UNUSED", "WALL")
VRFS = ("VIDEO", "MGMT")
NETWORKS = (1, 2, 3, 4)
ENTRIES = (
    "permit tcp host 10.1.0.5 any eq 554",
    "permit udp any host 10.1.0.9 eq ntp",
    "permit icmp any any",
    "deny tcp any any",
    "deny ip any any",
)
FOREIGN = (
    "license udi pid IE-3300-8P2S sn FOC0000",
    "boot system flash:image.bin",
)


@dataclass(frozen=True)
class Access:
    """A port for one camera; without a VLAN it stays in the unused one."""

    vlan: int
    acl: str
    guards: frozenset[str]
    method: str
    camera: int
    shut: bool


@dataclass(frozen=True)
class Trunk:
    """A ring port; `None` stands for a list of all VLANs, which no text says."""

    vlans: frozenset[int] | None
    trusted: bool
    guard: str
    shut: bool


@dataclass(frozen=True)
class Routed:
    """A transit port or, with a VLAN as its number, an SVI."""

    vrf: str
    network: int
    host: int
    extra: bool
    acl: str
    shut: bool


@dataclass(frozen=True)
class Switch:
    """A switch with four ports and what hangs together with them."""

    platform: str
    numbers: bool
    vlans: dict[int, str]
    acls: dict[str, tuple[str, ...]]
    versioned: bool
    ports: tuple[Access | Trunk | Routed | None, ...]
    svis: dict[int, Routed]
    management: int
    gateway: int
    way_in: str
    inspected: frozenset[int]
    globals: frozenset[str]
    users: frozenset[str]
    ospf: bool
    foreign: bool = field(default=True)

    @property
    def eos(self) -> bool:
        """Say which dialect the text is in."""
        return self.platform == "arista_eos"

    def applied(self, name: str) -> str:
        """Give the name under which a list is applied."""
        return versioned_name(name, self.acls[name]) if self.versioned else name

    def text(self) -> str:
        """Give the configuration as the platform stores it."""
        return "\n".join(
            chain(self._globals(), self._lists(), self._interfaces(), self._ways(), ["end", ""])
        )

    def _globals(self) -> Iterator[str]:
        yield from FOREIGN if self.foreign else ()
        if not self.eos:
            yield "no ip http server"
        for user in sorted(self.users):
            yield f"username {user} privilege 15 secret 9 <secret:env:{user.upper()}>"
        yield from sorted(self.globals)
        yield "spanning-tree mode mst" if not self.eos else "spanning-tree mode mstp"
        for vrf in sorted({svi.vrf for svi in self._routed() if svi.vrf}):
            if self.eos:
                yield f"vrf instance {vrf}"
            else:
                yield from (f"vrf definition {vrf}", " address-family ipv4", " exit-address-family")
        for vlan in sorted({*self.vlans, MANAGEMENT}):
            yield f"vlan {vlan}"
            if name := self.vlans.get(vlan, "MANAGEMENT"):
                yield f" name {name}"

    def _routed(self) -> Iterator[Routed]:
        yield from self.svis.values()
        yield from (port for port in self.ports if isinstance(port, Routed))

    def _lists(self) -> Iterator[str]:
        kind = "ip access-list" if self.eos else "ip access-list extended"
        for name, entries in self.acls.items():
            yield f"{kind} {self.applied(name)}"
            for number, entry in enumerate(entries, 1):
                yield f" {number * 10} {entry}" if self.numbers else f" {entry}"
        if not self.eos:
            yield from self._bindings()
        if self.inspected:
            listed = ",".join(map(str, sorted(self.inspected)))
            yield f"ip dhcp snooping vlan {listed}"
            yield f"ip arp inspection vlan {listed}"

    def _bindings(self) -> Iterator[str]:
        cameras = [
            (number, port)
            for number, port in enumerate(self.ports, 1)
            if isinstance(port, Access) and port.camera
        ]
        if cameras:
            yield "arp access-list CAMERAS"
            for number, port in cameras:
                mac = f"0000.0000.{port.camera:04x}"
                yield f" permit ip host 10.{port.vlan}.0.{number} mac host {mac}"
            listed = ",".join(map(str, sorted({port.vlan for _, port in cameras})))
            yield f"ip arp inspection filter CAMERAS vlan {listed}"
        for number, port in cameras:
            yield (
                f"ip source binding 0000.{number:04x}.{port.camera:04x} vlan {port.vlan}"
                f" 10.{port.vlan}.0.{number} interface {self.port_name(number)}"
            )

    def port_name(self, number: int) -> str:
        """Give the platform's name of a port."""
        return f"Ethernet{number}" if self.eos else f"GigabitEthernet1/0/{number}"

    def _interfaces(self) -> Iterator[str]:
        for number, port in enumerate(self.ports, 1):
            yield f"interface {self.port_name(number)}"
            if isinstance(port, Access):
                yield from self._access(port)
            elif isinstance(port, Trunk):
                yield from self._trunk(port)
            elif port:
                yield " no switchport"
                yield from self._address(port, 100 + port.network)
            yield from [" shutdown"] if port and port.shut else []
        for vlan, svi in self.svis.items():
            yield f"interface Vlan{vlan}"
            yield from self._address(svi, svi.network)
            yield from [" shutdown"] if svi.shut else []
        yield f"interface Vlan{MANAGEMENT}"
        yield f" ip address {self._prefix(200, self.management)}"

    def _prefix(self, network: int, host: int) -> str:
        mask = "/24" if self.eos else " 255.255.255.0"
        return f"10.200.{network}.{host}{mask}"

    def _access(self, port: Access) -> Iterator[str]:
        if port.vlan != 1:
            yield f" switchport access vlan {port.vlan}"
        if not self.eos:
            yield " switchport mode access"
        yield from (f" {guard}" for guard in (*sorted(port.guards), port.method) if guard)
        if port.acl:
            yield f" ip access-group {self.applied(port.acl)} in"

    def _trunk(self, port: Trunk) -> Iterator[str]:
        if port.vlans is not None:
            listed = ",".join(map(str, sorted(port.vlans))) or "none"
            yield f" switchport trunk allowed vlan {listed}"
        yield " switchport mode trunk"
        if port.trusted:
            yield " ip arp inspection trust"
        if port.guard:
            yield f" spanning-tree guard {port.guard}"

    def _address(self, svi: Routed, network: int) -> Iterator[str]:
        if svi.vrf:
            yield f" vrf {svi.vrf}" if self.eos else f" vrf forwarding {svi.vrf}"
        yield f" ip address {self._prefix(network, svi.host)}"
        if svi.extra:
            yield f" ip address {self._prefix(network + 50, svi.host)} secondary"
            yield " ip ospf cost 10"
            yield f" vrrp 1 {'priority-level' if self.eos else 'priority'} 120"
        if svi.acl:
            yield f" ip access-group {self.applied(svi.acl)} in"

    def _ways(self) -> Iterator[str]:
        if self.ospf:
            yield from ("router ospf 1", " router-id 10.0.0.1")
        if self.eos:
            yield "management ssh"
            yield f" ip access-group {self.applied(self.way_in)} in"
            return
        yield f"ip default-gateway 10.200.200.{self.gateway}"
        for line in ("line vty 0 4", "line vty 5 15"):
            yield from (
                line,
                f" access-class {self.applied(self.way_in)} in",
                " transport input ssh",
            )


@st.composite
def switches(draw: st.DrawFn, platform: str, *, numbers: bool) -> Switch:
    """Draw a switch of a platform on which everything that is used is defined."""
    vlans = {999: "", **draw(_named_vlans())}
    acls = {name: draw(_entries()) for name in ("CAM-IN", "PPMS-IN", "WAY-IN")}
    svis, ports = draw(_places(tuple(vlans)))
    inspected = draw(st.frozensets(st.sampled_from(tuple(vlans))))
    return Switch(
        platform,
        numbers,
        vlans,
        acls,
        draw(st.booleans()),
        ports,
        svis,
        draw(st.integers(2, 4)),
        draw(st.sampled_from((1, 254))),
        draw(st.sampled_from(("WAY-IN", "CAM-IN"))),
        inspected,
        draw(st.frozensets(st.sampled_from(_GLOBALS))),
        draw(st.frozensets(st.sampled_from(("admin", "backup")), min_size=1)),
        draw(st.booleans()),
    )


_GLOBALS = (
    "hostname ep-28085-01",
    "logging host 10.2.0.1",
    "logging host 10.2.0.2",
    "ntp server 10.2.0.3",
    "snmp-server location Place des Epars",
    "snmp-server view READ iso included",
    "snmp-server group NMS v3 priv read READ",
)


@st.composite
def _named_vlans(draw: st.DrawFn) -> dict[int, str]:
    chosen = draw(st.lists(st.sampled_from(VLANS[:-1]), unique=True, min_size=1))
    names = draw(st.permutations(NAMES))
    return {vlan: names[place] if place < len(names) else "" for place, vlan in enumerate(chosen)}


def _entries() -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(ENTRIES), unique=True, min_size=1).map(tuple)


@st.composite
def _places(
    draw: st.DrawFn, vlans: tuple[int, ...]
) -> tuple[dict[int, Routed], tuple[Access | Trunk | Routed | None, ...]]:
    """Draw SVIs and ports; no two share a network in one VRF."""
    networks = list(draw(st.permutations(NETWORKS)))
    svis = {
        vlan: draw(_routed(networks.pop()))
        for vlan in draw(st.lists(st.sampled_from(vlans), unique=True, max_size=3))
    }
    ports: list[Access | Trunk | Routed | None] = []
    for number in range(1, 5):
        access, trunk = _access(vlans), _trunk(vlans)
        ports.append(
            draw(st.one_of(access, access, access, trunk, trunk, st.none(), _routed(number)))
        )
    return svis, tuple(ports)


def _routed(network: int) -> st.SearchStrategy[Routed]:
    return st.builds(
        Routed,
        st.sampled_from(("", "", "", *VRFS)),
        st.just(network),
        st.integers(1, 3),
        st.booleans(),
        st.sampled_from(("", "PPMS-IN")),
        st.booleans(),
    )


_GUARDS = (
    "storm-control broadcast level 1.00",
    "spanning-tree bpduguard enable",
    "switchport block unicast",
)
_METHODS = ("", "switchport port-security", "dot1x pae authenticator")


def _access(vlans: tuple[int, ...]) -> st.SearchStrategy[Access]:
    return st.builds(
        Access,
        st.sampled_from(vlans),
        st.sampled_from(("", "CAM-IN", "CAM-IN", "PPMS-IN")),
        st.frozensets(st.sampled_from(_GUARDS)),
        st.sampled_from(_METHODS),
        st.integers(0, 3),
        st.booleans(),
    )


def _trunk(vlans: tuple[int, ...]) -> st.SearchStrategy[Trunk]:
    return st.builds(
        Trunk,
        st.one_of(st.none(), st.frozensets(st.sampled_from((*vlans, MANAGEMENT)))),
        st.booleans(),
        st.sampled_from(("", "root", "loop")),
        st.booleans(),
    )
