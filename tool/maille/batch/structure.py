"""What a streaming reader doesn't tell about a sheet: merged cells, formulas without a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element, iterparse

_MAX_TOLD = 200
"""More of either are not worth telling one by one."""


@dataclass(frozen=True, slots=True)
class Structure:
    """Ranges of merged cells (`B2:B9`) and references of formulas that were not calculated."""

    merged: tuple[str, ...]
    uncalculated: tuple[str, ...]


def structure_of(part: IO[bytes]) -> Structure:
    """Walk the XML of one sheet, keeping no more of it than a row."""
    merged: list[str] = []
    uncalculated: list[str] = []
    rows: Element | None = None
    # A document type, which could unfold without end, was refused before.
    for event, element in iterparse(part, events=("start", "end")):  # noqa: S314
        name = element.tag.rpartition("}")[2]
        if event == "start":
            rows = element if name == "sheetData" else rows
        elif name == "row" and rows is not None:
            rows.clear()
        elif name == "c" and _uncalculated(element) and len(uncalculated) < _MAX_TOLD:
            uncalculated.append(element.get("r", ""))
        elif name == "mergeCell" and len(merged) < _MAX_TOLD:
            merged.append(element.get("ref", ""))
    return Structure(tuple(merged), tuple(uncalculated))


def _uncalculated(cell: Element) -> bool:
    """Say whether a cell has a formula and no value of it; an empty text is a value."""
    names = {child.tag.rpartition("}")[2]: child for child in cell}
    if "f" not in names:
        return False
    return "v" not in names or (names["v"].text is None and cell.get("t") != "str")
