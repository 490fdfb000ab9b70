"""A complaint of libyaml, with what is needed to look around the spot it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yaml.error import MarkedYAMLError

from maille.inventory.reading.fault import Fault, Path, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yaml import YAMLError


@dataclass(frozen=True, slots=True)
class Spot:
    """A line and a column, from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Written:
    """From where to where a text is written, and its quote, empty if it has none."""

    start: Spot
    end: Spot
    quote: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What had been read when the grammar broke.

    `path` is the field being read, `brackets` are the open `{` and `[`, the innermost last,
    `last` is the value or key before the spot.
    """

    path: Path
    brackets: tuple[Spot, ...]
    last: Written | None


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint of libyaml, with everything needed to look around it."""

    lines: Sequence[str]
    around: Surroundings
    problem: str
    context: str
    spot: Spot
    start: Spot

    def text(self, line: int) -> str:
        """Give a line, empty beyond the end."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def char(self, spot: Spot) -> str:
        """Give the character at a spot, empty at the end of a line."""
        return self.text(spot.line)[spot.column - 1 : spot.column]

    def fault(self, code: str, what: str, how: str, spot: Spot | None = None) -> Fault:
        """Make a fault at `spot`, by default where the grammar broke."""
        at = spot or self.spot
        return Fault(code, at.line, at.column, what, how)

    @property
    def at_end(self) -> bool:
        """Say whether the file ended where more was expected."""
        return not any(line.strip() for line in (self.rest, *self.lines[self.spot.line :]))

    @property
    def before(self) -> str:
        """Give what stands before the spot in its line."""
        return self.text(self.spot.line)[: self.spot.column - 1]

    @property
    def rest(self) -> str:
        """Give what stands in the line from the spot on."""
        return self.text(self.spot.line)[self.spot.column - 1 :]


def complaint_of(error: YAMLError, lines: Sequence[str], around: Surroundings) -> Complaint:
    """Collect the parts of an error, its marks as spots inside the text."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Complaint(lines, around, str(error), "", Spot(1, 1), Spot(1, 1))
    marks = [error.problem_mark, error.context_mark or error.problem_mark]
    spot, start = (_inside(Spot(mark.line + 1, mark.column + 1), lines) for mark in marks)
    return Complaint(lines, around, error.problem or "", error.context or "", spot, start)


def _inside(spot: Spot, lines: Sequence[str]) -> Spot:
    """Move the end of the stream, a line that isn't there, to the end of the last line."""
    if spot.line <= len(lines) and (lines[spot.line - 1] or spot.line < len(lines)):
        return spot
    last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)
    return Spot(last, len(lines[last - 1]) + 1) if lines else Spot(1, 1)


def indent_of(line: str) -> int:
    """Count the spaces before a line."""
    return len(line) - len(line.lstrip(" "))


def first_word(text: str) -> str:
    """Give the first word of a text."""
    words = text.split(maxsplit=1)
    return cut(words[0]) if words else ""
