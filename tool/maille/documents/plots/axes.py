"""Scales and axes that the plots share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from maille.documents.plots.svg import tag, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from maille.tongue import Tongue

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_YEAR_STEPS = (1, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle of a plot and the values at its edges."""

    left: float
    top: float
    right: float
    bottom: float
    first: float
    """The value at the left edge: days as ordinals, or anything else."""
    last: float
    highest: float
    """The value at the top; the bottom is zero."""

    def x(self, value: float) -> float:
        """Give the place of a value from left to right."""
        share = (value - self.first) / (self.last - self.first)
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        """Give the place of a value from the bottom up."""
        return self.bottom - value / self.highest * (self.bottom - self.top)


def nice_step(span: float, wanted: int) -> float:
    """Give a round step that parts a span into about so many."""
    raw = span / max(1, wanted)
    power = 10.0 ** math.floor(math.log10(raw))
    return next(step * power for step in _STEPS if step * power >= raw * 0.999)


def nice_top(value: float, wanted: int = 5) -> float:
    """Give the round number at or above a value that closes an axis."""
    step = nice_step(value or 1, wanted)
    return step * math.ceil((value or 1) / step - 1e-9)


def value_axis(frame: Frame, tongue: Tongue, *, percent: bool = False) -> Markup:
    """Draw horizontal grid lines with their values on the left."""
    step = nice_step(frame.highest, 5)
    lines = []
    for number in range(round(frame.highest / step) + 1):
        value = number * step
        y = frame.y(value)
        text = tongue.percent(value) if percent else tongue.short(value, 1)
        lines.append(tag("line", x1=frame.left, x2=frame.right, y1=y, y2=y, class_="grid"))
        lines.append(tag("text", text, x=frame.left - 8, y=y + 4, class_="tick end"))
    return together(lines)


def year_axis(frame: Frame) -> Markup:
    """Draw the years below; the frame's values are ordinals of days."""
    years = [*_years(frame)]
    step = next((step for step in _YEAR_STEPS if len(years) / step <= 12), _YEAR_STEPS[-1])
    marks = []
    for year in years:
        x = frame.x(date(year, 1, 1).toordinal())
        marks.append(tag("line", x1=x, x2=x, y1=frame.bottom, y2=frame.bottom + 5, class_="axis"))
        if year % step == 0:
            marks.append(tag("text", str(year), x=x, y=frame.bottom + 18, class_="tick middle"))
    base = tag(
        "line", x1=frame.left, x2=frame.right, y1=frame.bottom, y2=frame.bottom, class_="axis"
    )
    return together([base, *marks])


def _years(frame: Frame) -> Iterator[int]:
    first, last = date.fromordinal(round(frame.first)), date.fromordinal(round(frame.last))
    yield from range(first.year + 1, last.year + 1)
