"""Enrol cameras: write the MAC addresses of a list into the files of the inventory."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from maille.batch.cells import Cells
from maille.batch.codes import finding
from maille.batch.commune_files import changed_file
from maille.batch.enrolment import Label, read_labels
from maille.batch.existing import Existing
from maille.batch.fields import field_order
from maille.batch.judging import caused
from maille.batch.prepared import Prepared, defeated
from maille.batch.trees import put
from maille.batch.unknown_devices import unknown_device
from maille.batch.yaml_edit import CannotEdit
from maille.inventory.schema.commune import Commune
from maille.inventory.schema.rollout import Nomad

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Mapping, Sequence

    from maille.batch.drafts import Draft
    from maille.errors import Finding, Place
    from maille.inventory.load import Loaded
    from maille.inventory.reading.fault import Path
    from maille.inventory.source import Document


def enrol(loaded: Loaded, path: pathlib.Path, *, replace: bool = False) -> Prepared:
    """Read a list and give the files with its MAC addresses, and all that is wrong.

    A camera that has another address already needs `replace`: it was exchanged. Raises
    InventoryError if the estate itself can't be read.
    """
    existing = Existing.of(loaded)
    labels, findings = read_labels(path, shown_as=str(path))
    enrolment = _Enrolment(existing, replace=replace)
    for label in labels:
        enrolment.take(label)
    drafts = enrolment.drafts()
    findings += enrolment.findings
    findings += enrolment.twins({found.place.cell for found in findings})
    return Prepared(tuple(drafts), tuple(findings))


class _Enrolment:
    """The labels of a list, brought to their cameras."""

    def __init__(self, existing: Existing, *, replace: bool) -> None:
        self._existing = existing
        self._replace = replace
        self._cells = Cells()
        self._taken: dict[Path, Label] = {}
        self._trees: dict[str, tuple[Document, dict[str, Any]]] = {}
        self.findings: list[Finding] = []

    def take(self, label: Label) -> None:
        """Bring one label to its camera, if that is known and not taken."""
        home = self._existing.home_of(label.device)
        if home is None:
            self._find("I414", *unknown_device(label.device, self._existing), label.device_place)
            return
        first = self._taken.setdefault(home, label)
        if first is not label:
            if (first.mac, first.serial) != (label.mac, label.serial):
                what = f"camera `{home[-1]}` stands already in {first.device_place.cell}"
                self._find("I409", what, "keep one of the two lines", label.device_place)
            return
        self._put(home, "mac", label.mac, label.mac_place)
        if label.serial and label.serial_place:
            self._put(home, "serial", label.serial, label.serial_place)
        self._warn_of_serial(home, label)

    def _find(self, code: str, what: str, how: str, place: Place) -> None:
        self.findings.append(finding(code, what, how, place))

    def _put(self, home: Path, field: str, value: str, place: Place) -> None:
        """Write one part of a label into the tree of its file."""
        path = (*home, field)
        self._cells.note(path, place)
        old = getattr(self._existing.camera(home), field)
        if old == value:
            return
        found = self._existing.loaded.sources.document(path)
        if found is None:
            raise LookupError(f"{path} stands in no file")
        document, inside = found
        if old is not None and not self._replace:
            what = f"camera `{home[-1]}` has `{old}` in {document.shown_as}, here `{value}`"
            self._find("I411", what, "correct the cell; --replace if it was exchanged", place)
            return
        tree = copy.deepcopy(document.tree) or {}
        _, after = self._trees.setdefault(document.shown_as, (document, tree))
        put(after, inside, value)

    def _warn_of_serial(self, home: Path, label: Label) -> None:
        camera = self._existing.camera(home)
        if self._replace and camera.mac not in (None, label.mac) and not label.serial:
            serial = camera.serial
            if serial and serial != label.device:
                what = f"camera `{home[-1]}` keeps the serial number `{serial}`"
                how = "add a column `Serial` to the list, or correct it in the file"
                self._find("I417", what, how, label.device_place)

    def drafts(self) -> list[Draft]:
        """Give the files that change."""
        drafts = []
        for document, after in self._trees.values():
            try:
                drafts.append(changed_file(document, after, _order))
            except CannotEdit as reason:
                self.findings.append(defeated(reason))
        return drafts

    def twins(self, told: set[str]) -> list[Finding]:
        """Find the addresses that two devices would have."""
        communes: dict[str, tuple[Commune, Document]] = {}
        nomads: dict[str, Nomad] = {}
        for document, after in self._trees.values():
            if "insee" in after:
                communes[after["insee"]] = Commune.model_validate(after), document
            else:
                nomads |= _nomads(after)
        estate = self._existing.changed(communes, nomads)
        return caused(self._existing.loaded, estate, self._cells, told)


def _nomads(tree: Mapping[str, Any]) -> dict[str, Nomad]:
    return {name: Nomad.model_validate(nomad) for name, nomad in tree["nomads"].items()}


def _order(path: Path) -> Sequence[str]:
    return list(Nomad.model_fields) if path[:1] == ("nomads",) else field_order(path)
