"""A whole estate's recordings in memory: what is judged, named and left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.recordings import FOLDER, MINUTE, NOW, RULE, MemoryTree, area

from maille.errors import UsageError
from maille.retention.places import Place
from maille.retention.scope import with_cameras
from maille.retention.verify import seen
from maille.retention.verify.report import Proof, as_document, as_text, suites
from maille.retention.verify.run import Verifier, snapshots

if TYPE_CHECKING:
    from pathlib import Path

    from maille.retention.promise import Area
    from maille.retention.verify.run import AreaVerdict

AREA = area("a", "b")


@pytest.fixture
def tree() -> MemoryTree:
    """Give two cameras that recorded without fault."""
    found = MemoryTree()
    for camera in ("a", "b"):
        found.record_all(camera, NOW - RULE.days - 20 * MINUTE, NOW)
    return found


def verified(
    tree: MemoryTree, area: Area = AREA, folder: str | None = FOLDER, cameras: str = ""
) -> AreaVerdict:
    verifier = Verifier(tree, NOW, {}, containers=False)
    asked = frozenset(cameras) or None
    (found,) = verifier.verify([Place(area, folder)], asked)
    return found


def codes(found: AreaVerdict) -> list[tuple[str, str]]:
    return sorted((one.code, one.subject) for one in found.all_findings)


def test_recordings_without_fault_are_proved_and_counted(tree: MemoryTree) -> None:
    proof = Proof("essai", NOW, (verified(tree),), ())
    assert proof.holds
    assert as_text(proof) == (
        "2 cameras, 580 segments, 580,000 bytes, the oldest of 2026-11-20 11:40:00Z:"
        " kept as promised"
    )
    assert as_document(proof)["cameras"][0] == {
        "camera": "a",
        "commune": "28001",
        "segments": 290,
        "size_bytes": 290_000,
        "oldest": "2026-11-20T11:40:00Z",
        "newest": "2026-11-22T11:50:00Z",
        "newest_end": "2026-11-22T12:00:00Z",
        "missing_s": 0,
    }


def test_a_camera_without_a_folder_has_recorded_nothing(tree: MemoryTree) -> None:
    assert codes(verified(tree, area("a", "b", "c"))) == [("R108", "c")]


def test_unknown_cameras_and_foreign_files_are_named_where_they_are(tree: MemoryTree) -> None:
    tree.record("stranger", NOW - RULE.segment)
    tree.put(f"{FOLDER}/a/thumbs.db", NOW)
    tree.put(f"{FOLDER}/index.db", NOW)
    tree.folders.add(f"{FOLDER}/lost+found")
    found = codes(verified(tree))
    assert found == [
        ("R109", "stranger"),
        ("R110", "a"),
        ("R110", "essai-28001"),
        ("R110", "lost+found"),
    ]


def test_only_what_is_being_written_may_be_unfinished(tree: MemoryTree) -> None:
    day = f"{FOLDER}/a/2026-11-22"
    tree.put(f"{day}/.20261122T115500Z.mp4.part", NOW)
    assert codes(verified(tree)) == []
    tree.put(f"{day}/.20261122T110500Z.mp4.part", NOW - 50 * MINUTE)
    assert codes(verified(tree)) == [("R110", "a")]


def test_what_an_unknown_camera_keeps_too_long_is_told_by_the_communes_rule(
    tree: MemoryTree,
) -> None:
    tree.record("stranger", NOW - timedelta(days=4))
    assert codes(verified(tree)) == [("R102", "stranger"), ("R109", "stranger")]


def test_of_a_commune_that_left_only_what_is_too_old_is_wrong(tree: MemoryTree) -> None:
    left = replace(area(), left=True)
    tree.folders.add(f"{FOLDER}/empty")
    tree.record("stranger", NOW - timedelta(days=1))
    found = verified(tree, left)
    assert codes(found) == [("R116", "essai-28001")]
    assert Proof("essai", NOW, (found,), ()).holds
    tree.record("stranger", NOW - timedelta(days=4))
    assert ("R102", "stranger") in codes(verified(tree, left))


def test_cameras_that_are_asked_for_are_judged_alone(tree: MemoryTree) -> None:
    tree.put(f"{FOLDER}/index.db", NOW)
    found = verified(tree, cameras="b")
    assert [one.camera for one in found.verdicts] == ["b"]
    assert found.all_findings == ()
    assert not any(path.startswith(f"{FOLDER}/a") for path in tree.listed)


def test_snapshots_are_told_once_where_they_were_taken(tree: MemoryTree) -> None:
    tree.folders |= {"/.snap", "/.snap/all", "/essai-28001/.snap", f"{FOLDER}/.snap"}
    tree.folders |= {"/essai-28001/.snap/_all_1", "/essai-28001/.snap/nightly"}
    tree.folders |= {f"{FOLDER}/.snap/_all_1", f"{FOLDER}/.snap/_nightly_2"}
    assert codes(verified(tree)) == [("R106", "essai-28001")]
    assert [one.subject for one in snapshots(tree, "essai", "")] == ["essai"]


@pytest.mark.parametrize(
    ("changed", "folder", "code"),
    [({"access": "rbd", "owner": "vms"}, None, "R112"), ({}, None, "R115")],
)
def test_what_is_not_there_to_be_read_is_said(
    tree: MemoryTree, changed: dict[str, str], folder: str | None, code: str
) -> None:
    found = verified(tree, replace(AREA, **changed), folder)  # type: ignore[arg-type]
    assert codes(found) == [(code, "essai-28001")]
    assert Proof("essai", NOW, (found,), ()).holds is (code == "R112")


def test_a_vms_that_erases_itself_is_judged_all_the_same(tree: MemoryTree) -> None:
    tree.record("a", NOW - timedelta(days=4))
    assert codes(verified(tree, replace(AREA, access="smb", owner="vms"))) == [("R102", "a")]


def test_a_suite_is_a_subvolume(tree: MemoryTree) -> None:
    tree.record("a", NOW - timedelta(days=4))
    files, findings = suites(Proof("essai", NOW, (verified(tree),), ()))
    assert files == ["essai-28001"]
    assert {one.place.file for one in findings} == {"essai-28001"}


def test_what_was_seen_is_read_again_and_only_what_was_looked_at_changes(
    tree: MemoryTree, tmp_path: Path
) -> None:
    assert seen.load(tmp_path) == {}
    first = verified(tree)
    seen.save(tmp_path, {}, first.verdicts, NOW)
    kept = seen.load(tmp_path)
    assert kept == {one.camera: one.seen(NOW) for one in first.verdicts}
    later = NOW + MINUTE
    seen.save(tmp_path, kept, verified(tree, cameras="b").verdicts, later)
    assert {camera: one.at for camera, one in seen.load(tmp_path).items()} == {
        "a": NOW,
        "b": later,
    }
    (tmp_path / seen.NAME).write_text("{")
    assert seen.load(tmp_path) == {}


def test_a_camera_that_records_nowhere_there_is_refused() -> None:
    other = replace(area("c"), subvolume="essai-28002")
    areas, asked = with_cameras((AREA, other), ["b"])
    assert (areas, asked) == ((AREA,), frozenset({"b"}))
    with pytest.raises(UsageError, match="camera `d` unknown"):
        with_cameras((AREA, other), ["b", "d"])
