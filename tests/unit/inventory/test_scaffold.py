"""A new estate's files: whole, in one language, and true to the project's catalogue."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from maille.inventory.catalogue import read_catalogue
from maille.inventory.load import load
from maille.inventory.new_folder import write_files
from maille.inventory.scaffold import NewEstate, scaffold

INVENTORY = Path(__file__).parents[3] / "inventory"
LEAP_DAY = date(2028, 2, 29)


def new(**more: object) -> NewEstate:
    fields = {"name": "pays-de-test", "title": "Test", "language": "fr", "today": LEAP_DAY}
    return NewEstate(**{**fields, **more})  # type: ignore[arg-type]


def test_nothing_is_left_to_fill_in() -> None:
    for path, text in scaffold(new()).items():
        assert "%" not in text, path
        assert "#fr" not in text, path
        assert "#en" not in text, path


TEXTS = {"title", "place", "reason", "masks", "risks", "people", "parties", "banner", "language"}
"""Fields that a person reads, and the name of the language itself."""


def read_by_programs(node: object) -> object:
    """Give a file's data without its texts."""
    if isinstance(node, dict):
        return {key: read_by_programs(it) for key, it in node.items() if key not in TEXTS}
    return [read_by_programs(it) for it in node] if isinstance(node, list) else node


def test_the_languages_differ_in_what_people_read_alone() -> None:
    french, english = (scaffold(new(language=language)) for language in ("fr", "en"))
    assert french.keys() == english.keys()
    for path, text in french.items():
        assert text != english[path], path
        one, other = (read_by_programs(yaml.safe_load(it)) for it in (text, english[path]))
        assert one == other, path


def test_texts_are_in_the_language_of_the_estate() -> None:
    french, english = (scaffold(new(language=it))["centre.yaml"] for it in ("fr", "en"))

    assert "title: Serveurs de stockage," in french
    assert "title: Storage hosts," in english


def test_every_file_begins_with_what_it_is_for() -> None:
    for path, text in scaffold(new()).items():
        first, blank, told, *_ = text.splitlines()
        depth = "../" * path.count("/")
        assert first.startswith(f"# yaml-language-server: $schema={depth}../.schema/"), path
        assert blank == "#"
        assert len(told) > 20, path


@pytest.mark.parametrize("title", ['Dreux: « pays » "vert" #1', "0x10", "null", "CSI\\n"])
def test_any_title_survives(title: str, tmp_path: Path) -> None:
    write_files(tmp_path, scaffold(new(title=title)))
    assert load(tmp_path).whole().settings.title == title


def test_dates_follow_from_the_day_given(tmp_path: Path) -> None:
    write_files(tmp_path, scaffold(new()))
    commune = load(tmp_path).whole().communes["01999"]
    assert commune.authorisation
    assert commune.authorisation.granted == LEAP_DAY
    assert commune.authorisation.expires == date(2033, 2, 27)


def test_its_models_are_those_of_the_catalogue(tmp_path: Path) -> None:
    write_files(tmp_path, scaffold(new()))
    begun_with, known = read_catalogue(tmp_path), read_catalogue(INVENTORY)
    for table in type(known).model_fields:
        for ident, entry in getattr(begun_with, table).items():
            assert entry == getattr(known, table)[ident], ident
