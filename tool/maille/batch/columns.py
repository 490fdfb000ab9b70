"""What a column of a sheet is: one table serves writing, reading and converting.

A column names the field of the inventory that it fills; the order of the columns is the
order in which the fields stand in a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.batch.language import Words
    from maille.inventory.reading.fault import Path
    from maille.inventory.schema.base import Model


class Kind(StrEnum):
    """What a cell holds, and so how it is read and shown."""

    REMARK = "remark"
    """For people; it fills no field."""
    INSEE = "insee"
    ID = "id"
    TEXT = "text"
    TEXTS = "texts"
    """Several texts, parted by semicolons."""
    NAME = "name"
    """The id of something that is defined elsewhere; `among` says what."""
    NAMES = "names"
    CHOICE = "choice"
    """One of a few words; `among` says of which list."""
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"
    FLAG = "flag"
    MAC = "mac"


class Key(StrEnum):
    """Which part of a row's identity a column gives."""

    COMMUNE = "commune"
    CABINET = "cabinet"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    `path` is the field inside the row's record; an index at its end is a place in a list.
    `required` holds for records that are new. `example` stands in the example row.
    """

    path: Path
    kind: Kind
    title: Words
    help: Words
    example: Words
    required: bool = False
    among: str = ""
    key: Key | None = None
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what its rows are called, the model of their records, and its columns.

    `below` is the field of a cabinet under which the rows' records stand.
    """

    title: Words
    noun: Words
    model: type[Model]
    columns: tuple[Column, ...]
    below: str = ""
