"""How a switch is managed: where, by whom, with which keys, and what it says of itself."""

from __future__ import annotations

from ipaddress import IPv4Interface
from typing import TYPE_CHECKING

from maille.blueprint import snmp
from maille.configs import words
from maille.configs.gateways import own_addresses
from maille.configs.secret_tokens import token
from maille.configs.views import Abilities, Management, Ntp, Secrets, Snmp
from maille.configs.vrfs import PROCESS

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint, Switch
    from maille.configs.acl import AccessList
    from maille.configs.here import Here

TEXT_LENGTH = 120
LEGAL_NOTICE = (
    "Tout acces ou maintien frauduleux est puni par les articles 323-1 a",
    "323-7 du code penal.",
    "Video-protection network: authorised persons only. Every session is",
    "logged. Unauthorised access is a criminal offence under French law.",
)
"""Stands in every banner, behind the estate's own words."""


def management(here: Here) -> Management:
    """Give where a switch is managed: its SVI, or the loopback of a gateway."""
    book, switch, driver = here.facts.book, here.switch, here.driver
    near = {
        role: tuple(str(address) for address in book.addresses(role, "MGMT"))
        for role in ("ntp", "syslog", "radius", "poller")
    }
    segment = here.facts.blueprint.segments.get(switch.management_segment or "")
    length = segment.prefix.prefixlen if segment else 32
    return Management(
        interface=driver.svi(segment.vlan) if segment else f"Loopback{PROCESS['MGMT']}",
        vlan=segment.vlan if segment else 0,
        description=segment.vlan_name if segment else "management address",
        address=driver.address(IPv4Interface(f"{switch.management}/{length}")),
        gateway=str(segment.gateway) if segment else "",
        ssh=here.lists.ssh,
        snmp=here.lists.snmp,
        inbound=_inbound(here),
        ntp=near["ntp"],
        syslog=near["syslog"],
        radius=near["radius"],
        traps=near["poller"],
    )


def _inbound(here: Here) -> AccessList:
    address = here.switch.management
    if here.dialect.tracks_sessions:
        return here.lists.management_plane(address, routed=here.routed)
    if here.routed:
        return here.lists.management_passing(address, own_addresses(here, "MGMT"))
    return here.lists.management_in(address)


def secrets(here: Here) -> Secrets:
    """Give the tokens of what the switch stores, in the forms of its dialect."""
    settings, forms = here.facts.settings.management, here.dialect.forms
    kind = here.switch.model.ability.secret_type
    return Secrets(
        local=token(settings.local_user.secret, forms.hashes(kind)),
        enable=token(settings.enable_secret, forms.hashes(kind)),
        radius=token(settings.radius_key, forms.keys),
        ntp=token(settings.ntp_key.key, here.dialect.ntp.secret.format(ntp(here).algorithm)),
        ospf=token(settings.ospf_key, forms.keys),
        snmp_auth=token(settings.snmp.auth),
        snmp_privacy=token(settings.snmp.privacy),
    )


def ntp(here: Here) -> Ntp:
    """Give the key that authenticates time: one id has one algorithm on a server."""
    key, form = here.facts.settings.management.ntp_key, here.dialect.ntp
    return Ntp(key.id + form.offset, form.algorithm or key.type)


def snmp_user(here: Here) -> Snmp:
    """Give the SNMPv3 user, with the strongest algorithms of the model."""
    chosen = snmp.algorithms(here.switch.model.ability.snmp)
    enterprise = here.driver.enterprise
    engine = snmp.engine_id(enterprise, here.switch.management) if enterprise else ""
    spelt = here.dialect.snmp_words
    return Snmp(
        user=here.facts.settings.management.snmp.user,
        auth=spelt[chosen.auth],
        privacy=spelt[chosen.privacy],
        engine=engine,
    )


def abilities(switch: Switch) -> Abilities:
    """Give what the model can do, as far as templates ask."""
    ability = switch.model.ability
    return Abilities(
        alarm_contact=ability.alarm_contact,
        udld=ability.udld,
        poe=any(port.poe != "none" for port in switch.ports),
        source_guard=ability.static_source_binding,
        port_ipv6_acl=ability.port_ipv6_acl,
    )


def location(blueprint: Blueprint, switch: Switch) -> str:
    """Say where a switch stands."""
    where = switch.place
    if switch.commune:
        name = blueprint.communes[switch.commune].name
        where = f"{switch.commune} {name}, {switch.place} ({switch.cabinet})"
    return words.plain(where, TEXT_LENGTH)


def contact(blueprint: Blueprint) -> str:
    """Say who runs the switches."""
    return words.plain(blueprint.estate.centre.title, TEXT_LENGTH)


def banner(blueprint: Blueprint) -> tuple[str, ...]:
    """Give the notice before the log-in."""
    own = words.banner_lines(blueprint.estate.settings.management.banner)
    return (*own, *LEGAL_NOTICE)
