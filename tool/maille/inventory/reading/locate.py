"""Where in a text a value stands, found by walking it once more, and only when asked.

Nearly every file is read without a fault; keeping two marks for each of its values would
cost forty times the memory of its text. So a file with findings is simply walked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yaml.events import Event, MappingStartEvent, ScalarEvent, SequenceStartEvent

from maille.inventory.reading.complaint import Spot
from maille.inventory.reading.reader import Walker, spot_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maille.inventory.reading.fault import Path


@dataclass(frozen=True, slots=True)
class Site:
    """Where a value stands, and its key; an item of a list has no key of its own."""

    value: Spot
    key: Spot


class Sites:
    """The sites of all values of one text."""

    def __init__(self, sites: Mapping[Path, Site]) -> None:
        """Keep the sites by path; `()` is the root."""
        self._sites = sites

    def find(self, path: Path, *, key: bool) -> Spot:
        """Give where `path` stands, or the key of the nearest parent that exists.

        With `key`, the key of the value is meant and not the value.
        """
        site = self._sites.get(path)
        if site is not None:
            return site.key if key else site.value
        for length in range(len(path) - 1, -1, -1):
            if parent := self._sites.get(path[:length]):
                return parent.key
        return Spot(1, 1)


def find_sites(data: bytes, lines: Callable[[], list[str]]) -> Sites:
    """Walk the text once more, noting where each value stands."""
    walker = _SiteWalker(data, lines)
    walker.walk()
    return Sites(walker.sites)


class _SiteWalker(Walker):
    """A walk that notes sites; what was wrong has been reported by the first walk."""

    def __init__(self, data: bytes, lines: Callable[[], list[str]]) -> None:
        super().__init__(data, lines)
        self.sites: dict[Path, Site] = {}
        self._key_spot: Spot | None = None

    def _take_key(self, event: ScalarEvent) -> None:
        super()._take_key(event)
        self._key_spot = spot_of(event.start_mark)

    def _put(self, event: Event, value: Any) -> None:  # noqa: ANN401 - plain Python
        spot = spot_of(event.start_mark)
        key, self._key_spot = self._key_spot or spot, None
        block = isinstance(event, (MappingStartEvent, SequenceStartEvent)) and not event.flow_style
        # A block's own start is its first line, which is one field too low to point at.
        self.sites.setdefault(self.path(), Site(key if block else spot, key))
        super()._put(event, value)

    def _fault(self, *_args: object) -> None:
        """Stay silent."""
