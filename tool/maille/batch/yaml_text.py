"""Write YAML as the inventory's files are written by hand.

Communes, cabinets and the lists of cameras are blocks; what lies below (a camera, a
position, an authorisation) stands on one line. Texts are quoted only where a reader could
take them for something else.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from maille.inventory.reading.scalars import FIRST_OF_SPECIAL, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.inventory.reading.fault import Path

_NEEDS_QUOTES = re.compile(
    r"""^[\s\-?#&*!|>'"%@`]|[,\[\]{}:]|\s#|\s$|^$|^(y|n|yes|no|on|off)$""", re.IGNORECASE
)
"""Signs that make a text something else to YAML, and words that are truth values to some."""

_BLOCKS = frozenset({"cabinets", "cameras", "attachment_points"})
INDENT = "  "


def is_block(path: Path) -> bool:
    """Say whether the fields at `path` of a commune's file stand on lines of their own."""
    match path:
        case () | ("cabinets", _):
            return True
        case (*_, str() as last):
            return last in _BLOCKS and len(path) in {1, 3}
    return False


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
    return f'"{escaped}"'


def flow(value: object) -> str:
    """Write any value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def entry(key: str, value: object, path: Path, indent: str) -> Iterator[str]:
    """Give the lines of one field; `path` is its own."""
    if not isinstance(value, dict) or not value or not is_block(path):
        yield f"{indent}{scalar(key)}: {flow(value)}"
        return
    yield f"{indent}{scalar(key)}:"
    yield from fields(value, path, indent + INDENT)


def fields(tree: Mapping[str, Any], path: Path = (), indent: str = "") -> Iterator[str]:
    """Give the lines of all fields; cabinets have an empty line between them."""
    for number, (key, value) in enumerate(tree.items()):
        below = (*path, key)
        if below == ("cabinets",) or (path == ("cabinets",) and number):
            yield ""
        yield from entry(key, value, below, indent)


def _is_plain(text: str) -> bool:
    if _NEEDS_QUOTES.search(text):
        return False
    return text[0] not in FIRST_OF_SPECIAL or resolve(text) == text
