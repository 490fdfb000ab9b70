"""The screens: one with the four tables, one for what lies behind a line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Footer, Input, Static

from maille.health.terminal import communes, device, devices, overview, rings
from maille.health.terminal.pane import Pane

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import DataTable

    from maille.health.terminal.app import Terminal
    from maille.health.terminal.moment import Moment
    from maille.health.terminal.table import Table

    Tell: TypeAlias = Callable[[Moment], str]
    Members: TypeAlias = Callable[[Moment], frozenset[str]]

_TABLES: Mapping[str, Callable[[Moment], Table]] = {
    "overview": overview.incidents,
    "communes": communes.communes,
    "rings": rings.rings,
}


class Watching(Screen[None]):
    """What all screens have: the lines that say of when it is what is seen."""

    def heading(self) -> ComposeResult:
        """Make room for them."""
        yield Static(id="when", markup=False)
        yield Static(id="counts", markup=False)

    @property
    def terminal(self) -> Terminal:
        """The application."""
        return cast("Terminal", self.app)

    def draw(self) -> None:
        """Draw what is known now."""
        when, counts = self.terminal.banner
        moment = self.terminal.moment
        heading = self.query_one("#when", Static)
        heading.update(when)
        heading.set_class(moment is not None and moment.stale is not None, "stale")
        self.query_one("#counts", Static).update(counts)
        if moment:
            self.show(moment)

    def show(self, moment: Moment) -> None:
        """Draw the rest of the screen."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Draw at once, not with the next round."""
        self.draw()

    def on_screen_resume(self) -> None:
        """Draw what has changed while another screen was seen."""
        self.draw()


class Tables(Watching):
    """Overview, communes, rings, devices."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "table('overview')", "Estate"),
        Binding("2", "table('communes')", "Communes"),
        Binding("3", "table('rings')", "Rings"),
        Binding("4", "table('devices')", "Devices"),
        Binding("s", "states", "State"),
        Binding("k", "kind", "Kind"),
        Binding("slash", "search", "Find", key_display="/"),
        Binding("escape", "clear", "All", key_display="esc"),
    ]
    AUTO_FOCUS = "#overview"

    def __init__(self) -> None:
        """Begin with the overview, and all devices."""
        super().__init__()
        self._filter = devices.Filter()

    def compose(self) -> ComposeResult:
        """Lay out the lines above, the tables, the line that is chosen, and the keys."""
        yield from self.heading()
        yield Static(id="filter", markup=False)
        yield Input(placeholder="part of an id, a place or a reason", id="search", compact=True)
        with ContentSwitcher(initial="overview"):
            for ident in (*_TABLES, "devices"):
                yield Pane(ident)
        yield Static(id="chosen", markup=False)
        yield Footer(compact=True)

    @property
    def _current(self) -> str:
        return str(self.query_one(ContentSwitcher).current)

    @property
    def _searching(self) -> bool:
        return self.is_mounted and self.query_one("#search", Input).has_class("open")

    @property
    def _pane(self) -> Pane:
        return self.query_one(f"#{self._current}", Pane)

    def show(self, moment: Moment) -> None:
        """Draw the table that is seen."""
        current = self._current
        listed = current == "devices"
        table = devices.devices(moment, self._filter) if listed else _TABLES[current](moment)
        self._pane.draw(table)
        self.query_one("#filter", Static).update(_told(current, self._filter, len(table.rows)))
        self._show_chosen()
        self.refresh_bindings()

    def _show_chosen(self) -> None:
        """Tell in full what the table may have no room for."""
        pane = self._pane
        cells = pane.get_row_at(pane.cursor_row) if pane.row_count else ()
        names = [str(column.label) for column in pane.ordered_columns]
        told = [f"{name}: {cell}" for name, cell in zip(names, cells, strict=False) if cell.plain]
        self.query_one("#chosen", Static).update("   ".join(told))

    def on_data_table_row_highlighted(self, _: DataTable.RowHighlighted) -> None:
        """Tell of the line to which the cursor went."""
        self._show_chosen()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open what lies behind a line."""
        self._open(str(event.row_key.value))

    def action_table(self, name: str) -> None:
        """Go to another table."""
        self.query_one(ContentSwitcher).current = name
        self._pane.focus()
        self.draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only keys that change what is seen."""
        if action == "table" and self.is_mounted:
            return parameters != (self._current,)
        return action != "clear" or self._filter != devices.Filter() or self._searching

    def action_states(self) -> None:
        """Let other states through."""
        self._list(self._filter.next_states())

    def action_kind(self) -> None:
        """Let another kind through."""
        self._list(self._filter.next_kind())

    def action_search(self) -> None:
        """Ask for a text."""
        search = self.query_one("#search", Input)
        search.add_class("open")
        self.action_table("devices")
        search.focus()

    def action_clear(self) -> None:
        """Let everything through."""
        search = self.query_one("#search", Input)
        search.remove_class("open")
        search.clear()
        self._filter = devices.Filter()
        self._pane.focus()
        self.draw()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what holds the text, letter by letter."""
        self._filter = replace(self._filter, text=event.value)
        self.draw()

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Go from the text to the table."""
        self.query_one("#search", Input).remove_class("open")
        self._pane.focus()

    def list_among(self, among: frozenset[str], named: str) -> None:
        """List some devices."""
        self._list(devices.Filter(among=among, named=named))

    def _list(self, wanted: devices.Filter) -> None:
        self._filter = wanted
        self.action_table("devices")

    def _open(self, key: str) -> None:
        moment = self.terminal.moment
        if moment is None:
            return
        if self._current == "communes":
            self.list_among(communes.members(moment, key), f"commune {key}")
        elif self._current == "devices":
            self.app.push_screen(Told(lambda at: device.told(at, key)))
        elif self._current == "rings":
            self.app.push_screen(
                Told(lambda at: rings.told(at, key), lambda at: rings.members(at, key), key)
            )
        else:
            self.app.push_screen(
                Told(
                    lambda at: overview.told(at, key),
                    lambda at: overview.devices_of(at, key),
                    f"incident {key}",
                )
            )


class Told(Watching):
    """What lies behind a line: a text, told anew after each round."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "app.pop_screen", "Back", key_display="esc"),
        Binding("d", "devices", "Its devices"),
    ]

    def __init__(self, tell: Tell, members: Members | None = None, named: str = "") -> None:
        """Take the view.

        Args:
            tell: gives the text.
            members: gives the devices that it is about, if these are several.
            named: what these are.
        """
        super().__init__()
        self._tell, self._members, self._named = tell, members, named

    def compose(self) -> ComposeResult:
        """Lay out the lines above, the text and the keys."""
        yield from self.heading()
        with VerticalScroll():
            yield Static(id="told", markup=False)
        yield Footer(compact=True)

    def show(self, moment: Moment) -> None:
        """Tell it."""
        self.query_one("#told", Static).update(self._tell(moment))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a list of devices only where there are several."""
        return (
            super().check_action(action, parameters) if action != "devices" else bool(self._members)
        )

    def action_devices(self) -> None:
        """List the devices that it is about."""
        moment = self.terminal.moment
        if moment and self._members:
            among = self._members(moment)
            self.app.pop_screen()
            cast("Tables", self.app.screen).list_among(among, self._named)


def _told(current: str, wanted: devices.Filter, rows: int) -> str:
    """Say what a table lists."""
    if current == "devices":
        return f"{rows} listed: {wanted}"
    return {
        "overview": f"open incidents: {rows or 'none'}",
        "communes": "communes",
        "rings": "rings, and cut links beside them",
    }[current]
