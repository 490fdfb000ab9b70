"""One recorder: its session with the cluster, and a thread for each of its cameras.

What the cluster lets one camera wait for holds up none of the others, as it is with the
processes of a real recorder.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import cephfs

from maille.ceph.errors import CephError, CephOutOfReachError
from maille.twin.recorder.camera import Desk, record
from maille.twin.recorder.faults import ending
from maille.twin.recorder.shelf import Shelf
from maille.twin.recorder.spans import phase_of, spans

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from maille.ceph.connection import Access
    from maille.ceph.own_sessions import OwnSessions
    from maille.twin.recorder.ledger import Ledger
    from maille.twin.recorder.posts import Manned
    from maille.twin.recorder.tally import Tally


@dataclass(frozen=True, slots=True)
class Order:
    """What recorders are to do.

    What lies in the past from `since` on is written at once; then they go on until `until`, for
    ever if that is None. Times are UTC, in whole seconds.
    """

    since: datetime
    until: datetime | None
    segment_s: int


@dataclass(frozen=True, slots=True)
class Task:
    """What all recorders of a run have in common."""

    order: Order
    access: Access
    """Of the cluster; each recorder puts its own key into it."""
    sessions: OwnSessions
    fsid: str
    ledger: Ledger
    tally: Tally
    now: Callable[[], datetime]
    cameras: int
    """Of all recorders: their segments change one after the other."""


class Recorder(threading.Thread):
    """A recorder at work; `error` tells what ended it before its time."""

    def __init__(self, task: Task, manned: Manned, first: int) -> None:
        """Prepare it.

        Args:
            task: what it has in common with the others.
            manned: its own post.
            first: the number of its first camera among those of all recorders.
        """
        super().__init__(name=manned.post.entity, daemon=True)
        self.manned = manned
        self.removed = 0
        self.error: Exception | None = None
        self._task = task
        self._first = first
        self._stop_asked = threading.Event()
        self._turn = threading.Lock()

    def run(self) -> None:
        """Record until the order is done, or something ends it."""
        try:
            with self._mounted() as session:
                self._record(session)
        except Exception as error:  # noqa: BLE001  # told by whoever waits for the thread
            self._fail(error)

    def ask_to_stop(self) -> None:
        """Let the cameras store what they have, and end."""
        self._stop_asked.set()

    def leave_behind(self) -> None:
        """Wait no longer for a cluster that does not answer.

        Its session cannot be ended either: `abort_conn` waits for the metadata server too, and
        lets renamings that were lost look done.
        """
        self._fail(
            CephOutOfReachError(
                f"{self.manned.post.share.title}: the cluster did not answer to the end; what it"
                " was not heard to have is not in the ledger",
                "see `ceph health`, then start again",
            )
        )

    def _mounted(self) -> AbstractContextManager[cephfs.LibCephFS]:
        manned = self.manned
        own = replace(self._task.access, client=manned.post.entity, key=manned.key)
        return self._task.sessions.mounted(own, manned.folder)

    def _record(self, session: cephfs.LibCephFS) -> None:
        task = self._task
        shelf = Shelf(session, task.tally)
        desk = Desk(self.manned, task.fsid, shelf, task.ledger, task.tally, self._stop_asked)
        self.removed = self._cleared(shelf)
        cameras = [
            threading.Thread(target=self._camera, args=(desk, number), daemon=True)
            for number in range(len(self.manned.post.feeds))
        ]
        for camera in cameras:
            camera.start()
        for camera in cameras:
            camera.join()

    def _cleared(self, shelf: Shelf) -> int:
        title = self.manned.post.share.title
        try:
            return shelf.clear()
        except cephfs.Error as error:
            raise ending(title, error) or CephOutOfReachError(
                f"{title}: the file system does not answer: {error}", "see `ceph fs status`"
            ) from None

    def _camera(self, desk: Desk, number: int) -> None:
        order, count = self._task.order, self._task.cameras
        phase = phase_of(self._first + number, count, order.segment_s)
        lag = timedelta(seconds=phase.lag_s)
        own = spans(order.since, order.until, order.segment_s, phase.first_s)
        try:
            record(desk, self.manned.post.feeds[number], own, lambda: self._task.now() - lag)
        except Exception as error:  # noqa: BLE001  # as above
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        with self._turn:
            self.error = self.error or error
        self._stop_asked.set()


def told(recorder: Recorder) -> CephError | None:
    """Give what ended a recorder before its time, or None; a fault of our own is raised."""
    if recorder.error is None or isinstance(recorder.error, CephError):
        return recorder.error
    raise recorder.error
