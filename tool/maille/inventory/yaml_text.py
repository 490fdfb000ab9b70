"""Write values as YAML on one line: what the reader of the inventory gives back as it was.

Texts are quoted only where a reader could take them for something else.
"""

from __future__ import annotations

import re
from decimal import Decimal

from maille.inventory.reading.scalars import FIRST_OF_SPECIAL, resolve

_NEEDS_QUOTES = re.compile(
    r"""^[\s\-?#&*!|>'"%@`]|[,\[\]{}:]|\s#|\s$|^$|^(y|n|yes|no|on|off)$""", re.IGNORECASE
)
"""Signs that make a text something else to YAML, and words that are truth values to some."""


def scalar(value: object, *, quoted: bool = False) -> str:
    """Write a text, a number, a truth value or nothing; `quoted` insists for texts."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{Decimal(str(value)):f}"  # programs disagree on numbers such as 1e-07
    text = str(value)
    if not quoted and _is_plain(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(map(_shown, escaped)) + '"'


def flow(value: object) -> str:
    """Write any value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def _shown(char: str) -> str:
    return char if char.isprintable() else f"\\U{ord(char):08x}"


def _is_plain(text: str) -> bool:
    if _NEEDS_QUOTES.search(text) or not text.isprintable():
        return False
    return text[0] not in FIRST_OF_SPECIAL or resolve(text) == text
