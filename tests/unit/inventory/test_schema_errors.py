"""The text of every schema error, one golden file a kind, on a small schema that has them all."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from ipaddress import IPv4Network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import pytest
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from maille.inventory.schema_errors import SCHEMA_RULES, schema_findings
from maille.inventory.source import Document, Mount, Sources, parse_document, read_document
from maille.report import render_text

if TYPE_CHECKING:
    from collections.abc import Callable

ERRORS = Path(__file__).parents[2] / "golden" / "errors" / "schema"
KINDS = sorted(path.stem for path in ERRORS.glob("*.yaml"))

Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9][a-z0-9-]{0,47}$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Zone(StrEnum):
    """Where a commune lies."""

    URBAN = "urban"
    PERI_URBAN = "peri-urban"
    RURAL = "rural"


class Snmp(_Model):
    """What a camera's agent can do."""

    version: Literal["v3"]
    sha: Literal["sha-1", "sha-256"] = "sha-256"


class Mains(_Model):
    """Power from a supply."""

    kind: Literal["mains"]
    supply: Id
    ups_minutes: StrictInt = Field(ge=0, le=600)


class Solar(_Model):
    """Power from the sun."""

    kind: Literal["solar"]
    panel_w: StrictInt


class Alarm(_Model):
    """Whom to call, and when."""

    to: Id
    after_minutes: StrictInt


class Camera(_Model):
    """One camera."""

    model: Annotated[Id, Field(examples=["p1465-le"])]
    place: StrictStr = Field(min_length=1, max_length=60)
    view: Literal["square", "road", "entrance"]
    masks: tuple[StrictStr, ...] = ()
    height_m: StrictFloat | None = Field(default=None, gt=0, le=30)
    audio: StrictBool = False
    priority: Literal[1, 2, 3] = 1
    snmp: Snmp | Literal["none"] = "none"
    temperature_c: tuple[StrictInt, StrictInt] = (-25, 60)
    days: tuple[Literal["mon", "tue"], ...] = ()
    alarms: tuple[Alarm, ...] = ()
    step: StrictInt = Field(default=15, multiple_of=5)


class Cabinet(_Model):
    """A cabinet."""

    place: StrictStr
    ring: Id
    """The ring it is closed over."""
    power: Annotated[Mains | Solar, Field(discriminator="kind")]
    prefix: IPv4Network | None = None
    reboot: time | None = None
    cameras: dict[Id, Camera] = Field(default_factory=dict, max_length=2)


class Commune(_Model):
    """A commune."""

    commune: StrictStr
    insee: Annotated[str, StringConstraints(strict=True, pattern=r"^([0-9]{5}|2[AB][0-9]{3})$")] = (
        Field(examples=["28085"])
    )
    zone: Zone
    since: date
    until: date | None = None
    ratio: StrictFloat | StrictStr | None = None
    authors: list[StrictStr] = Field(min_length=1)
    cabinets: dict[Id, Cabinet] = Field(default_factory=dict)

    @field_validator("commune")
    @classmethod
    def _not_shouted(cls, value: str) -> str:
        if value.isupper():
            raise PydanticCustomError("loud", "{what}", {"what": "this shouts", "how": "be quiet"})
        return value

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Commune:
        if self.until and self.until < self.since:
            raise ValueError("it ends before it begins")
        return self


def findings(document: Document) -> str:
    """Validate and render."""
    assert document.tree is not None
    found = list(document.findings)
    try:
        Commune.model_validate(document.tree)
    except ValidationError as error:
        found += schema_findings(error, data=document.tree, model=Commune, source=document)
    assert all(one.how for one in found)
    return render_text(found)


@pytest.mark.parametrize("kind", KINDS)
def test_error_text(kind: str, assert_golden: Callable[[str, Path], None]) -> None:
    """Say exactly what is wrong, where, and how to mend it."""
    text = findings(read_document(ERRORS / f"{kind}.yaml", shown_as=f"{kind}.yaml"))
    assert_golden(text, ERRORS / f"{kind}.txt")
    assert (text == "nothing found\n") == kind.startswith("right-")


def test_every_code_has_a_golden_file() -> None:
    """Leave no code without an example, but the one that rules use for unknown ids."""
    texts = "".join(path.read_text() for path in ERRORS.glob("*.txt"))
    assert {code for code in SCHEMA_RULES if f"[{code}]" in texts} == set(SCHEMA_RULES) - {"I050"}


def test_a_document_in_an_estate_is_placed_through_its_mount() -> None:
    """Place what is validated as a part of the estate's tree in the file it came from."""
    document = parse_document(b"commune: LUCE\n", shown_as="communes/28218-luce.yaml")
    sources = Sources("chartres", {("communes", "28218"): Mount(document)})
    with pytest.raises(ValidationError) as caught:
        Commune.model_validate(document.tree)
    found = schema_findings(
        caught.value,
        data=document.tree,
        model=Commune,
        source=sources,
        mounted_at=("communes", "28218"),
    )
    assert {str(one.place) for one in found} == {
        "communes/28218-luce.yaml:1:1",
        "communes/28218-luce.yaml:1:10",
    }
    assert "cabinets" not in {one.place.path for one in found}
