"""The lock on disk: its text, what is wrong with a file, and writing that is cut short."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.strategies import Sketch, sketches
from tests.unit.allocation.helpers import AS_OF, deployed, settled

from maille.allocation.emit import lock_text
from maille.allocation.files import placed_in_files, read_lock, require_lock, write_lock
from maille.allocation.lock import CommuneLock, Lock, Quarantined, ShareNumbers
from maille.allocation.verify import verify
from maille.errors import AllocationError
from maille.inventory.source import parse_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.errors import Finding

GOLDEN = Path(__file__).parents[2] / "golden" / "allocation"


def village() -> Sketch:
    """Give an estate in which most kinds of entries appear."""
    sketch = Sketch()
    sketch.commune("28001")
    sketch.cabinet("28001", "mairie", cameras=2, attachment_points={"halle": {"place": "Mast"}})
    sketch.cabinet("28001", "ecole", ppms={"site": "school", "pupils": 90}, cameras=1)
    sketch.cabinet("28001", "gare", parent="28001-mairie")
    return sketch


def village_lock() -> Lock:
    """Deploy the village, then retire a camera of it."""
    sketch = village()
    lock = deployed(sketch)
    del sketch.communes["28001"]["cabinets"]["mairie"]["cameras"]["28001-0001"]
    sketch.camera("28001", "ecole", key="28001-0009")
    return settled(sketch, lock, retire=("all",)).lock


def test_text_is_one_line_an_entry(assert_golden: Callable[[str, Path], None]) -> None:
    lock = village_lock()
    assert_golden(lock_text(lock.communes["28001"]), GOLDEN / "28001.lock.yaml")
    assert_golden(lock_text(lock.shared), GOLDEN / "shared.lock.yaml")


@given(sketch=sketches())
@settings(max_examples=examples(60), deadline=None)
def test_text_reads_back_as_it_was(sketch: Sketch) -> None:
    for lock in settled(sketch).lock.communes.values():
        tree = parse_document(lock_text(lock).encode(), shown_as="lock").tree
        assert CommuneLock.model_validate(tree) == lock


@given(name=st.text(min_size=1, max_size=12))
@settings(max_examples=examples(300))
def test_any_text_survives(name: str) -> None:
    """Ids such as `123`, `1e5`, `null` or `2025-01-01` are texts, and stay so."""
    numbers: dict[str, str | int] = {"address": "10.0.0.1", "segment": name}
    quarantined = Quarantined(section="cameras", key=name, numbers=numbers, since=AS_OF)
    lock = CommuneLock(
        commune="28001",
        storage={name: ShareNumbers(recorder="1e5")},
        quarantine=(quarantined,),
    )
    document = parse_document(lock_text(lock).encode(), shown_as="lock")
    if not document.findings:
        assert CommuneLock.model_validate(document.tree) == lock
    else:
        assert not name.isprintable()


@pytest.mark.parametrize("key", ["123", "1e5", "0x1f", "null", "true", "no", "2025-01-01", "1_0"])
def test_awkward_ids_stay_texts(key: str) -> None:
    lock = CommuneLock(commune="28001", storage={key: ShareNumbers(recorder="rec")})
    tree = parse_document(lock_text(lock).encode(), shown_as="lock").tree
    assert CommuneLock.model_validate(tree).storage.keys() == {key}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    sketch = village()
    sketch.commune("28002")
    lock = settled(sketch).lock
    assert len(write_lock(tmp_path, lock).written) == 3
    assert read_lock(tmp_path) == (lock, ())
    stamp = (tmp_path / "allocations" / "28001.lock.yaml").stat().st_mtime_ns
    sketch.cabinet("28002", "mairie")
    done = write_lock(tmp_path, settled(sketch, lock).lock)
    assert [path.name for path in done.written] == ["28002.lock.yaml"]
    assert (tmp_path / "allocations" / "28001.lock.yaml").stat().st_mtime_ns == stamp


def test_file_of_a_commune_that_is_gone_is_removed(tmp_path: Path) -> None:
    sketch = village()
    write_lock(tmp_path, settled(sketch).lock)
    del sketch.communes["28001"]
    done = write_lock(tmp_path, settled(sketch, require_lock(tmp_path)).lock)
    assert [path.name for path in done.removed] == ["28001.lock.yaml"]


def test_estate_without_a_lock_has_an_empty_one(tmp_path: Path) -> None:
    assert read_lock(tmp_path) == (Lock(), ())


def broken(folder: Path, change: Callable[[str], str]) -> tuple[Finding, ...]:
    """Write a lock, change the text of a commune's file, and read it again."""
    write_lock(folder, village_lock())
    path = folder / "allocations" / "28001.lock.yaml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    lock, findings = read_lock(folder)
    assert lock is None
    return findings


def test_marks_of_a_merge_are_told_with_their_line(tmp_path: Path) -> None:
    marked = "cameras:\n<<<<<<< HEAD\n  a: 1\n=======\n  b: 1\n>>>>>>> branch\n"
    (found,) = broken(tmp_path, lambda text: text.replace("cameras:\n", marked, 1))
    assert (found.code, found.what) == ("A004", "a merge was not finished here")
    assert found.line_text == "<<<<<<< HEAD"
    assert found.place.line > 1


def test_same_entry_from_both_branches_is_told(tmp_path: Path) -> None:
    findings = broken(
        tmp_path, lambda text: text.replace("cameras:\n", "cameras:\n  a: {}\n  a: {}\n")
    )
    assert any("`a`" in finding.what for finding in findings)
    assert all(finding.place.line for finding in findings)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('commune: "28001"', 'commune: "28002"', "A004"),
        ("vlan: 100", "vlan: 9999", "I04"),
        ("position: 3", "position: three", "I04"),
        (
            "numbers: {cabinet: mairie, position: 2",
            "numbers: {cabinet: mairie, position: no",
            "A004",
        ),
        ("switches:", "swiches:", "I04"),
        ("blocks:", "blocks: [", "I0"),
    ],
)
def test_damage_is_told_where_it_is(tmp_path: Path, old: str, new: str, code: str) -> None:
    findings = broken(tmp_path, lambda text: text.replace(old, new, 1))
    assert all(finding.code.startswith(code) for finding in findings), findings
    assert all(finding.place.file.endswith("28001.lock.yaml") for finding in findings)
    with pytest.raises(AllocationError, match=r"28001\.lock\.yaml"):
        require_lock(tmp_path)


def test_findings_about_entries_get_their_line(tmp_path: Path) -> None:
    sketch = village()
    write_lock(tmp_path, deployed(sketch))
    del sketch.communes["28001"]["cabinets"]["mairie"]["cameras"]["28001-0002"]
    lock = require_lock(tmp_path)
    (found,) = placed_in_files(verify(sketch.estate(), lock, AS_OF), tmp_path)
    path = tmp_path / "allocations" / "28001.lock.yaml"
    assert found.place.file == str(path)
    assert path.read_text().splitlines()[found.place.line - 1] == found.line_text
    assert "28001-0002" in found.line_text


CUT_SHORT = """
import os, signal, sys
from pathlib import Path
import maille.files
from tests.strategies import Sketch
from tests.unit.allocation.helpers import settled
from maille.allocation.files import require_lock, write_lock

survives = int(sys.argv[2])
real = os.replace

def replace(*paths, **options):
    global survives
    if not survives:
        os.kill(os.getpid(), signal.SIGKILL)
    survives -= 1
    return real(*paths, **options)

os.replace = os.rename = replace
Path.replace = lambda self, target: replace(self, target)
unlink = Path.unlink

def remove(path, **options):
    if path.name.endswith(".lock.yaml"):
        replace(path, str(path) + ".gone")
    else:
        unlink(path, **options)

Path.unlink = remove
folder = Path(sys.argv[1])
sketch = Sketch()
for insee in ("28001", "28003"):
    sketch.commune(insee, formerly=["28002"] if insee == "28001" else [])
    for key in ("gare", "ecole") if insee == "28001" else ("ecole",):
        sketch.cabinet(insee, key, ring="ouest", cameras=2)
write_lock(folder, settled(sketch, require_lock(folder)).lock)
"""


@pytest.mark.parametrize("survives", range(6))
def test_writing_that_is_killed_leaves_whole_files_that_settling_mends(
    tmp_path: Path, survives: int
) -> None:
    before = Sketch()
    for insee, key in (("28001", "ecole"), ("28002", "gare"), ("28003", "ecole")):
        before.commune(insee)
        before.cabinet(insee, key, cameras=2)
    write_lock(tmp_path, deployed(before))
    old = {path.name: path.read_bytes() for path in (tmp_path / "allocations").iterdir()}
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, "-c", CUT_SHORT, str(tmp_path), str(survives)],
        env={**os.environ, "PYTHONPATH": root},
        check=False,
    )
    assert done.returncode in {0, -signal.SIGKILL}
    lock = require_lock(tmp_path)
    after = Sketch()
    after.commune("28001", formerly=["28002"])
    after.cabinet("28001", "gare", ring="ouest", cameras=2)
    after.cabinet("28001", "ecole", ring="ouest", cameras=2)
    after.commune("28003")
    after.cabinet("28003", "ecole", ring="ouest", cameras=2)
    told = verify(after.estate(), lock, AS_OF)
    new = {path.name: path.read_bytes() for path in (tmp_path / "allocations").glob("*.yaml")}
    if done.returncode and new != old:
        assert any(finding.code == "A001" for finding in told), "half a lock is not told"
    mended = settled(after, lock).lock
    whole = settled(after, deployed(before)).lock
    assert mended == whole
