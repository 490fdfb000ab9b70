"""The application: four tables, what lies behind each line of them, and the keys.

It draws what views make of the last scene. What it knows of time is the clock that it is given:
by that it says, once a second, whether the last scene still holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding

from maille.health.terminal.moment import Moment, banner
from maille.health.terminal.screens import Tables
from maille.health.watching.model import Failed, stale_since

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.binding import BindingType

    from maille.health.watching.model import Scene, Watched
    from maille.health.watching.rounds import Opened


class Terminal(App[None]):
    """Shows a watch for as long as it lasts."""

    TITLE = "maille health watch"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #when { height: auto; text-style: bold; padding: 0 1; }
    #when.stale { text-style: bold reverse; }
    #counts { height: auto; padding: 0 1; }
    #chosen { height: auto; max-height: 6; padding: 0 1; border-top: solid $foreground; }
    #filter { height: auto; padding: 0 1; }
    #search { display: none; }
    #search.open { display: block; }
    ContentSwitcher { height: 1fr; }
    Pane { height: 1fr; scrollbar-size-horizontal: 0; }
    #told { padding: 1 1 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", "Quit"),
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True),
    ]

    def __init__(
        self,
        watched: Watched,
        opened: Opened,
        interval_s: float,
        now: Callable[[], datetime],
    ) -> None:
        """Take what is watched.

        Args:
            watched: the estate.
            opened: gives what each round saw; it is entered here and left at the end.
            interval_s: between two rounds.
            now: gives the time.
        """
        super().__init__()
        self._watched, self._opened = watched, opened
        self._interval_s, self._now = interval_s, now
        self._scene: Scene | None = None
        self._failed: Failed | None = None

    def on_mount(self) -> None:
        """Begin to look, and to tell how old it is what was seen."""
        self.push_screen(Tables())
        self.run_worker(self._watch(), exit_on_error=True)
        self.set_interval(1, self.refresh_views)

    @property
    def moment(self) -> Moment | None:
        """What is known now; None before the first round has ended."""
        scene = self._scene
        if scene is None:
            return None
        now = self._now()
        stale = stale_since(scene, self._failed, now, self._interval_s)
        return Moment(self._watched, scene, now, stale)

    @property
    def banner(self) -> tuple[str, str]:
        """The lines above every view."""
        return banner(self._watched, self.moment, self._failed)

    def refresh_views(self) -> None:
        """Draw the screen that is seen."""
        draw = getattr(self.screen, "draw", None)
        if draw:
            draw()

    async def _watch(self) -> None:
        async with self._opened as rounds:
            async for seen in rounds:
                if isinstance(seen, Failed):
                    self._failed = seen
                else:
                    self._scene, self._failed = seen, None
                self.refresh_views()
