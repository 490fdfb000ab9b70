"""From the files of an estate to the estate: read, validate, put together.

Every file is validated by itself, so that one run tells all that is wrong in all of them.
What the rules need to know about files that were refused stands in `Loaded.refused`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from maille.errors import Finding, InventoryError, Place, Severity
from maille.inventory.schema.catalogue import Catalogue
from maille.inventory.schema.estate import Estate
from maille.inventory.schema.files import KINDS, FileKind
from maille.inventory.schema.governance import Parties
from maille.inventory.schema.network import Network
from maille.inventory.schema_errors import schema_findings
from maille.inventory.source import Document, Mount, Sources, read_document
from maille.inventory.unread import unread_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maille.inventory.reading.fault import Path as FieldPath
    from maille.inventory.schema.base import Model

CATALOGUE = "catalogue"

_WHOLE = {"estate": ("settings",), "centre": ("centre",), "parties": ("parties",)}
"""Kinds of files that are one branch of the estate's tree, and which."""

_BELOW = {"sites": ("network",), "cables": ("network",), "rings": ("network",)}
_BELOW |= {"links": ("network",)}
_BELOW |= dict.fromkeys(("cameras", "switches", "optics", "servers"), (CATALOGUE,))
"""Kinds of files each field of which is a branch, and under what they hang."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An estate with its sources, as far as it could be read.

    `estate` is None if `estate.yaml`, `centre.yaml` or a file of the network was refused:
    nothing can be judged without them. `refused` names the branches that are missing from it.
    """

    estate: Estate | None
    sources: Sources
    findings: tuple[Finding, ...]
    refused: frozenset[FieldPath] = frozenset()

    def whole(self) -> Estate:
        """Give the estate; raises InventoryError if anything of it was refused."""
        if self.estate is None or self.refused or any(f.fails for f in self.findings):
            raise InventoryError(self.findings)
        return self.estate


def load(folder: Path) -> Loaded:
    """Read the estate in a folder, and the catalogue beside or inside it."""
    tree = _Tree(str(folder))
    read = set()
    for kind, path, shown_as in _files(folder):
        tree.add(kind, path, read_document(path, shown_as=shown_as))
        read.add(path)
    tree.findings += unread_files(folder, read)
    return tree.loaded(folder)


def catalogue_folders(folder: Path) -> list[Path]:
    """Give the catalogues of an estate, the one that wins last."""
    candidates = (folder.resolve().parent / CATALOGUE, folder / CATALOGUE)
    return [candidate for candidate in candidates if candidate.is_dir()]


def _files(folder: Path) -> Iterator[tuple[FileKind, Path, str]]:
    for kind in KINDS:
        if kind.glob.startswith(f"{CATALOGUE}/"):
            name = kind.glob.removeprefix(f"{CATALOGUE}/")
            for base in catalogue_folders(folder):
                if (base / name).exists():
                    yield kind, base / name, _shown(base / name, folder)
        else:
            for path in sorted(folder.glob(kind.glob)):
                yield kind, path, str(path)


def _shown(path: Path, folder: Path) -> str:
    """Name a catalogue's file as the user would: beside the estate as the estate was named."""
    return str(folder.parent / CATALOGUE / path.name) if folder not in path.parents else str(path)


def _renamed(name: str, insee: str) -> str:
    """Give the name that a commune's file ought to have: its own code in the place of another."""
    return f"{insee}-{re.sub(r'^[0-9][0-9AB][0-9]{3}-', '', name)}"


@dataclass
class _Tree:
    """The estate's tree while its files are hung into it."""

    root: str
    mounts: dict[FieldPath, Mount] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    refused: set[FieldPath] = field(default_factory=set)
    branches: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def add(self, kind: FileKind, path: Path, document: Document) -> None:
        """Take one file: its findings, and what it holds if it holds."""
        self.findings += document.findings
        model = self._validated(kind, document)
        if model is None:
            self._refuse(kind, path, document)
        elif kind.name == "commune":
            self._add_commune(path, document, model)
        elif kind.name in _WHOLE:
            self._hang(_WHOLE[kind.name], Mount(document), model)
        else:
            self._add_fields(kind, document, model)

    def loaded(self, folder: Path) -> Loaded:
        """Put the estate together from what hangs in the tree."""
        self._missing_files(folder)
        sources = Sources(self.root, self.mounts)
        core = {path[0] for path in self.refused} & {"settings", "centre", "network", CATALOGUE}
        estate = None if core else self._estate()
        return Loaded(estate, sources, tuple(self.findings), frozenset(self.refused))

    def _estate(self) -> Estate:
        branch = self.branches
        return Estate.model_construct(
            settings=branch["settings"][()],
            centre=branch["centre"][()],
            parties=branch.get("parties", {}).get((), Parties()),
            network=Network.model_construct(**(_defaults(Network) | branch.get("network", {}))),
            catalogue=Catalogue.model_construct(
                **(_defaults(Catalogue) | branch.get(CATALOGUE, {}))
            ),
            conventions=branch.get("conventions", {}),
            waves=branch.get("waves", {}),
            nomads=branch.get("nomads", {}),
            analytics=branch.get("analytics", {}),
            waivers=branch.get("waivers", {}).get((), ()),
            communes=dict(sorted(branch.get("communes", {}).items())),
        )

    def _validated(self, kind: FileKind, document: Document) -> Model | None:
        if document.tree is None:
            return None
        try:
            model = kind.model.model_validate(document.tree)
        except ValidationError as error:
            self.findings += schema_findings(
                error, data=document.tree, model=kind.model, source=document
            )
            return None
        return None if document.broken else model

    def _refuse(self, kind: FileKind, path: Path, document: Document) -> None:
        if kind.name == "commune":
            branch: FieldPath = ("communes", path.name[:5])
        elif kind.name in _WHOLE:
            branch = _WHOLE[kind.name]
        else:
            branch = _BELOW.get(kind.name, (kind.name,))
        self.mounts.setdefault(branch, Mount(document))
        self.refused.add(branch)

    def _hang(self, branch: FieldPath, mount: Mount, value: object) -> None:
        self.mounts[branch] = mount
        self.branches.setdefault(str(branch[0]), {})[branch[1] if len(branch) > 1 else ()] = value

    def _add_commune(self, path: Path, document: Document, model: Any) -> None:  # noqa: ANN401 — a Commune
        branch: FieldPath = ("communes", model.insee)
        if branch in self.mounts:
            other = self.mounts[branch].document.shown_as
            self._find(
                document,
                "I201",
                f"commune `{model.insee}` has a file already: {other}",
                "keep one file a commune",
                ("insee",),
            )
        elif not path.name.startswith(model.insee):
            self._find(
                document,
                "I202",
                f"the file is called `{path.name}` and holds commune `{model.insee}`",
                f"correct `insee`, or call the file {_renamed(path.name, model.insee)}",
                ("insee",),
            )
        self._hang(branch, Mount(document), model)

    def _add_fields(self, kind: FileKind, document: Document, model: Model) -> None:
        below = _BELOW.get(kind.name, ())
        for name in model.model_fields_set:
            value = getattr(model, name)
            if isinstance(value, dict):
                for key, entry in value.items():
                    self._add_entry((*below, name), str(key), entry, document)
            else:
                self._hang((*below, name), Mount(document, (name,)), value)

    def _add_entry(self, branch: FieldPath, key: str, entry: object, document: Document) -> None:
        inside: FieldPath = (str(branch[-1]), key)
        path = (*branch, key)
        known = self.mounts.get(path)
        if known and branch[0] != CATALOGUE:
            what = f"`{key}` stands already in {known.document.shown_as}"
            self._find(document, "I203", what, "keep one of them", inside)
            return
        self.mounts[path] = Mount(document, inside)
        holder = self.branches.setdefault(str(branch[0]), {})
        for name in branch[1:]:
            holder = holder.setdefault(name, {})
        holder[key] = entry

    def _find(self, document: Document, code: str, what: str, how: str, path: FieldPath) -> None:
        finding = Finding(code, Severity.ERROR, what, how)
        self.findings.append(document.placed(finding, path))

    def _missing_files(self, folder: Path) -> None:
        for name in sorted({kind.glob.partition("/")[0] for kind in KINDS if "/" in kind.glob}):
            if (folder / name).is_dir() and not os.access(folder / name, os.R_OK | os.X_OK):
                self.refused.add((name,))
                self.findings.append(_locked(folder / name))
        for kind in KINDS:
            if kind.name in ("estate", "centre") and _WHOLE[kind.name] not in self.mounts:
                self.refused.add(_WHOLE[kind.name])
                self.findings.append(_missing(folder / kind.glob))
        if CATALOGUE not in self.branches and (CATALOGUE,) not in self.refused:
            self.refused.add((CATALOGUE,))
            self.findings.append(_missing(folder.parent / CATALOGUE))


def _locked(path: Path) -> Finding:
    """Tell of a folder that would otherwise look empty."""
    what = "the folder may not be read by this user"
    return Finding("I003", Severity.ERROR, what, f"chmod u+rx {path}", Place(str(path)))


def _missing(path: Path) -> Finding:
    return Finding(
        "I200",
        Severity.ERROR,
        f"{path.name} is missing",
        "an estate has estate.yaml and centre.yaml; the catalogue lies beside it or inside",
        Place(str(path)),
    )


def _defaults(model: type[Model]) -> dict[str, Any]:
    return {
        name: info.get_default(call_default_factory=True)
        for name, info in model.model_fields.items()
    }
