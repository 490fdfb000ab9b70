"""`maille health report` on a history that a poller has recorded in SQLite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests import estates
from tests.integration.health.replay import record
from tests.unit.health.reporting import month

from maille.health.history.database import open_database
from maille.health.history.schema import migrate

if TYPE_CHECKING:
    from pathlib import Path


MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the estate of the month, with its history in the file where pollers keep it."""
    folder = month.eventful(tmp_path_factory.mktemp("estates"))
    database = open_database(folder / ".maille" / "health.db")
    migrate(database)
    record(database, month.remembered(estates.built(folder).blueprint))
    database.close()
    return folder


def test_the_month_is_what_was_computed_by_hand(estate: Path) -> None:
    ran = estates.maille("health", "report", estate, *MARCH, "--json")
    assert ran.returncode == 0, ran.stderr
    document = json.loads(ran.stdout)
    assert document["time_zone"] == "Europe/Paris"
    assert document["window"] == {"from": "2026-02-28T23:00:00Z", "to": "2026-03-31T22:00:00Z"}
    assert [(row["key"], row["availability"], row["unknown_s"]) for row in document["rows"]] == [
        ("28085", 3893.5 / 3901, 30 * 3600),
        ("28110", 6170 / 6175, 54 * 3600),
    ]
    assert [one["causes"] for one in document["causes"]] == [
        ["agg-2"],
        ["28085-jardin"],
        ["28110-0006"],
        ["28085-0001"],
    ]


def test_every_form_is_written_beside_the_table(estate: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"march{form}" for form in (".html", ".xlsx", ".csv", ".json")]
    named = [word for file in files for word in ("--out", file)]
    ran = estates.maille("health", "report", estate, *MARCH, "--by", "owner", *named)
    assert ran.returncode == 0, ran.stderr
    assert "Ville d'Ici" in ran.stdout
    assert "nobody looked from Mar 20, 2026 07:00 to Mar 20, 2026 13:00: 6 h" in ran.stdout
    assert all(file.stat().st_size for file in files)
    assert "Disponibilité" in files[0].read_text(encoding="utf-8")


def test_the_estate_says_by_which_clock(estate: Path, tmp_path: Path) -> None:
    """In La Réunion March has 744 hours, and begins three hours before that of Paris."""
    moved = estates.copy(estate, tmp_path)
    settings = moved / "estate.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\nhealth: {{time_zone: Indian/Reunion}}\n", encoding="utf-8")
    ran = estates.maille("health", "report", moved, *MARCH, "--json")
    document = json.loads(ran.stdout)
    assert document["window"] == {"from": "2026-02-28T20:00:00Z", "to": "2026-03-31T20:00:00Z"}
    settings.write_text(f"{text}\nhealth: {{time_zone: Paris}}\n", encoding="utf-8")
    ran = estates.maille("health", "report", moved, *MARCH)
    assert "`Paris` is no time zone" in ran.stderr


def test_a_shift_is_handed_over(estate: Path, tmp_path: Path) -> None:
    page = tmp_path / "shift.html"
    ran = estates.maille(
        *("health", "report", estate, "--shift", "--out", page, "--language", "en", "--json"),
        *("--from", "2026-03-20 06:00", "--to", "2026-03-20 14:00"),
    )
    assert ran.returncode == 0, ran.stderr
    document = json.loads(ran.stdout)
    assert document["devices"]["down"] == 1
    assert [one["roots"] for one in document["open"]] == [["28110-0006"]]
    assert document["not_polled"] == [
        {"from": "2026-03-20T06:00:00Z", "to": "2026-03-20T12:00:00Z"}
    ]
    assert "Hand-over of the shift" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "it is not said from when on to report"),
        (("--from", "2026-13-01"), "'2026-13-01' is no time"),
        (("--from", "2026-03-02", "--to", "2026-03-01"), "no time that is past"),
        (("--from", "2026-03-01", "--out", "report.pdf"), "none of the forms"),
        (("--from", "2026-03-01", "--history", "mysql://here/db"), "not kept in mysql"),
        (("--shift", "--out", "report.csv"), "a hand-over is no table"),
    ],
)
def test_what_cannot_be_reported_is_told(
    estate: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    ran = estates.maille("health", "report", estate, *words, cwd=tmp_path)
    assert ran.returncode == 2, ran.stderr
    assert said in " ".join(ran.stderr.split())
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_history_the_poller_is_named(tmp_path: Path) -> None:
    fresh = estates.copy(estates.COMPLETE, tmp_path)
    ran = estates.maille("health", "report", fresh, *MARCH)
    assert ran.returncode == 2
    assert "there is no history yet" in " ".join(ran.stderr.split())
    assert not (fresh / ".maille").exists()


def test_the_future_is_cut_off(estate: Path) -> None:
    ran = estates.maille("health", "report", estate, "--from", "2026-03-31", "--to", "9000-01-01")
    assert ran.returncode == 0, ran.stderr
    assert "the report ends now" in ran.stderr
