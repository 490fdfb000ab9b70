"""Which part of an estate a command is about, as people name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import UsageError
from maille.inventory.suggest import slug, unknown

if TYPE_CHECKING:
    from maille.inventory.schema.estate import Estate


def commune_named(estate: Estate, word: str) -> str:
    """Give the INSEE code of a commune that is named by it or by its name.

    Raises:
        UsageError: there is none, or several have that name.
    """
    if word in estate.communes:
        return word
    found = [insee for insee, each in estate.communes.items() if slug(each.commune) == slug(word)]
    if len(found) > 1:
        raise UsageError(f"{len(found)} communes are called {word}", f"name one: {' '.join(found)}")
    if not found:
        names = [each.commune for each in estate.communes.values()]
        raise UsageError(*unknown("commune", word, [*estate.communes, *names]))
    return found[0]
