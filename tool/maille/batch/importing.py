"""From a batch to the files of its communes: everything is judged before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from maille.batch.cells import Cells
from maille.batch.collect import collect
from maille.batch.commune_files import changed_file, new_file
from maille.batch.existing import Existing
from maille.batch.fields import field_order
from maille.batch.judging import caused
from maille.batch.lists import lists_of
from maille.batch.merging import Merged, merged
from maille.batch.prepared import Prepared, defeated
from maille.batch.trees import after_moves
from maille.batch.yaml_edit import CannotEdit
from maille.inventory.schema.commune import Commune
from maille.inventory.schema_errors import schema_findings
from maille.inventory.source import Document, parse_document

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterable, Sequence

    from maille.batch.drafts import Draft
    from maille.batch.records import Record
    from maille.errors import Finding
    from maille.inventory.load import Loaded


def prepare(
    folder: pathlib.Path,
    loaded: Loaded,
    batch: pathlib.Path,
    *,
    update: bool = False,
) -> Prepared:
    """Read a batch and give the files that it makes of an estate, and all that is wrong.

    Raises InventoryError if the estate itself can't be read.
    """
    existing = Existing.of(loaded)
    read = collect(batch, shown_as=str(batch), lists=lists_of(existing.estate))
    import_ = _Import(folder, existing, update=update)
    for insee, records in _by_commune(read.records).items():
        import_.take(insee, records)
    findings = [*read.findings, *import_.findings]
    findings += import_.judged({found.place.cell for found in findings})
    return Prepared(tuple(import_.drafts), tuple(findings))


def _by_commune(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.insee, []).append(record)
    return found


class _Import:
    """The communes of a batch, as far as they are right."""

    def __init__(self, folder: pathlib.Path, existing: Existing, *, update: bool) -> None:
        self._folder = folder
        self._existing = existing
        self._update = update
        self._cells = Cells()
        self._communes: dict[str, tuple[Commune, Document]] = {}
        self.drafts: list[Draft] = []
        self.findings: list[Finding] = []

    def take(self, insee: str, records: Sequence[Record]) -> None:
        """Take one commune: validate it, and draft its file if nothing is wrong so far."""
        commune = merged(insee, records, self._existing, self._cells, update=self._update)
        self.findings += commune.findings
        tree = after_moves(commune.after, commune.moves)
        try:
            model = Commune.model_validate(tree)
        except ValidationError as error:
            self.findings += schema_findings(
                error,
                data=tree,
                model=Commune,
                source=self._cells,
                mounted_at=("communes", insee),
            )
            return
        if any(found.fails for found in commune.findings):
            return
        document = self._existing.document(insee)
        try:
            draft = self._draft(commune, document)
        except CannotEdit as reason:
            self.findings.append(defeated(reason))
            return
        self.drafts.append(draft)
        self._communes[insee] = model, parse_document(draft.after, shown_as=str(draft.path))

    def _draft(self, commune: Merged, document: Document | None) -> Draft:
        if document:
            return changed_file(document, commune.after, field_order, commune.moves)
        return new_file(self._folder, commune.after, self._existing)

    def judged(self, told: set[str]) -> list[Finding]:
        """Give what is wrong in the estate with the batch and was not without it."""
        after = self._existing.changed(self._communes)
        return caused(self._existing.loaded, after, self._cells, told)
