"""Reads the profiles, and finds the one for a model; errors name file, line and column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from maille.errors import Finding, InventoryError, Severity
from maille.health.profiles.schema import Family, ObjectsFile
from maille.inventory.schema_errors import schema_findings
from maille.inventory.source import Document, read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from maille.health.model import Kind
    from maille.health.profiles.schema import Object
    from maille.inventory.reading.fault import Path as FieldPath
    from maille.inventory.schema.base import Model
    from maille.inventory.schema.catalogue import CameraModel, SwitchModel

_SHIPPED = Path(__file__).parent
M = TypeVar("M", bound="Model")


@dataclass(frozen=True, slots=True)
class Profile:
    """A family with all objects that it names."""

    id: str
    family: Family
    objects: Mapping[str, Object]

    def asked(self) -> tuple[str, ...]:
        """Give the names of all objects that it asks for, in order."""
        return tuple(dict.fromkeys(name for _, name in _names(self.family)))

    def column(self, name: str, instance: str) -> str:
        """Give the object id of one instance."""
        return f"{self.objects[name].oid}.{instance}"


@dataclass(frozen=True, slots=True)
class Library:
    """All profiles by id."""

    profiles: Mapping[str, Profile]

    def of_switch(self, model: SwitchModel) -> str | None:
        """Give the profile of a switch, by its platform."""
        return self._first(lambda family: family.platform == model.platform)

    def of_camera(self, model: CameraModel) -> str | None:
        """Give the profile of a camera, by its maker, else the one for any camera."""
        own = self._first(lambda family: family.maker == model.maker)
        return own or self.of_kind("camera")

    def of_kind(self, kind: Kind) -> str | None:
        """Give the profile of a kind of device whose model says nothing."""
        return self._first(lambda family: kind in family.kinds)

    def asks_by_vlan(self, profile: str | None) -> bool:
        """Say whether a profile needs context names."""
        return profile is not None and (self.profiles[profile].family.addresses == "bridge_by_vlan")

    def _first(self, fits: Callable[[Family], bool]) -> str | None:
        return next((key for key, each in self.profiles.items() if fits(each.family)), None)


@cache
def shipped() -> Library:
    """Give the profiles that come with maille."""
    return read_library(_SHIPPED)


def read_library(folder: Path) -> Library:
    """Read `objects.yaml` and `families/*.yaml` below a folder.

    Raises:
        InventoryError: something in them is wrong; its findings say what and where.
    """
    findings: list[Finding] = []
    shared = _read(folder / "objects.yaml", ObjectsFile, findings)
    objects = shared[1].objects if shared else {}
    profiles = {}
    for path in sorted((folder / "families").glob("*.yaml")):
        if read := _read(path, Family, findings):
            document, family = read
            known = {**objects, **family.objects}
            findings += _dangling(document, family, known)
            profiles[path.stem] = Profile(path.stem, family, known)
    if findings:
        raise InventoryError(findings)
    return Library(profiles)


def _read(path: Path, model: type[M], findings: list[Finding]) -> tuple[Document, M] | None:
    document = read_document(path, shown_as=str(path))
    findings += document.findings
    if document.tree is None:
        return None
    try:
        return document, model.model_validate(document.tree)
    except ValidationError as error:
        findings += schema_findings(error, data=document.tree, model=model, source=document)
        return None


def _dangling(
    document: Document, family: Family, objects: Mapping[str, Object]
) -> Iterator[Finding]:
    for path, name in _names(family):
        if name not in objects:
            finding = Finding(
                "H090",
                Severity.ERROR,
                f"no object is called `{name}`",
                "write it under `objects`, here or in objects.yaml",
            )
            yield document.placed(finding, path)


def _names(family: Family) -> Iterator[tuple[FieldPath, str]]:
    for field in ("scalars", "ports"):
        for measure, name in getattr(family, field).items():
            yield (field, measure), name
    for number, check in enumerate(family.checks):
        yield ("checks", number, "object"), check.object
    if family.power:
        for field in ("status", "watts", "entity"):
            if name := getattr(family.power, field):
                yield ("power", field), name
