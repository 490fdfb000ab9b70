"""The two messages that tell why an agent is silent, and the reports it answers them with.

Neither engine offers them: a discovery without any credentials, which every live agent answers
(RFC 3414, section 4), and a request that is authenticated and not encrypted, by which a wrong
authentication key and a wrong privacy key differ.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.health.snmp.ber import INTEGER, OCTETS, SEQUENCE, element, integer, members, number, tlv
from maille.health.snmp.keys import DIGEST_BYTES, localized_key

if TYPE_CHECKING:
    from maille.health.snmp.model import User

_VERSION, _SECURITY_MODEL, _LARGEST = integer(3), integer(3), integer(65507)
_REPORTABLE, _ENCRYPTED, _AUTHENTICATED = 4, 2, 1
_GET, _REPORT = 0xA0, 0xA8
_UPTIME = tlv(SEQUENCE, bytes.fromhex("06082b06010201010300"), b"\x05\x00")
_USM_STATS = bytes.fromhex("2b060106030f0101")
"""1.3.6.1.6.3.15.1.1: what a report names by the number below it."""

NOT_IN_TIME_WINDOW, UNKNOWN_USER, UNKNOWN_ENGINE, WRONG_DIGEST = 2, 3, 4, 5
"""usmStats of RFC 3414, by their last number."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of an agent, as far as it can be read without a key."""

    message_id: int
    engine_id: bytes
    boots: int
    time_s: int
    report: int | None
    """The usmStats counter that it reports; None for anything that is no such report."""


def discovery(message_id: int) -> bytes:
    """Write the question for an agent's engine id; no credentials are in it."""
    pdu = tlv(_GET, integer(message_id), integer(0), integer(0), tlv(SEQUENCE))
    security = _security(b"", 0, 0, b"", b"")
    return _message(message_id, _REPORTABLE, security, b"", pdu)


def authenticated(message_id: int, heard: Heard, user: User) -> bytes:
    """Write a question for sysUpTime, authenticated with the user's key and not encrypted."""
    key = localized_key(user.auth, user.auth_phrase, heard.engine_id)
    size = DIGEST_BYTES[user.auth]
    name = user.name.encode()
    pdu = tlv(_GET, integer(message_id), integer(0), integer(0), tlv(SEQUENCE, _UPTIME))

    def signed(digest: bytes) -> bytes:
        security = _security(heard.engine_id, heard.boots, heard.time_s, name, digest)
        flags = _REPORTABLE | _AUTHENTICATED
        return _message(message_id, flags, security, heard.engine_id, pdu)

    return signed(hmac.digest(key, signed(bytes(size)), user.auth)[:size])


def read(data: bytes) -> Heard:
    """Read a message; raises ValueError for what is none of SNMPv3 with USM."""
    _, body, _ = element(data, 0)
    _, header, security, rest = members(body, INTEGER, SEQUENCE, OCTETS, 0)
    message_id, _, flags, _ = members(header, INTEGER, INTEGER, OCTETS, INTEGER)
    (parameters,) = members(security, SEQUENCE)
    engine_id, boots, time_s = members(parameters, OCTETS, INTEGER, INTEGER)
    report = None if not flags or flags[0] & _ENCRYPTED else _reported(rest)
    return Heard(number(message_id), engine_id, number(boots), number(time_s), report)


def _reported(scoped: bytes) -> int | None:
    """Give the usmStats counter of a scoped PDU that is a report."""
    _, _, after_engine = element(scoped, 0)
    _, _, after_context = element(scoped, after_engine)
    tag, pdu, _ = element(scoped, after_context)
    if tag != _REPORT:
        return None
    *_, bindings = members(pdu, INTEGER, INTEGER, INTEGER, SEQUENCE)
    (binding,) = members(bindings, SEQUENCE)
    (name,) = members(binding, 6)
    known = name.startswith(_USM_STATS) and len(name) > len(_USM_STATS)
    return name[len(_USM_STATS)] if known else None


def _message(message_id: int, flags: int, security: bytes, engine: bytes, pdu: bytes) -> bytes:
    head = tlv(
        SEQUENCE, integer(message_id), _LARGEST, tlv(OCTETS, bytes([flags])), _SECURITY_MODEL
    )
    scoped = tlv(SEQUENCE, tlv(OCTETS, engine), tlv(OCTETS), pdu)
    return tlv(SEQUENCE, _VERSION, head, tlv(OCTETS, security), scoped)


def _security(engine: bytes, boots: int, time_s: int, user: bytes, digest: bytes) -> bytes:
    clock = integer(boots) + integer(time_s)
    octets = (tlv(OCTETS, part) for part in (user, digest, b""))
    return tlv(SEQUENCE, tlv(OCTETS, engine), clock, *octets)
