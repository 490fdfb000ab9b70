"""Times, spans and names as sentences have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def at(moment: datetime) -> str:
    """Give a UTC time to the second: `2026-11-22 14:00:00Z`."""
    return f"{moment:%Y-%m-%d %H:%M:%S}Z"


def span(length: timedelta) -> str:
    """Give a length in its two largest units: `3 d 4 h`, `12 min 5 s`."""
    left = round(length.total_seconds())
    told = []
    for seconds, unit in _UNITS:
        count, left = divmod(left, seconds)
        if count:
            told.append(f"{count} {unit}")
    return " ".join(told[:2]) or "0 s"


def name(text: str) -> str:
    """Give a name that somebody else gave, so that it can drive no terminal."""
    plain = text.encode("utf-8", "backslashreplace").decode()
    return plain if plain.isprintable() else ascii(plain)[1:-1]


def many(count: int, one: str, more: str = "") -> str:
    """Count something: `1 segment`, `3,000 segments`."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
