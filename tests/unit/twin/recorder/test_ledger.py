"""The account of what is stored: whoever is killed while writing it leaves it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maille.errors import MailleError, UsageError
from maille.twin.recorder import ledger
from maille.twin.recorder.ledger import Entry

if TYPE_CHECKING:
    from pathlib import Path


def entry(number: int) -> Entry:
    return Entry("fsid", "s-1", "c", f"/{number}.mp4", "2026-11-22T14:00:00+00:00", 5, 9, "ab")


def add(file: Path, *numbers: int) -> None:
    with ledger.opened(file) as account:
        for number in numbers:
            account.add(entry(number))


def test_each_run_adds_to_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "new" / "ledger.jsonl"
    assert list(ledger.read(file)) == []
    add(file, 1, 2)
    add(file, 3)
    assert list(ledger.read(file)) == [entry(1), entry(2), entry(3)]


@pytest.mark.parametrize("left_bytes", [1, 40, -2])
def test_a_line_that_was_cut_off_was_never_promised(left_bytes: int, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    add(file, 1)
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:left_bytes])
    assert list(ledger.read(file)) == [entry(1)]
    add(file, 2)
    assert list(ledger.read(file)) == [entry(1), entry(2)]


def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    with ledger.opened(file), pytest.raises(UsageError, match="are writing"):
        add(file, 1)


def test_what_comes_after_the_end_is_not_accounted_for(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    with ledger.opened(file) as account:
        pass
    account.add(entry(1))
    assert list(ledger.read(file)) == []


@pytest.mark.parametrize("text", ["something else\n", '{"fsid": "only"}\n', "[1]\n"])
def test_another_file_is_named_with_its_line(text: str, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MailleError, match=r"ledger\.jsonl, line 1: "):
        list(ledger.read(file))
