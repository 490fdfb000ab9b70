"""`maille storage size`, as a user types it."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from tests import estates

if TYPE_CHECKING:
    from pathlib import Path

CHARTRES = str(estates.INVENTORY / "chartres")
DAY = ("--as-of", str(estates.AS_OF))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [estates.MAILLE, "storage", "size", *arguments, *DAY],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def document(*arguments: str) -> dict[str, Any]:
    done = run(CHARTRES, "--json", *arguments)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_reference_vector_in_both_codes() -> None:
    told = document("--ec", "8+3", "--hosts", "12", "--margin", "0")
    inventory, supposed = told["inventory"], told["supposed"]
    assert round(inventory["mbps"]) == 2175
    assert round(inventory["daily_bytes"] / 1e12, 2) == 23.49
    assert round(inventory["need_bytes"] / 1e12, 2) == 352.35
    assert round(inventory["need_bytes"] / 2**40, 1) == 320.5
    assert round(inventory["raw_for_need_alone_bytes"] / 1e12, 1) == 770.8
    assert round(supposed["raw_for_need_alone_bytes"] / 1e12, 1) == 660.7
    assert supposed["erasure_code"] == {"k": 8, "m": 3}
    assert len(inventory["communes"]) == 64


def test_the_table_names_decimal_and_binary_sizes() -> None:
    done = run(CHARTRES)
    assert done.returncode == 0
    assert re.search(r"^need +352\.35 TB$", done.stdout, flags=re.MULTILINE)
    assert re.search(r"^ +320\.5 TiB$", done.stdout, flags=re.MULTILINE)
    assert "supposed" not in done.stdout
    assert re.search(r"^28085 +Chartres +148 .* estimated ", done.stdout, flags=re.MULTILINE)


def test_the_plot_is_svg_whose_text_is_text(tmp_path: Path) -> None:
    plot = tmp_path / "need.svg"
    done = run(CHARTRES, "--plot", str(plot))
    assert done.returncode == 0
    texts = re.findall(r"<text [^>]*>([^<]*)</text>", plot.read_text(encoding="utf-8"))
    day = document()["inventory"]["runs_out"]
    assert any(day[:4] in text and "épuisé" in text for text in texts)
    assert any("Communes rurales" in text for text in texts)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--ec", "8-3"), "'8-3' is no erasure code"),
        (("--ec", "8+1"), "loses recordings"),
        (("--ec", "8+3", "--hosts", "8"), "8 hosts cannot hold 8 + 3 chunks"),
        (("--days", "0"), "--days"),
        (("--codec", "mjpeg"), "mjpeg"),
    ],
)
def test_what_cannot_be_is_refused_as_wrong_usage(arguments: tuple[str, ...], says: str) -> None:
    done = run(CHARTRES, *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_supposed_is_foretold_beside_the_inventory() -> None:
    done = run(CHARTRES, "--cameras", "1000", "--days", "30")
    known, _, supposed = done.stdout.partition("\nsupposed\n")

    assert "500 cameras     448.9 TB promised  Communes rurales" in known
    assert re.search(r"1000 cameras +[0-9,.]+ TB promised  Communes rurales", supposed)


def test_too_few_hosts_to_heal_are_not_enough() -> None:
    """11 hosts hold 8 + 3 chunks and the recordings; after the loss of one nothing heals."""
    supposed = document("--ec", "8+3", "--hosts", "11")["supposed"]

    assert supposed["raw_bytes"] > supposed["raw_needed_bytes"]
    assert supposed["hosts_needed"] == 12
    assert supposed["enough"] is False


@pytest.mark.parametrize(
    "arguments",
    [
        ("--days", "-1"),
        ("--days", "x"),
        ("--cameras", "0"),
        ("--cameras", "-5"),
        ("--hosts", "1"),
        ("--hosts", "5"),
        ("--margin", "-0.1"),
        ("--margin", "nan"),
        ("--ec", "0+2"),
        ("--ec", "4+0"),
        ("--ec", "-4+2"),
        ("--ec", ""),
    ],
)
def test_numbers_that_make_no_sense_are_refused(arguments: tuple[str, ...]) -> None:
    done = run(CHARTRES, *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert re.search(f"{arguments[0]}|erasure code|suppose ", done.stderr)


def test_more_days_than_the_authorisations_allow_are_told() -> None:
    done = run(CHARTRES, "--days", "45", "--json")
    assert done.returncode == 0
    assert "45 days are more than the authorisation of 64 communes allows" in done.stderr


def test_a_plot_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = run(CHARTRES, "--plot", str(tmp_path / "nowhere" / "need.svg"))
    assert done.returncode == 2
    assert f"there is no folder {tmp_path / 'nowhere'}" in done.stderr
    assert "Traceback" not in done.stderr
