"""The language of a document: its texts by gettext, its numbers and dates as people write them.

Message ids are English, so English needs no catalogue; any other language is one file,
`locale/<language>/LC_MESSAGES/maille.po`, compiled in memory when it is read.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

if TYPE_CHECKING:
    from datetime import date

    from babel.messages.catalog import Catalog

SOURCE: Final = "en"
"""The language of the message ids."""
_FIRST: Final = {"fr": "1er"}
"""How the first day of a month is written, where it is not by its number."""
_TB, _TIB = 10**12, 2**40


@dataclass(frozen=True, slots=True)
class Tongue:
    """Texts, numbers and dates in one language."""

    language: str
    locale: Locale
    catalogue: NullTranslations

    def gettext(self, message: str) -> str:
        """Give a text in this language."""
        return self.catalogue.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Give the text that fits a count."""
        return self.catalogue.ngettext(singular, plural, count)

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number with exactly so many decimals: `2 175`, `352,35`."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value, format=pattern, locale=self.locale)

    def short(self, value: float, digits: int = 3) -> str:
        """Write a number with at most so many decimals, as few as it has: `0,5`, `10`."""
        return format_decimal(value, format="#,##0." + "#" * digits, locale=self.locale)

    def percent(self, share: float, digits: int = 0) -> str:
        """Write a share: `53 %`."""
        pattern = self.locale.percent_formats[None].pattern
        if digits:
            pattern = pattern.replace("0", "0." + "0" * digits, 1)
        return format_percent(share, format=pattern, locale=self.locale)

    def day(self, day: date) -> str:
        """Write a date out: `22 novembre 2026`."""
        return self._first(day, format_date(day, "long", locale=self.locale))

    def brief_day(self, day: date) -> str:
        """Write a date for a table: `22 nov. 2026`."""
        return self._first(day, format_date(day, "medium", locale=self.locale))

    def _first(self, day: date, written: str) -> str:
        first = _FIRST.get(self.language)
        return written.replace("1", first, 1) if first and day.day == 1 else written

    def terabytes(self, size_bytes: float, digits: int = 1) -> str:
        """Write a size in decimal terabytes: `352,4 To`."""
        unit = self.gettext("TB")
        return f"{self.number(size_bytes / _TB, digits)}\N{NO-BREAK SPACE}{unit}"

    def tebibytes(self, size_bytes: float, digits: int = 1) -> str:
        """Write a size in binary tebibytes: `320,5 Tio`."""
        unit = self.gettext("TiB")
        return f"{self.number(size_bytes / _TIB, digits)}\N{NO-BREAK SPACE}{unit}"


class Phrase(NamedTuple):
    """A sentence with names in braces, in English and in another language."""

    said: str
    told: str
    places: tuple[str, ...]
    """The names in whose place it may stand; none for a sentence, which stands alone."""


def tongue(language: str) -> Tongue:
    """Give a language by its code; raises FileNotFoundError where it has no catalogue."""
    return Tongue(language, Locale.parse(language), _catalogue(language))


def phrases(language: str) -> list[Phrase]:
    """Give what rules say, with names in braces, and how a language says it.

    The source language needs none.
    """
    if language == SOURCE:
        return []
    known = _messages(language, "findings")
    return [
        Phrase(str(it.id), str(it.string), tuple((it.context or "").split()))
        for it in known
        if it.id
    ]


def _catalogue(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, _messages(language, "maille"))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _messages(language: str, domain: str) -> Catalog:
    file = resources.files("maille") / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
    with file.open("rb") as source:
        return read_po(source, locale=language)
