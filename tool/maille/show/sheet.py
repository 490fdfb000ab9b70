"""A sheet: what is told of one thing, as facts in sections."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from maille.check.built import Built

_WIDTH = 100
_LEAST_INDENT = 4


class Fact(NamedTuple):
    """One line: what it is, its value, and where that comes from."""

    label: str
    value: str
    origin: str = ""
    """`communes/28085-chartres.yaml:31`, a line of the lock, or how it was computed."""


@dataclass(frozen=True, slots=True)
class Section:
    """Facts that belong together."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one thing."""

    kind: str
    id: str
    title: str
    sections: tuple[Section, ...]


def findings_about(built: Built, *subjects: str) -> Section:
    """Give the findings about any of these ids, as a section."""
    facts = tuple(
        Fact(
            f"{finding.code} {finding.severity.value}",
            finding.what,
            f"waived until {finding.waiver.until}" if finding.waiver else str(finding.place),
        )
        for finding in built.about(*subjects)
    )
    return Section("Findings", facts)


def section(title: str, *facts: Fact | None) -> Section:
    """Make a section of the facts that there are: None and empty values are left out."""
    return Section(title, tuple(fact for fact in facts if fact and fact.value))


def sheet(kind: str, ident: str, title: str, *sections: Section) -> Sheet:
    """Make a sheet of the sections that say anything."""
    return Sheet(kind, ident, title, tuple(part for part in sections if part.facts))


def as_text(found: Sheet) -> str:
    """Write a sheet for people, 100 columns wide: labels in a column, origins behind or below."""
    head = f"{found.kind} {found.id}"
    lines = [f"{head}: {found.title}" if found.title else head]
    for part in found.sections:
        width = max(len(fact.label) for fact in part.facts)
        lines += ["", part.title]
        for fact in part.facts:
            lines += _lines(fact, width)
    return "\n".join(lines)


def _lines(fact: Fact, width: int) -> list[str]:
    """Write a fact in one line, or below each other what does not fit behind each other."""
    head = f"  {fact.label:<{width}}  "
    tail = f"[{fact.origin}]" if fact.origin else ""
    whole = f"{head}{fact.value}{tail and f'  {tail}'}"
    if len(whole) <= _WIDTH:
        return [whole]
    below = " " * max(_LEAST_INDENT, min(len(head), _WIDTH - len(tail)))
    return [*_wrapped(fact.value, head, " " * len(head)), *_wrapped(tail, below, below)]


def _wrapped(text: str, first: str, then: str) -> list[str]:
    """Fold a text between its words; a path or an address stays whole."""
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_document(found: Sheet) -> dict[str, object]:
    """Give a sheet as `--json` prints it."""
    return {
        "kind": found.kind,
        "id": found.id,
        "title": found.title,
        "sections": [
            {"title": part.title, "facts": [fact._asdict() for fact in part.facts]}
            for part in found.sections
        ],
    }
