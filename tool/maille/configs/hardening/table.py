"""The hardening matrix for people: short for a terminal, whole for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maille.configs.hardening.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.configs.hardening.matrix import Cell, Matrix, Row

WORDS = {
    Status.MECHANISM: "line",
    Status.DEFAULT: "default",
    Status.WAIVED: "waived",
    Status.FAILED: "FAILED",
}


class Line(NamedTuple):
    """A control with one word a model."""

    control: str
    title: str
    words: tuple[str, ...]


def overview(matrix: Matrix) -> Iterator[Line]:
    """Give a line a control; its words are in the order of `matrix.models`."""
    for row in matrix.rows:
        words = tuple(WORDS[row.cells[model].status] for model in matrix.models)
        yield Line(row.control.id, row.control.title, words)


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
