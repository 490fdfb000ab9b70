"""From sessions to entries: the direction of the session, and a name made of the entries."""

from __future__ import annotations

from ipaddress import IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.blueprint.sessions import Party, Session
from maille.configs.acl import ANY, Entry, Grammar, deny_rest, digest, port_ranges, sent_by
from maille.configs.platforms import drivers

CAMERAS = Party("cameras", (IPv4Network("10.28.0.0/26"),), "VIDEO")
RECORDERS = Party("recorders", (IPv4Network("10.20.1.0/27"),), "VIDEO")
TIME = Party("time", (IPv4Network("10.20.2.5"),), "VIDEO")


def grammar(platform: str, dialect: str) -> Grammar:
    return drivers()[platform].dialects[dialect].grammar


XE, IOS15, EOS = (
    grammar("cisco_ios", "iosxe"),
    grammar("cisco_ios", "ios15"),
    grammar("arista_eos", "eos"),
)


def written(entries: list[Entry], how: Grammar) -> list[str]:
    return [how.write(entry) for entry in entries]


@pytest.mark.parametrize(
    ("how", "sent", "received"),
    [
        (
            XE,
            "permit tcp 10.28.0.0 0.0.0.63 eq 554 10.20.1.0 0.0.0.31 established",
            "permit tcp 10.20.1.0 0.0.0.31 10.28.0.0 0.0.0.63 eq 554",
        ),
        (
            EOS,
            "permit tcp 10.28.0.0/26 eq rtsp 10.20.1.0/27 established",
            "permit tcp 10.20.1.0/27 10.28.0.0/26 eq rtsp",
        ),
    ],
)
def test_a_server_answers_and_never_calls(how: Grammar, sent: str, received: str) -> None:
    session = Session(RECORDERS, CAMERAS, "tcp", "554", "")
    assert written(list(sent_by("server", session)), how) == [sent]
    assert written(list(sent_by("client", session)), how) == [received]


def test_udp_is_answered_from_the_server_port() -> None:
    session = Session(CAMERAS, TIME, "udp", "123", "")
    assert written(list(sent_by("client", session)), XE) == [
        "permit udp 10.28.0.0 0.0.0.63 host 10.20.2.5 eq ntp"
    ]
    assert written(list(sent_by("server", session)), XE) == [
        "permit udp host 10.20.2.5 eq ntp 10.28.0.0 0.0.0.63"
    ]


@pytest.mark.parametrize("port", ["162", "514"])
def test_traps_and_logs_are_never_answered(port: str) -> None:
    assert list(sent_by("server", Session(CAMERAS, TIME, "udp", port, ""))) == []


def test_an_echo_is_answered_by_a_reply() -> None:
    session = Session(TIME, CAMERAS, "icmp", "", "")
    assert written(list(sent_by("client", session)), EOS) == [
        "permit icmp host 10.20.2.5 10.28.0.0/26 echo"
    ]
    assert written(list(sent_by("server", session)), EOS) == [
        "permit icmp 10.28.0.0/26 host 10.20.2.5 echo-reply"
    ]


def test_a_range_of_ports_stays_a_range() -> None:
    session = Session(CAMERAS, RECORDERS, "udp", "50000-50999", "")
    assert written(list(sent_by("client", session)), IOS15) == [
        "permit udp 10.28.0.0 0.0.0.63 10.20.1.0 0.0.0.31 range 50000 50999"
    ]


@pytest.mark.parametrize(
    ("how", "name", "entries"),
    [
        (XE, "MGMT-SNMP-c2e2f3c2", ("10 permit 10.20.40.21", "20 deny   any log")),
        (IOS15, "MGMT-SNMP-6378522e", ("permit 10.20.40.21", "deny   any log")),
        (EOS, "MGMT-SNMP-2e360428", ("10 permit host 10.20.40.21", "20 deny any log")),
    ],
)
def test_names_and_numbers_are_those_of_the_references(
    how: Grammar, name: str, entries: tuple[str, ...]
) -> None:
    made = how.standard("MGMT-SNMP", [IPv4Network("10.20.40.21")])
    assert (made.name, made.entries) == (name, entries)


def test_last_entry_is_padded_as_devices_print_it() -> None:
    assert [how.write(deny_rest(log=True)) for how in (XE, EOS)] == [
        "deny   ip any any log",
        "deny ip any any log",
    ]


PREFIXES = st.integers(0, 2**32 - 1).flatmap(
    lambda number: st.integers(0, 32).map(lambda n: IPv4Network((number, n), strict=False))
)
ENTRIES = st.builds(
    Entry,
    action=st.sampled_from(["permit", "deny"]),
    protocol=st.sampled_from(["tcp", "udp"]),
    source=PREFIXES,
    destination=PREFIXES,
    destination_ports=st.integers(1, 65535).map(lambda port: (port, port)),
)


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.lists(ENTRIES, min_size=1, max_size=6))
def test_other_entries_make_another_name(one: list[Entry], other: list[Entry]) -> None:
    for how in (XE, IOS15, EOS):
        first, second = how.extended("A", one), how.extended("A", other)
        assert (first.name == second.name) == (first.entries == second.entries)
        assert first == how.extended("A", one)


@given(ENTRIES)
def test_an_entry_names_its_addresses_without_widening_them(entry: Entry) -> None:
    wide = [IPv4Network(ANY) if prefix.prefixlen == 0 else prefix for prefix in entry[2:4]]
    words = EOS.write(entry).replace("host ", "").split()
    named = [IPv4Network(w) for w in words if w[0].isdigit() and "." in w]
    assert named == [prefix for prefix in wide if prefix.prefixlen]


def test_digest_is_of_the_entries_alone() -> None:
    assert digest(["permit ip host 10.28.1.38 mac host 0050.c2a1.0017"]) == "35bdc21e"


def test_ports_are_read_by_commas() -> None:
    assert port_ranges("3300,6800-7568") == ((3300, 3300), (6800, 7568))
