"""Pages as HTML: cells here, everything around them in the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from maille.documents.blocks import Code, Column, Link, Many, Sentence, Share, Tag, plain
from maille.documents.templates import FOLDER, style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.documents.blocks import Cell, Page, Table
    from maille.tongue import Tongue

_TEXT: Final = Column("")
_NOTHING: Final = Markup('<span class="none">–</span>')
_EMPTY: Final = (None, "", Many(), Code(""))
_SHORT: Final = 18
"""Characters up to which a value is not broken into lines."""
_SCRIPT: Final = "book.js"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation."""

    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Cells:
    """Writes the cells of one page."""

    tongue: Tongue
    root: str
    """Leads from the page to the book's front: empty, or `../`."""

    def __call__(self, cell: Cell, column: Column = _TEXT) -> Markup:
        """Write a cell; nothing at all is shown as a dash."""
        if cell in _EMPTY:
            return _NOTHING
        if isinstance(cell, Many):
            return Markup("<br>").join(self(part, column) for part in cell)
        if isinstance(cell, Link):
            return self._link(cell)
        if isinstance(cell, Share):
            return self._share(cell)
        if isinstance(cell, (Code, Tag, Sentence)):
            return _marked(cell)
        return escape(self._plain(cell, column))

    def _link(self, link: Link) -> Markup:
        text = Markup("<code>{}</code>").format(link.text) if link.code else escape(link.text)
        return Markup('<a href="{}{}">{}</a>').format(self.root, link.page, text)

    def _share(self, share: Share) -> Markup:
        percent = round(100 * share.part / share.whole) if share.whole else 0
        text = f"{self.tongue.number(share.part)} / {self.tongue.number(share.whole)}"
        bar = Markup('<span class="bar" style="--part:{}%"></span>').format(percent)
        return Markup('<span class="share">{} <span>{}</span></span>').format(bar, text)

    def _plain(self, cell: object, column: Column) -> str:
        if isinstance(cell, date):
            return self.tongue.brief_day(cell)
        if isinstance(cell, float) and column.kind == "number":
            return self.tongue.number(cell, column.digits)
        if isinstance(cell, (int, float)):
            return self.tongue.short(cell)
        return str(cell)


def _marked(cell: Code | Tag | Sentence) -> Markup:
    if isinstance(cell, Sentence):
        return _sentence(cell)
    if isinstance(cell, Tag):
        return Markup('<span class="tag {}">{}</span>').format(cell.tone, cell.text)
    if cell.short:
        return Markup('<code title="{}">{}</code>').format(cell.text, cell.short)
    return Markup("<code>{}</code>").format(cell.text)


def _sentence(sentence: Sentence) -> Markup:
    """Write a sentence; every second piece between backticks is code."""
    written = Markup("").join(
        Markup("<code>{}</code>").format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(sentence.text.split("`"))
    )
    return Markup('<span lang="en">{}</span>').format(written) if sentence.english else written


def widths_of(table: Table) -> list[str]:
    """Give the class of each column: how much room its values ask for."""
    return [_width(table, number, column) for number, column in enumerate(table.columns)]


def _width(table: Table, number: int, column: Column) -> str:
    if column.kind in {"number", "prose"}:
        return column.kind
    longest = max((_length(row.cells[number]) for row in table.rows), default=0)
    return "tight" if longest <= _SHORT else "long"


def _length(cell: Cell) -> int:
    if isinstance(cell, Many):
        return max(map(_length, cell), default=0)
    if isinstance(cell, Code) and cell.short:
        return len(cell.short)
    return len(str(plain(cell) or ""))


class Writer:
    """Writes the pages of one book."""

    def __init__(
        self,
        tongue: Tongue,
        title: str,
        day: date,
        navigation: Iterable[Entry] = (),
        template: str = "page.html",
    ) -> None:
        """Load the templates; `title` and `day` stand on every page.

        `alone.html` is for a page that is no part of a book: nothing leads away from it.
        """
        environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        environment.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
            tongue.gettext, tongue.ngettext, newstyle=True
        )
        self._tongue = tongue
        self._template = environment.get_template(template)
        self._same: dict[str, Any] = {
            "language": tongue.language,
            "book_title": title,
            "day": tongue.day(day),
            "navigation": tuple(navigation),
            "style": Markup(style("book.css") + style("plots.css")),  # noqa: S704 - our own files
            "script": Markup(style(_SCRIPT)),  # noqa: S704 - our own file
            "widths_of": widths_of,
            "kind": lambda block: type(block).__name__,
            "percent": lambda part, whole: 100 * part / whole if whole else 0,
        }

    def write(self, page: Page) -> str:
        """Write a page."""
        root = "../" * page.path.count("/")
        text = self._template.render(
            self._same, page=page, root=root, cell=Cells(self._tongue, root)
        )
        return "\n".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    """Drop blank lines and what stands at the end of others: pages are many."""
    for line in text.splitlines():
        if line.strip():
            yield line.rstrip()
