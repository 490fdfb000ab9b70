"""The load of every link, in the normal state and after the worst failure, by ring and role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.plots.axes import Frame, nice_step
from maille.documents.plots.svg import Drawing, tag, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markupsafe import Markup

    from maille.blueprint.capacity import CapacityReport
    from maille.tongue import Tongue

_WIDTH = 880.0
_ROW = 24.0
_LEFT, _TOP = 210.0, 30.0
_LEAST_SCALE = 0.7
"""The axis goes at least this far, so that the limit is always seen."""


def loads_plot(
    report: CapacityReport, groups: Mapping[str, Sequence[str]], tongue: Tongue
) -> Drawing:
    """Draw a row a group of links: small dots for the normal state, large ones for the worst."""
    shares = [load.share for load in report.worst_by_link.values()]
    frame = Frame(
        left=_LEFT,
        top=_TOP,
        right=_WIDTH - 20,
        bottom=_TOP + _ROW * len(groups),
        first=0.0,
        last=max([_LEAST_SCALE, *shares]) * 1.03,
        highest=1.0,
    )
    over = sum(share > report.limit + 1e-9 for share in shares)
    return Drawing(
        title=tongue.gettext("Load of every link, as a share of its capacity"),
        description=tongue.ngettext(
            "{count} of {links} links is above the limit of {limit} after some single failure.",
            "{count} of {links} links are above the limit of {limit} after some single failure.",
            over,
        ).format(count=over, links=len(shares), limit=tongue.percent(report.limit)),
        width=_WIDTH,
        height=frame.bottom + 16,
        body=together(
            [
                _axis(frame, tongue),
                _limit(report, frame, tongue),
                *_rows(report, groups, frame, tongue),
            ]
        ),
    )


def _axis(frame: Frame, tongue: Tongue) -> Markup:
    step = nice_step(frame.last, 6)
    marks = []
    for number in range(int(frame.last / step + 1e-9) + 1):
        x = frame.x(number * step)
        marks.append(tag("line", x1=x, x2=x, y1=frame.top, y2=frame.bottom, class_="grid"))
        text = tongue.percent(number * step)
        marks.append(tag("text", text, x=x, y=frame.top - 10, class_="tick middle"))
    return together(marks)


def _limit(report: CapacityReport, frame: Frame, tongue: Tongue) -> Markup:
    x = frame.x(report.limit)
    text = tongue.gettext("limit {share}").format(share=tongue.percent(report.limit))
    return together(
        [
            tag("line", x1=x, x2=x, y1=frame.top - 4, y2=frame.bottom, class_="limit"),
            tag("text", text, x=x, y=frame.bottom + 13, class_="note limit-note middle"),
        ]
    )


def _rows(
    report: CapacityReport, groups: Mapping[str, Sequence[str]], frame: Frame, tongue: Tongue
) -> Iterator[Markup]:
    for number, (title, links) in enumerate(groups.items()):
        y = frame.top + _ROW * (number + 0.5)
        yield tag("text", title, x=frame.left - 10, y=y + 4, class_="note end")
        for link in links:
            normal, worst = report.normal[link], report.worst_by_link[link]
            text = tongue.gettext("{link}: {normal} in the normal state, {worst} at worst").format(
                link=link,
                normal=tongue.percent(normal.share, 1),
                worst=tongue.percent(worst.share, 1),
            )
            above = worst.share > report.limit + 1e-9
            yield tag("circle", cx=frame.x(normal.share), cy=y, r=2.5, class_="normal")
            yield tag(
                "circle",
                tag("title", text),
                cx=frame.x(worst.share),
                cy=y,
                r=5.0,
                class_="worst above" if above else "worst",
            )
