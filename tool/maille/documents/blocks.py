"""What a page of the book is made of: facts, tables, figures and bars, all of them data.

A block says what is shown and in which words; how it looks is the templates' matter, and
spreadsheets are written from the very same tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

Tone = Literal["good", "soft", "warn", "bad"]
Kind = Literal["text", "prose", "code", "number", "day"]


class Link(NamedTuple):
    """A text that leads to a page of the book."""

    text: str
    page: str
    """Path from the book's front, with an anchor if need be."""
    code: bool = False


class Code(NamedTuple):
    """An id, an address, a name of a device: shown as it stands."""

    text: str
    short: str = ""
    """What a page shows in its place; spreadsheets keep the text."""


class Tag(NamedTuple):
    """A state in a word or two."""

    text: str
    tone: Tone = "soft"


class Sentence(NamedTuple):
    """A sentence of a rule; what stands in backticks is written as code."""

    text: str
    english: bool = False
    """The book's language has no words for it; the page says so to whoever reads it aloud."""


class Many(tuple["Cell", ...]):
    """Several values in one cell, one below the other."""

    __slots__ = ()


class Share(NamedTuple):
    """A part of a whole, shown as a bar with its numbers: 12 of 15."""

    part: int
    whole: int


Plain = str | int | float | date | IPv4Address | IPv4Network | None
Cell = Plain | Link | Code | Tag | Sentence | Many | Share


class Column(NamedTuple):
    """A column of a table: its title, and how its values are written."""

    title: str
    kind: Kind = "text"
    digits: int = 0


class Row(NamedTuple):
    """A row of a table; `anchor` is what links elsewhere lead to."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below titles."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    name: str = ""
    """What it is a table of, for those who do not see it."""
    filtered: bool = False
    """Long enough for a field that filters it."""


class Fact(NamedTuple):
    """A label and its value."""

    label: str
    value: Cell
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values; those without a value are left out."""

    facts: tuple[Fact, ...]

    def __post_init__(self) -> None:
        """Drop what has nothing to say."""
        kept = tuple(
            fact for fact in self.facts if fact.value not in {None, ""} and fact.value != Many()
        )
        object.__setattr__(self, "facts", kept)


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its caption."""

    drawing: Markup
    caption: str
    least_px: int = 0
    """Below this width it is scrolled rather than made smaller."""
    legend: tuple[LegendEntry, ...] = ()
    from_middle: bool = False
    """Where it must be scrolled, its middle is seen first."""


class LegendEntry(NamedTuple):
    """A mark of a drawing and what it means."""

    mark: str
    """Class of the mark in the style sheet."""
    text: Cell


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph."""

    text: str
    tone: Tone = "soft"


class Figures(NamedTuple):
    """Numbers to be seen at once, each with what it counts."""

    items: tuple[tuple[str, str], ...]


class Files(NamedTuple):
    """Files beside the page, to take away."""

    items: tuple[tuple[str, str], ...]
    """Path from the book's front, and what it is."""


class Step(NamedTuple):
    """One line of a progress: how much of what is done, and what is to be said of it."""

    title: str
    part: int
    whole: int
    state: Cell
    detail: str


class Progress(NamedTuple):
    """How far something is, step by step."""

    steps: tuple[Step, ...]


class Label(NamedTuple):
    """A label to print and stick on."""

    head: str
    lines: tuple[str, ...]
    foot: str


class Labels(NamedTuple):
    """A sheet of labels."""

    items: tuple[Label, ...]


class Signatures(NamedTuple):
    """Room to sign, a field each."""

    items: tuple[str, ...]


Block = Facts | Table | Figure | Note | Figures | Files | Progress | Labels | Signatures


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a title."""

    title: str
    anchor: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the book."""

    path: str
    """From the book's front."""
    title: str
    lead: str
    """What the page is about, in a line; may be empty."""
    sections: tuple[Section, ...]
    top: tuple[Block, ...] = ()
    """What stands before the first section."""
    trail: tuple[Link, ...] = ()
    """The pages above it."""
    group: str = ""
    """The entry of the navigation that it belongs to, by its path."""


def section(title: str, anchor: str, *blocks: Block | None) -> Section | None:
    """Make a section of the blocks that there are; None where none says anything."""
    kept = tuple(block for block in blocks if block is not None and not _is_empty(block))
    return Section(title, anchor, kept) if kept else None


def sections(*parts: Section | None) -> tuple[Section, ...]:
    """Keep the sections that there are."""
    return tuple(part for part in parts if part is not None)


def _is_empty(block: Block) -> bool:
    if isinstance(block, Table):
        return not block.rows
    if isinstance(block, (Progress, Labels, Figures, Files, Signatures)):
        return not block[0]
    return isinstance(block, Facts) and not block.facts


def plain(cell: Cell) -> str | int | float | date | None:
    """Give a cell's value as a spreadsheet keeps it."""
    if isinstance(cell, Many):
        return "; ".join(str(plain(part)) for part in cell)
    if isinstance(cell, Share):
        return f"{cell.part}/{cell.whole}"
    if isinstance(cell, (Link, Code, Tag, Sentence)):
        return cell.text
    return str(cell) if isinstance(cell, (IPv4Address, IPv4Network)) else cell


def folded(table: Table, *groups: tuple[int, ...]) -> Table:
    """Put columns of a table below each other, so that it fits a page: `folded(t, (3, 4), …)`.

    A group stands where its first column stood. Spreadsheets keep the columns apart.
    """
    below = {number for group in groups for number in group[1:]}
    kept = [number for number in range(len(table.columns)) if number not in below]
    of_first = {group[0]: group for group in groups}
    spans = [of_first.get(number, (number,)) for number in kept]
    return replace(
        table,
        columns=tuple(_stacked_column([table.columns[it] for it in span]) for span in spans),
        rows=tuple(
            row._replace(cells=tuple(_stacked([row.cells[it] for it in span]) for span in spans))
            for row in table.rows
        ),
    )


def _stacked_column(columns: list[Column]) -> Column:
    titles = dict.fromkeys(column.title for column in columns)
    return columns[0]._replace(title=" / ".join(titles))


def _stacked(cells: list[Cell]) -> Cell:
    said = [cell for cell in cells if cell not in {None, ""}]
    return Many(said) if len(said) > 1 else next(iter(said), None)


def rows(cells: Iterable[tuple[Cell, ...]]) -> tuple[Row, ...]:
    """Make rows without anchors."""
    return tuple(Row(each) for each in cells)
