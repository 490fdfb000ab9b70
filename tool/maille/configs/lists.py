"""The access lists of an estate in one dialect; those that switches share are made once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, NamedTuple

from maille.blueprint.sessions import VIEWERS, Party, switch_sessions
from maille.configs.acl import ALL_VRRP, ANY, AccessList, Entry, deny_rest, digest, sent_by
from maille.configs.views import Marking
from maille.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from ipaddress import IPv4Address

    from maille.blueprint.model import Camera, Segment
    from maille.blueprint.sessions import Needs, Session, Traffic
    from maille.configs.acl import Grammar, Prefixes, Side
    from maille.configs.facts import Facts

FUNCTION_BASE = {"cameras": "VIDEO", "ppms": "PPMS"}

_ERRORS = (
    Entry("permit", "icmp", flag="unreachable"),
    Entry("permit", "icmp", flag="time-exceeded"),
)
"""What a switch must hear to know that something of its own did not arrive."""

_OTHER: dict[Side, Side] = {"client": "server", "server": "client"}


class Talk(NamedTuple):
    """A session, and the side of it that a list is about."""

    side: Side
    session: Session


class Lists:
    """Makes access lists in one dialect."""

    def __init__(self, facts: Facts, grammar: Grammar, no_ipv6: tuple[str, ...]) -> None:
        """Start with nothing made."""
        self._facts = facts
        self._grammar = grammar
        self._no_ipv6 = no_ipv6
        self._ports: dict[tuple[str, Needs], AccessList] = {}

    @cached_property
    def no_ipv6(self) -> AccessList:
        """The list that drops IPv6; its entries are given by the dialect, numbers included."""
        return AccessList(f"NO-IPV6-{digest(self._no_ipv6)}", self._no_ipv6)

    @cached_property
    def ssh(self) -> AccessList:
        """The sources from which the management service is reached.

        Raises:
            RenderError: there are none, and a switch would let nobody in any more.
        """
        sources = self._near("management")
        if not sources:
            raise RenderError(
                "the centre has no host with `role: management`: nobody could reach the switches",
                "describe the host that maille runs on in centre.yaml",
            )
        return self._grammar.standard("MGMT-SSH", sources)

    @cached_property
    def snmp(self) -> AccessList:
        """The sources that may poll."""
        return self._grammar.standard("MGMT-SNMP", self._near("poller"))

    def _near(self, role: str) -> Prefixes:
        return self._facts.book.near(role, "MGMT").prefixes

    def arp(self, vlan: int, entries: tuple[str, ...]) -> AccessList:
        """Give the ARP list of a VLAN; devices show no numbers in such lists."""
        return AccessList(f"ARP-{vlan}-{digest(entries)}", entries)

    def port(self, camera: Camera, segment: Segment) -> AccessList:
        """Give the list on a camera's port: what it may send, with its segment as source.

        Which address of the segment it may use is source guard's business, so ports with the
        same needs share one list.
        """
        needs = self._facts.needs(camera)
        made = self._ports.get((segment.id, needs))
        if made is None:
            here = Party(segment.title, (segment.prefix,), segment.vrf)
            entries = _sent(_talks(here, self._facts.cameras_as(here, needs)))
            kinds = [word for word, wanted in (("PTZ", needs.ptz), ("UDP", needs.rtp)) if wanted]
            base = (FUNCTION_BASE[segment.function], str(segment.vlan), *(kinds or ("TCP",)))
            made = self._grammar.extended("-".join(base), [*entries, deny_rest(log=False)])
            self._ports[segment.id, needs] = made
        return made

    def management_in(self, address: IPv4Address) -> AccessList:
        """Give the list of what reaches a switch that cannot tell its own sessions."""
        entries = _received(self._of_switch(address))
        return self._grammar.extended("MGMT-IN", [*entries, deny_rest(log=True)])

    def management_plane(self, address: IPv4Address, *, routed: bool) -> AccessList:
        """Give the list of what reaches a switch that knows the answers to its own sessions.

        A gateway is pinged at the address of any segment.
        """
        called = _received(talk for talk in self._of_switch(address) if talk.side == "server")
        tracked = Entry("permit", "ip", flag="tracked")
        protocols = self._protocols() if routed else ()
        return self._plane("CP-MGMT", [tracked, *protocols, *_pinged_anywhere(called)])

    def management_passing(self, address: IPv4Address, own: Prefixes) -> AccessList:
        """Give the list of what reaches a gateway or passes it, where one list must say both.

        `own` are the addresses at which it answers to nothing else.
        """
        called = _received(self._of_switch(address))
        return self._passing("PASS-MGMT", _pinged_anywhere(called), own)

    def video_passing(self, own: Prefixes) -> AccessList:
        """Give the same in VRF VIDEO, where it is a gateway only."""
        return self._passing("PASS-VIDEO", self._pings(), own)

    def _passing(self, base: str, answered: Iterable[Entry], own: Prefixes) -> AccessList:
        barred = (Entry("deny", "ip", destination=each, log=True) for each in own)
        entries = [*self._protocols(), *answered, *_ERRORS, *barred, Entry("permit", "ip")]
        return self._grammar.extended(base, entries)

    def _of_switch(self, address: IPv4Address) -> list[Talk]:
        here = Party("", (IPv4Network(address),), "MGMT")
        return _talks(here, switch_sessions(self._facts.book, here))

    @cached_property
    def video_plane(self) -> AccessList:
        """What reaches a gateway in VRF VIDEO: its neighbours, and whoever looks if it lives."""
        return self._plane("CP-VIDEO", [*self._protocols(), *self._pings()])

    def _pings(self) -> Iterator[Entry]:
        for poller in self._facts.book.near("poller", "VIDEO").prefixes:
            yield Entry("permit", "icmp", poller, flag="echo")

    def _protocols(self) -> Iterator[Entry]:
        for prefix in self._facts.settings.pools.prefixes.transit:
            yield Entry("permit", "ospf", prefix)
        yield Entry("permit", "vrrp", destination=ALL_VRRP)

    def _plane(self, base: str, entries: Iterable[Entry]) -> AccessList:
        return self._grammar.extended(base, [*entries, *_ERRORS, deny_rest(log=True)])

    def gateway(self, segment: Segment, partner: IPv4Address) -> tuple[AccessList, AccessList]:
        """Give what a segment sends and what it receives, at its gateway.

        `partner` is the address of the pair's other switch, whose VRRP is heard there.
        """
        vrrp = Entry("permit", "vrrp", IPv4Network(partner), ALL_VRRP)
        talks = self._across(segment)
        base, rest = f"SEG-{segment.vlan}", deny_rest(log=True)
        return (
            self._grammar.extended(f"{base}-IN", [vrrp, *_sent(talks), rest]),
            self._grammar.extended(f"{base}-OUT", [*_received(talks), rest]),
        )

    def _across(self, segment: Segment) -> list[Talk]:
        """Give the sessions of a segment with everybody outside."""
        facts = self._facts
        here = Party(segment.title, (segment.prefix,), segment.vrf)
        if segment.function == "management":
            return _talks(here, switch_sessions(facts.book, here))
        if segment.function in FUNCTION_BASE:
            return _talks(here, facts.cameras_as(here, facts.needs_in(segment.id)))
        return [talk for session in facts.centre_sessions for talk in _leaving(segment, session)]

    @cached_property
    def device_marking(self) -> Marking:
        """The lists by which what cameras send is marked."""
        here, sessions = self._facts.any_camera
        return self._marking(_talks(here, sessions), _sent)

    @cached_property
    def server_marking(self) -> Marking:
        """The lists by which what the centre's hosts send to cameras and viewers is marked."""
        here, sessions = self._facts.any_camera
        relays = (
            Talk("client", session)
            for session in self._facts.centre_sessions
            if session.traffic == "video" and session.client.name == VIEWERS
        )
        return self._marking([*_talks(here, sessions), *relays], _received)

    def _marking(
        self, talks: Iterable[Talk], direction: Callable[[Iterable[Talk]], list[Entry]]
    ) -> Marking:
        entries: dict[Traffic, dict[Entry, None]] = {}
        for talk in talks:
            plain = (_without_state(entry) for entry in direction([talk]))
            entries.setdefault(talk.session.traffic, {}).update(dict.fromkeys(plain))
        return Marking(
            **{
                traffic: self._grammar.extended(f"QOS-{traffic.upper()}", group)
                for traffic, group in entries.items()
                if group
            }
        )


def _talks(here: Party, sessions: Iterable[Session]) -> list[Talk]:
    return [Talk("client" if s.client is here else "server", s) for s in sessions]


def _sent(talks: Iterable[Talk]) -> list[Entry]:
    """Give the entries for what the near side sends, each once."""
    found = (sent_by(talk.side, talk.session) for talk in talks)
    return list(dict.fromkeys(entry for group in found for entry in group))


def _received(talks: Iterable[Talk]) -> list[Entry]:
    """Give the entries for what the near side receives, each once."""
    found = (sent_by(_OTHER[talk.side], talk.session) for talk in talks)
    return list(dict.fromkeys(entry for group in found for entry in group))


def _pinged_anywhere(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Let a gateway be pinged at the address of any segment."""
    for entry in entries:
        yield entry._replace(destination=ANY) if entry.protocol == "icmp" else entry


def _without_state(entry: Entry) -> Entry:
    """Let an entry of a class hold for a whole session, whoever opened it."""
    if entry.protocol == "icmp":
        return Entry("permit", "icmp")
    return entry._replace(flag="")


def _leaving(segment: Segment, session: Session) -> Iterator[Talk]:
    """Give the parts of a session between a segment of the centre and what is outside.

    What stays inside the segment is bridged and never meets its gateway.
    """
    client, server = session.client, session.server
    inside, outside = _within(client, segment), _without(server, segment)
    if inside and outside:
        yield Talk(
            "client", replace(session, client=_at(client, inside), server=_at(server, outside))
        )
    inside, outside = _within(server, segment), _without(client, segment)
    if inside and outside:
        yield Talk(
            "server", replace(session, client=_at(client, outside), server=_at(server, inside))
        )


def _within(party: Party, segment: Segment) -> Prefixes:
    """Give a party's prefixes as far as they lie in a segment."""
    here = segment.prefix
    return tuple(
        prefix if prefix.subnet_of(here) else here
        for prefix in party.prefixes
        if prefix.overlaps(here)
    )


def _without(party: Party, segment: Segment) -> Prefixes:
    return tuple(p for p in party.prefixes if not p.subnet_of(segment.prefix))


def _at(party: Party, prefixes: Prefixes) -> Party:
    return replace(party, prefixes=prefixes)
