"""Steps: single commands with the section they belong to, and the text that sends them."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.configs.compare.dialect import Path


class Step(NamedTuple):
    """A command inside a section; an empty command only opens the section."""

    section: Path
    command: str


class Placed(NamedTuple):
    """A step and its phase; steps of one phase keep the order in which they were made."""

    phase: int
    step: Step


def in_order(placed: Iterable[Placed]) -> list[Step]:
    """Give the steps by phase."""
    return [step for _, step in sorted(placed, key=lambda each: each.phase)]


def commands(steps: Iterable[Step], indent: int) -> tuple[str, ...]:
    """Give the lines to send: each section is entered, and left again with `exit`."""
    return tuple(f"{' ' * indent * depth}{text}" for depth, text in _commands(steps))


def _commands(steps: Iterable[Step]) -> Iterator[tuple[int, str]]:
    inside: Path = ()
    for section, command in steps:
        pairs = zip(inside, section, strict=False)
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        yield from _leave(inside, shared)
        yield from list(enumerate(section))[shared:]
        if command:
            yield len(section), command
        inside = section
    yield from _leave(inside, 0)


def _leave(section: Path, depth: int) -> Iterator[tuple[int, str]]:
    for level in range(len(section), depth, -1):
        yield level, "exit"
