"""The fibre network: supplies, sites and their switches, cables, pairs, rings, links.

A ring is described as fibre people see it: a *route* of cable sections that leaves one
aggregation site and comes back to another (or the same), and cabinets that sit on it at a
distance in kilometres. The order of the ring, the length of every link and the cables that
it runs through follow, so that a new cabinet is one entry in its commune's file.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from maille.inventory.schema.base import (
    Address,
    Count,
    Flag,
    Id,
    LatLon,
    Model,
    Number,
    Positive,
    Signed,
    Text,
    Whole,
)
from maille.inventory.schema.refs import (
    CableRef,
    CommuneRef,
    DuctRef,
    OpticRef,
    OwnerRef,
    PairRef,
    SupplyRef,
    SwitchModelRef,
    SwitchRef,
)


class Supply(Model):
    """A source of electricity; sites on one supply fail together."""

    title: Text
    kind: Literal["grid", "public-lighting", "solar"] = "grid"


class Power(Model):
    """How a site is fed."""

    supply: SupplyRef
    second_supply: SupplyRef | None = None
    """A second, independent feed: the loss of one of them is then no loss of the site."""
    ups_minutes: Whole = 0


class SwitchPins(Model):
    """Addresses that a switch keeps from an earlier plan."""

    management: Address | None = None
    loopback_video: Address | None = None
    loopback_mgmt: Address | None = None


class RoutedSwitch(Model):
    """A switch that stands in a site of the network: centre or aggregation."""

    model: SwitchModelRef
    role: Literal["core", "aggregation", "access"]
    serial: Text | None = None
    in_service: bool = False
    """Whether it runs already; a planned one is rendered all the same."""
    supply: SupplyRef | None = None
    """Its own feed, where it differs from the site's."""
    extra_config: tuple[Text, ...] = ()
    unmanaged: tuple[Text, ...] = ()
    pins: SwitchPins = SwitchPins()


class Site(Model):
    """A room with racks: the centre, or an aggregation site."""

    title: Text
    kind: Literal["centre", "aggregation"]
    commune: CommuneRef
    position: LatLon
    synthetic: Flag = False
    power: Power
    temperature_c: tuple[Signed, Signed] = (15.0, 35.0)
    switches: dict[Id, RoutedSwitch] = Field(default_factory=dict)


class Duct(Model):
    """A trench or duct: cables in it are cut together."""

    title: Text


class Cable(Model):
    """A fibre cable. One digger cuts all its fibres."""

    title: Text
    length_km: Positive
    fibres: Count
    duct: DuctRef | None = None
    owner: OwnerRef | None = None


class FibrePractice(Model):
    """Losses that the budget of a link counts with, where none was measured.

    The defaults are the usual planning values for G.652 fibre (ITU-T G.652, G.671 and
    L-series practice): estimates until a reflectometer says otherwise.
    """

    loss_db_per_km: dict[Literal["1310", "1490", "1550"], Positive] = Field(
        default={"1310": 0.36, "1490": 0.28, "1550": 0.22}
    )
    connector_db: Number = 0.5
    connectors: Count = 2
    splice_db: Number = 0.1
    splice_every_km: Positive = 2.0
    ageing_db: Number = 1.0


class Pair(Model):
    """Two routed switches of one model that are the gateways of their rings by VRRP."""

    primary: SwitchRef
    """VRRP master and root of the spanning tree."""
    secondary: SwitchRef


class RouteSection(Model):
    """One stretch of a ring's route, in one cable."""

    cable: CableRef
    km: Positive


class Ring(Model):
    """A layer-2 ring of access switches, closed over a pair of gateways."""

    title: Text
    pair: PairRef
    route: Annotated[tuple[RouteSection, ...], Field(min_length=1)]
    """From the primary's site, section by section, to the secondary's."""
    speed_mbps: Count = 1000
    optic: OpticRef
    """The transceiver at the end towards the primary; of a BiDi pair, the other end has its
    partner."""
    patch_km: Number = 0.05
    """Fibre between the route and a switch at each end of a link."""

    @property
    def length_km(self) -> float:
        """Length of the whole route, in kilometres."""
        return sum(section.km for section in self.route)


class Strand(Model):
    """One physical way of a link; several make a link aggregation (LACP)."""

    cables: tuple[CableRef, ...] = ()
    """The cables it runs through; none inside a site."""
    length_km: Positive
    optic: OpticRef | None = None
    """The transceiver at the first end; none for radio and leased lines."""
    measured_loss_db: Number | None = None


class Link(Model):
    """A link that is not part of a ring: between routed switches, or a spur."""

    ends: tuple[SwitchRef, SwitchRef]
    role: Literal["peer", "transit", "trunk"]
    """`peer`: the trunk between the two of a pair; `transit`: routed; `trunk`: from one of a
    pair to an access switch of its own site."""
    speed_mbps: Count
    strands: Annotated[tuple[Strand, ...], Field(min_length=1)]
    ospf_cost: Count | None = None
    """Otherwise from the speed: 100 Gbit/s over the link's."""
    in_service: bool = False


class Spur(Model):
    """The way of a cabinet that hangs off another one, with no second way."""

    parent: SwitchRef
    medium: Literal["fibre", "radio", "leased"] = "fibre"
    capacity_mbps: Count
    """What the medium carries: a radio bridge less than its ports."""
    strand: Strand


class Network(Model):
    """All of `network/`."""

    supplies: dict[Id, Supply] = Field(default_factory=dict)
    sites: dict[Id, Site] = Field(default_factory=dict)
    ducts: dict[Id, Duct] = Field(default_factory=dict)
    cables: dict[Id, Cable] = Field(default_factory=dict)
    fibre: FibrePractice = FibrePractice()
    pairs: dict[Id, Pair] = Field(default_factory=dict)
    rings: dict[Id, Ring] = Field(default_factory=dict)
    links: dict[Id, Link] = Field(default_factory=dict)
