"""Which column of a grid is which: headings in either language, in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from maille.batch.codes import finding
from maille.batch.grid import is_blank
from maille.inventory.suggest import meant, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.batch.columns import Column, Sheet
    from maille.batch.grid import Grid, Row
    from maille.errors import Finding

_SEARCHED_ROWS = 20
"""Rows at the top among which the headings are looked for: a title may stand above."""


class Heading(NamedTuple):
    """A column of a grid: what it is, of which sheet, and its title as it is written."""

    sheet: Sheet
    column: Column
    title: str


@dataclass(frozen=True)
class Names:
    """The headings that are understood, by their slug; `shown` are the ones to suggest."""

    known: Mapping[str, tuple[Sheet, Column]]
    shown: tuple[str, ...]
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What stands for several columns, and how each of them is called."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a grid are: `headings` by index, `first` row below the headings."""

    headings: Mapping[int, Heading]
    row: int
    findings: tuple[Finding, ...]


def names_of(sheet: Sheet) -> Names:
    """Give the headings of one sheet."""
    known = {slug(title): (sheet, column) for column in sheet.columns for title in column.title}
    shown = (title for column in sheet.columns for title in column.title)
    return Names(known, tuple(shown))


def flat_names(sheets: Iterable[Sheet]) -> Names:
    """Give the headings of a table in which each line has columns of several sheets.

    A heading that several of them have is followed by what it is of: `Latitude (armoire)`.
    Keys and the remark are common to all.
    """
    owners: dict[str, list[tuple[Sheet, Column]]] = {}
    for sheet in sheets:
        for column in sheet.columns:
            for name in {slug(title) for title in column.title}:
                owners.setdefault(name, []).append((sheet, column))
    known: dict[str, tuple[Sheet, Column]] = {}
    ambiguous: dict[str, tuple[str, ...]] = {}
    for name, found in owners.items():
        if len({id(column) for _, column in found}) == 1:
            known[name] = found[0]
            continue
        ambiguous[name] = tuple(_in_the_language_of(name, *owner) for owner in found)
        for owner in found:
            for title in flat_title(*owner, ambiguous=True):
                known[slug(title)] = owner
                known[slug(" ".join(reversed(title.split("("))))] = owner
    shown = dict.fromkeys(
        title
        for name, found in owners.items()
        for owner in found
        for title in flat_title(*owner, ambiguous=name in ambiguous)
    )
    return Names(known, tuple(shown), ambiguous)


def _in_the_language_of(name: str, sheet: Sheet, column: Column) -> str:
    """Give the full heading in the language in which the short one was written."""
    fr, en = flat_title(sheet, column, ambiguous=True)
    return en if slug(column.title.en) == name else fr


def flat_title(sheet: Sheet, column: Column, *, ambiguous: bool) -> tuple[str, str]:
    """Give the heading of a column in a flat table, in French and in English."""
    if not ambiguous:
        return column.title.fr, column.title.en
    return (
        f"{column.title.fr} ({sheet.noun.fr})",
        f"{column.title.en} ({sheet.noun.en})",
    )


def layout_of(grid: Grid, names: Names) -> Layout | None:
    """Find the row of headings and read it; None if there is no heading at all."""
    top = grid.rows[:_SEARCHED_ROWS]
    best = max(top, key=lambda row: _recognised(row, names), default=None)
    if best is None or not _recognised(best, names):
        return None
    headings: dict[int, Heading] = {}
    findings: list[Finding] = []
    for index, raw in enumerate(best.cells):
        if is_blank(raw):
            continue
        title = str(raw).strip()
        found = names.known.get(slug(title))
        place = grid.place(best.number, index)
        twin = next((at for at, other in headings.items() if found == other[:2]), None)
        if found is None:
            findings.append(finding("I404", *_unknown(title, names), place))
        elif twin is not None:
            what = f"the heading `{title}` stands also in {grid.place(best.number, twin).cell}"
            findings.append(finding("I404", what, "keep one of the two columns", place))
        else:
            headings[index] = Heading(*found, title.rstrip(" *"))
    findings += _without_heading(grid, best)
    return Layout(headings, best.number, tuple(findings))


def _recognised(row: Row, names: Names) -> int:
    return sum(
        isinstance(raw, str) and (slug(raw) in names.known or slug(raw) in names.ambiguous)
        for raw in row.cells
    )


def _unknown(title: str, names: Names) -> tuple[str, str]:
    """Say that a heading is unknown, or stands for several columns."""
    if options := names.ambiguous.get(slug(title)):
        what = f"the heading `{title}` may stand for several columns"
        return what, "write " + " or ".join(f"`{option}`" for option in options)
    remedy = meant(title, names.shown) or "correct it, or delete the column"
    return f"heading `{title}` unknown", remedy


def _without_heading(grid: Grid, top: Row) -> Iterable[Finding]:
    """Find values below no heading: they would be lost in silence."""
    named = {index for index, raw in enumerate(top.cells) if not is_blank(raw)}
    for row in grid.rows:
        if row.number <= top.number:
            continue
        for index, raw in enumerate(row.cells):
            if index not in named and not is_blank(raw):
                what = f"`{str(raw)[:40]}` stands below no heading"
                how = "delete it, or give its column a heading"
                if not grid.sheet and index >= len(top.cells):
                    what = f"the line has {len(row.cells)} values, the heading {len(top.cells)}"
                    how = "a value that holds the separator (a decimal comma?) needs quotes"
                yield finding("I404", what, how, grid.place(row.number, index))
                break
