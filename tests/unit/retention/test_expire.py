"""Expiry in memory: what may go, what never may, and what a cut at any point leaves."""

from __future__ import annotations

import itertools
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.recordings import FOLDER, MINUTE, NOW, RULE, KnownEvidence, MemoryTree, area

from maille.ceph.errors import CephOutOfReachError
from maille.errors import MailleError
from maille.retention.ends import end_of
from maille.retention.expire.drain import Drain
from maille.retention.expire.evidence import Backlog
from maille.retention.expire.holds import HoldsInMemory, Register, Requested
from maille.retention.expire.pace import Pace
from maille.retention.expire.pending import Pending
from maille.retention.expire.planner import Planner
from maille.retention.expire.run import BATCH_FILES, Expirer
from maille.retention.journal import Journal
from maille.retention.segments.scan import days_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.retention.expire.drain import Drained
    from maille.retention.expire.holds import Holds
    from maille.retention.expire.sums import Sum
    from maille.retention.segments.model import Segment

AREA = area("a", "b")
STARTS = st.integers(0, 6 * 24 * 60).map(lambda minutes: NOW - minutes * MINUTE)
LENGTHS = st.integers(1, 10).map(lambda minutes: minutes * MINUTE)
RECORDINGS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "unknown"]), STARTS, LENGTHS), max_size=25
)
REQUESTED = st.builds(
    lambda camera, start, length, copied: Requested(
        reference="r", cameras=frozenset({camera}), start=start, end=start + length, copied=copied
    ),
    st.sampled_from(["a", "b"]),
    STARTS,
    st.integers(0, 600).map(lambda minutes: minutes * MINUTE),
    st.booleans(),
)


class Cut(BaseException):
    """The process is killed here."""


@dataclass
class Run:
    """A run with its parts; `cut` is called before everything that outlives the process."""

    tree: MemoryTree
    folder: Path
    holds: Holds = field(default_factory=HoldsInMemory)
    evidence: KnownEvidence = field(default_factory=KnownEvidence)
    cut: Callable[[], None] = lambda: None
    refresh: Callable[[], None] = lambda: None
    rate: float = 1e9
    waited_s: float = 0.0

    def sleep(self, seconds: float) -> None:
        self.waited_s += seconds

    def expire(self) -> tuple[Sum, Drained]:
        journal = _Journal(self.folder, "x", self.cut)
        with journal.writing(NOW):
            pending = _Pending(self.folder / "pending", self.cut)
            ids = map(str, itertools.count(len(list(journal.entries()))))
            expirer = Expirer(
                _Tree(self.tree, self.cut),
                journal,
                pending,
                Planner(self.tree, self.holds, NOW),
                Pace(self.rate, lambda: 0.0, lambda _: None),
                lambda: NOW,
                lambda: next(ids),
                refresh=self.refresh,
            )
            expirer.settle()
            found = expirer.expire(AREA, FOLDER)
            drain = Drain(
                journal, pending, self.evidence, lambda: NOW, lambda: self.waited_s, self.sleep
            )
            return found, drain.wait(5)

    def told(self, phase: str) -> Counter[str]:
        """Count the segments that the journal tells of, by camera."""
        counted: Counter[str] = Counter()
        for entry in Journal(self.folder, "x").entries():
            if entry["phase"] == phase:
                counted[entry["camera"]] += entry["segments"]
        return counted


@dataclass(frozen=True)
class _Journal(Journal):
    cut: Callable[[], None]

    def append(self, at: datetime, entries: Any) -> None:  # noqa: ANN401
        self.cut()
        super().append(at, entries)
        self.cut()


class _Pending(Pending):
    def __init__(self, folder: Path, cut: Callable[[], None]) -> None:
        super().__init__(folder)
        self.cut = cut

    def save(self, batch: Any) -> None:  # noqa: ANN401
        self.cut()
        super().save(batch)

    def forget(self, batch: Any) -> None:  # noqa: ANN401
        self.cut()
        super().forget(batch)


class _Tree:
    def __init__(self, tree: MemoryTree, cut: Callable[[], None]) -> None:
        self.tree, self.cut = tree, cut

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name in ("unlink", "rmdir", "sync"):
            self.cut()
        return getattr(self.tree, name)


def tree_of(recordings: list[tuple[str, datetime, timedelta]]) -> MemoryTree:
    tree = MemoryTree()
    tree.folders |= {"/essai-28001", FOLDER}
    for camera, start, length in recordings:
        tree.record(camera, start, length)
    return tree


def segments(tree: MemoryTree) -> dict[str, tuple[str, Segment]]:
    """Give camera and segment by path."""
    return {
        one.path: (camera, one)
        for camera in ("a", "b", "unknown")
        if f"{FOLDER}/{camera}" in tree.folders
        for day in days_of(tree, f"{FOLDER}/{camera}")
        for one in day.segments
    }


@given(RECORDINGS, st.lists(REQUESTED, max_size=3))
@settings(deadline=None)
def test_just_what_is_past_and_asked_for_by_nobody_goes(
    recordings: list[tuple[str, datetime, timedelta]], requested: list[Requested]
) -> None:
    tree = tree_of(recordings)
    before = segments(tree)
    with TemporaryDirectory() as folder:
        run = Run(tree, Path(folder), HoldsInMemory(tuple(requested)))
        found, drained = run.expire()
        gone = before.keys() - segments(tree).keys()
        for path, (camera, one) in before.items():
            kept = one.start + RULE.segment > NOW - RULE.days
            promised = end_of(one, RULE) > NOW - RULE.days
            held = any(
                not each.copied
                and camera in each.cameras
                and each.start <= one.start + RULE.segment
                and one.start <= each.end
                for each in requested
            )
            assert (path in gone) is not (kept or held)
            assert not (path in gone and promised)
        assert found.segments == drained.erased == len(gone)
        by_camera = Counter(before[path][0] for path in gone)
        assert run.told("unlinked") == run.told("erased") == by_camera
        again, _ = run.expire()
        assert again.segments == 0


@given(RECORDINGS, st.data())
@settings(deadline=None)
def test_cut_off_anywhere_and_again_it_tells_of_every_file_once(
    recordings: list[tuple[str, datetime, timedelta]], data: st.DataObject
) -> None:
    tree = tree_of(recordings)
    before = segments(tree)
    whole = tree_of(recordings)
    with TemporaryDirectory() as folder, TemporaryDirectory() as other:
        Run(whole, Path(other)).expire()
        left = [data.draw(st.integers(0, 40), label="steps to the cut")]

        def cut() -> None:
            if left[0] == 0:
                raise Cut
            left[0] -= 1

        for _ in range(4):
            with suppress(Cut):
                Run(tree, Path(folder), cut=cut).expire()
            left[0] = data.draw(st.integers(0, 40), label="steps to the cut")
        run = Run(tree, Path(folder))
        run.expire()
        assert tree.files.keys() == whole.files.keys()
        assert tree.folders == whole.folders
        gone = Counter(before[path][0] for path in before.keys() - tree.files.keys())
        assert run.told("unlinked") == run.told("erased") == gone
        assert list((Path(folder) / "pending").iterdir()) == []


def test_a_file_that_took_the_name_of_one_that_was_going_is_left_and_not_told(
    tmp_path: Path,
) -> None:
    old = NOW - timedelta(days=4)
    tree = tree_of([("a", old, RULE.segment)])
    (path,) = tree.files
    steps = itertools.count()

    def cut() -> None:
        if next(steps) == 1:  # what goes is written down, and has not gone yet
            raise Cut

    with suppress(Cut):
        Run(tree, tmp_path, cut=cut).expire()
    assert len(list((tmp_path / "pending").iterdir())) == 1
    run = Run(tree, tmp_path, HoldsInMemory((_requested("a", old),)))
    run.expire()
    assert path in tree.files
    assert run.told("unlinked") == Counter()


def _requested(camera: str, start: datetime) -> Requested:
    return Requested(reference="PV 1", cameras=frozenset({camera}), start=start, end=start + MINUTE)


def test_what_is_asked_for_is_counted_by_its_reference(tmp_path: Path) -> None:
    old = NOW - timedelta(days=4)
    tree = tree_of([("a", old, RULE.segment), ("b", old, RULE.segment)])
    found, _ = Run(tree, tmp_path, HoldsInMemory((_requested("a", old),))).expire()
    assert found.held == {"PV 1": 1}
    assert [path.split("/")[3] for path in tree.files] == ["a"]


def test_unlinked_is_told_as_erased_only_with_all_evidence(tmp_path: Path) -> None:
    tree = tree_of([("a", NOW - timedelta(days=4), RULE.segment)])
    (file,) = tree.files.values()
    run = Run(tree, tmp_path, evidence=KnownEvidence(Backlog(1, 0, 0)))
    _, drained = run.expire()
    assert (drained.erased, drained.left, drained.backlog) == (0, 1, Backlog(1, 0, 0))
    run.evidence = KnownEvidence(there={file.inode})
    assert run.expire()[1].left == 1
    for backlog in (Backlog(0, 1, 0), Backlog(0, 0, 1)):
        run.evidence = KnownEvidence(backlog)
        assert run.expire()[1].left == 1
    assert (run.told("unlinked"), run.told("erased")) == (Counter(a=1), Counter())
    run.evidence = KnownEvidence()
    assert run.expire()[1].erased == 1
    assert run.told("erased") == Counter(a=1)


def test_a_metadata_server_that_is_away_proves_nothing(tmp_path: Path) -> None:
    class Away(KnownEvidence):
        def backlog(self) -> Backlog:
            raise CephOutOfReachError("away")

    tree = tree_of([("a", NOW - timedelta(days=4), RULE.segment)])
    run = Run(tree, tmp_path, evidence=Away())
    _, drained = run.expire()
    assert (drained.left, drained.backlog) == (1, None)
    assert run.waited_s >= 5


def test_days_that_are_within_the_promise_are_not_read(tmp_path: Path) -> None:
    tree = tree_of([("a", NOW - day * timedelta(days=1), RULE.segment) for day in range(6)])
    tree.listed.clear()
    Run(tree, tmp_path).expire()
    assert f"{FOLDER}/a/2026-11-21" not in tree.listed
    assert f"{FOLDER}/a/2026-11-22" not in tree.listed


def test_more_than_a_batch_goes_in_batches(tmp_path: Path) -> None:
    tree = MemoryTree()
    begin = NOW - timedelta(days=5)
    tree.record_all("a", begin, begin + 1200 * MINUTE, MINUTE)
    found, drained = Run(tree, tmp_path).expire()
    assert found.segments == drained.erased == 1200
    entries = list(Journal(tmp_path, "x").entries())
    sizes = [entry["segments"] for entry in entries if entry["phase"] == "unlinked"]
    assert (sum(sizes), max(sizes)) == (1200, BATCH_FILES)


def test_what_is_asked_for_between_two_batches_stays(tmp_path: Path) -> None:
    tree = MemoryTree()
    begin = NOW - timedelta(days=5)
    tree.record_all("a", begin, begin + 100 * MINUTE, MINUTE)
    asked: list[Requested] = []
    left: list[set[str]] = []

    class Late:
        def on(self, camera: str, start: datetime, end: datetime) -> str | None:
            return HoldsInMemory(tuple(asked)).on(camera, start, end)

    def refresh() -> None:
        left.append(set(segments(tree)))
        if len(left) == 3:
            end = begin + timedelta(days=1)
            asked.append(Requested(reference="r", cameras=frozenset("a"), start=begin, end=end))

    found, _ = Run(tree, tmp_path, Late(), refresh=refresh, rate=2).expire()
    assert [len(there) for there in left[:4]] == [100, 90, 80, 80]
    assert segments(tree).keys() == left[2]
    assert (found.segments, found.held) == (20, {"r": 80})


def test_what_a_recorder_never_finished_goes_with_its_day(tmp_path: Path) -> None:
    old = NOW - timedelta(days=4)
    tree = tree_of([("a", old, RULE.segment)])
    tree.put(f"{FOLDER}/a/2026-11-18/.20261118T121000Z.mp4.part", old)
    found, _ = Run(tree, tmp_path).expire()
    assert (found.segments, tree.files) == (2, {})
    assert f"{FOLDER}/a/2026-11-18" not in tree.folders


def test_foreign_files_and_links_stay(tmp_path: Path) -> None:
    old = NOW - timedelta(days=4)
    tree = tree_of([("a", old, RULE.segment)])
    day = f"{FOLDER}/a/2026-11-18"
    tree.put(f"{day}/index.db", old)
    tree.put(f"{day}/20261118T130000Z.mp4", old, kind="other")
    tree.put(f"{FOLDER}/a/20261118T130000Z.mp4", old)
    Run(tree, tmp_path).expire()
    assert sorted(tree.files) == [
        f"{FOLDER}/a/2026-11-18/20261118T130000Z.mp4",
        f"{FOLDER}/a/2026-11-18/index.db",
        f"{FOLDER}/a/20261118T130000Z.mp4",
    ]


@pytest.mark.parametrize(("access", "owner"), [("smb", "maille"), ("cephfs", "vms")])
def test_what_a_vms_keeps_is_not_ours(access: Any, owner: Any) -> None:  # noqa: ANN401
    assert AREA.ours
    assert not replace(AREA, access=access, owner=owner).ours


def test_a_register_keeps_back_what_it_asks_for_and_damage_stops_everything(
    tmp_path: Path,
) -> None:
    register = Register(tmp_path)
    assert register.on("a", NOW, NOW) is None
    (tmp_path / "1.json").write_text(_requested("a", NOW).model_dump_json())
    assert register.on("a", NOW - 10 * MINUTE, NOW) == "PV 1"
    assert register.on("a", NOW + 2 * MINUTE, NOW + 3 * MINUTE) is None
    (tmp_path / "2.json").write_text("{")
    with pytest.raises(MailleError, match="nobody knows which images"):
        register.on("b", NOW, NOW)


def test_no_more_go_than_the_rate_allows() -> None:
    clock = [0.0]

    def sleep(seconds: float) -> None:
        clock[0] += seconds

    pace = Pace(20, lambda: clock[0], sleep)
    for _ in range(100):
        pace.turn()
    assert clock[0] == pytest.approx(99 / 20)
    clock[0] += 60  # a standstill is not made up for
    for _ in range(20):
        pace.turn()
    assert clock[0] == pytest.approx(99 / 20 + 60 + 19 / 20)
