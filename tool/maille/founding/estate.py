"""Found an estate: a folder that `maille check` passes from its first day."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from maille.allocation.files import write_lock
from maille.allocation.lock import Lock
from maille.allocation.settle import settle
from maille.inventory.catalogue import FOLDER, read_catalogue
from maille.inventory.json_schema import SCHEMA_FOLDER, schemas
from maille.inventory.load import load
from maille.inventory.new_folder import new_folder, write_files
from maille.inventory.scaffold import scaffold

if TYPE_CHECKING:
    from pathlib import Path

    from maille.inventory.scaffold import NewEstate
    from maille.inventory.schema.catalogue import Catalogue


def found_estate(folder: Path, new: NewEstate) -> tuple[str, ...]:
    """Write a new estate into a new or empty folder, all of it or nothing.

    Among other estates it shares their schemas, and their catalogue if that has the models
    it begins with; alone it gets its own.

    Returns:
        The paths of its files, within the folder.

    Raises:
        UsageError: the folder holds something.
        InventoryError: the catalogue beside it is wrong.
    """
    neighbours = folder.absolute().parent
    shares_schemas = (neighbours / SCHEMA_FOLDER).is_dir()
    where = f"../{SCHEMA_FOLDER}" if shares_schemas else SCHEMA_FOLDER
    with new_folder(folder) as draft:
        write_files(draft, scaffold(replace(new, schema_folder=where)))
        if _has_all(neighbours, read_catalogue(draft)):
            shutil.rmtree(draft / FOLDER)
        estate = load(draft).whole()
        write_lock(draft, settle(estate, Lock(), as_of=new.today).lock)
        if not shares_schemas:
            write_files(draft / SCHEMA_FOLDER, schemas(estate.catalogue))
        files = (file for file in draft.rglob("*") if file.is_file())
        return tuple(sorted(str(file.relative_to(draft)) for file in files))


def _has_all(neighbours: Path, needed: Catalogue) -> bool:
    """Say whether the catalogue beside the estate has every model that it begins with."""
    if not (neighbours / FOLDER).is_dir():
        return False
    known = read_catalogue(neighbours)
    return all(
        getattr(needed, table).keys() <= getattr(known, table).keys()
        for table in type(needed).model_fields
    )
