"""Blueprints drawn by hand: as much of one as capacity and redundancy read.

    plan = Plan()
    plan.pair("core", "c1", "c2")
    plan.ring("nord", "core", ["m1", "m2", "m3"])
    plan.camera("cam", "m2", mbps=8)
    report = capacity(plan.blueprint())

Every pair gets a peer link, a centre pair `core` is expected, and the recorder hangs on its
primary unless told otherwise. Every ring has two segments, `<ring>/cam` and `<ring>/mgmt`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from ipaddress import IPv4Address, IPv4Network
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from maille.blueprint.failures import failure_groups
from maille.blueprint.model import (
    Bitrate,
    Blueprint,
    Camera,
    FailureGroup,
    Host,
    Link,
    LinkEnd,
    Pair,
    Port,
    Ring,
    Segment,
    Services,
    Strand,
    Switch,
    TransitNet,
)
from maille.inventory.schema.base import Position
from maille.inventory.schema.network import Cable, Duct, Supply
from maille.inventory.schema.settings import LiveViewing
from maille.topology.naming import host_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maille.blueprint.model import LinkRole, Vrf
    from maille.inventory.schema.estate import Estate

ADDRESS = IPv4Address("10.0.0.1")
PREFIX = IPv4Network("10.0.0.0/30")
PLACE = Position(48.4, 1.5)
NOT_READ = cast("Any", None)
"""Stands for what capacity and redundancy never look at."""

RECORDERS = "centre/rec"
MANAGEMENT = "centre/mgmt"


@dataclass(repr=False)
class Plan:
    """A network that grows call by call."""

    live: LiveViewing = field(default_factory=lambda: LiveViewing(mode="relayed"))
    max_load: float = 0.6
    switches: dict[str, Switch] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    rings: dict[str, Ring] = field(default_factory=dict)
    pairs: dict[str, Pair] = field(default_factory=dict)
    segments: dict[str, Segment] = field(default_factory=dict)
    cameras: dict[str, Camera] = field(default_factory=dict)
    recorders: dict[str, tuple[tuple[str, ...], ...]] = field(
        default_factory=lambda: {"rec": (("c1",),)}
    )
    """The switches of each host of a recorder."""
    ducts: dict[str, str] = field(default_factory=dict)
    """The duct of a cable."""

    def switch(
        self,
        key: str,
        *,
        priority: int = 32768,
        site: str | None = None,
        supplies: tuple[str, ...] = (),
        management: str | None = None,
    ) -> None:
        """Add a switch; without a management segment it is managed by its loopback."""
        self.switches[key] = Switch(
            id=key,
            hostname=key,
            model_id="model",
            model=NOT_READ,
            role="access",
            site=site or f"at-{key}",
            place=key,
            location=PLACE,
            synthetic=True,
            street=False,
            commune=None,
            cabinet=None,
            pair=None,
            ring=None,
            supplies=supplies or (f"grid-{key}",),
            management=ADDRESS,
            management_segment=management,
            loopback_video=None,
            stp_priority=priority,
            ports=(),
            segments=(),
            in_service=True,
            serial=None,
            extra_config=(),
            unmanaged=(),
        )

    def segment(self, key: str, pair: str, vrf: Vrf = "VIDEO") -> str:
        """Add a segment to a pair; trunks allow it only where they are told to."""
        self.segments[key] = Segment(
            id=key,
            title=key,
            function="cameras",
            commune=None,
            ring=None,
            pair=pair,
            vrf=vrf,
            vlan=100 + len(self.segments),
            vlan_name=key,
            prefix=PREFIX,
            gateway=ADDRESS,
            primary=ADDRESS,
            secondary=ADDRESS,
        )
        return key

    def link(  # noqa: PLR0913  # the fields of a link
        self,
        key: str,
        ends: tuple[str, str],
        *,
        role: LinkRole = "trunk",
        mbps: int = 1000,
        cost: int | None = None,
        segments: Iterable[str] = (),
        strands: Sequence[tuple[str, ...]] = ((),),
        ospf: int = 0,
        pair: str | None = None,
        ring: str | None = None,
        vrfs: tuple[str, ...] = (),
    ) -> str:
        """Add a link; each strand is given by its cables, `mbps` is what one of them carries."""
        capacity = mbps * len(strands)
        lag = 1 + sum(link.a.lag is not None for link in self.links.values())
        self.links[key] = Link(
            id=key,
            role=role,
            a=self._end(ends[0], key, cost or 20_000_000 // capacity, len(strands), lag),
            b=self._end(ends[1], key, cost or 20_000_000 // capacity, len(strands), lag),
            medium="fibre",
            speed_mbps=mbps,
            capacity_mbps=capacity,
            strands=tuple(
                Strand(cables, 1.0, None, None, loss_db=None, loss_measured=False)
                for cables in strands
            ),
            ring=ring,
            pair=pair,
            segments=tuple(segments),
            transit=tuple(
                TransitNet(cast("Any", vrf), 4000, PREFIX, ADDRESS, ADDRESS) for vrf in vrfs
            ),
            ospf_cost=ospf,
            in_service=True,
        )
        return key

    def _end(self, switch: str, link: str, cost: int, strands: int, lag: int) -> LinkEnd:
        taken = self.switches[switch].ports
        ports = tuple(
            Port(f"{switch}:{len(taken) + n}", "trunk", link, shutdown=False, link=link)
            for n in range(strands)
        )
        self.switches[switch] = replace(self.switches[switch], ports=(*taken, *ports))
        names = tuple(port.name for port in ports)
        return LinkEnd(switch, names, cost, lag if strands > 1 else None)

    def transit(
        self,
        a: str,
        b: str,
        *,
        mbps: int = 10_000,
        cost: int = 10,
        strands: Sequence[tuple[str, ...]] = ((),),
    ) -> str:
        """Add a routed link, in both VRFs."""
        return self.link(
            f"{a}-{b}",
            (a, b),
            role="transit",
            mbps=mbps,
            ospf=cost,
            strands=strands,
            vrfs=("VIDEO", "MGMT"),
        )

    def pair(self, key: str, primary: str, secondary: str, *, mbps: int = 10_000) -> None:
        """Add a pair with its peer link, which allows all segments of the pair."""
        for switch, priority in ((primary, 4096), (secondary, 8192)):
            if switch not in self.switches:
                self.switch(switch, priority=priority)
        self.pairs[key] = Pair(key, primary, secondary, (), (), (primary, secondary), ())
        self.link(f"{key}-peer", (primary, secondary), role="peer", mbps=mbps, pair=key)
        if key == "core":
            self.segment(RECORDERS, key)
            self.segment(MANAGEMENT, key, "MGMT")

    def ring(
        self,
        key: str,
        pair: str,
        members: Sequence[str],
        *,
        mbps: int = 1000,
        cables: Sequence[tuple[str, ...]] | None = None,
    ) -> None:
        """Add a ring with its members, its segment of cameras, and a cable for every link."""
        segments = (
            self.segment(f"{key}/cam", pair),
            self.segment(f"{key}/mgmt", pair, "MGMT"),
        )
        ends = [self.pairs[pair].primary, *members, self.pairs[pair].secondary]
        for member in members:
            if member not in self.switches:
                self.switch(member, management=segments[1])
        links = [
            self.link(
                f"{key}/{number}",
                hop,
                role="ring",
                mbps=mbps,
                pair=pair,
                ring=key,
                segments=segments,
                strands=[cables[number] if cables else (f"cable-{key}-{number}",)],
            )
            for number, hop in enumerate(pairwise(ends))
        ]
        self.rings[key] = Ring(key, key, pair, tuple(members), tuple(links), 1.0)

    def spur(
        self, switch: str, parent: str, ring: str, *, mbps: int = 1000, cables: tuple[str, ...] = ()
    ) -> None:
        """Hang a switch off a member of a ring, or off another spur."""
        segments = (f"{ring}/cam", f"{ring}/mgmt")
        self.switch(switch, management=segments[1])
        self.link(
            f"{switch}--{parent}",
            (switch, parent),
            role="spur",
            mbps=mbps,
            pair=self.rings[ring].pair,
            ring=ring,
            segments=segments,
            strands=[cables],
        )

    def camera(
        self,
        key: str,
        switch: str,
        *,
        mbps: float = 4.0,
        segment: str | None = None,
        recorder: str = "rec",
    ) -> None:
        """Hang a camera on a switch, by default in the segment of its ring."""
        if segment is None:
            ring = next(
                link.ring
                for link in self.links.values()
                if link.ring and switch in {link.a.switch, link.b.switch}
            )
            segment = f"{ring}/cam"
        self.cameras[key] = Camera(
            id=key,
            model_id="model",
            model=NOT_READ,
            commune="28085",
            place=key,
            view="square",
            profile_id="profile",
            profile=NOT_READ,
            bitrate=Bitrate(mbps, "measured", f"{mbps} Mbit/s"),
            switch=switch,
            port="1",
            position=1,
            segment=segment,
            address=ADDRESS,
            mac=None,
            location=PLACE,
            owner=None,
            sector=None,
            wave=None,
            in_service=None,
            connected=True,
            ppms=False,
            severity="normal",
            recorder=recorder,
            subvolume="share",
            retention_days=15,
            nomad=False,
            point=None,
        )

    def allow(self, link: str, *segments: str) -> None:
        """Set the segments that a trunk allows."""
        self.links[link] = replace(self.links[link], segments=segments)

    def blueprint(self, failures: tuple[FailureGroup, ...] | None = None) -> Blueprint:
        """Give the blueprint, with every single failure unless others are given."""
        links = {key: self._filled(link) for key, link in self.links.items()}
        estate = self._estate()
        return Blueprint(
            as_of=date(2025, 1, 1),
            estate=estate,
            lock=NOT_READ,
            communes={},
            segments=self.segments,
            switches=self.switches,
            cameras=self.cameras,
            points={},
            links=links,
            rings=self.rings,
            pairs={key: self._closed(pair, links) for key, pair in self.pairs.items()},
            hosts={host.id: host for host in self._hosts()},
            services=Services((), (), (), (), (), (), (), ()),
            firewall={},
            failures=failure_groups(estate, self.switches, links) if failures is None else failures,
            flows=(),
            storage=NOT_READ,
        )

    def _filled(self, link: Link) -> Link:
        """Let a peer link allow all of its pair, unless it was told what to allow."""
        if link.role != "peer" or link.segments:
            return link
        of_pair = (segment.id for segment in self.segments.values() if segment.pair == link.pair)
        return replace(link, segments=tuple(of_pair))

    def _closed(self, pair: Pair, links: dict[str, Link]) -> Pair:
        own = [link for link in links.values() if link.pair == pair.id]
        ends = [end.switch for link in own for end in (link.a, link.b)]
        return replace(
            pair,
            rings=tuple(ring.id for ring in self.rings.values() if ring.pair == pair.id),
            segments=tuple(s.id for s in self.segments.values() if s.pair == pair.id),
            switches=tuple(dict.fromkeys((*pair.switches, *ends))),
            links=tuple(link.id for link in own),
        )

    def _hosts(self) -> Iterable[Host]:
        for recorder, hosts in self.recorders.items():
            for key, switches in zip(host_ids(recorder, len(hosts)), hosts, strict=True):
                ports = tuple((switch, "1") for switch in switches)
                yield Host(key, key, "recorder", RECORDERS, ADDRESS, switches[0], ports)
        yield Host("poller", "poller", "poller", MANAGEMENT, ADDRESS, "c1", (("c1", "2"),))

    def _estate(self) -> Estate:
        """Give the parts of an estate that are read; the rest of it is not there."""
        centre = SimpleNamespace(
            pair="core",
            management_segment=MANAGEMENT.removeprefix("centre/"),
            recorders={key: SimpleNamespace(host=key) for key in self.recorders},
            hosts={key: SimpleNamespace(count=len(hosts)) for key, hosts in self.recorders.items()},
        )
        settings = SimpleNamespace(live=self.live, max_load=self.max_load)
        estate = SimpleNamespace(settings=settings, centre=centre, network=self._network())
        return cast("Estate", estate)

    def _network(self) -> SimpleNamespace:
        cables = {
            cable: Cable(title=cable, length_km=1.0, fibres=12, duct=self.ducts.get(cable))
            for link in self.links.values()
            for strand in link.strands
            for cable in strand.cables
        }
        sites: dict[str, list[str]] = {}
        for switch in self.switches.values():
            sites.setdefault(switch.site, []).append(switch.id)
        return SimpleNamespace(
            cables=cables,
            ducts={duct: Duct(title=duct) for duct in self.ducts.values()},
            sites={
                site: SimpleNamespace(title=site, switches=dict.fromkeys(switches))
                for site, switches in sites.items()
            },
            supplies={
                supply: Supply(title=supply)
                for switch in self.switches.values()
                for supply in switch.supplies
            },
        )
