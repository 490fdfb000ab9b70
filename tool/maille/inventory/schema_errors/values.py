"""Values in words: what one is, and how it is written in YAML."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from maille.inventory.reading.fault import cut

if TYPE_CHECKING:
    from maille.inventory.reading.fault import Path

_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
_NUMBER_AND_UNIT = re.compile(r"([-+]?[0-9]+(?:[.,][0-9]+)?) ?([^\W\d_/%°]*[/%°]?[^\W\d_]*)")
_GROUPING = re.compile(r"(?<=[0-9])[\s'_](?=[0-9]{3})")
_PLAIN = re.compile(r"[^\W\d][\w/-]*( [\w/-]+)*")
_NOT_PLAIN = frozenset({"true", "false", "null"})
_TRUE = frozenset({"yes", "y", "on", "oui", "vrai", "o", "1", "true"})
_FALSE = frozenset({"no", "n", "off", "non", "faux", "0", "false"})

UNITS = {
    "bytes": "bytes",
    "c": "degrees Celsius",
    "days": "days",
    "db": "dB",
    "dbm": "dBm",
    "deg": "degrees",
    "fps": "frames a second",
    "gb": "GB",
    "hours": "hours",
    "km": "kilometres",
    "m": "metres",
    "mbps": "Mbit/s",
    "minutes": "minutes",
    "months": "months",
    "ms": "milliseconds",
    "mm": "millimetres",
    "nm": "nanometres",
    "percent": "percent",
    "seconds": "seconds",
    "tb": "TB",
    "u": "rack units",
    "va": "VA",
    "w": "watts",
    "years": "years",
}
"""What the last word of a field's name says about its numbers."""


def unit_of(path: Path) -> str:
    """Give the unit that the field's name ends in (`ups_minutes`), or nothing."""
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    _, mark, last = name.rpartition("_")
    return UNITS.get(last, "") if mark else ""


def kind(value: object) -> str:
    """Say what a value is: `a text`, `a whole number`, `nothing`."""
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "a truth value"),
        (int, "a whole number"),
        (float, "a number"),
        (str, "a text"),
        (list, "a list"),
        (dict, "a set of fields"),
    )
    return next((words for type_, words in kinds if isinstance(value, type_)), "nothing")


def shown(value: object) -> str:
    """Show a value in a sentence: a single one as code, cut if long, others by their kind."""
    if value is None or isinstance(value, (list, dict)):
        return kind(value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{cut(text)}`"


def as_yaml(value: Any) -> str:  # noqa: ANN401 - any plain value
    """Write a value as it would stand in a file, in one line."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value.lower() not in _NOT_PLAIN
        return value if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(as_yaml(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {as_yaml(item)}" for key, item in value.items()) + "}"
    return json.dumps(value)


def number_in(text: str) -> str:
    """Give the number that a text holds alone or with a unit, its comma a point, or nothing."""
    found = _NUMBER_AND_UNIT.fullmatch(_GROUPING.sub("", text.strip()))
    return found[1].replace(",", ".") if found else ""


def is_number(text: str) -> bool:
    """Say whether a text is a number and nothing else, maybe with a decimal comma."""
    return _NUMBER.fullmatch(text.strip()) is not None


def truth_in(value: object) -> str:
    """Give `true` or `false` for a word that means it in French or English, else nothing."""
    word = str(value).strip().lower()
    return "true" if word in _TRUE else "false" if word in _FALSE else ""
