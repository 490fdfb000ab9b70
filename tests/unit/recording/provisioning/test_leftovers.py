"""What an engine leaves that was killed is gone before the next one begins."""

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING

import pytest

from maille.inventory.schema.settings import StackState
from maille.recording.stack.place import Place, place_of, release_dead_locks

if TYPE_CHECKING:
    from pathlib import Path

STACK = ".pulumi/stacks/maille/essai.json"
LOCK = ".pulumi/locks/organization/maille/essai"
NOBODY = 2**22 + 1


def left(folder: Path, *, host: str) -> Place:
    """Make a state with a lock, what belongs to another one that is gone, and half a file."""
    place = Place(folder / "work", f"file://{folder}", "")
    holder = json.dumps({"pid": NOBODY, "hostname": host})
    files = (f"{LOCK}/a.json", f"{LOCK}/a.json.attrs", f"{LOCK}/b.json.attrs")
    for name in (*files, STACK, f"{STACK}.attrs", f"{STACK}.187a3d.tmp"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(holder, encoding="utf-8")
    return place


def names(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def test_nothing_is_left_of_engines_that_are_gone(tmp_path: Path) -> None:
    release_dead_locks(left(tmp_path, host=socket.gethostname()))
    assert names(tmp_path) == [STACK, f"{STACK}.attrs"]


def test_what_another_machine_may_be_writing_stays(tmp_path: Path) -> None:
    place = left(tmp_path, host="another-machine")
    before = names(tmp_path)
    release_dead_locks(place)
    assert names(tmp_path) == before


def test_a_known_place_is_not_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place_of(tmp_path, StackState())
    monkeypatch.setattr(os, "fsync", lambda _: pytest.fail("written again"))
    assert place_of(tmp_path, StackState()).unfinished == tmp_path / ".maille" / "unfinished"
