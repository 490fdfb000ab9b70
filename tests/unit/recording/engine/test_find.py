"""Which engine is used, of those on the PATH and in the cache."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from tests.unit.recording.engine.places import MAILLE, Places, script

from maille.errors import MailleError
from maille.recording.engine.build import MODULE
from maille.recording.engine.find import candidates, find
from maille.recording.engine.version import PINNED

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize("says", ["v3.259.0", "3.259.0", "v3.300.1", "v3.259.1+dirty"])
def test_an_engine_on_the_path_that_suits_goes_first(places: Places, says: str) -> None:
    program = places.engine_on_path(says)
    places.engine_in_cache("v3.259.0")
    assert find().program == program
    assert find().origin == "PATH"


@pytest.mark.parametrize(
    ("says", "code", "problem"),
    [
        ("v3.258.9", 0, "older than the library, 3.259.0"),
        ("v4.0.0", 0, "another major version than the library, 3"),
        ("v2.25.2", 0, "another major version than the library, 3"),
        ("v3.260.0-alpha.1", 0, "v3.260.0-alpha.1 is no release"),
        ("a fruit", 0, "`pulumi version` says 'a fruit', which is no version"),
        ("v3.259.0", 127, "`pulumi version` fails with 127"),
    ],
)
def test_one_that_does_not_suit_is_passed_over_and_told(
    places: Places, says: str, code: int, problem: str
) -> None:
    places.engine_on_path(says, code)
    cached = places.engine_in_cache("v3.259.0")
    assert candidates()[0].problem == problem
    assert find().program == cached
    assert find().root == cached.parent.parent


def test_one_that_cannot_be_run_is_passed_over(places: Places) -> None:
    (places.path / "pulumi").write_bytes(b"\x7fELF of another machine")
    (places.path / "pulumi").chmod(0o755)
    assert candidates()[0].problem.startswith("cannot be run: Exec format error")


def test_where_none_suits_all_that_was_seen_is_told(places: Places) -> None:
    places.engine_on_path("v3.1.0")
    with pytest.raises(MailleError) as told:
        find()
    assert told.value.what == (
        "there is no Pulumi engine of version 3.259.0 or newer (PATH: older than the library,"
        " 3.259.0; cache: no `pulumi` there)"
    )
    assert "storage engine --install" in told.value.how


def test_an_engine_that_stands_in_no_bin_folder_has_no_root(places: Places) -> None:
    places.engine_on_path("v3.259.0")
    assert find().root is None


def test_the_command_tells_which_is_used_and_why(places: Places) -> None:
    old = places.engine_on_path("v3.1.0")
    cached = places.engine_in_cache("v3.259.0")
    told = subprocess.run(
        [MAILLE, "storage", "engine"],
        env=places.environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told == (
        f"PATH   {old} 3.1.0: older than the library, 3.259.0\ncache  {cached} 3.259.0: used\n"
    )


def test_the_command_answers_1_where_there_is_none(places: Places) -> None:
    answer = subprocess.run(
        [MAILLE, "storage", "engine", "--json"],
        env=places.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    document = json.loads(answer.stdout)
    assert document["used"] is None
    assert [seen["problem"] for seen in document["seen"]] == ["no `pulumi` there"] * 2


def test_the_path_is_asked_without_a_terminal(places: Places) -> None:
    script(places.path / "pulumi", "cat; echo v3.259.0")
    assert find().version == PINNED


def test_library_modules_and_engine_are_of_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"pulumi=={PINNED}" in project["dependencies"]
    assert (ROOT / "infra" / "engine").samefile(MODULE)
    modules = (MODULE / "go.mod").read_text(encoding="utf-8")
    assert re.findall(r"pulumi/(\w+)/v3 v(\S+)", modules) == [
        ("pkg", str(PINNED)),
        ("sdk", str(PINNED)),
    ]
