"""AgentX (RFC 2741) on the wire, as far as a subagent that is only read needs it.

A subagent opens a session, registers branches, and answers Get, GetNext and GetBulk; all numbers
go in network byte order, which the header of every PDU says.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from maille.twin.agents.objects.values import Type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.twin.agents.objects.values import Oid, Value

HEADER_BYTES = 20
_VERSION = 1
_NETWORK_BYTE_ORDER, _NON_DEFAULT_CONTEXT = 0x10, 0x08
_INTERNET = (1, 3, 6, 1)
_MOST_PREFIX = 255

_NO_SUCH_OBJECT, _END_OF_MIB_VIEW = 128, 130


class Kind(IntEnum):
    """PDUs by their numbers."""

    OPEN = 1
    REGISTER = 3
    UNREGISTER = 4
    GET = 5
    GET_NEXT = 6
    GET_BULK = 7
    CLEANUP_SET = 11
    NOTIFY = 12
    PING = 13
    RESPONSE = 18


@dataclass(frozen=True, slots=True)
class Header:
    """What every PDU begins with, and how many bytes follow it."""

    kind: int
    flags: int
    session: int
    transaction: int
    packet: int
    length: int


@dataclass(frozen=True, slots=True)
class Range:
    """Where a search begins, and before which object it ends; of a Get, the object alone."""

    start: Oid
    included: bool
    end: Oid


@dataclass(frozen=True, slots=True)
class Request:
    """A question of the master; the last two are GetBulk's."""

    header: Header
    context: str
    ranges: tuple[Range, ...]
    non_repeaters: int = 0
    repetitions: int = 1


@dataclass(frozen=True, slots=True)
class Reply:
    """The master's answer to what a subagent asked of it."""

    uptime_ticks: int
    error: int


def read_header(data: bytes) -> Header:
    """Read a header. Raises ValueError where it is none."""
    version, kind, flags, session, transaction, packet, length = struct.unpack(
        ">BBBxIIII" if data[2] & _NETWORK_BYTE_ORDER else "<BBBxIIII", data
    )
    if version != _VERSION:
        raise ValueError(f"AgentX {version} is unknown")
    return Header(kind, flags, session, transaction, packet, length)


def read_request(header: Header, body: bytes) -> Request:
    """Read a Get, GetNext or GetBulk."""
    reader = _Reader(body, header.flags)
    context = reader.text() if header.flags & _NON_DEFAULT_CONTEXT else ""
    non_repeaters, repetitions = 0, 1
    if header.kind == Kind.GET_BULK:
        non_repeaters, repetitions = reader.shorts()
    ranges = []
    while reader.left:
        start, included = reader.oid()
        end, _ = reader.oid()
        ranges.append(Range(start, included, end))
    return Request(header, context, tuple(ranges), non_repeaters, repetitions)


def read_reply(header: Header, body: bytes) -> Reply:
    """Read a Response."""
    order = ">" if header.flags & _NETWORK_BYTE_ORDER else "<"
    uptime_ticks, error, _ = struct.unpack_from(f"{order}IHH", body)
    return Reply(uptime_ticks, error)


def open_session(title: str) -> bytes:
    """Give what begins a session."""
    return _pdu(Kind.OPEN, 0, 0, 0, b"\0\0\0\0" + _oid(()) + _octets(title.encode()))


def register(session: int, packet: int, branch: Oid, context: str, priority: int) -> bytes:
    """Give what takes a branch over; of several who do, the lowest priority number goes first."""
    body = struct.pack(">BBBB", 0, priority, 0, 0) + _oid(branch)
    return _in_context(Kind.REGISTER, session, packet, context, body)


def unregister(session: int, packet: int, branch: Oid, context: str, priority: int) -> bytes:
    """Give what lets go of a branch, in the words it was taken over with."""
    body = struct.pack(">BBBB", 0, priority, 0, 0) + _oid(branch)
    return _in_context(Kind.UNREGISTER, session, packet, context, body)


def notify(session: int, packet: int, bindings: Iterable[tuple[Oid, Value]]) -> bytes:
    """Give a notification for the master to send, snmpTrapOID and what comes with it."""
    body = b"".join(_binding(name, value, ended=False) for name, value in bindings)
    return _pdu(Kind.NOTIFY, session, 0, packet, body)


def response(request: Header, bindings: Iterable[tuple[Oid, Value | None, bool]]) -> bytes:
    """Give the answer to a request.

    Args:
        request: its header.
        bindings: objects and values; without a value, whether there is nothing more (True) or
            no such object (False).
    """
    body = struct.pack(">IHH", 0, 0, 0) + b"".join(_binding(*binding) for binding in bindings)
    return _pdu(Kind.RESPONSE, request.session, request.transaction, request.packet, body)


def _in_context(kind: Kind, session: int, packet: int, context: str, body: bytes) -> bytes:
    if not context:
        return _pdu(kind, session, 0, packet, body)
    return _pdu(kind, session, 0, packet, _octets(context.encode()) + body, _NON_DEFAULT_CONTEXT)


def _pdu(
    kind: Kind, session: int, transaction: int, packet: int, body: bytes, flags: int = 0
) -> bytes:
    flags |= _NETWORK_BYTE_ORDER
    head = struct.pack(">BBBxIIII", _VERSION, kind, flags, session, transaction, packet, len(body))
    return head + body


def _binding(name: Oid, value: Value | None, ended: bool) -> bytes:  # noqa: FBT001
    if value is None:
        kind = _END_OF_MIB_VIEW if ended else _NO_SUCH_OBJECT
        return struct.pack(">HH", kind, 0) + _oid(name)
    return struct.pack(">HH", value.type, 0) + _oid(name) + _data(value)


def _data(value: Value) -> bytes:
    content = value.value
    if isinstance(content, tuple):
        return _oid(content)
    if isinstance(content, bytes):
        return _octets(content)
    if value.type == Type.COUNTER64:
        return struct.pack(">Q", content & (2**64 - 1))
    return struct.pack(">i" if value.type == Type.INTEGER else ">I", content)


def _oid(value: Oid) -> bytes:
    prefix = 0
    if value[:4] == _INTERNET and len(value) > 4 and 0 < value[4] <= _MOST_PREFIX:
        prefix, value = value[4], value[5:]
    return struct.pack(f">BBBB{len(value)}I", len(value), prefix, 0, 0, *value)


def _octets(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value + bytes(-len(value) % 4)


class _Reader:
    """Takes a body apart, from its beginning."""

    def __init__(self, body: bytes, flags: int) -> None:
        self._body = body
        self._at = 0
        self._order = ">" if flags & _NETWORK_BYTE_ORDER else "<"

    @property
    def left(self) -> bool:
        return self._at < len(self._body)

    def shorts(self) -> tuple[int, int]:
        one, other = self._take("HH")
        return one, other

    def text(self) -> str:
        (length,) = self._take("I")
        value = self._body[self._at : self._at + length]
        self._at += length + -length % 4
        return value.decode()

    def oid(self) -> tuple[Oid, bool]:
        """Give an object identifier, and whether a search includes it."""
        count, prefix, included, _ = self._take("BBBB")
        arcs = self._take(f"{count}I")
        return ((*_INTERNET, prefix, *arcs) if prefix else arcs), bool(included)

    def _take(self, form: str) -> tuple[int, ...]:
        form = self._order + form
        values = struct.unpack_from(form, self._body, self._at)
        self._at += struct.calcsize(form)
        return values
