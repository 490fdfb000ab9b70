"""Secrets: references meet stored values, and no stored value is shown."""

from __future__ import annotations

import pytest

from maille.configs.compare import PLACEHOLDER, compare
from maille.configs.compare.secrets import hide

KEY = "<secret:env:KEY>"


def test_a_placeholder_holds_its_reference() -> None:
    found = PLACEHOLDER.search("key 7 <secret:command:pass show radius key>")

    assert found
    assert found[1] == "command:pass show radius key"


@pytest.mark.parametrize(
    ("platform", "running", "intended"),
    [
        ("cisco_ios", "enable secret 9 $9$a$b", f"enable secret 9 {KEY}"),
        ("cisco_ios", "enable secret 9 $9$a$b", f"enable secret {KEY}"),
        ("cisco_ios", "radius server r\n key 7 0822", f"radius server r\n key {KEY}"),
        ("cisco_ios", "ntp authentication-key 1 md5 0307 7", f"ntp authentication-key 1 md5 {KEY}"),
        (
            "cisco_ios",
            "interface Vlan10\n ip ospf message-digest-key 1 md5 7 0822",
            f"interface Vlan10\n ip ospf message-digest-key 1 md5 {KEY}",
        ),
        (
            "arista_eos",
            "snmp-server user u g v3 localized f5717f auth sha 4d2f priv aes 7c11",
            f"snmp-server user u g v3 auth sha {KEY} priv aes {KEY}",
        ),
        (
            "arista_eos",
            "snmp-server user u g v3 localized f5717f auth sha 4d2f priv aes 7c11",
            f"snmp-server user u g v3 localized f5717f auth sha {KEY} priv aes {KEY}",
        ),
        (
            "arista_eos",
            "username a privilege 15 role network-admin secret sha512 $6$x",
            f"username a privilege 15 role network-admin secret {KEY}",
        ),
    ],
)
def test_a_stored_value_is_what_was_asked_for(platform: str, running: str, intended: str) -> None:
    comparison = compare(platform, f"{running}\nend", f"{intended}\nend")

    assert comparison.in_sync
    assert comparison.remediation == comparison.rollback == ()


def test_keys_for_another_engine_are_no_stored_value() -> None:
    def user(engine: str, key: str) -> str:
        line = f"snmp-server user u g v3 localized {engine} auth sha {key} priv aes {key}"
        return f"{line}\nend"

    assert not compare("arista_eos", user("f5717f", "4d2f"), user("00aaff", KEY)).in_sync


@pytest.mark.parametrize(
    "running",
    ["username a privilege 1 secret 9 $9$x", "username a privilege 15 secret 5 $1$x", ""],
)
def test_another_line_is_mended_with_the_reference(running: str) -> None:
    intended = f"username a privilege 15 secret 9 {KEY}"

    comparison = compare("cisco_ios", f"{running}\nend", f"{intended}\nend")

    assert comparison.remediation == (intended,)
    assert [str(line) for line in comparison.missing] == [intended]


def test_two_references_meet_two_values() -> None:
    running = "tacacs server a\n key 7 1\ntacacs server b\n key 7 2\nend"
    intended = f"tacacs server a\n key 7 {KEY}\ntacacs server b\n key 7 {KEY}\nend"

    assert compare("cisco_ios", running, intended).in_sync
    one = "username a secret 9 x\nend"
    both = f"username a secret 9 {KEY}\nusername b secret 9 {KEY}\nend"
    assert compare("cisco_ios", one, both).remediation == (f"username b secret 9 {KEY}",)


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("username a privilege 15 secret 9 $9$x", "username a privilege 15 secret 9 <hidden>"),
        ("username a password Sesame", "username a password <hidden>"),
        ("enable secret sha512 $6$x", "enable secret sha512 <hidden>"),
        ("snmp-server community public RO 10", "snmp-server community <hidden> RO 10"),
        ("snmp-server host 10.0.0.1 public", "snmp-server host 10.0.0.1 <hidden>"),
        (
            "snmp-server host 10.0.0.1 vrf M version 2c public",
            "snmp-server host 10.0.0.1 vrf M version 2c <hidden>",
        ),
        (
            "snmp-server user u g v3 auth sha 4d2f priv aes 128 7c11",
            "snmp-server user u g v3 auth sha <hidden> priv aes 128 <hidden>",
        ),
        ("key 7 0822", "key 7 <hidden>"),
        ("key Sesame", "key <hidden>"),
        ("key-string 7 0822", "key-string 7 <hidden>"),
        ("ntp authentication-key 1 md5 0307 7", "ntp authentication-key 1 md5 <hidden> 7"),
        ("ntp authentication-key 1 sha1 7 0307", "ntp authentication-key 1 sha1 7 <hidden>"),
        ("ip ospf message-digest-key 1 md5 7 0822", "ip ospf message-digest-key 1 md5 7 <hidden>"),
        ("radius-server host 10.0.0.1 key 7 0822", "radius-server host 10.0.0.1 key 7 <hidden>"),
        ("tacacs-server key 0822", "tacacs-server key <hidden>"),
    ],
)
def test_a_stored_secret_is_hidden(line: str, hidden: str) -> None:
    assert hide(line) == hidden


@pytest.mark.parametrize(
    "line",
    [
        f"username a privilege 15 secret 9 {KEY}",
        f"snmp-server user u g v3 auth sha {KEY} priv aes 128 {KEY}",
        "snmp-server host 10.0.0.1 version 3 priv poller",
        "key chain OSPF",
        "key 1",
        "service password-encryption",
        "ntp server 10.0.0.1 key 1",
        "authentication port-control auto",
        "description the key to the school",
    ],
)
def test_what_is_no_secret_is_shown(line: str) -> None:
    assert hide(line) == line
