"""Write YAML as the inventory's files are written by hand.

Communes, cabinets and the lists of cameras are blocks; what lies below (a camera, a
position, an authorisation) stands on one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.inventory.yaml_text import flow, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.inventory.reading.fault import Path

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
