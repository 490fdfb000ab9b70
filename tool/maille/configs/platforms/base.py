"""What a platform's driver says: names, templates, and how its dialects write things.

A new platform is a folder of templates and one file like `cisco_ios.py` that holds its
`DRIVER`; see CONTRIBUTING.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from ipaddress import IPv4Interface

    from maille.configs.acl import Grammar
    from maille.configs.views import SwitchView
    from maille.platforms import Role


@dataclass(frozen=True, slots=True)
class SecretForms:
    """The forms in which a dialect stores secrets: suffixes of their references."""

    hashes: Callable[[str], str]
    """Of accounts, from the model's `secret_type`."""
    keys: str
    """Of keys that the device must be able to read."""


@dataclass(frozen=True, slots=True)
class NtpForm:
    """How a dialect authenticates time."""

    algorithm: str
    """As it is written; empty takes the one that the inventory names."""
    offset: int
    """What is added to the id of the inventory's key: one id has one algorithm on a server."""
    secret: str
    """Form of the key, `{}` being the algorithm."""


@dataclass(frozen=True, slots=True)
class SideCommand:
    """Something that a device takes and never shows: how it is set, and how it is checked."""

    what: str
    set: str
    check: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """One language of a platform, as `dialect` of a switch model names it."""

    title: str
    """Name of the system, for people."""
    template: str
    """Of the whole configuration, below the templates' folder."""
    bootstrap: str
    """Template of day 0."""
    roles: frozenset[Role]
    """Whether cameras may hang on it, and whether it can be a gateway: `maille.platforms.roles`."""
    tracks_sessions: bool
    """Whether the list of what reaches the switch itself knows answers to its own sessions."""
    controls: str
    """Its column of the hardening matrix."""
    grammar: Grammar
    no_ipv6: tuple[str, ...]
    """Entries of the port list that drops IPv6."""
    forms: SecretForms
    ntp: NtpForm
    snmp_words: Mapping[str, str]
    """SNMPv3 algorithms of the catalogue, as they are written."""
    side_commands: Callable[[SwitchView], tuple[SideCommand, ...]]


@dataclass(frozen=True, slots=True)
class Driver:
    """One platform."""

    name: str
    netmiko: str
    """Netmiko's device type."""
    compare: str
    """Platform of the comparison (`maille.configs.compare.PLATFORMS`)."""
    dialects: Mapping[str, Dialect]
    bundle: str
    """Name of a bundle of ports, `{}` being its number."""
    ranged_pairs: bool
    """Whether a trunk's list of VLANs stores two neighbours as `10-11`, not `10,11`."""
    port_order: Callable[[str], tuple[int, ...]]
    """Sorts port names as the device prints them."""
    short_name: Callable[[str], str]
    """A port's name as lists of bindings print it."""
    svi: Callable[[int], str]
    """Name of the routed interface of a VLAN."""
    address: Callable[[IPv4Interface], str]
    """An address with its mask."""
    mac: Callable[[str], str]
    """A MAC address, from six pairs with colons."""
    description_length: int
    enterprise: int
    """Private enterprise number for engine ids of our own; 0 leaves them to the device."""
