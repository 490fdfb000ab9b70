"""What a text without quotes means: the core schema of YAML 1.2, less its surprises.

Only `true` and `false` (also `True`, `TRUE`, …) are truth values; `yes`, `no`, `on`, `off`,
dates and times of day stay texts. A number in another base or with a leading zero is
refused, because YAML readers disagree on it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TypeAlias

Scalar: TypeAlias = bool | int | float | str | None

FIRST_OF_SPECIAL = frozenset("0123456789+-.~nNtTfF")
"""A text that begins with none of these, and isn't empty, means itself."""

MAX_DIGITS = 18

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_AMBIGUOUS = re.compile(r"[-+]?0[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


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
    if _AMBIGUOUS.fullmatch(text):
        return _ambiguous(text)
    if _NUMBER.fullmatch(text):
        return _number(text)
    if _NOT_FINITE.fullmatch(text):
        what = f"`{text}` is not a finite number"
        return Refused("I026", what, "write a number, or leave the field out")
    return text


def _number(text: str) -> Scalar | Refused:
    """Convert a decimal number, bounded in its digits and its size."""
    if sum(char.isdigit() for char in text[: 3 * MAX_DIGITS]) > MAX_DIGITS:
        shown = text if len(text) <= 2 * MAX_DIGITS else f"{text[:MAX_DIGITS]}…"
        what = f"the number `{shown}` has more than {MAX_DIGITS} digits"
        return Refused("I027", what, "put it in quotes if it is a code, else round it")
    if _INTEGER.fullmatch(text):
        return int(text)
    value = float(text)
    if math.isinf(value):
        what = f"`{text}` is too large for a number"
        return Refused("I026", what, "write the number out, or put a text in quotes")
    return value


def _ambiguous(text: str) -> Refused:
    """Refuse a number that other readers take for another one."""
    if len(text) > MAX_DIGITS:
        return Refused("I028", f"`{text[:MAX_DIGITS]}…` is an ambiguous number", "put it in quotes")
    if text[:2] in {"0x", "0o"}:
        number = str(int(text, 0))
        what = f"`{text}` is {number} to some programs, a text to others"
    else:
        sign = text[0] if text[0] in "+-" else ""
        number = sign + (text.lstrip("+-0") or "0")
        what = f"`{text}` begins with 0, which a number would lose"
    return Refused("I028", what, f'write "{text}" for a text, {number} for a number')
