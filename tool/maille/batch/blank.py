"""The file that somebody fills in: a workbook, or the headings of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.batch.existing import Existing
from maille.batch.flat import table
from maille.batch.language import Language
from maille.batch.lists import lists_of
from maille.batch.template import workbook
from maille.errors import UsageError
from maille.inventory.suggest import unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.inventory.load import Loaded

_SUFFIXES = (".xlsx", ".csv")


def blank(loaded: Loaded, suffix: str, language: Language | None, communes: Sequence[str]) -> bytes:
    """Give a workbook or a table for an estate; `communes` are filled in as they are.

    Raises:
        UsageError: the suffix is neither .xlsx nor .csv, or a commune is unknown.
        InventoryError: the estate can't be read.
    """
    if suffix.lower() not in _SUFFIXES:
        raise UsageError(f"`{suffix}` is no kind of file for a batch", "end it in .xlsx or .csv")
    estate = Existing.of(loaded).estate
    for insee in communes:
        if insee not in estate.communes:
            raise UsageError(*unknown("commune", insee, estate.communes))
    chosen = [estate.communes[insee] for insee in communes]
    spoken = language or Language(estate.settings.language)
    lists = lists_of(estate)
    if suffix.lower() == ".csv":
        return table(lists, spoken, chosen)
    return workbook(estate.settings.title, lists, spoken, chosen)
