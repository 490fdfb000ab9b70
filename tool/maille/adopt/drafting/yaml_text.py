"""Plain trees to YAML in the tone of the inventory: blocks where there are many, else one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from maille.inventory import yaml_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    return yaml_text.flow(_tidy(value))


def scalar(value: str) -> str:
    """Write a key."""
    return yaml_text.scalar(_tidy(value))


def _tidy(value: object) -> object:
    """Give a value as a person would write it: no endless fractions, no hidden signs."""
    if isinstance(value, dict):
        return {_tidy(key): _tidy(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_tidy(part) for part in value]
    if isinstance(value, float):
        short = round(value, 6)
        return int(short) if short.is_integer() else short
    return "".join(filter(str.isprintable, value)) if isinstance(value, str) else value
