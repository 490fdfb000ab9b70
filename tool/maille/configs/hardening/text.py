"""A configuration as the checks look at it: top-level lines, and what stands below each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BANNER = re.compile(r"banner \S+(?: (\^C|\S)(.*))?$")
_END_OF_BANNER = "EOF"


@dataclass(frozen=True, slots=True)
class ConfigText:
    """Lines without indentation, each once a section, in the order of the text."""

    top: tuple[str, ...]
    below: Mapping[str, tuple[str, ...]]
    """By top-level line all lines under it, however deep."""


def read(text: str) -> ConfigText:
    """Read a configuration, rendered or running; comments and bodies of banners are left out.

    A section that comes twice is one; what follows `end` is none of it.
    """
    below: dict[str, dict[str, None]] = {}
    section: dict[str, None] = {}
    lines = iter(text.splitlines())
    for raw in lines:
        line = raw.strip()
        if not line or line.startswith("!"):
            continue
        if raw[0].isspace():
            section[line] = None
            continue
        if line == "end":
            break
        section = below.setdefault(line, {})
        if banner := _BANNER.match(line):
            _skip_banner(banner, lines)
    return ConfigText(tuple(below), {header: tuple(inside) for header, inside in below.items()})


def _skip_banner(first: re.Match[str], lines: Iterator[str]) -> None:
    delimiter, rest = first[1], first[2] or ""
    if delimiter is None:
        any(line.strip() == _END_OF_BANNER for line in lines)
    elif delimiter not in rest:
        any(delimiter in line for line in lines)
