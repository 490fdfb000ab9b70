"""As much of BER (X.690) as a report of SNMPv3 needs; whatever comes, ValueError at the worst."""

from __future__ import annotations

INTEGER, OCTETS, SEQUENCE, OID = 0x02, 0x04, 0x30, 0x06
_LONG = 0x80
_MOST_LENGTH_BYTES = 3


def tlv(tag: int, *parts: bytes) -> bytes:
    """Write one element."""
    body = b"".join(parts)
    if len(body) < _LONG:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, _LONG | len(length)]) + length + body


def integer(value: int) -> bytes:
    """Write a whole number."""
    return tlv(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def element(data: bytes, at: int) -> tuple[int, bytes, int]:
    """Read one element: its tag, its body and where the next one begins."""
    if at + 2 > len(data):
        raise ValueError("an element ends before it begins")
    tag, length, begin = data[at], data[at + 1], at + 2
    if length & _LONG:
        count = length & ~_LONG
        if not 0 < count <= _MOST_LENGTH_BYTES:
            raise ValueError("a length that no datagram has")
        length, begin = int.from_bytes(data[begin : begin + count], "big"), begin + count
    if begin + length > len(data):
        raise ValueError("an element is longer than what holds it")
    return tag, data[begin : begin + length], begin + length


def members(body: bytes, *tags: int) -> list[bytes]:
    """Read elements in a row that must have these tags (0: any); what follows is left."""
    found, at = [], 0
    for wanted in tags:
        tag, part, at = element(body, at)
        if wanted and tag != wanted:
            raise ValueError("an element of another kind")
        found.append(part)
    return found


def number(body: bytes) -> int:
    """Read the body of a whole number."""
    return int.from_bytes(body, "big", signed=True)
