"""A file as it was fetched: the configuration in it, and the output of other commands.

Collectors write one command behind another, with or without the prompts. What belongs to
`show running-config` is told from the rest by the prompts, and by the `end` of a configuration.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROMPT: Final = re.compile(
    r"^(?P<host>[A-Za-z0-9][\w.()/-]{0,62})[#>]\s*(?P<command>.*)$", re.ASCII
)
_CONFIGURATION: Final = re.compile(r"(?:sh(?:ow?)?|more)\s+(?:run|start|system:run)", re.IGNORECASE)
_END_OF_LINE: Final = re.compile(r"\r\n|\n|\r")
_OUTPUT_BEGINS: Final = re.compile(
    r"Device ID: |Chassis id: |Local Intf: |Interface \S+ detected \d+ LLDP neighbors"
)


class Row(NamedTuple):
    """A line of a file with its number, from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """The parts of a file."""

    lines: tuple[str, ...]
    configuration: tuple[Row, ...]
    other: tuple[Row, ...]
    """Output of other commands."""
    host: str
    """Name in the prompts, empty without prompts."""
    whole: bool
    """Whether the configuration reaches its `end`."""


def split(text: str) -> Transcript:
    """Tell the configuration in a text from the rest."""
    lines = tuple(_END_OF_LINE.split(text))
    configuration: list[Row] = []
    other: list[Row] = []
    host, inside, whole = "", True, False
    for row, prompt in _rows(lines):
        if prompt:
            host = host or prompt["host"]
            inside = bool(_CONFIGURATION.match(prompt["command"]))
        elif inside and _OUTPUT_BEGINS.match(row.text):
            inside = False
            other.append(row)
        elif inside and row.text.rstrip() == "end":
            inside, whole = False, True
        else:
            (configuration if inside else other).append(row)
    return Transcript(lines, tuple(configuration), tuple(other), host, whole)


def _rows(lines: tuple[str, ...]) -> Iterator[tuple[Row, re.Match[str] | None]]:
    """Give each line, and what it says as a prompt."""
    for number, text in enumerate(lines, start=1):
        row = Row(number, text.replace("\x08", "").rstrip())
        yield row, _PROMPT.match(row.text)
