"""The catalogue by itself, for what needs models and no estate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from maille.errors import Finding, InventoryError, UsageError
from maille.inventory.schema.catalogue import Catalogue
from maille.inventory.schema.files import KINDS
from maille.inventory.schema_errors import schema_findings
from maille.inventory.source import Document, read_document

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "catalogue"


def read_catalogue(inventory: Path) -> Catalogue:
    """Read the catalogue of an inventory, or of an estate that has its own.

    Raises:
        UsageError: there is none in the folder.
        InventoryError: a file of it is wrong; all that is wrong is told.
    """
    paths = [inventory / kind.glob for kind in KINDS if kind.model is Catalogue]
    documents = [read_document(path, shown_as=str(path)) for path in paths if path.exists()]
    if not documents:
        raise UsageError(
            f"there is no {FOLDER} in {inventory}",
            f"name the folder that holds {FOLDER}, as `inventory` does",
        )
    tables: dict[str, Any] = {}
    findings: list[Finding] = []
    for document in documents:
        part = _part(document)
        if isinstance(part, Catalogue):
            tables |= {name: getattr(part, name) for name in part.model_fields_set}
        findings += document.findings if isinstance(part, Catalogue) else part
    if any(finding.fails for finding in findings):
        raise InventoryError(findings)
    return Catalogue(**tables)


def _part(document: Document) -> Catalogue | list[Finding]:
    """Give what one file holds, or all that is wrong with it."""
    if document.tree is None:
        return list(document.findings)
    try:
        return Catalogue.model_validate(document.tree)
    except ValidationError as error:
        told = schema_findings(error, data=document.tree, model=Catalogue, source=document)
        return [*document.findings, *told]
