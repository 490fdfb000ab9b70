"""Write an adopted estate into a new folder, all of it or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maille.adopt.drafting.catalogue import catalogue_texts
from maille.adopt.report import as_document, as_markdown
from maille.allocation.files import write_lock
from maille.inventory.catalogue import FOLDER, read_catalogue
from maille.inventory.json_schema import SCHEMA_FOLDER, schemas
from maille.inventory.load import load
from maille.inventory.new_folder import new_folder, write_files
from maille.inventory.scaffold import NewEstate, scaffold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.adopt.adopt import Adopted, Adoption
    from maille.inventory.schema.catalogue import Catalogue

REPORT: Final = "adoption.md"
REPORT_DATA: Final = "adoption.json"


def catalogue_for(folder: Path, given: Path | None) -> tuple[Catalogue, dict[str, str]]:
    """Give the models that an estate in a folder can use, and the files that it must bring.

    Those beside the folder are shared by its neighbours, those of another folder are copied.
    Without either the models of a new estate are taken.

    Raises:
        UsageError: there is no catalogue in the folder that is named.
        InventoryError: a file of the catalogue is wrong.
    """
    beside = folder.absolute().parent
    if given is None and (beside / FOLDER).is_dir():
        return read_catalogue(beside), {}
    if given is not None:
        base = read_catalogue(given)
        if (beside / FOLDER).is_dir() and (beside / FOLDER).samefile(given / FOLDER):
            return base, {}
        files = sorted((given / FOLDER).glob("*.yaml"))
        return base, {f"{FOLDER}/{each.name}": each.read_text(encoding="utf-8") for each in files}
    return _of_new_estate()


def _of_new_estate() -> tuple[Catalogue, dict[str, str]]:
    """Give the catalogue that comes with the package."""
    from datetime import date
    from tempfile import TemporaryDirectory

    new = NewEstate("new", "new", "en", date(2000, 1, 1), SCHEMA_FOLDER)
    texts = {path: text for path, text in scaffold(new).items() if path.startswith(FOLDER)}
    with TemporaryDirectory() as folder:
        write_files(Path(folder), texts)
        return read_catalogue(Path(folder)), texts


def write_estate(
    folder: Path, adoption: Adoption, adopted: Adopted, brought: Mapping[str, str]
) -> tuple[str, ...]:
    """Write the files of an adopted estate, its lock and its report.

    Args:
        folder: the estate's folder, new or empty.
        adoption: what the report tells.
        adopted: the draft.
        brought: files of a catalogue of its own, by path.

    Returns:
        The paths of its files, within the folder.

    Raises:
        UsageError: the folder holds something.
    """
    shares_schemas = (folder.absolute().parent / SCHEMA_FOLDER).is_dir()
    schema_folder = f"../{SCHEMA_FOLDER}" if shares_schemas else SCHEMA_FOLDER
    wish = adopted.plan.wish
    with new_folder(folder) as draft:
        write_files(draft, adopted.draft.texts(schema_folder, wish.language))
        write_files(draft, _catalogue(adopted, brought, schema_folder))
        write_lock(draft, adopted.lock)
        if not shares_schemas:
            write_files(draft / SCHEMA_FOLDER, schemas(adopted.plan.catalogue))
        load(draft).whole()
        document = json.dumps(as_document(adoption), indent=2, ensure_ascii=False) + "\n"
        markdown = as_markdown(adoption, wish.title, wish.language)
        write_files(draft, {REPORT: markdown, REPORT_DATA: document})
        files = (file for file in draft.rglob("*") if file.is_file())
        return tuple(sorted(str(file.relative_to(draft)) for file in files))


def _catalogue(adopted: Adopted, brought: Mapping[str, str], schema_folder: str) -> dict[str, str]:
    """Give the files of the estate's own catalogue: those brought, with the extra models."""
    found = dict(brought)
    for name, text in catalogue_texts(adopted.draft.extra).items():
        path = f"{FOLDER}/{name}.yaml"
        head = f"# yaml-language-server: $schema=../{schema_folder}/{name}.json\n\n{name}:\n"
        before = found.get(path, head)
        found[path] = f"{before.rstrip()}\n{'' if path not in found else chr(10)}{text}"
    return found
