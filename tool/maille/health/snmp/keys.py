"""Keys of SNMPv3 from passphrases, made once for each passphrase and not for each agent."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.inventory.schema.catalogue import SnmpAuth

_PHRASE_BYTES = 1_048_576
DIGEST_BYTES: dict[SnmpAuth, int] = {"md5": 12, "sha1": 12, "sha256": 24, "sha512": 48}
"""How much of the HMAC a message carries (RFC 3414, RFC 7860)."""


@lru_cache(maxsize=64)
def master_key(auth: SnmpAuth, phrase: str) -> bytes:
    """Give the key that a passphrase stands for on every engine (RFC 3414, A.2)."""
    octets = phrase.encode()
    long = (octets * (_PHRASE_BYTES // len(octets) + 1))[:_PHRASE_BYTES]
    return hashlib.new(auth, long, usedforsecurity=False).digest()


def localized_key(auth: SnmpAuth, phrase: str, engine_id: bytes) -> bytes:
    """Give the key that a passphrase stands for on one engine (RFC 3414, section 2.6)."""
    master = master_key(auth, phrase)
    return hashlib.new(auth, master + engine_id + master, usedforsecurity=False).digest()
