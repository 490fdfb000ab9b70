"""What somebody may have meant: the nearest of the known names to an unknown one."""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLOSE = 0.7
"""Share of common characters (Ratcliff and Obershelp) from which two names are alike."""
_ABOUT_AS_CLOSE = 0.1
_MIN_PART = 3
"""A shorter name is part of too many others."""
_MAX_LISTED = 8


def nearest(name: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """Give the known names that `name` may stand for, the likeliest first.

    Case, accents, spaces and underscores don't count; then come names of which `name` is a
    part, and names that differ in a few characters.
    """
    plain = slug(name)
    by_slug: dict[str, str] = {}
    for candidate in sorted(known):
        by_slug.setdefault(slug(candidate), candidate)
    if plain in by_slug:
        return [by_slug[plain]]
    alike = _alike(plain, by_slug, limit)
    if len(plain) >= _MIN_PART:
        alike += [other for other in by_slug if plain in other and other not in alike]
    return [by_slug[other] for other in alike[:limit]]


def _alike(name: str, known: Iterable[str], limit: int) -> list[str]:
    """Give the known names that are about as much alike as the one most alike is."""
    close = difflib.get_close_matches(name, known, n=limit, cutoff=_CLOSE)
    matcher = difflib.SequenceMatcher(b=name)
    likeness: dict[str, float] = {}
    for other in close:
        matcher.set_seq1(other)
        likeness[other] = matcher.ratio()
    best = max(likeness.values(), default=0)
    return [other for other in close if likeness[other] >= best - _ABOUT_AS_CLOSE]


def unknown(kind: str, name: str, known: Iterable[str]) -> tuple[str, str]:
    """Say that the `kind` called `name` is unknown, and what may have been meant.

    The pair is a finding's `what` and `how`:

    >>> unknown("camera model", "axis-p1455", ["axis-p1465", "axis-q6135"])
    ('camera model `axis-p1455` unknown', 'did you mean `axis-p1465`?')
    """
    names = sorted(known)
    return f"{kind} `{name}` unknown", meant(name, names) or _listed(kind, names)


def meant(name: str, known: Iterable[str]) -> str:
    """Ask whether one of the nearest names was meant; empty if none is near."""
    return f"did you mean {joined(near, 'or')}?" if (near := nearest(name, known)) else ""


def joined(names: Iterable[str], last: str) -> str:
    """Write names as code with commas and, before the last one, `last`."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def slug(text: str) -> str:
    """Reduce a name to what counts: lower case, no accents, hyphens between the words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char if char.isalnum() else "-" for char in letters if not _is_accent(char))
    return "-".join(part for part in plain.split("-") if part)


def _is_accent(char: str) -> bool:
    return unicodedata.combining(char) != 0


def _listed(kind: str, names: list[str]) -> str:
    """Tell what is known, if that is little enough to be read."""
    if not names:
        return f"no {kind} is defined"
    if len(names) <= _MAX_LISTED:
        return f"known: {joined(names, 'and')}"
    return f"{len(names)} are known, such as {joined(names[:3], 'and')}"
