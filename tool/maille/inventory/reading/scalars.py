"""What a text without quotes means: the core schema of YAML 1.2, less its surprises.

Only `true` and `false` (also `True`, `TRUE`, …) are truth values; `yes`, `no`, `on`, `off`,
dates and times of day stay texts. A number in another base, with a leading zero or with an
exponent is refused, because YAML readers disagree on it, and because ids look like that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from maille.inventory.reading.fault import cut

Scalar: TypeAlias = bool | int | float | str | None

FIRST_OF_SPECIAL = frozenset("0123456789+-.~nNtTfF")
"""A text that begins with none of these, and isn't empty, means itself."""

_FIRST_OF_NUMBER = frozenset("0123456789+-.")

MAX_DIGITS = 18

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+(\.[0-9]*)?")
_EXPONENT = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

_SMALL, _LARGE = 1e-6, 1e15
"""Between these, a number is readable without an exponent."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A plain text that is no usable value: the code of the fault, and its words."""

    code: str
    what: str
    how: str


def resolve(text: str) -> Scalar | Refused:
    """Give the value that a plain text stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST_OF_NUMBER:
        return text
    if _NUMBER.fullmatch(text):
        return _number(text)
    if any(form.fullmatch(text) for form in (_LEADING_ZERO, _OTHER_BASE, _EXPONENT)):
        return _ambiguous(text)
    if _NOT_FINITE.fullmatch(text):
        what = f"`{text}` is not a finite number"
        return Refused("I026", what, "write a number, or leave the field out")
    return text


def _number(text: str) -> Scalar | Refused:
    """Convert a decimal number, bounded in its digits and its size."""
    if len(text) > MAX_DIGITS and len(text.strip("+-").replace(".", "", 1)) > MAX_DIGITS:
        what = f"the number `{cut(text)}` has more than {MAX_DIGITS} digits"
        return Refused("I027", what, "put it in quotes if it is a code, else round it")
    return int(text) if _INTEGER.fullmatch(text) else float(text)


def _ambiguous(text: str) -> Refused:
    """Refuse a number that other readers take for another one, or for a text."""
    what = f"`{cut(text)}` is a number to some programs, a text to others"
    if _LEADING_ZERO.fullmatch(text):
        what = f"`{cut(text)}` begins with 0, which a number would lose"
    how = f'write "{cut(text)}" for a text'
    number = _meant(text) if len(text) <= MAX_DIGITS else ""
    return Refused("I028", what, f"{how}, {number} for a number" if number else how)


def _meant(text: str) -> str:
    """Write an ambiguous number as a plain decimal one; nothing if it would be too long."""
    if _OTHER_BASE.fullmatch(text):
        return str(int(text, 0))
    value = float(text)
    if value and not _SMALL <= abs(value) < _LARGE:
        return ""
    return f"{value:f}".rstrip("0").rstrip(".")
