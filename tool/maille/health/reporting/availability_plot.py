"""Availability of every row, and what lacks of it by whose fault."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from maille.documents.plots.axes import Frame, nice_step
from maille.documents.plots.svg import Drawing, tag, together
from maille.health.reporting.wording import ORIGIN, owed, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from maille.health.reporting.model import Row
    from maille.tongue import Tongue

_WIDTH, _ROW = 880.0, 21.0
_LEFT, _RIGHT, _TOP = 210.0, 784.0, 30.0
_BAR = 11.0
_ROOM = 0.25
"""Between the worst value and the left edge, of the span from it to 100 %."""


def availability_plot(named: Sequence[tuple[str, Row]], tongue: Tongue) -> Drawing:
    """Draw a row each: a bar from its availability up to 100 %, in the colours of the causes.

    A tick is what contracts owe it. Rows of which nothing is known have no bar.
    """
    frame = Frame(
        left=_LEFT,
        top=_TOP,
        right=_RIGHT,
        bottom=_TOP + _ROW * len(named),
        first=_lowest([row for _, row in named]),
        last=1.0,
        highest=1.0,
    )
    below = sum(any(each.met is False for each in row.commitments) for _, row in named)
    return Drawing(
        title=tongue.gettext("Availability, and what lacks of it"),
        description=tongue.ngettext(
            "{count} of {rows} is below what is owed.",
            "{count} of {rows} are below what is owed.",
            below,
        ).format(count=below, rows=len(named)),
        width=_WIDTH,
        height=frame.bottom + 10,
        body=together([_axis(frame, tongue), *_rows(named, frame, tongue)]),
    )


def _lowest(rows: Sequence[Row]) -> float:
    """Give the round value at the left edge."""
    kept = [row.figures.availability for row in rows if row.figures.availability is not None]
    terms = [each.terms.uptime_target for row in rows for each in row.commitments]
    lacking = (1 - min([*kept, *terms, 0.999])) * (1 + _ROOM)
    step = nice_step(lacking, 5)
    return max(0.0, 1 - step * math.ceil(lacking / step - 1e-9))


def _axis(frame: Frame, tongue: Tongue) -> Markup:
    step = nice_step(1 - frame.first, 5)
    marks = []
    for number in range(int((1 - frame.first) / step + 1e-9) + 1):
        value = 1 - number * step
        x = frame.x(value)
        marks.append(tag("line", x1=x, x2=x, y1=frame.top, y2=frame.bottom, class_="grid"))
        text = owed(round(value, 9), tongue)
        marks.append(tag("text", text, x=x, y=frame.top - 10, class_="tick middle"))
    return together(marks)


def _rows(named: Sequence[tuple[str, Row]], frame: Frame, tongue: Tongue) -> Iterator[Markup]:
    for number, (name, row) in enumerate(named):
        y = frame.top + _ROW * (number + 0.5)
        yield tag("text", name, x=frame.left - 10, y=y + 4, class_="note end")
        yield tag(
            "g",
            tag("title", f"{name}: {share(row.figures.availability, tongue)}"),
            *_bar(row, frame, y, tongue),
            *_owed(row, frame, y),
        )
        value = share(row.figures.availability, tongue)
        yield tag("text", value, x=frame.right + 8, y=y + 4, class_="note")


def _bar(row: Row, frame: Frame, y: float, tongue: Tongue) -> Iterator[Markup]:
    """Draw what lacks from 100 % down, each cause beside the other."""
    figures = row.figures
    judged = figures.available + figures.away
    if not judged:
        return
    at = 1.0
    for origin, word in ORIGIN.items():
        part = getattr(figures, origin) / judged
        if part:
            left, right = frame.x(max(at - part, frame.first)), frame.x(at)
            text = f"{tongue.gettext(word)}: {tongue.percent(part, 2)}"
            yield tag(
                "rect",
                tag("title", text),
                x=left,
                y=y - _BAR / 2,
                width=right - left,
                height=_BAR,
                class_=f"lost-{origin}",
            )
            at -= part


def _owed(row: Row, frame: Frame, y: float) -> Iterator[Markup]:
    for value in sorted({each.terms.uptime_target for each in row.commitments}):
        x = frame.x(value)
        yield tag("line", x1=x, x2=x, y1=y - _BAR / 2 - 3, y2=y + _BAR / 2 + 3, class_="owed")
