"""The files of a new estate: one commune, one ring, two cabinets, and what to do with each.

They are kept as ordinary YAML under `scaffold_files/`. In those, `%name%` stands for a value,
`%English|French%` for a text in the language of the estate, and a comment line that begins with
`#en:` or `#fr:` is kept in that language alone.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from importlib.resources.abc import Traversable

Language = Literal["fr", "en"]

_OTHER: dict[Language, Language] = {"fr": "en", "en": "fr"}
_PLACE: dict[Language, int] = {"en": 1, "fr": 2}
"""Where a language stands in `%English|French%`."""
_WAVE_MONTHS = 6
_AUTHORISATION_YEARS = 5
"""CSI L252-4."""


@dataclass(frozen=True, slots=True)
class NewEstate:
    """What is asked of a new estate."""

    name: str
    """An id, as the schema wants ids."""
    title: str
    language: Language
    today: date
    schema_folder: str = "../.schema"
    """Where editors find the JSON Schemas, from the estate's folder."""


def scaffold(new: NewEstate) -> dict[str, str]:
    """Give every file of a new estate, by its path within the estate's folder.

    Among them is a catalogue of the models that it begins with.
    """
    values = _values(new)
    return {
        path: _written(source.read_text(encoding="utf-8"), values, new.language)
        for path, source in sorted(_sources(files("maille.inventory") / "scaffold_files", ""))
    }


def _sources(folder: Traversable, under: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{under}{entry.name}/")
        else:
            yield under + entry.name, entry


def _values(new: NewEstate) -> dict[str, str]:
    """Give what stands for each `%name%`."""
    return {
        "estate": new.name,
        "title": json.dumps(new.title, ensure_ascii=False),
        "language": new.language,
        "ENV": new.name.upper().replace("-", "_"),
        "REGION": new.name.upper()[:32],
        "schema": new.schema_folder,
        "today": new.today.isoformat(),
        "due": _later(new.today, months=_WAVE_MONTHS),
        "expires": _later(new.today, months=12 * _AUTHORISATION_YEARS, days=-1),
    }


def _later(day: date, *, months: int, days: int = 0) -> str:
    """Give the same day of a later month, the 28th for one that not every month has."""
    count = day.year * 12 + day.month - 1 + months
    later = day.replace(count // 12, count % 12 + 1, min(day.day, 28))
    return (later + timedelta(days=days)).isoformat()


def _written(text: str, values: dict[str, str], language: Language) -> str:
    kept = re.sub(rf"^ *#{_OTHER[language]}:.*\n", "", text, flags=re.MULTILINE)
    plain = re.sub(rf"^( *)#{language}:", r"\1#", kept, flags=re.MULTILINE)
    told = re.sub(r"%([^%|\n]+)\|([^%\n]+)%", rf"\{_PLACE[language]}", plain)
    return re.sub(r"%(\w+)%", lambda found: values[found[1]], told)
