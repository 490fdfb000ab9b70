"""Which file is of which switch."""

from __future__ import annotations

import pytest
from tests.estates import COMPLETE, built

from maille.audit.matching import Matched, match
from maille.audit.texts import RunningText, Unusable

SWITCHES = built(COMPLETE).blueprint.switches


def running(file: str, hostname: str = "") -> RunningText:
    return RunningText(f"fetched/{file}", "text", hostname, "sha")


def matched(*found: RunningText | Unusable) -> Matched:
    return match(SWITCHES.values(), found)


@pytest.mark.parametrize(
    ("file", "hostname"),
    [
        ("10.0.0.1.cfg", "28085-epars"),
        ("10.0.0.1.cfg", "28085-EPARS"),
        ("28085-epars", ""),
        ("28085-epars.cfg", ""),
        ("28085-EPARS.TXT", ""),
        ("28085-epars.csi.example", ""),
        ("28085-epars.csi.example.2026-11-22.cfg", ""),
        ("28085-epars-confg", ""),
        ("28085-epars-confg.txt", ""),
        ("28085-epars.cfg", "a-new-name"),
    ],
)
def test_by_host_name_else_by_file(file: str, hostname: str) -> None:
    text = running(file, hostname)

    found = matched(text)

    assert found.texts == {"28085-epars": (text,)}
    assert not found.strays
    assert not found.misnamed


def test_the_host_name_goes_before_the_name_of_the_file() -> None:
    text = running("28085-gare.cfg", "28085-epars")

    found = matched(text)

    assert found.texts == {"28085-epars": (text,)}
    assert found.misnamed == ((text, "28085-gare"),)


@pytest.mark.parametrize(
    ("file", "hostname"), [("x.cfg", "x"), ("x.cfg", ""), ("28085.cfg", ""), (".cfg", "28085-ep")]
)
def test_what_is_of_no_switch_is_a_stray(file: str, hostname: str) -> None:
    text = running(file, hostname)

    assert matched(text) == Matched(strays=(text,))


def test_several_files_for_one_switch_are_all_kept() -> None:
    texts = (running("a", "28085-epars"), running("28085-epars.old", ""))

    assert matched(*texts).texts == {"28085-epars": texts}


def test_files_that_cannot_be_read_are_matched_by_name() -> None:
    known, unknown = (Unusable(f"x/{name}", "empty", "") for name in ("28085-epars.cfg", "readme"))

    found = matched(known, unknown)

    assert found.unusable == {"28085-epars": (known,)}
    assert found.strays == (unknown,)
    assert not found.texts
