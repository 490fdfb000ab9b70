"""Files are written all together: after a crash, a full disk, or beside another writer."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.batch.batches import (
    INSEE,
    NEW_CABINET,
    NEW_CAMERA,
    NEW_COMMUNE,
    Book,
    commune_file,
    estate_in,
    prepared,
    tree_of,
)

from maille.batch.adding import add
from maille.batch.drafts import Draft, save
from maille.batch.sheets import CABINETS, CAMERAS, COMMUNES
from maille.batch.wish import Wish
from maille.errors import MailleError
from maille.inventory.load import load

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a writer is killed in a fork")

STEPS = {"tempfile.mkstemp", "open", "os.rename", "os.chmod", "os.remove"}
"""What a writer does to a file system, as the interpreter tells its audit hooks."""
REFUSED = 7


def child(work: Callable[[], object], die_at: int) -> int:
    """Do something in a process of its own that is killed before a step; give how it ended."""
    process = os.fork()
    if process:
        return ended(process)
    steps = iter(range(10**6))

    def kill(event: str, _arguments: object) -> None:
        if event in STEPS and next(steps) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(kill)
    _last_act(work)
    raise AssertionError


def _last_act(work: Callable[[], object]) -> None:
    """Do something and end the process: a child must never come back to pytest."""
    try:
        work()
    except MailleError:
        os._exit(REFUSED)
    except BaseException:  # noqa: BLE001 - see above
        os._exit(1)
    os._exit(0)


def ended(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return estate_in(Path())


def batch_of(estate: Path) -> Path:
    """Write a batch of three new communes that also changes the one that is there."""
    book = Book(estate)
    for number in range(3):
        insee = f"2617{number}"
        book.add(COMMUNES, {**NEW_COMMUNE, "INSEE code": insee})
        book.add(CABINETS, {**NEW_CABINET, "INSEE code": insee, "At km": 1.625 + number / 8})
        book.add(CAMERAS, {**NEW_CAMERA, "INSEE code": insee, "Camera": f"{insee}-0001"})
    known = {"INSEE code": INSEE, "Cabinet": "ecole", "Camera": f"{INSEE}-0077"}
    book.add(CAMERAS, {**NEW_CAMERA, **known})
    return book.save(Path("lot.xlsx"))


def inventory_files(estate: Path) -> dict[str, bytes]:
    """Give the files that count: without what a killed writer has left beside them."""
    return {name: data for name, data in tree_of(estate).items() if "/." not in name}


def test_import_that_is_killed_anywhere_is_finished_by_the_same_import(estate: Path) -> None:
    batch = batch_of(estate)
    shutil.copytree(estate, "start")
    before = tree_of(estate)
    save(prepared(estate, batch).drafts)
    after = tree_of(estate)
    half_done = 0
    for step in range(200):
        shutil.rmtree(estate)
        shutil.copytree("start", estate)
        drafts = prepared(estate, batch).drafts
        code = child(lambda drafts=drafts: save(drafts), die_at=step)  # type: ignore[misc]
        left = inventory_files(estate)
        assert before.keys() <= left.keys() <= after.keys()
        assert all(data in {before.get(name), after[name]} for name, data in left.items())
        half_done += left not in (before, after)
        save(prepared(estate, batch).drafts)
        assert inventory_files(estate) == after
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert code == 0
    assert half_done, "no kill fell between two files: the test tests nothing"


def test_commune_that_is_killed_half_way_is_added_by_the_same_command(estate: Path) -> None:
    wish = Wish("26170", "Allan", since=date(2026, 6, 1))
    for step in range(100):
        drafts = add(estate, load(estate), wish).drafts
        code = child(lambda drafts=drafts: save(drafts), die_at=step)  # type: ignore[misc]
        if list(estate.glob("communes/26170*.yaml")):
            break
        assert code == -signal.SIGKILL
    assert "adhesion-26170" in load(estate).whole().conventions


def test_full_disk_changes_nothing_and_names_the_file(
    estate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = prepared(estate, batch_of(estate)).drafts
    before = tree_of(estate)
    synced: list[int] = []

    def fsync(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="No space left on device") as refused:
        save(drafts)
    assert refused.value.filename.endswith(".yaml")
    assert tree_of(estate) == before


def test_folder_that_may_not_be_written_changes_nothing(
    estate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = prepared(estate, batch_of(estate)).drafts
    before = tree_of(estate)

    def mkstemp(**_options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/estate/.x.abc")

    monkeypatch.setattr("tempfile.mkstemp", mkstemp)
    with pytest.raises(PermissionError) as refused:
        save(drafts)
    assert refused.value.filename.endswith(".yaml")
    assert tree_of(estate) == before


def racer(gate: int, files: list[Path], mark: bytes) -> int:
    """Start a writer that waits at a gate; give its process."""
    process = os.fork()
    if not process:
        os.read(gate, 1)
        _last_act(lambda: save([Draft(file, b"old", mark) for file in files]))
    return process


def test_of_two_imports_at_once_the_second_is_refused(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.yaml" for number in range(30)]
    for _ in range(5):
        for file in files:
            file.write_bytes(b"old")
        gate, opener = os.pipe()
        racers = {mark: racer(gate, files, mark) for mark in (b"one", b"two")}
        os.write(opener, b"..")
        codes = {mark: ended(process) for mark, process in racers.items()}
        os.close(gate)
        os.close(opener)
        assert sorted(codes.values()) == [0, REFUSED]
        winner = min(codes, key=codes.__getitem__)
        assert {file.read_bytes() for file in files} == {winner}


def test_what_a_killed_writer_left_is_swept_and_nothing_else(estate: Path) -> None:
    file = commune_file(estate)
    left = file.with_name(f".{file.name}.abcd1234")
    other = file.with_name(".notes.abcd1234")
    for path in (left, other):
        path.write_text("half")
    save([Draft(file, file.read_bytes(), file.read_bytes() + b"# more\n")])
    assert not left.exists()
    assert other.exists()
