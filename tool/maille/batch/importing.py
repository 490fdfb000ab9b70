"""From a batch to the files of its communes: everything is judged before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from maille.batch.cells import Cells
from maille.batch.codes import finding
from maille.batch.collect import collect
from maille.batch.commune_files import changed_file, new_file
from maille.batch.existing import Existing
from maille.batch.fields import field_order
from maille.batch.judging import caused
from maille.batch.lists import lists_of
from maille.batch.merging import Merged, merged
from maille.batch.trees import after_moves
from maille.batch.yaml_edit import CannotEdit
from maille.errors import Finding, Place
from maille.inventory.schema.commune import Commune
from maille.inventory.schema_errors import schema_findings
from maille.inventory.source import Document, parse_document

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterable, Sequence

    from maille.batch.drafts import Draft
    from maille.batch.judging import Judge
    from maille.batch.records import Record
    from maille.inventory.load import Loaded


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an import would write; it may be written if nothing in `findings` fails."""

    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Say whether nothing stands against it."""
        return not any(found.fails for found in self.findings)


def prepare(
    folder: pathlib.Path,
    loaded: Loaded,
    batch: pathlib.Path,
    *,
    judge: Judge,
    update: bool = False,
) -> Prepared:
    """Read a batch and give the files that it makes of an estate, and all that is wrong.

    `judge` gives what the rules say of an estate: of the batch is told what they find with it
    and not without it. Raises InventoryError if the estate itself can't be read.
    """
    existing = Existing.of(loaded)
    read = collect(batch, shown_as=str(batch), lists=lists_of(existing.estate))
    import_ = _Import(folder, existing, update=update)
    for insee, records in _by_commune(read.records).items():
        import_.take(insee, records)
    findings = [*read.findings, *import_.findings]
    findings += import_.judged(judge, told={found.place.cell for found in findings})
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
            self.findings.append(_defeated(document, reason))
            return
        self.drafts.append(draft)
        self._communes[insee] = model, parse_document(draft.after, shown_as=str(draft.path))

    def _draft(self, commune: Merged, document: Document | None) -> Draft:
        if document:
            return changed_file(document, commune.after, field_order, commune.moves)
        return new_file(self._folder, commune.after, self._existing)

    def judged(self, judge: Judge, told: set[str]) -> list[Finding]:
        """Give what is found in the estate with the batch and was not found without it."""
        after = self._existing.changed(self._communes)
        return caused(self._existing.loaded, after, self._cells, judge, told)


def _defeated(document: Document | None, reason: CannotEdit) -> Finding:
    shown_as = document.shown_as if document else ""
    how = "write it as the other files are written, or make the change by hand"
    return finding("I415", str(reason), how, Place(shown_as))
