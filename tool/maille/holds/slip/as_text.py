"""The record as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.holds.slip.sheet import Sheet, Table

_LINE = "_" * 60


def as_text(sheet: Sheet) -> str:
    """Write a record as text."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.title, "=" * len(sheet.title), sheet.subtitle, "")
    width = max(len(label) for label, _ in sheet.facts)
    for label, value in sheet.facts:
        yield f"{label:<{width}}  {value}"
    for table in sheet.tables:
        yield from ("", table.title, "-" * len(table.title))
        yield from _table(table)
    for remark in sheet.remarks:
        yield from ("", remark)
    for line in sheet.to_sign:
        yield from ("", "", line, "", _LINE)


def _table(table: Table) -> Iterator[str]:
    rows = (table.heads, *table.rows)
    widths = [max(len(row[at]) for row in rows) for at in range(len(table.heads))]
    for row in rows:
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
