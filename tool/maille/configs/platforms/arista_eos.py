"""Arista EOS: gateways, switches of cameras, and layer-2 switches of the sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.snmp import ARISTA
from maille.configs.acl import Grammar
from maille.configs.platforms import names
from maille.configs.platforms.base import Dialect, Driver, NtpForm, SecretForms, SideCommand
from maille.platforms import roles

if TYPE_CHECKING:
    from maille.configs.views import SwitchView


def _port_order(name: str) -> tuple[int, ...]:
    return names.port_parts(name)[1]


def _side_commands(view: SwitchView) -> tuple[SideCommand, ...]:
    del view
    return (
        SideCommand(
            "SSH host key",
            "reset ssh hostkey ecdsa-nistp521",
            "show management ssh hostkey ecdsa-nistp521 public",
        ),
        SideCommand("saved configuration", "write memory", "show running-config diffs"),
    )


_EOS = Dialect(
    title="Arista EOS",
    template="arista_eos/eos.j2",
    bootstrap="arista_eos/parts/bootstrap.j2",
    roles=roles("arista_eos", "eos"),
    tracks_sessions=True,
    controls="eos",
    grammar=Grammar(
        prefix=names.slashed,
        plain_prefix=names.slashed,
        port_names={
            ("tcp", 22): "ssh",
            ("tcp", 443): "https",
            ("tcp", 554): "rtsp",
            ("udp", 53): "domain",
            ("udp", 123): "ntp",
            ("udp", 161): "snmp",
            ("udp", 162): "snmptrap",
            ("udp", 514): "syslog",
        },
        protocols={},
        deny="deny",
        numbered=True,
    ),
    no_ipv6=("10 deny ipv6 any any",),
    forms=SecretForms(hashes=str, keys="eos7"),
    ntp=NtpForm("", 0, "{}_eos7"),
    snmp_words={
        "md5": "md5",
        "sha1": "sha",
        "sha256": "sha256",
        "sha512": "sha512",
        "des": "des",
        "aes128": "aes",
        "aes256": "aes256",
    },
    side_commands=_side_commands,
)

DRIVER = Driver(
    name="arista_eos",
    netmiko="arista_eos",
    compare="arista_eos",
    dialects={"eos": _EOS},
    bundle="Port-Channel{}",
    ranged_pairs=True,
    port_order=_port_order,
    short_name=str,
    svi=names.svi,
    address=names.with_length,
    mac=names.dotted_mac,
    description_length=200,
    enterprise=ARISTA,
)
