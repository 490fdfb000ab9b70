"""SNMPv3 as the estate uses it: which algorithms a model is spoken to with, engines, keys."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ipaddress import IPv4Address

    from maille.inventory.schema.catalogue import SnmpAbility, SnmpAuth, SnmpPrivacy

_STRENGTH: tuple[SnmpAuth, ...] = ("sha512", "sha256", "sha1", "md5")
_HASHES = {"md5": "md5", "sha": "sha1", "sha1": "sha1", "sha256": "sha256", "sha512": "sha512"}
_PHRASE_BYTES = 1_048_576
_AES128_BYTES = 16

ARISTA = 30065
"""Private enterprise number, IANA."""


class Algorithms(NamedTuple):
    """What a device is polled with."""

    auth: SnmpAuth
    privacy: SnmpPrivacy


class Keys(NamedTuple):
    """Keys localised for one engine, in hexadecimal digits."""

    auth: str
    privacy: str


def algorithms(ability: SnmpAbility) -> Algorithms:
    """Give the strongest authentication that an agent offers, with AES-128 where it has it.

    AES with longer keys was never standardised (RFC 3826 has 128 bits alone), and makers differ
    in how they lengthen the key.
    """
    auth = next(known for known in _STRENGTH if known in ability.auth)
    return Algorithms(auth, "aes128" if "aes128" in ability.privacy else ability.privacy[0])


def engine_id(enterprise: int, address: IPv4Address) -> str:
    """Give an engine id made of an IPv4 address, as hexadecimal digits (RFC 3411, section 5)."""
    return f"{0x80000000 | enterprise:08x}01{int(address):08x}"


def localized_keys(auth: str, auth_phrase: str, privacy_phrase: str, engine: str) -> Keys:
    """Make the keys of one engine from pass phrases (RFC 3414, section 2.6; RFC 7860).

    Args:
        auth: `md5`, `sha`, `sha1`, `sha256` or `sha512`, of authentication and of both keys.
        auth_phrase: the user's pass phrase for authentication.
        privacy_phrase: the one for privacy; AES-128 takes the first 16 bytes of its key.
        engine: the engine id in hexadecimal digits.
    """
    return Keys(
        _localized(auth, auth_phrase, engine).hex(),
        _localized(auth, privacy_phrase, engine)[:_AES128_BYTES].hex(),
    )


def _localized(auth: str, phrase: str, engine: str) -> bytes:
    key = _user_key(auth, phrase)
    return _hash(auth, key + bytes.fromhex(engine) + key)


@lru_cache(maxsize=32)
def _user_key(auth: str, phrase: str) -> bytes:
    """Give a user's key, which all engines share: a megabyte is hashed for it."""
    octets = phrase.encode()
    long = (octets * (_PHRASE_BYTES // len(octets) + 1))[:_PHRASE_BYTES]
    return _hash(auth, long)


def _hash(auth: str, content: bytes) -> bytes:
    return hashlib.new(_HASHES[auth], content, usedforsecurity=False).digest()
