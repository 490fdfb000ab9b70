"""All documents of an estate: its book and its export for NetBox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.book import book
from maille.documents.drawings.dot import draw
from maille.documents.netbox.export import netbox
from maille.folders import File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from markupsafe import Markup

    from maille.check.built import Built


def documents(
    built: Built,
    drawer: Callable[[Mapping[str, str]], Mapping[str, Markup]] = draw,
    *,
    with_book: bool = True,
) -> Iterator[File]:
    """Give every file: the book below `book`, with its front `index.html`, `netbox` beside it.

    Raises MailleError where Graphviz is missing; only the book needs it.
    """
    if with_book:
        for path, content in book(built, drawer).items():
            yield File(f"book/{path}", content)
    for path, text in netbox(built.blueprint).items():
        yield File(f"netbox/{path}", text)
