"""SNMPv3 messages by hand, for agents that are to get them wrong: BER, and USM with one user.

It speaks authPriv with SHA-256 (RFC 7860) and AES-128 (RFC 3826), and nothing else. Written from
the RFCs and not on a library, for what is asked of it is what libraries refuse to send.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms

INTEGER, OCTETS, NULL, OID, SEQUENCE = 0x02, 0x04, 0x05, 0x06, 0x30
COUNTER64, NO_SUCH_INSTANCE, END_OF_MIB = 0x46, 0x81, 0x82
GET, GET_NEXT, RESPONSE, GET_BULK, REPORT = 0xA0, 0xA1, 0xA2, 0xA5, 0xA8

_AUTH_BYTES = 24
_NO_AUTH = bytes(_AUTH_BYTES)
_REPORTABLE, _PRIV, _AUTH = 4, 2, 1
_USM = 3

Oid = tuple[int, ...]
Binding = tuple[Oid, bytes]
"""An object, and its value as it goes onto the wire."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What an agent says of its own engine."""

    id: bytes
    boots: int = 1
    time_s: int = 100


@dataclass(frozen=True, slots=True)
class User:
    """A user with its two passphrases."""

    name: str
    auth: str
    privacy: str


@dataclass(frozen=True, slots=True)
class Pdu:
    """A request or an answer; of GETBULK the two numbers are non-repeaters and repetitions."""

    kind: int
    request_id: int
    first: int
    second: int
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A message that came; `pdu` is None where it only asks for the engine's id."""

    message_id: int
    pdu: Pdu | None


def tlv(tag: int, *parts: bytes) -> bytes:
    """Give one element, with the shortest length there is."""
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + body


def integer(value: int, tag: int = INTEGER) -> bytes:
    """Give a number in two's complement."""
    return tlv(tag, value.to_bytes(value.bit_length() // 8 + 1, signed=True))


def octets(value: bytes) -> bytes:
    """Give an octet string."""
    return tlv(OCTETS, value)


def oid(value: Oid) -> bytes:
    """Give an object identifier."""
    return tlv(OID, *(_base128(arc) for arc in (value[0] * 40 + value[1], *value[2:])))


def elements(body: bytes) -> list[tuple[int, bytes]]:
    """Give the elements of a sequence's body, as tag and body."""
    found = []
    at = 0
    while at < len(body):
        tag, part, at = _element(body, at)
        found.append((tag, part))
    return found


def _element(body: bytes, at: int) -> tuple[int, bytes, int]:
    """Give one element as tag and body, and where the next begins."""
    tag, length, at = body[at], body[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        length, at = int.from_bytes(body[at : at + count]), at + count
    return tag, body[at : at + length], at + length


def read(message: bytes, user: User, engine: Engine) -> Request:
    """Take a manager's message apart; what comes is trusted to be of this user."""
    [(_, body)] = elements(message)
    _, (_, header), (_, security), (data_tag, data) = elements(body)
    message_id = int.from_bytes(elements(header)[0][1], signed=True)
    if data_tag == SEQUENCE:
        return Request(message_id, None)
    [(_, parameters)] = elements(security)
    asked_engine, boots, time_s, _, _, salt = (part for _, part in elements(parameters))
    clock = int.from_bytes(boots), int.from_bytes(time_s)
    if asked_engine != engine.id:
        return Request(message_id, None)
    plain = _aes(user, engine, clock, salt).decryptor().update(data)
    _, scoped, _ = _element(plain, 0)  # gufo-snmp encrypts a stray byte behind a GETBULK
    return Request(message_id, _read_pdu(elements(scoped)[2]))


def report(request: Request, engine: Engine, counter: Oid) -> bytes:
    """Give the unauthenticated answer that tells one's engine id, or what one dislikes."""
    binding = tlv(SEQUENCE, oid(counter), integer(1, 0x41))
    pdu = tlv(REPORT, integer(0), integer(0), integer(0), tlv(SEQUENCE, binding))
    security = _security(engine, b"", b"", b"")
    return _message(request.message_id, 0, security, _scoped(engine, pdu))


def response(request_id: int, bindings: tuple[Binding, ...]) -> bytes:
    """Give the PDU of an answer."""
    each = (tlv(SEQUENCE, oid(name), value) for name, value in bindings)
    return tlv(RESPONSE, integer(request_id), integer(0), integer(0), tlv(SEQUENCE, b"".join(each)))


def sealed(request: Request, pdu: bytes, user: User, engine: Engine) -> bytes:
    """Give a message that any manager of the user takes as genuine, whatever the PDU is."""
    salt = os.urandom(8)
    cipher = _aes(user, engine, (engine.boots, engine.time_s), salt)
    data = octets(cipher.encryptor().update(_scoped(engine, pdu)))
    name = user.name.encode()
    unsigned = _message(
        request.message_id, _AUTH | _PRIV, _security(engine, name, _NO_AUTH, salt), data
    )
    digest = hmac.digest(_key(user.auth, engine.id), unsigned, "sha256")[:_AUTH_BYTES]
    return _message(request.message_id, _AUTH | _PRIV, _security(engine, name, digest, salt), data)


def _read_pdu(element: tuple[int, bytes]) -> Pdu:
    kind, body = element
    request_id, first, second, (_, bindings) = elements(body)
    pairs = [elements(binding) for _, binding in elements(bindings)]
    return Pdu(
        kind,
        int.from_bytes(request_id[1], signed=True),
        int.from_bytes(first[1]),
        int.from_bytes(second[1]),
        tuple((_read_oid(name), tlv(*value)) for (_, name), value in pairs),
    )


def _read_oid(body: bytes) -> Oid:
    arcs: list[int] = []
    arc = 0
    for byte in body:
        arc = arc << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return (first, arcs[0] - first * 40, *arcs[1:])


def _base128(arc: int) -> bytes:
    groups = [arc & 0x7F]
    while arc := arc >> 7:
        groups.append(arc & 0x7F | 0x80)
    return bytes(reversed(groups))


def _message(message_id: int, flags: int, security: bytes, data: bytes) -> bytes:
    header = tlv(
        SEQUENCE, integer(message_id), integer(65507), octets(bytes([flags])), integer(_USM)
    )
    return tlv(SEQUENCE, integer(3), header, octets(security), data)


def _security(engine: Engine, user: bytes, digest: bytes, salt: bytes) -> bytes:
    clock = integer(engine.boots) + integer(engine.time_s)
    return tlv(SEQUENCE, octets(engine.id), clock, octets(user), octets(digest), octets(salt))


def _scoped(engine: Engine, pdu: bytes) -> bytes:
    return tlv(SEQUENCE, octets(engine.id), octets(b""), pdu)


def _aes(user: User, engine: Engine, clock: tuple[int, int], salt: bytes) -> Cipher[CFB]:
    boots, time_s = (number.to_bytes(4) for number in clock)
    key = _key(user.privacy, engine.id)[:16]
    return Cipher(algorithms.AES(key), CFB(boots + time_s + salt))


@cache
def _key(passphrase: str, engine_id: bytes) -> bytes:
    """Give the localised key: RFC 3414, A.2, with SHA-256 in the place of SHA-1."""
    text = passphrase.encode()
    whole = hashlib.sha256((text * (1048576 // len(text) + 1))[:1048576]).digest()
    return hashlib.sha256(whole + engine_id + whole).digest()
