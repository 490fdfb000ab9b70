"""What devices store as secrets, in every form: none of it is ever shown."""

from __future__ import annotations

import pytest

from maille.configs.compare.secrets import HIDDEN, hide

SECRET = "S3same0u7r3t01"  # noqa: S105  # what must not be shown


@pytest.mark.parametrize(
    "line",
    [
        "enable secret 5 $1$SALT${}",
        "enable secret 9 $9$SALT${}",
        "enable password {}",
        "enable password 7 {}",
        "enable password {} with blanks",
        "username eve privilege 15 secret 9 $9$SALT${}",
        "username eve secret sha512 $6$SALT${}",
        "username eve password 0 {}",
        "username eve privilege 15 password my {}",
        "username eve secret 8a {}",
        "aaa root secret sha512 $6$SALT${}",
        "password 7 {}",
        "snmp-server community {}",
        "snmp-server community {} RO",
        "snmp-server community {} view ALL rw MGMT",
        "snmp-server community 7 {} ro",
        "snmp-server mib community-map {} engineid 80000009",
        "snmp-server host 10.0.0.1 {}",
        "snmp-server host 10.0.0.1 {} udp-port 1162",
        "snmp-server host 10.0.0.1 traps {}",
        "snmp-server host 10.0.0.1 informs version 2c {} envmon",
        "snmp-server host 10.0.0.1 vrf MGMT {}",
        "snmp-server host 10.0.0.1 vrf MGMT version 1 {}",
        "snmp-server user u g v3 auth md5 {} priv des {}",
        "snmp-server user u g v3 encrypted auth sha {} priv aes 256 {} access MGMT",
        "snmp-server user u g v3 auth sha-2 256 {} priv 3des {}",
        "snmp-server user u g v3 localized f5717f auth sha512 {} priv aes256 {}",
        "radius-server key 7 {}",
        "radius-server host 10.0.0.1 auth-port 1812 acct-port 1813 key 8a {}",
        "tacacs-server host 10.0.0.1 vrf MGMT key 7 {}",
        "server-private 10.0.0.1 auth-port 1812 key 7 {}",
        "client 10.0.0.1 server-key 7 {}",
        "pac key 7 {}",
        "key 7 {}",
        "key {}",
        "key 0123abcd 7 {}",
        "key-string 7 {}",
        "key-string {}",
        "ntp authentication-key 1 md5 {} 7",
        "ntp authentication-key 1 hmac-sha2-256 {}",
        "ntp authentication-key 1 sha1 7 {}",
        "ip ospf authentication-key 7 {}",
        "ip ospf message-digest-key 1 md5 7 {}",
        "ip ospf message-digest-key 1 sha512 8a {}",
        "area 0 virtual-link 10.0.0.1 message-digest-key 1 md5 7 {}",
        "neighbor 10.0.0.1 password 7 {}",
        "isis password {}",
        "isis authentication key 7 {}",
        "vrrp 1 authentication text {}",
        "vrrp 1 peer authentication text {}",
        "standby 1 authentication {}",
        "standby 1 authentication md5 key-string 7 {}",
        "ip nhrp authentication {}",
        "crypto isakmp key {} address 0.0.0.0",
        "crypto isakmp key 6 {} hostname peer",
        "pre-shared-key {}",
        "pre-shared-key address 10.0.0.1 key 6 {}",
        "ppp chap password 7 {}",
        "ppp pap sent-username box password 0 {}",
        "sap pmk {} mode-list gcm-encrypt",
        "wpa-psk ascii 0 {}",
        "key config-key password-encrypt {}",
        "mab request format attribute 2 7 {}",
        "ip ftp password 7 {}",
        "path ftp://archive:{}@10.0.0.1/switch",
        "boot system https://:{}@10.0.0.1/image.swi",
        "exec /usr/bin/TerminAttr -cvaddr=10.0.0.1:9910 -cvauth=key,{} -smashexcludes=ale",
    ],
)
def test_a_secret_is_hidden(line: str) -> None:
    shown = hide(line.replace("{}", SECRET))

    assert SECRET not in shown
    assert HIDDEN in shown
    assert hide(shown) == shown, "hiding twice is hiding once"
    assert shown.split()[0] == line.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    "line",
    [
        "service password-encryption",
        "no service password-recovery",
        "password minimum length 15",
        "password encryption-key common",
        "snmp-server group MAILLE-POLLER v3 auth read VIEW",
        "snmp-server group MAILLE-POLLER v3 priv read VIEW notify VIEW access MGMT-SNMP",
        "snmp-server host 10.0.0.1 version 3 priv maille",
        "snmp-server host 10.0.0.1 vrf MGMT informs version 3 priv maille",
        "snmp-server view MAILLE-RO snmpCommunityMIB excluded",
        "ntp server 10.0.0.1 key 2 prefer",
        "ntp server vrf MGMT 10.0.0.1 prefer key 2",
        "ntp trusted-key 2",
        "key chain OSPF",
        "key 1",
        "ip ospf authentication message-digest",
        "vrrp 1 authentication md5 key-chain VRRP",
        "aaa authentication login default group MAILLE-RADIUS local",
        "authentication port-control auto",
        "authentication event server dead action authorize vlan 100",
        "path flash:maille-archive",
        "description camera 28085-0001, to the parking: 2nd mast",
        "crypto key generate rsa general-keys modulus 2048",
    ],
)
def test_what_is_no_secret_is_shown(line: str) -> None:
    assert hide(line) == line
