"""The journal: appended, on the disk, repaired, and three years long at the most."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.recordings import NOW

from maille.errors import MailleError
from maille.retention.journal import KEPT, Journal, time_text

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal", "somebody@somewhere")


def test_entries_come_back_in_order_with_time_and_author(journal: Journal) -> None:
    with journal.writing(NOW):
        journal.append(NOW, [{"phase": "unlinked"}, {"phase": "erased"}])
        journal.append(NOW + timedelta(days=20), [{"phase": "unlinked", "camera": "é"}])
    assert list(journal.entries()) == [
        {"at": "2026-11-22T12:00:00.000000Z", "author": "somebody@somewhere", "phase": "unlinked"},
        {"at": "2026-11-22T12:00:00.000000Z", "author": "somebody@somewhere", "phase": "erased"},
        {
            "at": "2026-12-12T12:00:00.000000Z",
            "author": "somebody@somewhere",
            "phase": "unlinked",
            "camera": "é",
        },
    ]
    assert [file.name for file in sorted(journal.folder.glob("*.jsonl"))] == [
        "2026-11.jsonl",
        "2026-12.jsonl",
    ]
    later = journal.entries(since=NOW + timedelta(days=20))
    assert [entry["at"] for entry in later] == ["2026-12-12T12:00:00.000000Z"]


def test_a_line_cut_short_anywhere_is_taken_away_and_told(journal: Journal) -> None:
    with journal.writing(NOW):
        journal.append(NOW, [{"phase": "unlinked"}])
        journal.append(NOW, [{"phase": "erased"}])
    file = journal.folder / "2026-11.jsonl"
    whole = file.read_bytes()
    first = whole.index(b"\n") + 1
    for cut in range(first + 1, len(whole)):
        file.write_bytes(whole[:cut])
        assert [entry["phase"] for entry in journal.entries()] == ["unlinked"]
        with journal.writing(NOW):
            journal.append(NOW, [{"phase": "erased"}])
        told = list(journal.entries())
        assert [entry["phase"] for entry in told] == ["unlinked", "repaired", "erased"]
        assert told[1]["cut_bytes"] == cut - first


def test_damage_within_is_refused_with_its_place(journal: Journal) -> None:
    with journal.writing(NOW):
        journal.append(NOW, [{"phase": "unlinked"}, {"phase": "erased"}])
    file = journal.folder / "2026-11.jsonl"
    file.write_bytes(b'{"at": 3}\n' + file.read_bytes())
    with pytest.raises(MailleError, match=r"line 1 of .*2026-11\.jsonl is damaged"):
        list(journal.entries())


def test_it_has_one_writer(journal: Journal) -> None:
    other = (
        "from datetime import datetime, UTC; from pathlib import Path;"
        "from maille.retention.journal import Journal; import sys\n"
        "with Journal(Path(sys.argv[1]), 'x').writing(datetime.now(tz=UTC)): pass"
    )
    command = [sys.executable, "-c", other, str(journal.folder)]
    with journal.writing(NOW):
        refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "another process writes the journal" in refused.stderr
    assert subprocess.run(command, check=False).returncode == 0


@given(st.lists(st.integers(0, 5 * 365 * 24), max_size=30))
def test_nothing_older_than_three_years_is_kept_and_nothing_younger_lost(
    tmp_path_factory: pytest.TempPathFactory, ages_h: list[int]
) -> None:
    journal = Journal(tmp_path_factory.mktemp("journal"), "x")
    times = sorted(NOW - timedelta(hours=age) for age in ages_h)
    with journal.writing(NOW):
        for moment in times:
            journal.append(moment, [{"phase": "unlinked"}])
        gone = journal.forget(NOW)
    kept = [time_text(moment) for moment in times if NOW - moment <= KEPT]
    assert [entry["at"] for entry in journal.entries()] == kept
    assert gone == len(times) - len(kept)
    assert datetime(2027, 1, 1, tzinfo=UTC) - datetime(2024, 1, 1, tzinfo=UTC) >= KEPT


def test_every_line_is_one_json_document(journal: Journal) -> None:
    with journal.writing(NOW):
        journal.append(NOW, [{"camera": "a\nb"}])
    (line,) = (journal.folder / "2026-11.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["camera"] == "a\nb"
