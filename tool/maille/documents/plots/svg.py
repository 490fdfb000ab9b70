"""SVG, element by element: every value is escaped, numbers are written short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from maille.documents.templates import style

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACE = "http://www.w3.org/2000/svg"

Value = str | float | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing: what it shows, and how."""

    title: str
    description: str
    """What a reader who does not see it is told."""
    width: float
    height: float
    body: Markup


def tag(name: str, *children: str | Markup, **attributes: Value) -> Markup:
    """Write an element.

    In attribute names an underscore stands for a hyphen, and one at the end is dropped:
    `class_`. Attributes that are None are left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(escape(child) for child in children)
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")  # noqa: S704 - all of it is escaped above


def together(parts: Iterable[Markup]) -> Markup:
    """Join elements."""
    return Markup("\n").join(parts)


def path(points: Iterable[tuple[float, float]]) -> str:
    """Write the `d` of a path through points."""
    return "M" + "L".join(f"{_plain(x)},{_plain(y)}" for x, y in points)


def _plain(value: Value) -> str:
    """Write a number with at most two decimals, a text as it is."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def inline(drawing: Drawing, name: str) -> Markup:
    """Write a drawing for a page; `name` makes its ids unique there."""
    return tag(
        "svg",
        tag("title", drawing.title, id=f"{name}-title"),
        tag("desc", drawing.description, id=f"{name}-desc"),
        drawing.body,
        viewBox=f"0 0 {_plain(drawing.width)} {_plain(drawing.height)}",
        role="group",
        aria_labelledby=f"{name}-title {name}-desc",
        class_="plot",
        style=f"--most:{_plain(drawing.width)}px",
    )


def standalone(drawing: Drawing) -> str:
    """Write a drawing as a file of its own, with its colours."""
    whole = tag(
        "svg",
        tag("title", drawing.title),
        tag("desc", drawing.description),
        tag("style", Markup(style("plots.css"))),  # noqa: S704 - a style sheet of ours
        tag("rect", width="100%", height="100%", class_="paper"),
        drawing.body,
        xmlns=NAMESPACE,
        viewBox=f"0 0 {_plain(drawing.width)} {_plain(drawing.height)}",
        width=drawing.width,
        height=drawing.height,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'
