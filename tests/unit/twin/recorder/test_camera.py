"""One camera's recording, on a file system that forgets what was not asked to be kept."""

from __future__ import annotations

import hashlib
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import cephfs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.ceph.errors import CephError
from maille.layout.model import Share
from maille.twin.recorder.camera import Desk, record
from maille.twin.recorder.posts import Feed, Manned, Post
from maille.twin.recorder.spans import Span
from maille.twin.recorder.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.twin.recorder.content import Content
    from maille.twin.recorder.ledger import Entry, Ledger
    from maille.twin.recorder.shelf import Shelf

START = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
SECONDS = 4
FEED = Feed("28085-0001", 0.02)
SHARE = Share(
    filesystem="f", group="g", name="g-28085", quota_bytes=1, commune="28085", title="Chartres"
)


@dataclass
class File:
    """An unfinished file: what is synced of it, and when it then ended."""

    data: bytes = b""
    synced: tuple[bytes, datetime] | None = None
    errors: list[cephfs.Error] = field(default_factory=list)

    @property
    def written_bytes(self) -> int:
        return len(self.data)

    def write(self, content: Content, up_to: int) -> None:
        if self.errors:
            raise self.errors.pop()
        self.data += content.read(len(self.data), up_to - len(self.data))

    def begin_anew(self) -> None:
        self.data = b""

    def sync(self, ended: datetime) -> None:
        self.synced = (self.data, ended)


@dataclass
class Memory:
    """A shelf and a ledger in memory."""

    errors: list[cephfs.Error] = field(default_factory=list)
    current: File | None = None
    finished: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    @contextmanager
    def unfinished(self, _camera: str, _start: datetime) -> Iterator[File]:
        self.current = File(errors=self.errors)
        yield self.current

    def finish(self, camera: str, span: Span) -> str:
        assert self.current is not None
        assert self.current.synced is not None
        path = f"/{camera}/{span.start.isoformat()}"
        self.finished[path] = self.current.synced
        self.current = None
        return path

    def drop(self, _camera: str, _start: datetime) -> None:
        self.current = None

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)


def desk_on(memory: Memory, stop: threading.Event) -> Desk:
    manned = Manned(Post(SHARE, (FEED,)), "/volumes/g/g-28085/x", "secret")
    shelf, ledger = cast("Shelf", memory), cast("Ledger", memory)
    return Desk(manned, "fsid", shelf, ledger, Tally(), stop)


@given(waits=st.lists(st.floats(0, 3), max_size=12), stopped_at=st.integers(0, 13))
def test_what_is_accounted_for_is_stored_whenever_it_is_stopped(
    waits: list[float], stopped_at: int
) -> None:
    memory, stop = Memory(), threading.Event()
    passed_s = 0.0
    asked = 0

    def now() -> datetime:
        nonlocal passed_s, asked
        passed_s += waits[asked] if asked < len(waits) else SECONDS
        asked += 1
        if asked > stopped_at:
            stop.set()
        return START + timedelta(seconds=passed_s)

    class Impatient(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            assert timeout is not None
            return stop.is_set()

        def is_set(self) -> bool:
            return stop.is_set()

    spans = [Span(START, SECONDS), Span(START + timedelta(seconds=SECONDS), SECONDS)]
    record(desk_on(memory, Impatient()), FEED, spans, now)
    assert memory.current is None
    assert len(memory.entries) == len(memory.finished)
    for entry in memory.entries:
        data, ended = memory.finished[entry.path.removeprefix("/volumes/g/g-28085/x")]
        assert (entry.size_bytes, entry.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert ended == datetime.fromisoformat(entry.start) + timedelta(seconds=entry.seconds)
        assert ended <= START + timedelta(seconds=passed_s)


def test_a_segment_that_the_cluster_fails_is_begun_anew() -> None:
    memory = Memory(errors=[cephfs.OSError(110, "no answer")])
    desk = desk_on(memory, threading.Event())
    record(desk, FEED, [Span(START, SECONDS)], lambda: START + timedelta(days=1))
    assert desk.tally.count.repeats == 1
    assert [entry.seconds for entry in memory.entries] == [SECONDS]


@pytest.mark.parametrize(
    ("number", "why"),
    [(122, "quota"), (28, "cluster is full"), (108, "evicted"), (13, "may not write")],
)
def test_what_cannot_be_overcome_ends_it_and_leaves_nothing(number: int, why: str) -> None:
    memory = Memory(errors=[cephfs.OSError(number, "refused")])
    desk = desk_on(memory, threading.Event())
    with pytest.raises(CephError, match=f"Chartres records no more: .*{why}"):
        record(desk, FEED, [Span(START, SECONDS)], lambda: START + timedelta(days=1))
    assert memory.entries == []
    assert memory.current is None
