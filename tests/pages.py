"""Reads pages of HTML as far as tests ask: ids, links, headings, what is visible."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VOID = frozenset({"meta", "link", "input", "br"})
UNSEEN = frozenset({"script", "style"})
LOADED = {("img", "src"), ("script", "src"), ("link", "href"), ("source", "src"), ("use", "href")}


@dataclass
class Read(HTMLParser):
    """What one page says."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    """What a browser fetches by itself."""
    headings: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        self.tags.append((tag, dict(attrs)))
        self._note(tag, dict(attrs))
        if tag not in VOID:
            self.unclosed.append(tag)
        if tag in {"h1", "h2"}:
            self.headings.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._note(tag, dict(attrs))

    def _note(self, tag: str, attributes: dict[str, str | None]) -> None:
        if attributes.get("id"):
            self.ids.append(str(attributes["id"]))
        for name, value in attributes.items():
            if value and (tag, name) in LOADED:
                self.loads.append(value)
            elif value and name in {"href", "xlink:href", "action"}:
                self.links.append(value)

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed, f"</{tag}> closes nothing"
        assert self.unclosed[-1] == tag, f"</{tag}> closes <{self.unclosed[-1]}>"
        self.unclosed.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self.unclosed and self.unclosed[-1] in UNSEEN):
            self.seen.append(data.strip())


def read(text: str) -> Read:
    page = Read()
    page.feed(text)
    page.close()
    assert page.unclosed == []
    return page


def dead_links(files: Mapping[str, str | bytes]) -> Iterator[str]:
    """Give every link of a site that leads nowhere, with the page it is on."""
    pages = {
        path: read(text)
        for path, text in files.items()
        if isinstance(text, str) and path.endswith(".html")
    }
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            target = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
            if parts.scheme or parts.netloc or target not in files:
                yield f"{path}: {link}"
            elif parts.fragment and unquote(parts.fragment) not in pages[target].ids:
                yield f"{path}: {link} (no such anchor)"
