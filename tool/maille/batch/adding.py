"""One commune from the command line: a file to go on with, each guess marked as one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from maille.batch.commune_files import file_slug, schema_line
from maille.batch.drafts import Draft
from maille.batch.existing import Existing
from maille.batch.fields import ordered
from maille.batch.language import Language, Words
from maille.batch.lists import Lists
from maille.batch.prepared import Prepared
from maille.batch.sheets.common import INSEE
from maille.batch.values import Misread, lost_zero, value_of
from maille.batch.wish import Wish, checked, completed
from maille.batch.yaml_text import fields
from maille.errors import InventoryError, UsageError
from maille.inventory.schema.commune import Commune
from maille.inventory.schema.governance import Conventions
from maille.inventory.schema_errors import schema_findings
from maille.inventory.source import parse_document

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator
    from datetime import date

    from maille.inventory.load import Loaded
    from maille.inventory.schema.base import Model

_UPS_MINUTES = 30
_RETENTION_DAYS = 30
"""The longest that the law allows (CSI L252-5): what is authorised may be less."""
_AUTHORISATION_YEARS = 5
_COMMENT_COLUMN = 46

_ABOUT = Words(
    "Écrit par `maille commune add`. Ce qui a été choisi d'office le dit : à vérifier.",
    "Written by `maille commune add`. What was chosen by default says so: look at it.",
)
_CHOSEN = {
    "ring": Words("l'anneau le plus proche", "the nearest ring"),
    "at_km": Words("estimé d'après la position", "estimated from the position"),
    "switch": Words("le modèle le plus courant ici", "the usual model here"),
    "supply": Words("celle de l'armoire voisine", "that of the next cabinet"),
}
_LINES = {"supply": "power"}
"""Choices that stand on the line of another field."""
_CAMERAS = Words(
    "Préciser `place` et `view` ; `mac` vient à l'enrôlement, `masks` avant la mise en service.",
    "Say `place` and `view`; `mac` comes with enrolment, `masks` before going into service.",
)
_NO_MEMBER = Words(
    "Rien n'est installé tant que la commune n'est pas membre :",
    "Nothing is provisioned until the commune is a member:",
)
_NO_AUTHORISATION = Words(
    "L'autorisation préfectorale, dès qu'elle est là :", "The prefect's authorisation, once there:"
)
_TO_BE_PLACED = Words("à préciser", "to be decided")


def add(folder: pathlib.Path, loaded: Loaded, wish: Wish) -> Prepared:
    """Give the file of a new commune, and that of its convention.

    Raises UsageError for what the estate does not know, InventoryError if it can't be read.
    """
    existing = Existing.of(loaded)
    estate = existing.estate
    insee = _insee(wish.insee)
    checked(wish, insee, estate)
    full, chosen = completed(wish, estate)
    language = Language(estate.settings.language)
    convention = wish.convention or f"adhesion-{insee}"
    tree = ordered(_tree(full, insee, convention, language))
    lines = [
        *_head(schema_line(existing), language),
        *_commented(list(fields(tree)), full, chosen, language),
    ]
    name = f"{insee}-{file_slug(wish.name)}.yaml"
    drafts = [_draft(folder / "communes" / name, lines)]
    if wish.since and not wish.convention and convention not in estate.conventions:
        text = _convention(wish, insee, convention, estate.settings.title)
        head = schema_line(existing).replace("commune.json", "conventions.json")
        drafts.append(_draft(folder / "conventions" / name, [*_head(head, language), *text]))
    models: tuple[type[Model], ...] = (Commune, Conventions)
    for draft, model in zip(drafts, models, strict=False):
        _validate(draft, model)
    # The convention is written first: killed in between, the same command does the rest.
    return Prepared(tuple(reversed(drafts)), ())


def _validate(draft: Draft, model: type[Model]) -> None:
    """Refuse a file that the inventory would refuse: a zone that is no id, for instance."""
    document = parse_document(draft.after, shown_as=str(draft.path))
    findings = list(document.findings)
    try:
        model.model_validate(document.tree)
    except ValidationError as error:
        findings += schema_findings(error, data=document.tree, model=model, source=document)
    if findings:
        raise InventoryError(findings)


def _insee(text: str) -> str:
    if lost_zero(text):  # no spreadsheet has taken it here: a digit may be missing anywhere
        how = f"write all five: 0{text}, if it is a zero that is missing"
        raise UsageError(f"`{text}` is not an INSEE code: it has four digits", how)
    try:
        return str(value_of(text, INSEE, Lists({})))
    except Misread as bad:
        raise UsageError(bad.what, bad.how) from None


def _draft(path: pathlib.Path, lines: list[str]) -> Draft:
    return Draft(path, None, "".join(f"{line}\n" for line in lines).encode())


def _head(schema: str, language: Language) -> list[str]:
    return [*([schema, "#"] if schema else []), f"# {_ABOUT.within(language)}", ""]


def _tree(wish: Wish, insee: str, convention: str, language: Language) -> dict[str, Any]:
    tree: dict[str, Any] = {"commune": wish.name, "insee": insee}
    if wish.position:
        tree["position"] = list(wish.position)
    if wish.zone:
        tree["zone"] = wish.zone
    if wish.since:
        tree["member"] = {"since": wish.since.isoformat(), "convention": convention}
    if wish.authorisation and wish.granted:
        tree["authorisation"] = _authorisation(wish.authorisation, wish.granted)
    if wish.has_cabinet:
        tree["cabinets"] = {wish.cabinet: _cabinet(wish, insee, language)}
    return tree


def _authorisation(number: str, granted: date) -> dict[str, Any]:
    """Give an authorisation of the longest term (CSI L252-4)."""
    expires = _years_later(granted, _AUTHORISATION_YEARS) - timedelta(days=1)
    return {
        "number": number,
        "granted": granted.isoformat(),
        "expires": expires.isoformat(),
        "retention_max_days": _RETENTION_DAYS,
    }


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, month=3, day=1)


def _cabinet(wish: Wish, insee: str, language: Language) -> dict[str, Any]:
    cabinet: dict[str, Any] = {
        "place": wish.place,
        "position": list(wish.position or ()),
        "switch": wish.switch,
        "ring": wish.ring,
        "at_km": wish.at_km,
        "power": {"supply": wish.supply, "ups_minutes": _UPS_MINUTES},
    }
    if wish.cameras:
        place = _TO_BE_PLACED.within(language)
        camera = {"model": wish.model, "place": place, "view": wish.view}
        numbers = range(1, wish.cameras + 1)
        cabinet["cameras"] = {f"{insee.lower()}-{number:04d}": dict(camera) for number in numbers}
    return cabinet


def _commented(
    lines: list[str], wish: Wish, chosen: frozenset[str], language: Language
) -> Iterator[str]:
    """Mark what was chosen, and put what is missing into comments."""
    notes = {_LINES.get(name, name): _CHOSEN[name] for name in chosen & _CHOSEN.keys()}
    missing = list(_missing(wish, language))
    for line in lines:
        key, _, _ = line.strip().partition(":")
        if line == "cabinets:":
            yield from missing
            missing = []
            yield ""
        if key == "cameras":
            yield f"    # {_CAMERAS.within(language)}"
        if key in notes and line.startswith("    "):
            yield f"{line:<{_COMMENT_COLUMN}}  # {notes.pop(key).within(language)}"
        elif line:
            yield line
    yield from missing


def _missing(wish: Wish, language: Language) -> Iterator[str]:
    if not wish.since:
        yield f"# {_NO_MEMBER.within(language)}"
        yield "# member: {since: 2026-01-01, convention: …}"
    if not (wish.authorisation and wish.granted):
        example = "{number: …, granted: 2026-01-15, expires: 2031-01-14, retention_max_days: 30}"
        yield f"# {_NO_AUTHORISATION.within(language)}"
        yield f"# authorisation: {example}"


def _convention(wish: Wish, insee: str, name: str, estate: str) -> Iterator[str]:
    """Give the convention of a new member with the estate's body (CSI L132-14)."""
    since = wish.since.isoformat() if wish.since else None
    signed = wish.signed.isoformat() if wish.signed else since
    tree = {
        "title": f"Convention d'adhésion, {wish.name}",
        "kind": "member",
        "parties": [estate, wish.name],
        "legal_basis": "CSI L132-14",
        "signed": signed,
        "first": since,
        "communes": [insee],
    }
    yield "conventions:"
    yield f"  {name}:"
    yield from fields(tree, indent="    ")
