"""A table as a view gives it, before anything draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.health.model import State


@dataclass(frozen=True, slots=True)
class Row:
    """One line."""

    key: str
    """What it is about; no two rows of a table have the same."""
    cells: tuple[str, ...]
    tone: State
    """As which state it is coloured; its words say the same."""


@dataclass(frozen=True, slots=True)
class Table:
    """Lines below their headings."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
