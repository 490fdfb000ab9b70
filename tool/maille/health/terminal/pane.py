"""A table that is drawn anew round after round without moving under the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.widgets import DataTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType

    from maille.health.model import State
    from maille.health.terminal.table import Table

_STYLES: Mapping[State, str] = {
    "down": "bold #ffa198",
    "unreachable": "#d9a5ff",
    "degraded": "#ffc857",
    "unknown": "#7fd4ff",
    "maintenance": "#9db8ff",
    "up": "#7bd88f",
}
"""All of them at least 7:1 on the dark background (WCAG 2.2, 1.4.6)."""


class Pane(DataTable[Text]):
    """A table of a view; the cursor stays with its line, and at the top where it is there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select_cursor", "Open", key_display="⏎"),
    ]

    def __init__(self, ident: str) -> None:
        """Begin empty."""
        super().__init__(id=ident, cursor_type="row", zebra_stripes=True)
        self._columns: tuple[str, ...] = ()
        self._drawn: Table | None = None

    @property
    def chosen(self) -> str | None:
        """The key of the line on which the cursor stands."""
        if not self.row_count:
            return None
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value

    def draw(self, table: Table) -> None:
        """Show a table, the cursor where it was; nothing is done where it is the same one."""
        if table == self._drawn:
            return
        chosen = self.chosen if self.cursor_row else None
        left, top = self.scroll_x, self.scroll_y
        self.clear(columns=table.columns != self._columns)
        if table.columns != self._columns:
            self._columns = table.columns
            self.add_columns(*table.columns)
        for row in table.rows:
            style = "" if self.app.no_color else _STYLES[row.tone]
            cells = (Text(cell, style if at == 0 else "") for at, cell in enumerate(row.cells))
            self.add_row(*cells, key=row.key)
        self._drawn = table
        keys = [row.key for row in table.rows]
        if chosen in keys:
            self.move_cursor(row=keys.index(chosen), scroll=False)
            self.scroll_to(left, top, animate=False)
