"""From what a cell holds to the value that a file of the inventory holds.

Values have the form in which the schema gives them back (`model_dump(mode="json")`): days as
`2025-03-31`, MAC addresses with colons. What a spreadsheet makes of them is undone where it
can be undone for certain, and told where not.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeAlias

from pydantic import TypeAdapter, ValidationError

from maille.batch.choices import CHOICES, NO, YES, chosen, truth
from maille.batch.columns import Kind
from maille.inventory.reading.text import hidden
from maille.inventory.schema.base import Id, Insee, Mac
from maille.inventory.suggest import joined, slug

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.batch.columns import Column
    from maille.batch.grid import Raw
    from maille.batch.lists import Lists

Value: TypeAlias = str | int | float | bool | list[str]

_INSEE = TypeAdapter(Insee)
_ID = TypeAdapter(Id)
_MAC = TypeAdapter(Mac)

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u3000]+")
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_DIGITS_OF_MAC = 12
_SIGNS_IN_MAC = re.compile(r"[\s:.\-\u2010-\u2015\u2212\uff1a]")
"""Whatever parts the pairs on a label, and what spreadsheets make of a hyphen."""
_EXACT_DIGITS = 15
"""Digits of a number that a spreadsheet keeps exactly."""
_DECIMALS = 9
"""More of them are what a spreadsheet's arithmetic leaves: 0.30000000000000004."""
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FOUR_DIGITS = re.compile(r"[1-9][0-9]{3}")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d{1,2})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d+)?")


class Misread(Exception):  # noqa: N818 - becomes a finding at its cell
    """A cell that holds something else than it should: code, what, how to mend it."""

    def __init__(self, what: str, how: str, code: str = "I407") -> None:
        """Keep the parts of the finding."""
        super().__init__(what)
        self.code = code
        self.what = what
        self.how = how


def value_of(raw: Raw, column: Column, lists: Lists) -> Value:
    """Give the value of a cell that is not blank; raises Misread."""
    if column.kind in {Kind.NAME, Kind.NAMES, Kind.CHOICE}:
        return _listed(raw, column, lists)
    return _READERS[column.kind](raw)


def tidy(text: str) -> str:
    """Undo what can't be seen: decomposed accents, odd spaces, spaces at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_ZERO_WIDTH)).strip()


def _text(raw: Raw) -> str:
    """Read a text; a number that was typed in its place is one too."""
    if isinstance(raw, bool):
        raise Misread(f"this is {_truth_word(value=raw)}, not a text", "format the cell as text")
    if isinstance(raw, (date, time, timedelta)):
        how = "format the column as text and type it again"
        raise Misread(f"the spreadsheet has taken this for a date: {_shown(raw)}", how)
    if isinstance(raw, (int, float)):
        return _plain_number(raw)
    text = tidy(raw or "")
    if named := hidden(text):
        raise Misread(f"an invisible character stands here: {named}", "type the text anew")
    if (meant := _unscrambled(text)) != text:
        raise Misread(f"the accents of `{text}` are scrambled", f"it should read `{meant}`")
    return text


def _texts(raw: Raw) -> list[str]:
    """Read texts parted by semicolons or line breaks."""
    if not isinstance(raw, str):
        return [_text(raw)]
    return [_text(part) for part in re.split(r"[;\r\n]", raw) if tidy(part)]


def _unscrambled(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252; give the text back where it was not."""
    try:
        return text.encode("cp1252").decode()
    except UnicodeError:
        return text


def _plain_number(number: float) -> str:
    """Write a number as it was typed, as far as a spreadsheet remembers."""
    text = f"{number:.0f}" if float(number).is_integer() else f"{number:.15g}"
    if len(text.strip("-").replace(".", "")) > _EXACT_DIGITS or "e" in text:
        what = f"`{number}` is too long for a number: its last digits are lost"
        raise Misread(what, "format the column as text and type it again")
    return text


def _insee(raw: Raw) -> str:
    """Read an INSEE code; a spreadsheet has taken the first zero of some."""
    text = _text(raw)
    code = f"0{text}" if lost_zero(text) else text.upper()
    try:
        return _INSEE.validate_python(code)
    except ValidationError:
        what = f"`{text}` is not an INSEE code"
        raise Misread(what, "write its five characters: 28085, 01053 or 2A004") from None


def lost_zero(text: str) -> bool:
    """Say whether a text is the code of a commune without its first zero: `1053`."""
    return _FOUR_DIGITS.fullmatch(tidy(text)) is not None


def _id(raw: Raw) -> str:
    text = _text(raw)
    try:
        return _ID.validate_python(text)
    except ValidationError:
        pass
    better = _as_id(text)
    how = f"write `{better}`" if better else "use lower-case letters, digits and hyphens"
    raise Misread(f"`{text}` is not an id", how)


def _as_id(text: str) -> str:
    """Give an id that reads like a text, empty if there is none."""
    plain = slug(text.replace("œ", "oe").replace("æ", "ae").replace("Œ", "oe"))
    return plain[:48].strip("-") if plain.isascii() else ""


def _number(raw: Raw) -> float:
    """Read a number, with a decimal comma or point."""
    number = _numeric(raw, "a number", "3.5 or 3,5")
    number = round(number, _DECIMALS)
    return int(number) if number.is_integer() else number


def _whole(raw: Raw) -> int:
    number = _numeric(raw, "a whole number", "30")
    if not number.is_integer():
        raise Misread(f"`{_shown(raw)}` is not a whole number", "write it without decimals: 30")
    return int(number)


def _numeric(raw: Raw, meaning: str, example: str) -> float:
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return float(raw)
    if isinstance(raw, str):
        text = tidy(raw)
        if _NUMBER.fullmatch(text) or _GROUPED.fullmatch(text):
            return float(text.replace(" ", "").replace(",", "."))
    raise Misread(f"`{_shown(raw)}` is not {meaning}", f"write {meaning} alone, like {example}")


def _day(raw: Raw) -> str:
    """Read a day: a date of the spreadsheet, 2025-03-31, or 31/03/2025 with the day first."""
    if isinstance(raw, datetime):
        if raw.time() != time():
            raise Misread(f"`{raw:%Y-%m-%d %H:%M}` has a time of day", "write the day alone")
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    how = "write 2025-03-31 or 31/03/2025 (day, month, year)"
    if not isinstance(raw, str):
        raise Misread(f"`{_shown(raw)}` is not a date", f"format the cell as a date, or {how}")
    text = tidy(raw)
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.group(1, 3, 4))
    else:
        raise Misread(f"`{text}` is not a date", how)
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise Misread(f"`{text}` is not a day: {error}", how) from None


def _flag(raw: Raw) -> bool:
    if isinstance(raw, bool):
        return raw
    word = truth(_text(raw))
    if word is None:
        what = f"`{_shown(raw)}` is neither yes nor no"
        raise Misread(what, f"write {YES.fr} or {NO.fr}, {YES.en} or {NO.en}")
    return word


def _mac(raw: Raw) -> str:
    """Read a MAC address; a spreadsheet takes some of them for numbers."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        text = f"{raw:.0f}" if math.isfinite(raw) else str(raw)
        if len(text) != _DIGITS_OF_MAC:
            what = f"the spreadsheet has taken this MAC address for the number {raw}"
            raise Misread(what, "format the column as text and type it again")
    else:
        text = _text(raw)
    try:
        return _MAC.validate_python(_SIGNS_IN_MAC.sub("", text))
    except ValidationError as error:
        context = error.errors()[0].get("ctx", {})
        what = str(context["what"]).replace(_SIGNS_IN_MAC.sub("", text), text)
        raise Misread(what, str(context["how"])) from None


def _listed(raw: Raw, column: Column, lists: Lists) -> Value:
    if column.kind is Kind.NAMES:
        return [_name(text, column.among, lists) for text in _texts(raw)]
    text = _text(raw)
    if column.kind is Kind.NAME:
        return _name(text, column.among, lists)
    word = chosen(column.among, text)
    if word is None:
        options = joined([names.fr for names in CHOICES[column.among].values()], "or")
        english = joined([names.en for names in CHOICES[column.among].values()], "or")
        both = options if options == english else f"{options}; in English {english}"
        raise Misread(f"`{text}` is not on the list", f"choose {both}")
    return word


def _name(text: str, kind: str, lists: Lists) -> str:
    found = lists.find(kind, text)
    if found is None:
        raise Misread(*lists.unknown(kind, text), code="I301")
    return found


def _shown(raw: Raw) -> str:
    """Write what a cell holds, for a message."""
    if isinstance(raw, bool):
        return _truth_word(value=raw)
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d}" if raw.time() == time() else f"{raw:%Y-%m-%d %H:%M}"
    return tidy(str(raw))[:60]


def _truth_word(*, value: bool) -> str:
    return "TRUE" if value else "FALSE"


_READERS: dict[Kind, Callable[[Raw], Value]] = {
    Kind.INSEE: _insee,
    Kind.ID: _id,
    Kind.TEXT: _text,
    Kind.TEXTS: _texts,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.DAY: _day,
    Kind.FLAG: _flag,
    Kind.MAC: _mac,
}
