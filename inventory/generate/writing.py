"""Plain values to YAML as a person would write it.

A `Flow` goes on one line; an empty line parts the entries of a `Spaced`. A key that starts with
`#` is a comment and opens a part of its own, one that starts with `##` stands close to what
is above. Texts are quoted only where YAML 1.2 would read them as something else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SPECIAL = re.compile(
    r"""^[\s\-?#&*!|>'"%@`]|[,\[\]{}:]| \#|\s$|^$|^(~|null|true|false|yes|no)$""", re.IGNORECASE
)
"""Signs that make a text something else to YAML, and words it takes for truth values."""
_NUMBER = re.compile(
    r"^[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?$|^0[xo][\da-f]+$|^[-+]?\.(inf|nan)$", re.IGNORECASE
)


CLOSE = "##"


class Flow(dict[str, Any]):
    """A mapping that is written on one line."""


class Spaced(dict[str, Any]):
    """A mapping whose entries have an empty line between them."""


def document(header: str, content: Mapping[str, Any]) -> str:
    """Give a whole file: a comment, then the fields; blocks stand apart from each other."""
    head = "".join(f"# {line}".rstrip() + "\n" for line in header.strip().splitlines())
    return head + "\n" + "\n".join(_block(content, "")) + "\n"


def _block(content: Mapping[str, Any], indent: str) -> Iterator[str]:
    apart = True
    for key, value in content.items():
        block = not _on_one_line(value)
        if not apart and (isinstance(content, Spaced) or _opens(key) or (block and not indent)):
            yield ""
        apart = key.startswith("#")
        if apart:
            yield f"{indent}{key.replace(CLOSE, '#')}"
        elif block:
            yield f"{indent}{_scalar(key)}:"
            yield from _nested(value, indent + "  ")
        else:
            yield f"{indent}{_scalar(key)}: {flow(value)}"


def _opens(key: str) -> bool:
    return key.startswith("#") and not key.startswith(CLOSE)


def _on_one_line(value: Any) -> bool:  # noqa: ANN401 — whatever YAML holds
    if isinstance(value, Flow) or not value:
        return True
    if isinstance(value, list):
        return not any(isinstance(item, dict) for item in value)
    return not isinstance(value, dict)


def _nested(value: dict[str, Any] | list[Any], indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _block(value, indent)
    else:
        yield from (f"{indent}- {flow(item)}" for item in value)


def flow(value: Any) -> str:  # noqa: ANN401 — whatever YAML holds
    """Give a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{value:g}" if abs(value) < 1e5 and value == round(value, 3) else repr(value)
    return _scalar(str(value))


def _scalar(text: str) -> str:
    if not _SPECIAL.search(text) and not _NUMBER.match(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
