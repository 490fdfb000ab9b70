"""Agents that misbehave, one way each, for whatever polls devices.

    async with hostile("truncated") as port:
        ...  # poll 127.0.0.1:port as USER, SHA-256 and AES-128, context empty

Up to where each goes wrong it is a correct SNMPv3 agent, so a manager cannot dismiss it early:
its answers are authenticated and encrypted. `honest` goes wrong nowhere. The names are `WAYS`.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, cast

from tests.snmp_messages import (
    COUNTER64,
    END_OF_MIB,
    GET,
    GET_BULK,
    NO_SUCH_INSTANCE,
    OCTETS,
    Binding,
    Engine,
    Oid,
    Pdu,
    Request,
    User,
    integer,
    octets,
    read,
    report,
    response,
    sealed,
    tlv,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

USER = User("hostile", "of-the-authentication", "of-the-privacy")
SYSTEM: dict[Oid, bytes] = {
    (1, 3, 6, 1, 2, 1, 1, 1, 0): octets(b"a device to be wary of"),
    (1, 3, 6, 1, 2, 1, 1, 2, 0): tlv(6, bytes([0x2B, 6, 1, 4, 1, 0xBF, 8, 3, 2, 10])),
    (1, 3, 6, 1, 2, 1, 1, 3, 0): integer(123456, 0x43),
    (1, 3, 6, 1, 2, 1, 1, 5, 0): octets(b"hostile"),
}
"""What it has, in order: sysDescr, sysObjectID, sysUpTime and sysName."""

_UNKNOWN_ENGINE: Oid = (1, 3, 6, 1, 6, 3, 15, 1, 1, 4, 0)
_OUT_OF_TIME: Oid = (1, 3, 6, 1, 6, 3, 15, 1, 1, 2, 0)
_MOST_UDP_BYTES = 65507
_PIECE_BYTES = 16


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request, what an honest agent would say to it, and who one is."""

    request: Request
    pdu: Pdu
    bindings: tuple[Binding, ...]
    engine: Engine
    time_out_s: float

    def says(self, pdu: bytes) -> bytes:
        return sealed(self.request, pdu, USER, self.engine)

    @property
    def honest(self) -> bytes:
        return self.says(response(self.pdu.request_id, self.bindings))


_Datagrams = list[tuple[float, bytes]]
"""What is sent, each after so many seconds."""


def _honest(asked: _Asked) -> _Datagrams:
    return [(0, asked.honest)]


def _late(asked: _Asked) -> _Datagrams:
    """Answer when a manager has all but given up."""
    return [(0.9 * asked.time_out_s, asked.honest)]


def _too_late(asked: _Asked) -> _Datagrams:
    """Answer when a manager waits for the next try, so that answers and tries are out of step."""
    return [(1.1 * asked.time_out_s, asked.honest)]


def _twice(asked: _Asked) -> _Datagrams:
    return [(0, asked.honest), (0, asked.honest)]


def _trickle(asked: _Asked) -> _Datagrams:
    """Send the answer in pieces of some bytes, each well before the time-out."""
    whole = asked.honest
    pieces = [whole[at : at + _PIECE_BYTES] for at in range(0, len(whole), _PIECE_BYTES)]
    return [(0.2 * asked.time_out_s * number, piece) for number, piece in enumerate(pieces)]


def _garbage(_: _Asked) -> _Datagrams:
    return [(0, os.urandom(120))]


def _truncated(asked: _Asked) -> _Datagrams:
    return [(0, asked.honest[: len(asked.honest) // 2])]


def _malformed(asked: _Asked) -> _Datagrams:
    """Authenticate and encrypt an answer with a value that says it goes on after the message."""
    (name, _), *others = reversed(asked.bindings)
    pdu = response(asked.pdu.request_id, (*others, (name, b"\x04\x7fA")))
    return [(0, asked.says(pdu))]


def _nested(asked: _Asked) -> _Datagrams:
    """Nest sequences some thousands deep where a value is due."""
    value = octets(b"")
    for _ in range(4000):
        value = tlv(0x30, value)
    return [(0, asked.says(response(asked.pdu.request_id, ((asked.bindings[0][0], value),))))]


def _wrong_request_id(asked: _Asked) -> _Datagrams:
    return [(0, asked.says(response(asked.pdu.request_id ^ 1, asked.bindings)))]


def _wrong_message_id(asked: _Asked) -> _Datagrams:
    other = Request(asked.request.message_id ^ 1, asked.pdu)
    pdu = response(asked.pdu.request_id, asked.bindings)
    return [(0, sealed(other, pdu, USER, asked.engine))]


def _wrong_digest(asked: _Asked) -> _Datagrams:
    whole = bytearray(asked.honest)
    whole[-1] ^= 1
    return [(0, bytes(whole))]


def _other_objects(asked: _Asked) -> _Datagrams:
    """Answer objects that nobody asked for, and fewer of them."""
    others = ((*name[:-2], name[-2] + 100, name[-1]) for name, _ in asked.bindings[:1])
    values = tuple((name, octets(b"unasked")) for name in others)
    return [(0, asked.says(response(asked.pdu.request_id, values)))]


def _no_bindings(asked: _Asked) -> _Datagrams:
    return [(0, asked.says(response(asked.pdu.request_id, ())))]


def _wrong_types(asked: _Asked) -> _Datagrams:
    """Give numbers where texts are due, texts where numbers are, and texts that are no UTF-8."""
    swapped = tuple(
        (name, integer(-1) if value[0] == OCTETS else octets(b"\xff\xfe\x00"))
        for name, value in asked.bindings
    )
    return [(0, asked.says(response(asked.pdu.request_id, swapped)))]


def _wide_counters(asked: _Asked) -> _Datagrams:
    """Give counters of 12 bytes, where 64 bits are all there may be."""
    wide = tuple((name, tlv(COUNTER64, b"\x7f" * 12)) for name, _ in asked.bindings)
    return [(0, asked.says(response(asked.pdu.request_id, wide)))]


def _huge(asked: _Asked) -> _Datagrams:
    """Fill a datagram to its end, which is 64 KB."""
    room = _MOST_UDP_BYTES - len(asked.says(response(asked.pdu.request_id, ()))) - 60
    filler = octets(b"x" * room)
    name = asked.bindings[0][0]
    return [(0, asked.says(response(asked.pdu.request_id, ((name, filler),))))]


def _stuck_walk(asked: _Asked) -> _Datagrams:
    """Give the object that was asked for as its own successor."""
    same = tuple((name, octets(b"again")) for name, _ in asked.pdu.bindings)
    return [(0, asked.says(response(asked.pdu.request_id, same)))]


def _round_walk(asked: _Asked) -> _Datagrams:
    """Give the first object as the successor of the last, so that a walk goes round."""
    first = next(iter(SYSTEM.items()))
    ended = tlv(END_OF_MIB)
    turned = tuple(first if value == ended else (name, value) for name, value in asked.bindings)
    return [(0, asked.says(response(asked.pdu.request_id, turned)))]


def _endless_walk(asked: _Asked) -> _Datagrams:
    """Give one more object below the one asked for, for ever."""
    more = tuple(
        ((*name, 1) if len(name) < 100 else (*name[:-1], name[-1] + 1), octets(b"more"))
        for name, _ in asked.pdu.bindings
    )
    return [(0, asked.says(response(asked.pdu.request_id, more)))]


def _out_of_time(asked: _Asked) -> _Datagrams:
    """Dislike every request's time, whatever time one has told."""
    counter = (_OUT_OF_TIME, integer(1, 0x41))
    pdu = bytearray(response(asked.pdu.request_id, (counter,)))
    pdu[0] = 0xA8
    return [(0, asked.says(bytes(pdu)))]


_WAYS: dict[str, Callable[[_Asked], _Datagrams]] = {
    "honest": _honest,
    "late": _late,
    "too_late": _too_late,
    "twice": _twice,
    "trickle": _trickle,
    "garbage": _garbage,
    "truncated": _truncated,
    "malformed": _malformed,
    "nested": _nested,
    "wrong_request_id": _wrong_request_id,
    "wrong_message_id": _wrong_message_id,
    "wrong_digest": _wrong_digest,
    "other_objects": _other_objects,
    "no_bindings": _no_bindings,
    "wrong_types": _wrong_types,
    "wide_counters": _wide_counters,
    "huge": _huge,
    "stuck_walk": _stuck_walk,
    "round_walk": _round_walk,
    "endless_walk": _endless_walk,
    "out_of_time": _out_of_time,
    "changing_engine": _honest,
    "mute": lambda _: [],
}
WAYS = tuple(_WAYS)
"""`changing_engine` has another engine id at each message; `mute` only tells its engine id."""


class _Agent(asyncio.DatagramProtocol):
    def __init__(self, way: str, time_out_s: float) -> None:
        self._way = way
        self._time_out_s = time_out_s
        self._engines = (_engine(number if way == "changing_engine" else 0) for number in count())
        self._engine = next(self._engines)
        self._transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        request = read(data, USER, self._engine)
        self._engine = next(self._engines)
        if request.pdu is None:
            self._transport.sendto(report(request, self._engine, _UNKNOWN_ENGINE), addr)
            return
        if not request.pdu.bindings:  # gufo-snmp learns an agent's clock by asking for nothing
            honest = response(request.pdu.request_id, ())
            self._transport.sendto(sealed(request, honest, USER, self._engine), addr)
            return
        bindings = tuple(_bindings(request.pdu))
        asked = _Asked(request, request.pdu, bindings, self._engine, self._time_out_s)
        for wait_s, datagram in _WAYS[self._way](asked):
            asyncio.get_running_loop().call_later(wait_s, self._send, datagram, addr)

    def _send(self, datagram: bytes, addr: tuple[str, int]) -> None:
        if not self._transport.is_closing():
            self._transport.sendto(datagram, addr)


@asynccontextmanager
async def hostile(way: str, time_out_s: float = 1.0) -> AsyncIterator[int]:
    """Run an agent that misbehaves in one of `WAYS`, and give its port of 127.0.0.1.

    Args:
        way: a name of `WAYS`.
        time_out_s: the manager's own, for those that answer in relation to it.
    """
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Agent(way, time_out_s), local_addr=("127.0.0.1", 0)
    )
    try:
        yield transport.get_extra_info("sockname")[1]
    finally:
        transport.abort()


def _engine(number: int) -> Engine:
    return Engine(b"\x80\x00\x1f\x88\x04" + number.to_bytes(8))


def _bindings(pdu: Pdu) -> Iterable[Binding]:
    """Give what an honest agent answers."""
    if pdu.kind == GET:
        for name, _ in pdu.bindings:
            yield name, SYSTEM.get(name, tlv(NO_SUCH_INSTANCE))
        return
    names = [name for name, _ in pdu.bindings]
    for _ in range(pdu.second if pdu.kind == GET_BULK else 1):
        for at, name in enumerate(names):
            following = min((own for own in SYSTEM if own > name), default=None)
            names[at] = following or name
            yield names[at], SYSTEM[following] if following else tlv(END_OF_MIB)
