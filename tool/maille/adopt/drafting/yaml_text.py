"""Plain trees to YAML in the tone of the inventory: blocks where there are many, else one line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from maille.inventory.reading.scalars import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PLAIN: Final = re.compile(r"[^\W_](?:[\w ./'()+-]*[\w.)])?")
_TRUTH: Final = frozenset({"y", "n", "yes", "no", "on", "off"})
_WIDTH: Final = 100


class Inline(dict[str, Any]):
    """Fields that stand on one line."""


class Spaced(dict[str, Any]):
    """Entries with an empty line between them."""


def document(schema: str, comment: str, tree: Mapping[str, Any]) -> str:
    """Give a file: where its schema is, a comment for people, the fields."""
    lines = [f"# yaml-language-server: $schema={schema}", "#"]
    lines += [f"# {line}".rstrip() for line in comment.strip().splitlines()]
    return "\n".join([*lines, "", *_fields(tree, "", top=True)]) + "\n"


def entries(tree: Mapping[str, Any]) -> str:
    """Give fields as they stand below a key that is there already."""
    return "".join(f"{line}\n" if line else "\n" for line in _fields(Spaced(tree), "  "))


def _fields(tree: Mapping[str, Any], indent: str, *, top: bool = False) -> Iterator[str]:
    before = False
    for number, (key, value) in enumerate(tree.items()):
        block = _is_block(value)
        if number and (isinstance(tree, Spaced) or (top and (block or before))):
            yield ""
        before = block
        if not block:
            yield f"{indent}{scalar(key)}: {flow(value)}"
            continue
        yield f"{indent}{scalar(key)}:"
        if isinstance(value, dict):
            yield from _fields(value, f"{indent}  ")
        else:
            yield from (f"{indent}  - {flow(item)}" for item in value)


def _is_block(value: object) -> bool:
    """Say whether a value stands on lines of its own."""
    if isinstance(value, Inline) or not value:
        return False
    if isinstance(value, (list, tuple)):
        return any(isinstance(item, dict) for item in value) or len(flow(value)) > _WIDTH
    return isinstance(value, dict)


def flow(value: object) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: object) -> str:
    """Write one value; a text in quotes wherever a reader could take it for something else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return str(value)
    text = "".join(char for char in str(value) if char.isprintable())
    if _PLAIN.fullmatch(text) and text.lower() not in _TRUTH and resolve(text) == text:
        return text
    return json.dumps(text, ensure_ascii=False)
