"""Cisco IOS in its two dialects: IOS 15 and IOS-XE."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maille.configs.acl import Grammar
from maille.configs.platforms import names
from maille.configs.platforms.base import Dialect, Driver, NtpForm, SecretForms, SideCommand
from maille.platforms import roles

if TYPE_CHECKING:
    from maille.configs.views import SwitchView

_KINDS = {
    "FastEthernet": "Fa",
    "GigabitEthernet": "Gi",
    "TwoGigabitEthernet": "Tw",
    "FiveGigabitEthernet": "Fi",
    "TenGigabitEthernet": "Te",
    "TwentyFiveGigE": "Twe",
    "FortyGigabitEthernet": "Fo",
    "HundredGigE": "Hu",
}
"""Kinds of ports in the order in which the running configuration has them, and short."""

_RANK = {kind: place for place, kind in enumerate(_KINDS)}


def _port_order(name: str) -> tuple[int, ...]:
    kind, numbers = names.port_parts(name)
    return (_RANK.get(kind, len(_RANK)), *numbers)


def _short_name(name: str) -> str:
    kind, _ = names.port_parts(name)
    return _KINDS.get(kind, kind) + name.removeprefix(kind)


def _side_commands(view: SwitchView) -> tuple[SideCommand, ...]:
    snmp, secrets = view.snmp, view.secrets
    modulus = 2048 if view.dialect == "ios15" else 4096
    return (
        SideCommand(
            "SNMPv3 user",
            f"snmp-server user {snmp.user} MAILLE-POLLER v3 auth {snmp.auth} {secrets.snmp_auth}"
            f" priv {snmp.privacy} {secrets.snmp_privacy} access {view.management.snmp.name}",
            "show snmp user",
        ),
        SideCommand(
            "SSH host key",
            f"crypto key generate rsa general-keys modulus {modulus}",
            "show ip ssh",
        ),
        SideCommand("saved configuration", "write memory", "show archive config differences"),
    )


_IOS_15 = Dialect(
    title="Cisco IOS",
    template="cisco_ios/ios15.j2",
    bootstrap="cisco_ios/parts/bootstrap.j2",
    roles=roles("cisco_ios", "ios15"),
    tracks_sessions=False,
    controls="ios_15",
    grammar=Grammar(
        prefix=names.wildcard,
        plain_prefix=names.plain_wildcard,
        port_names={
            ("udp", 53): "domain",
            ("udp", 123): "ntp",
            ("udp", 161): "snmp",
            ("udp", 162): "snmptrap",
            ("udp", 514): "syslog",
        },
        protocols={"vrrp": "112"},
        deny="deny  ",
        numbered=False,
    ),
    no_ipv6=("deny   any any 0x86DD 0x0", "permit any any"),
    forms=SecretForms(hashes="type{}".format, keys="type7"),
    ntp=NtpForm("md5", 2, "md5_type7"),
    snmp_words={
        "md5": "md5",
        "sha1": "sha",
        "sha256": "sha-2 256",
        "sha512": "sha-2 512",
        "des": "des",
        "aes128": "aes 128",
        "aes256": "aes 256",
    },
    side_commands=_side_commands,
)

_IOS_XE = replace(
    _IOS_15,
    title="Cisco IOS-XE",
    template="cisco_ios/iosxe.j2",
    roles=roles("cisco_ios", "iosxe"),
    controls="ios_xe",
    grammar=replace(_IOS_15.grammar, numbered=True),
    no_ipv6=("sequence 10 deny ipv6 any any",),
    ntp=NtpForm("hmac-sha2-256", 1, "sha256_type7"),
)

DRIVER = Driver(
    name="cisco_ios",
    netmiko="cisco_ios",
    compare="cisco_ios",
    dialects={"ios15": _IOS_15, "iosxe": _IOS_XE},
    bundle="Port-channel{}",
    ranged_pairs=False,
    port_order=_port_order,
    short_name=_short_name,
    svi=names.svi,
    address=names.with_netmask,
    mac=names.dotted_mac,
    description_length=200,
    enterprise=0,
)
