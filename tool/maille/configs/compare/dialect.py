"""The shape of a platform's rules: what the folders beside fill in, as frozen data.

A *lineage* is one regular expression a level, from the top-level line down; each is matched
from the start of its line, so `("interface ", "description ")` means any description of any
interface. Rules stand in tuples, and where several match the first one counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.configs.compare.driver import TableDriver

Lineage = tuple[str, ...]
Path = tuple[str, ...]
"""A line with all its parents, from the top-level line down."""

compiled = cache(re.compile)


def matches(lineage: Lineage, path: Path) -> bool:
    """Say whether a line, with its parents, is one that a lineage means."""
    return len(lineage) == len(path) and all(map(_meets, lineage, path))


def _meets(pattern: str, text: str) -> re.Match[str] | None:
    return compiled(pattern).match(text)


def joined(lineages: Iterable[Lineage], parents: Path) -> re.Pattern[str] | None:
    """Give one pattern for all that lineages mean directly under some parents."""
    last = [lineage[-1] for lineage in lineages if matches(lineage[:-1], parents)]
    return compiled("|".join(f"(?:{pattern})" for pattern in last)) if last else None


def any_matches(lineages: Iterable[Lineage], path: Path) -> bool:
    """Say whether one of several lineages means this line."""
    return any(matches(lineage, path) for lineage in lineages)


class Phase(IntEnum):
    """When a line or a section is sent: what is used comes before its use, and goes after it."""

    CLOSE = 5
    """Access ports that end up switched off."""
    CREDENTIALS = 10
    AAA = 20
    VRFS = 30
    VLANS = 40
    LISTS = 50
    """Access lists, MAC and ARP lists, prefix lists, key chains, classes."""
    POLICIES = 60
    BINDINGS = 65
    DISARM = 70
    """Inspection ends on a VLAN before its trunks lose their trust."""
    SETTINGS = 75
    RELEASE = 80
    """What holds an address or a name that another one is about to get."""
    BUNDLES = 84
    """A port channel before its members: they take over what it carries."""
    INTERFACES = 86
    UPLINKS = 88
    """Trunks and routed ports that turn into something else: the way to the switch last."""
    ROUTING = 90
    MANAGEMENT = 100
    ARM = 110
    """Inspection begins on a VLAN once trunks are trusted and bindings known."""
    UNSHUT = 120
    REMOVE_USES = 130
    REMOVE_INTERFACES = 140
    REMOVE_POLICIES = 150
    REMOVE_LISTS = 160
    REMOVE_VRFS = 170
    REMOVE_VLANS = 180
    REMOVE_CREDENTIALS = 190
    READDRESS = 195
    """Another address for the switch itself: the session that sends it may not outlive it."""
    LAST = 200
    """Uplinks that are switched off for good: what went over them has been said by then."""


@dataclass(frozen=True, slots=True)
class NotOurs:
    """Lines that are left alone, whoever asks, and why."""

    pattern: str
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Lines that a device shows of itself: left alone unless the intended text speaks of them."""

    lineage: Lineage
    reason: str


@dataclass(frozen=True, slots=True)
class Order:
    """A place: among top-level lines a `Phase`, inside a section a number, 0 in the middle."""

    lineage: Lineage
    place: int


@dataclass(frozen=True, slots=True)
class VlanList:
    """A line that holds a set of VLANs, which the device adds to and takes from.

    `head` and `tail` are what stands before and after the list. With `verbs` the command has
    `add` and `remove`, a plain list replaces at once, and no line means every VLAN (a trunk);
    without, a plain list adds and `no` takes away. `exclusive` says that a VLAN is in one such
    list at most: putting it into another takes it out of the first.
    """

    head: str
    tail: str = ""
    section: str = ""
    verbs: bool = False
    exclusive: bool = False

    @property
    def line(self) -> str:
        """Give the pattern of the whole line, in any form that a device stores."""
        return (
            rf"(?P<head>{self.head})(?: (?P<verb>add|remove|except))?"
            rf" (?P<vlans>all|none|\d[\d,\- ]*?)(?P<tail>{self.tail})$"
        )

    @property
    def lineage(self) -> Lineage:
        """Give the lineage of the line without its VLANs, the identity of the list in groups."""
        key = (rf"({self.head}) (?:none|\d[\d,\-]*)({self.tail})$",)
        return (self.section, *key) if self.section else key


@dataclass(frozen=True, slots=True)
class AclKind:
    """A kind of access list: its section, and how one numbered entry is written."""

    family: str
    header: str
    entry: str = "{number} {entry}"


@dataclass(frozen=True, slots=True)
class AclUse:
    """A line that applies an access list by `name`.

    Sending it with another name replaces the first at once, unless `additive`: then both
    apply until the first is taken away.
    """

    family: str
    lineage: Lineage
    additive: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """A line inside a section that needs something defined elsewhere, by `name` or `vlans`."""

    kind: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Ports:
    """What the device does with its interfaces."""

    physical: str
    """Headers of ports that can be shut and that carry VLANs: physical ones and bundles."""
    default_role: str
    """What a switched port is that does not say: `access` or `dynamic`."""
    vrf: str
    """The line that puts an interface into a VRF; the device drops its addresses then."""
    dropped_with_vrf: str
    """Lines that go when the VRF changes, and are given back right after."""
    admission: str
    """Lines that decide who may speak on an access port; what is matched says in which way."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """Everything that the comparison has to know of a platform."""

    name: str
    driver: TableDriver
    indent: int
    """Spaces a level, as the device stores them."""
    delimited_banners: bool
    """Whether a banner stands between two equal characters (else it ends with `EOF`)."""
    pairs_as_range: bool
    """Whether two neighbouring VLANs are stored as `10-11` (else as `10,11`)."""
    unique_vlan_names: bool
    numbered_acls: bool
    """Whether there are access lists of single lines, `access-list 10 permit …`."""
    noise: str
    """Top-level lines of the output that are no configuration."""
    flat: str
    """Lines below which nothing stands, though the device indents what follows further."""
    not_ours: tuple[NotOurs, ...]
    shown: tuple[Shown, ...]
    hidden: tuple[Lineage, ...]
    """Lines that say a default, which the device does not store."""
    routed_by_default: str
    """The line with which every port is routed until it says otherwise; empty: there is none."""
    fixed: str
    """Sections that the hardware has: they can neither be made nor removed."""
    opens: tuple[Lineage, ...]
    """Lines that open a section even when nothing stands in it."""
    unprovable: str
    """Lines that the device takes but never shows."""
    stored_extra: str
    """What a device adds to a line when it stores a secret."""
    gone_with: tuple[tuple[Lineage, str], ...]
    """Lines that the device itself drops once a top-level line is there."""
    vlan_lists: tuple[VlanList, ...]
    acl_kinds: tuple[AclKind, ...]
    acl_uses: tuple[AclUse, ...]
    defines: tuple[Use, ...]
    uses: tuple[Use, ...]
    ports: Ports
    phases: tuple[Order, ...]
    """Where top-level lines go; what is not named: settings, and removals of uses."""
    places: tuple[Order, ...]
    """Where lines go inside their section."""


def phase_of(dialect: Dialect, text: str, *, stays: bool = False) -> int:
    """Give the phase of a top-level line; a `no …` that stays is a setting like any other."""
    for order in dialect.phases:
        if compiled(order.lineage[0]).match(text):
            return order.place
    return Phase.REMOVE_USES if text.startswith("no ") and not stays else Phase.SETTINGS


def place_of(dialect: Dialect, path: Path) -> int:
    """Give the place of a line inside its section: additions first, removals after."""
    for order in dialect.places:
        if matches(order.lineage, path):
            return order.place
    return 10 if path[-1].startswith("no ") else 0
