"""Graphs in the DOT language, and the one process that draws them all.

Colours are those of the style sheet's light theme; in the dark one it finds the shapes by
these very values and gives them others.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from html import escape
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from maille.errors import MailleError, RenderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

INK: Final = "#1b2430"
SOFT: Final = "#5b6675"
LINE: Final = "#b9c2cd"
PAPER: Final = "#ffffff"
PANEL: Final = "#f1f4f7"
ACCENT: Final = "#1d5c8f"
BAD: Final = "#b3261e"
BAD_PANEL: Final = "#fbe9e7"
PPMS_PANEL: Final = "#fdf1d6"
CAMERA_PANEL: Final = "#e4eef6"

_FONT = "DejaVu Sans"
"""A wide one: what a page shows in a narrower type still fits."""
_TIMEOUT_S = 120
_SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
_SIZE = re.compile(r'width="([\d.]+)pt" height="([\d.]+)pt"')
_TITLE = re.compile(r"<title>(.*?)</title>\n?", re.DOTALL)
_IDS = re.compile(r' id="[^"]*"')
_COMMENTS = re.compile(r"<!--.*?-->\n?", re.DOTALL)


def quoted(text: str) -> str:
    """Write a text as a DOT string; Graphviz reads escapes and entities in it."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("&", "&amp;") + '"'


def cell_text(text: str) -> str:
    """Write a text inside an HTML-like label.

    Graphviz takes neither a lone closing bracket nor nothing at all.
    """
    plain = escape(" ".join(text.split()), quote=True)
    return plain.replace("]", "&#93;") or "&#160;"


def small(text: str, colour: str = SOFT) -> str:
    """Write a text small, inside an HTML-like label; nothing for an empty one."""
    return f'<FONT POINT-SIZE="10" COLOR="{colour}">{cell_text(text)}</FONT>' if text else ""


def bold(text: str) -> str:
    """Write a text in bold, inside an HTML-like label."""
    return f"<B>{cell_text(text)}</B>"


class Html(str):
    """An HTML-like label: all texts in it are escaped already."""

    __slots__ = ()


def table(*rows: str, border: int = 1, colour: str = LINE, background: str = PAPER) -> Html:
    """Write rows as an HTML-like label, with a frame around them.

    It is filled, so that all of it can be clicked.
    """
    panel = f' BGCOLOR="{background}"' if border else ""
    return Html(
        f'<TABLE BORDER="{border}" CELLBORDER="0" CELLSPACING="0" CELLPADDING="4"'
        f' STYLE="ROUNDED" COLOR="{colour}"{panel}>{"".join(rows)}</TABLE>'
    )


def cell(*lines: str, port: str = "", align: str = "CENTER", background: str = "") -> str:
    """Write a cell of lines that are escaped already."""
    place = f' PORT="{port}"' if port else ""
    panel = f' BGCOLOR="{background}"' if background else ""
    inside = "<BR/>".join(line for line in lines if line)
    return f'<TD ALIGN="{align}"{place}{panel}>{inside}</TD>'


def row(*cells: str) -> str:
    """Write a row of cells."""
    return f"<TR>{''.join(cells)}</TR>"


def attributes(**values: str | float | None) -> str:
    """Write attributes; those that are None are left out."""
    written = [
        f"{key.rstrip('_')}={f'<{value}>' if isinstance(value, Html) else quoted(str(value))}"
        for key, value in values.items()
        if value is not None
    ]
    return f"[{' '.join(written)}]" if written else ""


def graph(lines: Iterable[str], **settings: str | float) -> str:
    """Write a graph: its statements, in the house's type and colours."""
    head = [
        f"graph {attributes(bgcolor='transparent', fontname=_FONT, fontsize=12, **settings)}",
        f"node {attributes(shape='plain', fontname=_FONT, fontsize=12, color=LINE)}",
        f"edge {attributes(fontname=_FONT, fontsize=10, color=SOFT, arrowhead='none')}",
    ]
    return "\n".join(["digraph {", *head, *lines, "}"])


def require_graphviz() -> None:
    """Tell before any work is done that nothing can be drawn: raises MailleError."""
    if shutil.which("dot") is None:
        raise _missing()


def _missing() -> MailleError:
    return MailleError(
        "Graphviz is not installed: `dot` draws rings and cabinets",
        "install the package graphviz: apt-get install graphviz",
    )


def draw(graphs: Mapping[str, str]) -> dict[str, Markup]:
    """Draw graphs by their names: SVG for a page, without ids, title or fixed size.

    All of them in one process. Raises MailleError where Graphviz is not installed, and
    RenderError where it refuses a graph.
    """
    if not graphs:
        return {}
    source = "\n".join(graphs.values())
    try:
        done = subprocess.run(
            ["dot", "-Tsvg"],  # noqa: S607 - the dot of whoever builds
            input=source,
            capture_output=True,
            encoding="utf-8",
            timeout=_TIMEOUT_S,
            check=False,
        )
    except FileNotFoundError:
        raise _missing() from None
    except subprocess.TimeoutExpired:
        raise RenderError(f"Graphviz took longer than {_TIMEOUT_S} s for the drawings") from None
    found = _SVG.findall(done.stdout)
    if done.returncode or len(found) != len(graphs):
        said = done.stderr.strip().splitlines()
        raise RenderError(f"Graphviz refused a drawing: {said[0] if said else 'it says nothing'}")
    return {name: _for_page(svg) for name, svg in zip(graphs, found, strict=True)}


def _for_page(svg: str) -> Markup:
    """Make the drawing fit a page: it scales, and its ids cannot meet those of another."""
    bare = _IDS.sub("", _COMMENTS.sub("", _TITLE.sub("", svg)))
    return Markup(_SIZE.sub(r'style="width:\1pt;--most:\1pt"', bare, count=1))  # noqa: S704 - Graphviz escapes
