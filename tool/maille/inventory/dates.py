"""Dates that aren't, in words: `2025-02-30`, `31/12/2025`, `2025-3-1`."""

from __future__ import annotations

import calendar
import re
from datetime import date

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTHS = 12
_EXAMPLE = "write year-month-day: 2025-03-31"


def not_a_day(text: str) -> tuple[str, str]:
    """Say why `text` is no date of the form year-month-day, and how to write it.

    >>> not_a_day("2025-02-30")
    ('`2025-02-30` is no day: February 2025 has 28 days', 'correct the day')
    >>> not_a_day("31/12/2025")
    ('`31/12/2025` is not written as a date', 'write year-month-day: 2025-12-31')
    """
    year, month, day = _parts(text)
    if not year:
        return f"`{text}` is not a date", _EXAMPLE
    if not 1 <= month <= _MONTHS:
        return f"`{text}` is no day: there is no month {month}", _EXAMPLE
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        what = f"{calendar.month_name[month]} {year} has {days} days"
        return f"`{text}` is no day: {what}", "correct the day"
    written = date(year, month, day).isoformat()
    return f"`{text}` is not written as a date", f"write year-month-day: {written}"


def _parts(text: str) -> tuple[int, int, int]:
    """Give year, month and day as far as a text shows them; zeros if it doesn't."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
        return year, month, day
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        return year, month, day
    return 0, 0, 0
