"""What a number is given to, and the ids by which people name it on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from maille.errors import Place
from maille.inventory.reading.fault import dotted
from maille.topology.naming import cabinet_switch, centre_segment

if TYPE_CHECKING:
    from collections.abc import Iterable

SHARED: Final = ""
"""Scope of what communes share."""

ALL: Final = "all"
"""Selects everything that the command could apply to."""

_NOUNS: Final = {
    "blocks": "block",
    "segments": "segment",
    "switches": "switch",
    "cameras": "camera",
    "points": "attachment point",
    "storage": "subvolume",
    "hosts": "host",
    "firewall": "firewall leg",
    "transit": "transit link",
    "sockets": "socket",
}


class Subject(NamedTuple):
    """One entry of the lock: its file (an INSEE code, or nothing), section and key."""

    scope: str
    section: str
    key: str

    @property
    def id(self) -> str:
        """Give the id that commands take and that findings are about."""
        if self.section in {"cameras", "storage"}:
            return self.key
        if self.scope:
            if self.section == "switches":
                return cabinet_switch(self.scope, self.key)
            return f"{self.scope}/{self.key}"
        if self.section == "segments":
            return centre_segment(self.key)
        return f"firewall-{self.key}" if self.section == "firewall" else self.key

    @property
    def title(self) -> str:
        """Name it in a sentence: `camera 28085-0001`."""
        return f"{_NOUNS[self.section]} {self.id}"

    @property
    def place(self) -> Place:
        """Say where the lock holds it; the line is not known here."""
        return Place(lock_file(self.scope), path=dotted((self.section, self.key)))

    def names(self, cabinet: str = "") -> set[str]:
        """Give all selectors that reach it: its id, its switch, its commune, and `all`.

        `cabinet` is where a camera or an attachment point hangs.
        """
        found = {self.id, self.scope or self.id, ALL}
        if cabinet:
            found.add(cabinet_switch(self.scope, cabinet))
        if self.section == "sockets":
            found.add(self.key.partition("/")[0])
        return found


def lock_file(scope: str) -> str:
    """Give the file of a scope, from the estate's folder."""
    return f"allocations/{scope or 'shared'}.lock.yaml"


@dataclass(frozen=True, slots=True)
class Selection:
    """What the words of `--move`, `--retire` and the like reach."""

    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, words: Iterable[str]) -> Selection:
        """Take the words as they were written."""
        return cls(frozenset(words))

    def reaches(self, subject: Subject, cabinet: str = "") -> bool:
        """Say whether one of the words names the subject or what it belongs to."""
        return bool(self.words) and not self.words.isdisjoint(subject.names(cabinet))
