"""What a rule found, in the language of a book.

Rules say what they find in English, values already in the sentence. A catalogue of sentences
with names in braces, `locale/<language>/LC_MESSAGES/findings.po`, recognises them and says the
same in another language: values are kept, numbers and days written as people there write them,
and a value that is a sentence of the catalogue itself (`in the normal state`) is told too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from maille.documents.blocks import Sentence
from maille.tongue import SOURCE, phrases

if TYPE_CHECKING:
    from maille.tongue import Phrase, Tongue

_FIELD: Final = re.compile(r"\{([a-z_0-9]+)\}")
_WORDS: Final = frozenset({"count", "kind"})
"""Names whose values are one word; without that, the one before could end anywhere."""
_ONE_WORD, _ANYTHING = r"\S+", ".+?"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER: Final = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)( ?%)?")


@dataclass(frozen=True, slots=True)
class _Known:
    """A phrase of the catalogue, and what recognises it."""

    pattern: re.Pattern[str]
    phrase: Phrase


class Telling:
    """Tells the sentences of rules in one language."""

    def __init__(self, tongue: Tongue) -> None:
        """Read the catalogue of a language; English has none and needs none."""
        self._tongue = tongue
        self._known = [
            _Known(_pattern(phrase.said), phrase)
            for phrase in sorted(phrases(tongue.language), key=_surest_first)
        ]

    def __call__(self, text: str) -> Sentence:
        """Tell a sentence; one that the catalogue lacks stays as it is, marked as English."""
        told = self._told(text)
        foreign = told is None and self._tongue.language != SOURCE
        return Sentence(told or text, english=foreign)

    def _told(self, text: str, place: str = "") -> str | None:
        """Tell a sentence, or what stands in the place of a name."""
        for known in self._known:
            fits = place in known.phrase.places if place else not known.phrase.places
            if fits and (found := known.pattern.fullmatch(text)):
                return self._filled(known.phrase.told, found)
        return None

    def _filled(self, told: str, found: re.Match[str]) -> str:
        return _FIELD.sub(lambda field: self._value(field[1], found[field[1]]), told)

    def _value(self, name: str, text: str) -> str:
        if _DAY.fullmatch(text):
            return self._tongue.day(date.fromisoformat(text))
        if number := _NUMBER.fullmatch(text):
            return self._number(number[1]) + ("\N{NO-BREAK SPACE}%" if number[2] else "")
        return self._told(text, name) or text

    def _number(self, text: str) -> str:
        """Write a number as here; one without a separator may be an id and stays."""
        _, point, decimals = text.partition(".")
        if not point and "," not in text:
            return text
        return self._tongue.number(float(text.replace(",", "")), len(decimals))


def _surest_first(phrase: Phrase) -> tuple[int, str]:
    """Order phrases by how much of them is fixed: a name takes anything, words do not."""
    return -len(_FIELD.sub("", phrase.said)), phrase.said


def _pattern(said: str) -> re.Pattern[str]:
    """Make the pattern of a phrase: literal but for its names."""
    parts = _FIELD.split(said)
    literal, names = parts[::2], parts[1::2]
    fields = [*(f"(?P<{name}>{_ONE_WORD if name in _WORDS else _ANYTHING})" for name in names), ""]
    pieces = zip(literal, fields, strict=True)
    return re.compile("".join(re.escape(text) + field for text, field in pieces))
