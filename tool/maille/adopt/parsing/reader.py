"""Lines against patterns: each pattern names the function that takes what it has found.

A line that no pattern knows is left aside and counted; one that a function refuses (a VLAN
5000, an address of three numbers) is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

from maille.adopt.shown import secret_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from maille.adopt.parsing.tree import Line

Into = TypeVar("Into")
Take: TypeAlias = "Callable[[Into, re.Match[str], Line], bool | None]"
"""Takes a line into something; False says that its values are no values."""

_WORD: Final = re.compile(r"[a-z][a-z0-9-]{0,30}", re.ASCII)


@dataclass(slots=True)
class Log:
    """What reading has to tell besides what it read."""

    unread: list[tuple[str, int]] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)
    """Lines of a known kind whose values are none."""
    secrets: list[tuple[int, str]] = field(default_factory=list)

    def leave(self, line: Line, section: str = "") -> None:
        """Leave a line and all below it aside."""
        if what := secret_in(line.text):
            self.secrets.append((line.number, what))
        kind = _kind(line.text, bare=bool(what))
        self.unread.append((f"{section} / {kind}" if section else kind, line.number))
        for below in line.below:
            self.leave(below, section or kind)


class Patterns(Generic[Into]):
    """Patterns, the first that matches counts."""

    def __init__(self, *rules: tuple[str, Take[Into]]) -> None:
        """Compile them; each is matched from the start of a line to its end."""
        self._rules = [(re.compile(pattern, re.ASCII), take) for pattern, take in rules]

    def read(self, lines: Iterable[Line], into: Into, log: Log, section: str = "") -> None:
        """Read lines into something."""
        for line in lines:
            if what := secret_in(line.text):
                log.secrets.append((line.number, what))
            self._read_one(line, into, log, section, what)

    def _read_one(self, line: Line, into: Into, log: Log, section: str, secret: str) -> None:
        for pattern, take in self._rules:
            if found := pattern.fullmatch(line.text):
                if take(into, found, line) is False:
                    log.odd.append(line.number)
                return
        kind = _kind(line.text, bare=bool(secret))
        log.unread.append((f"{section} / {kind}" if section else kind, line.number))
        for below in line.below:
            log.leave(below, section or kind)


def _kind(text: str, *, bare: bool) -> str:
    """Name the kind of a line by its first words, none of which can be a value of its own."""
    words = text.removeprefix("no ").split()
    if words[0].isdigit():
        del words[0]
    kept = []
    for word in words[: 1 if bare else 2]:
        if not _WORD.fullmatch(word):
            break
        kept.append(word)
    return " ".join(kept) or "(data)"
