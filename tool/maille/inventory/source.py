"""The files behind an estate: read them, and say where in them something stands.

A *document* is one YAML file. The estate is one tree; `Sources` says which document each
branch of it was read from, so that a rule that knows only a logical path gets its finding
placed at file, line and column.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from maille.errors import Finding, Place, Severity
from maille.inventory.reading.codes import READING_RULES
from maille.inventory.reading.content import read_content
from maille.inventory.reading.encoding import lenient
from maille.inventory.reading.fault import Fault, Path, dotted
from maille.inventory.reading.locate import Sites, find_sites
from maille.inventory.reading.reader import Reading, Tree, Walker
from maille.inventory.reading.text import check_text, without_mark

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Mapping

_MAX_LINE = 500
"""Characters of a line that a finding carries; a line that long is no longer shown whole."""


@dataclass(frozen=True)
class Document:
    """One YAML file, read: plain Python and the findings of reading.

    `tree` is None if the file could not be read to its end. At the paths in `broken` it
    holds a stand-in for a value that was refused with a finding, at those in `broken_keys`
    the key was refused: what a schema says about these is not worth telling. `data` is the
    file's text in UTF-8 without a byte order mark, empty if it wasn't read.
    """

    shown_as: str
    data: bytes = b""
    tree: Tree | None = None
    findings: tuple[Finding, ...] = ()
    broken: frozenset[Path] = frozenset()
    broken_keys: frozenset[Path] = frozenset()

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return _lines(self.data)

    def line_text(self, line: int) -> str:
        """Give a line, counted from 1, cut to what can be shown; empty if there is none."""
        return self.lines[line - 1][:_MAX_LINE] if 0 < line <= len(self.lines) else ""

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """Give the place of the value at `path`, or of its key.

        What doesn't exist is placed at the key of the nearest parent that does.
        """
        if self.tree is None:
            return Place(self.shown_as, path=dotted(path))
        spot = self._sites.find(path, key=key)
        return Place(self.shown_as, spot.line, spot.column, dotted(path))

    def placed(self, finding: Finding, path: Path, *, key: bool = False) -> Finding:
        """Give the finding with its place and the line that stands there."""
        place = self.locate(path, key=key)
        return replace(finding, place=place, line_text=self.line_text(place.line))

    def is_broken(self, path: Path, *, key: bool = False) -> bool:
        """Say whether reading has refused what stands at `path` or above it.

        With `key`, a refusal of the key alone counts too.
        """
        if key and path in self.broken_keys:
            return True
        return bool(self.broken) and any(path[:end] in self.broken for end in range(len(path) + 1))

    @cached_property
    def _sites(self) -> Sites:
        return find_sites(self.data, lambda: self.lines)


def read_document(path: pathlib.Path, *, shown_as: str) -> Document:
    """Read one file; whatever is wrong with it becomes findings, never an exception.

    `shown_as` is how messages name the file. Memory is bounded by a small multiple of the
    largest file that is read at all.
    """
    content = read_content(path)
    if isinstance(content, Fault):
        return Document(shown_as, findings=(_finding(content, shown_as, ""),))
    return parse_document(content, shown_as=shown_as)


def parse_document(data: bytes, *, shown_as: str) -> Document:
    """Read one file that is in memory already, from git for instance."""
    faults = check_text(data)
    text = without_mark(data)
    reading = Reading(None)
    if all(READING_RULES[fault.code].severity is not Severity.ERROR for fault in faults):
        reading = Walker(text, lambda: _lines(text)).walk()
    unplaced = Document(shown_as, text, reading.tree, (), reading.broken, reading.broken_keys)
    findings = tuple(
        _finding(fault, shown_as, unplaced.line_text(fault.line))
        for fault in (*faults, *reading.faults)
    )
    return replace(unplaced, findings=findings) if findings else unplaced


def _finding(fault: Fault, shown_as: str, line_text: str) -> Finding:
    """Make a finding of a fault, now that the file has a name."""
    place = Place(shown_as, fault.line, fault.column, dotted(fault.path))
    severity = READING_RULES[fault.code].severity
    return Finding(fault.code, severity, fault.what, fault.how, place, line_text=line_text)


def _lines(data: bytes) -> list[str]:
    """Split a text into lines as an editor counts them."""
    return [line.removesuffix("\r") for line in lenient(data).split("\n")]


class Mount(NamedTuple):
    """A document, or the branch of one, that is hung into the estate's tree."""

    document: Document
    branch: Path = ()


@dataclass(frozen=True)
class Sources:
    """Which document each branch of the estate's tree was read from.

    `mounts` gives what is hung into the tree by the path at which it is, such as
    `("communes", "28085")`; `root` names the estate's folder, for what no document holds.
    """

    root: str
    mounts: Mapping[Path, Mount] = field(default_factory=dict)

    def document(self, path: Path) -> tuple[Document, Path] | None:
        """Give the document that holds `path`, and the path inside it."""
        for length in range(len(path), -1, -1):
            if mount := self.mounts.get(path[:length]):
                return mount.document, mount.branch + path[length:]
        return None

    def locate(self, path: Path, *, key: bool = False) -> Place:
        """Give the place of what stands at `path` of the estate, as `Document.locate` does."""
        if found := self.document(path):
            document, inside = found
            return document.locate(inside, key=key)
        return Place(self.root, path=dotted(path))

    def line_text(self, place: Place) -> str:
        """Give the source line of a place, empty if the place is no line of a document."""
        document = self._by_name.get(place.file)
        return document.line_text(place.line) if document else ""

    def placed(self, finding: Finding, path: Path, *, key: bool = False) -> Finding:
        """Give the finding with its place and the line that stands there."""
        place = self.locate(path, key=key)
        return replace(finding, place=place, line_text=self.line_text(place))

    def is_broken(self, path: Path, *, key: bool = False) -> bool:
        """Say whether reading has refused what stands at `path`, as a document does."""
        found = self.document(path)
        return found is not None and found[0].is_broken(found[1], key=key)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all documents, as messages show them."""
        return tuple(self._by_name)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What reading has found, document by document."""
        return tuple(
            finding for document in self._by_name.values() for finding in document.findings
        )

    @cached_property
    def _by_name(self) -> dict[str, Document]:
        return {mount.document.shown_as: mount.document for mount in self.mounts.values()}
