"""From a batch to the files of its communes: everything is judged before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from maille.batch.codes import finding
from maille.batch.collect import collect
from maille.batch.commune_files import changed_file, new_file
from maille.batch.completeness import named
from maille.batch.devices import twins_among
from maille.batch.existing import Existing
from maille.batch.fields import field_order
from maille.batch.grid import cell_place
from maille.batch.judging import caused
from maille.batch.lists import lists_of
from maille.batch.merging import Session, merged
from maille.batch.prepared import Prepared, defeated
from maille.batch.trees import after_moves
from maille.batch.yaml_edit import CannotEdit
from maille.inventory.schema.commune import Commune
from maille.inventory.schema_errors import schema_findings
from maille.inventory.source import Document, parse_document

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterable, Iterator, Sequence

    from maille.batch.drafts import Draft
    from maille.batch.records import Record
    from maille.batch.trees import Move
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
    session = Session(existing, update=update, lost=read.lost)
    import_ = _Import(folder, session)
    for insee, records in _by_commune(read.records).items():
        import_.take(insee, records)
    findings = [*read.findings, *import_.findings, *twins_among(read.records)]
    findings += _absent(session, findings)
    findings += import_.judged({found.place.cell for found in findings})
    return Prepared(tuple(import_.drafts), tuple(findings))


def _absent(session: Session, told: Iterable[Finding]) -> Iterator[Finding]:
    """Tell the columns that are needed and not there, where no misspelt heading explains it."""
    explained = {
        (found.place.file, found.place.cell.rpartition("!")[0])
        for found in told
        if found.code == "I404"
    }
    for (file, sheet, _), column in session.absent.items():
        if (file, sheet) not in explained:
            what = f"the column {named(column)} is missing, and what is new needs it"
            yield finding("I404", what, "add it", cell_place(file, sheet, "A1"))


def _by_commune(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.insee, []).append(record)
    return found


class _Import:
    """The communes of a batch, as far as they are right."""

    def __init__(self, folder: pathlib.Path, session: Session) -> None:
        self._folder = folder
        self._session = session
        self._existing = session.existing
        self._communes: dict[str, tuple[Commune, Document]] = {}
        self.drafts: list[Draft] = []
        self.findings: list[Finding] = []

    def take(self, insee: str, records: Sequence[Record]) -> None:
        """Take one commune: validate it, and draft its file if nothing is wrong so far."""
        commune = merged(insee, records, self._session)
        self.findings += commune.findings
        if commune.after is None:
            return
        tree = after_moves(commune.after, commune.moves)
        try:
            model = Commune.model_validate(tree)
        except ValidationError as error:
            refused = schema_findings(
                error,
                data=tree,
                model=Commune,
                source=self._session.cells,
                mounted_at=("communes", insee),
            )
            self.findings += map(_as_cell, refused)
            return
        if any(found.fails for found in commune.findings):
            return
        document = self._existing.document(insee)
        try:
            draft = self._draft(commune.after, commune.moves, document)
        except CannotEdit as reason:
            self.findings.append(defeated(reason))
            return
        self.drafts.append(draft)
        self._communes[insee] = model, parse_document(draft.after, shown_as=str(draft.path))

    def _draft(
        self, after: dict[str, Any], moves: Sequence[Move], document: Document | None
    ) -> Draft:
        if document:
            return changed_file(document, after, field_order, moves)
        return new_file(self._folder, after, self._existing)

    def judged(self, told: set[str]) -> list[Finding]:
        """Give what is wrong in the estate with the batch and was not without it."""
        after = self._existing.changed(self._communes)
        return caused(self._existing.loaded, after, self._session.cells, told)


def _as_cell(found: Finding) -> Finding:
    """Say of a field that is missing what somebody in front of a spreadsheet can do."""
    if found.code != "I040" or not found.place.cell:
        return found
    what = "this cell is empty, and others that go with it are not"
    return finding("I408", what, "fill it, or empty the others", found.place)
