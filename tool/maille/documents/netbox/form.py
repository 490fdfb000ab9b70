"""What one file of the import is: columns, and rows that fill some of them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = str | int | float | bool | None

NAME_LENGTH: Final = 100
DESCRIPTION_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Form:
    """One file: what it imports, its columns, and its rows by column."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Value], ...]


def form(name: str, columns: tuple[str, ...], rows: Iterable[Mapping[str, Value]]) -> Form:
    """Make a file; raises ValueError for a row with a column that the file has not."""
    kept = tuple(rows)
    for row in kept:
        if strange := row.keys() - set(columns):
            raise ValueError(f"{name}: {', '.join(sorted(strange))}")
    return Form(name, columns, kept)


def as_csv(made: Form) -> str:
    """Write a file as NetBox reads it: the names of columns, then the rows as they stand."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(made.columns)
    for row in made.rows:
        writer.writerow([_text(row.get(column)) for column in made.columns])
    return out.getvalue()


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())


def cut(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """Shorten a text to what a field holds."""
    return text if len(text) <= length else text[: length - 1] + "…"
