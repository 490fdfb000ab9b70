"""The hardening matrix for people: short for a terminal, whole for a file."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from maille.configs.hardening.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.configs.hardening.matrix import Cell, Matrix, Row

WORDS = {
    Status.MECHANISM: "line",
    Status.DEFAULT: "default",
    Status.WAIVED: "waived",
    Status.FAILED: "FAILED",
}


_LETTERS = {
    Status.MECHANISM: "m",
    Status.DEFAULT: "d",
    Status.WAIVED: "w",
    Status.FAILED: "F",
}
_WIDTH = 100
_COLUMN = 3
"""Characters of a model's column."""
_MODELS_ABREAST = 16
"""More would leave no room for the titles: they follow in a further block."""


def compact(matrix: Matrix) -> str:
    """Write a letter for each control and model, within 100 columns; then each model's counts."""
    parts = [
        "Hardening: how each control is met, by model",
        "m a mechanism in the text   d a proven default   w waived, with a reason   F FAILS",
        "",
    ]
    for start in range(0, len(matrix.models), _MODELS_ABREAST):
        models = range(start, min(start + _MODELS_ABREAST, len(matrix.models)))
        parts += [*_block(matrix, models), ""]
    return "\n".join([*parts, *_counted(matrix)])


def _block(matrix: Matrix, models: range) -> Iterator[str]:
    room = _WIDTH - len("H101  ") - _COLUMN * len(models)
    yield " " * (_WIDTH - _COLUMN * len(models)) + _columns(str(place + 1) for place in models)
    for row in matrix.rows:
        letters = (_LETTERS[row.cells[matrix.models[place]].status] for place in models)
        title = shorten(row.control.title, room, placeholder=" …")
        yield f"{row.control.id}  {title:<{room}}{_columns(letters)}"


def _columns(values: Iterable[str]) -> str:
    return "".join(f"{value:>{_COLUMN}}" for value in values)


def _counted(matrix: Matrix) -> Iterator[str]:
    width = max(map(len, matrix.models), default=0)
    for number, model in enumerate(matrix.models, 1):
        statuses = [row.cells[model].status for row in matrix.rows]
        counts = "  ".join(
            f"{_LETTERS[status]} {statuses.count(status):>2}"
            for status in _LETTERS
            if status in statuses
        )
        yield f"{number:>2}  {model:<{width}}  {counts}"


def markdown(matrix: Matrix) -> str:
    """Write the whole matrix: for each control what proves it, models with the same together."""
    parts = [
        "# Hardening matrix",
        "",
        (
            "Each control with its source and, for each model, the lines that do it, the negation"
            " whose absence proves a default, or the reason why it is waived. Checked against the"
            " rendered text of every switch."
        ),
        "",
    ]
    for row in matrix.rows:
        parts += [
            f"## {row.control.id} {row.control.title}",
            "",
            f"Sources: {', '.join(row.control.sources)}",
            "",
            "| models | how | shown by |",
            "|---|---|---|",
            *_cells(row),
            "",
        ]
    return "\n".join(parts)


def _cells(row: Row) -> Iterator[str]:
    models: dict[tuple[str, str], list[str]] = {}
    for model, cell in row.cells.items():
        models.setdefault((WORDS[cell.status], _shown(cell)), []).append(model)
    for (word, shown), names in models.items():
        yield f"| {', '.join(names)} | {word} | {shown} |"


def _shown(cell: Cell) -> str:
    if cell.failures:
        failed = (f"{switch}: {where.where} {where.what}" for switch, where in cell.failures)
        return _escaped("; ".join(failed))
    if cell.status is Status.MECHANISM:
        return ", ".join(f"`{_escaped(line)}`" for line in cell.evidence)
    by = f" ({', '.join(cell.compensated_by)})" if cell.compensated_by else ""
    return _escaped("; ".join(cell.evidence)) + by


def _escaped(text: str) -> str:
    """Keep what would end a cell of a table."""
    return text.replace("|", "\\|")
