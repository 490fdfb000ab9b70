"""Fields that take one of a few words, and what these words are called in a workbook."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from maille.batch.language import Words
from maille.inventory.suggest import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

CHOICES: Mapping[str, Mapping[str, Words]] = MappingProxyType(
    {
        "view": {
            "square": Words("place", "square"),
            "road": Words("voirie", "road"),
            "entrance": Words("entrée", "entrance"),
            "plate": Words("plaque", "plate"),
            "school": Words("école", "school"),
            "station": Words("gare", "station"),
            "building": Words("bâtiment", "building"),
            "car-park": Words("parking", "car park"),
            "event": Words("événement", "event"),
        },
        "poe": {
            "af": Words("af", "af"),
            "at": Words("at", "at"),
            "bt-60": Words("bt-60", "bt-60"),
            "bt-90": Words("bt-90", "bt-90"),
        },
        "medium": {
            "fibre": Words("fibre", "fibre"),
            "radio": Words("radio", "radio"),
            "leased": Words("liaison louée", "leased line"),
        },
        "ppms": {
            "school": Words("école", "school"),
            "college": Words("collège", "college"),
            "lycee": Words("lycée", "lycée"),
            "creche": Words("crèche", "crèche"),
            "other": Words("autre", "other"),
        },
    }
)
"""By the name of the choice, then by the word that stands in the inventory."""

YES = Words("oui", "yes")
NO = Words("non", "no")

_TRUE = frozenset({"oui", "o", "yes", "y", "vrai", "true", "1", "x"})
_FALSE = frozenset({"non", "n", "no", "faux", "false", "0"})


def chosen(choice: str, text: str) -> str | None:
    """Give the inventory's word for a text in any language, None if it is none of them."""
    wanted = slug(text)
    for word, names in CHOICES[choice].items():
        if wanted in {slug(word), *map(slug, names)}:
            return word
    return None


def truth(text: str) -> bool | None:
    """Read yes or no in either language, None if it is neither."""
    word = slug(text)
    if word in _TRUE:
        return True
    return False if word in _FALSE else None
