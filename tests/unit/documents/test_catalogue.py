"""The French catalogue holds every text of the documents, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from tests import estates
from tests.estates import ROOT

from maille.allocation.codes import ALLOCATION_RULES
from maille.blueprint.model import PortKind, Role
from maille.documents import words
from maille.errors import Severity
from maille.inventory.schema.catalogue import CameraModel
from maille.inventory.schema.centre import HostRole
from maille.inventory.schema.commune import PlaceToCover, Ppms, View
from maille.inventory.schema.governance import Convention, Grant
from maille.inventory.schema.rollout import Wave
from maille.rules.registry import BLUEPRINT_RULES, ESTATE_RULES, IDLE_WAIVER
from maille.tongue import tongue
from maille.topology.naming import Function

if TYPE_CHECKING:
    from babel.messages import Message
    from pydantic import BaseModel

FRENCH = ROOT / "tool" / "maille" / "locale" / "fr" / "LC_MESSAGES" / "maille.po"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
SOURCES = (
    (
        ROOT / "tool" / "maille",
        [
            ("documents/**.py", "python"),
            ("health/reporting/**.py", "python"),
            ("holds/**.py", "python"),
            ("tongue.py", "python"),
        ],
    ),
    (ROOT / "templates" / "documents", [("**.html", "jinja2.ext:babel_extract")]),
)
FIELD = re.compile(r"\{[a-z_]*\}")


def used() -> set[str]:
    """Give the message ids of the documents; of plurals, the singular."""
    found = set()
    for folder, methods in SOURCES:
        for _, _, message, _, _ in extract_from_dir(
            str(folder), methods, keywords=KEYWORDS, options_map={"**.html": {"silent": "false"}}
        ):
            found.add(message if isinstance(message, str) else message[0])
    infos = [rule.info for rule in ESTATE_RULES] + [rule.info for rule in BLUEPRINT_RULES]
    return (
        found
        | described()
        | {info.title for info in (*infos, *ALLOCATION_RULES.values(), IDLE_WAIVER)}
    )


def described() -> set[str]:
    """Give what the catalogue of models describes in words: servers, some optics, their makers."""
    models = estates.built(estates.INVENTORY / "malataverne").blueprint.estate.catalogue
    optics = {optic.title for optic in models.optics.values() if re.search(", [a-z]", optic.title)}
    servers = models.servers.values()
    return optics | {it.title for it in servers} | {it.maker for it in servers}


def translated() -> list[Message]:
    with FRENCH.open("rb") as source:
        return [message for message in read_po(source) if message.id]


def texts_of(message: Message) -> list[str]:
    """Give the translation; of plurals, both."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def ident(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def test_every_text_is_in_french() -> None:
    known = {ident(message) for message in translated()}
    missing = sorted(used() - known)
    assert missing == [], f"translate these in {FRENCH.relative_to(ROOT)}"


def test_nothing_is_translated_that_nobody_says() -> None:
    assert sorted({ident(message) for message in translated()} - used()) == []


def test_translations_are_complete_and_keep_their_fields() -> None:
    for message in translated():
        texts = texts_of(message)
        assert texts, message.id
        assert all(texts), message.id
        assert not message.fuzzy, message.id
        for text in texts:
            assert set(FIELD.findall(text)) == set(FIELD.findall(ident(message))), message.id


def test_no_french_line_breaks_before_its_punctuation() -> None:
    for message in translated():
        wrong = [text for text in texts_of(message) if re.search(" [:;?!»%]|« ", text)]
        assert wrong == []


def choices(model: type[BaseModel], name: str) -> set[str]:
    annotation = model.model_fields[name].annotation
    return {str(value) for value in _literals(annotation)}


def _literals(annotation: object) -> set[object]:
    found: set[object] = set()
    for part in get_args(annotation):
        found |= _literals(part) if get_args(part) else {part}
    return {value for value in found if isinstance(value, str)}


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        (words.VIEW, set(get_args(View))),
        (words.CAMERA_KIND, choices(CameraModel, "kind")),
        (words.WAVE_STATE, choices(Wave, "state")),
        (words.CONVENTION_KIND, choices(Convention, "kind")),
        (words.ACCESS, choices(Grant, "access")),
        (words.GRANT_MODE, choices(Grant, "mode")),
        (words.PORT_KIND, set(get_args(PortKind))),
        (words.HOST_ROLE, {*get_args(HostRole), "firewall"}),
        (words.SEVERITY, {severity.value for severity in Severity}),
        (words.FUNCTION, set(get_args(Function))),
        (words.SWITCH_ROLE, set(get_args(Role))),
        (words.PPMS_SITE, choices(Ppms, "site")),
        (words.PLACE_KIND, choices(PlaceToCover, "kind")),
    ],
)
def test_there_is_a_word_for_every_key_of_the_model(
    known: dict[str, str], wanted: set[str]
) -> None:
    assert set(known) == wanted


def test_numbers_days_and_sizes_are_written_as_in_france() -> None:
    from datetime import date

    french = tongue("fr")
    assert french.number(2175) == "2\N{NARROW NO-BREAK SPACE}175"
    assert french.number(352.35, 2) == "352,35"
    assert french.short(0.5) == "0,5"
    assert french.percent(0.247, 1) == "24,7\N{NO-BREAK SPACE}%"
    assert french.day(date(2026, 11, 22)) == "22 novembre 2026"
    assert french.terabytes(352_350_000_000_000, 2) == "352,35\N{NO-BREAK SPACE}To"
    assert french.tebibytes(2**40) == "1,0\N{NO-BREAK SPACE}Tio"


def test_english_needs_no_catalogue() -> None:
    assert tongue("en").gettext("Overview") == "Overview"
    assert tongue("en").number(2175) == "2,175"
