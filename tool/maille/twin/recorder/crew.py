"""Many recorders at once, from their start to the last segment."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.twin.recorder.recorder import Recorder, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maille.ceph.errors import CephError
    from maille.twin.recorder.posts import Manned
    from maille.twin.recorder.recorder import Task
    from maille.twin.recorder.tally import Count

_LOOK_S = 0.1


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a run waits for a cluster that does not answer, in seconds."""

    late_s: float = 60.0
    """After the end of the order, before the recorders are told to end."""
    grace_s: float = 20.0
    """After they were told to, before they are left behind."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What recorders did; `failed` tells by commune what ended one before its time."""

    count: Count
    seconds: float
    removed: int
    """Unfinished files that an earlier run had left."""
    failed: dict[str, CephError]


def run(
    task: Task,
    posts: Sequence[Manned],
    stopped: Callable[[], bool],
    look: Callable[[Count], None],
    patience: Patience = Patience(),
) -> Outcome:
    """Let recorders do their order, and give what came of it.

    Args:
        task: what they have in common.
        posts: one a recorder.
        stopped: asked several times a second; True ends them, with what was filmed until then.
        look: called as often, with what was counted so far.
        patience: with a cluster that does not answer.
    """
    begun = time.monotonic()
    recorders = _recorders(task, posts)
    for recorder in recorders:
        recorder.start()
    _await(recorders, task, stopped, look, patience.late_s)
    seconds = time.monotonic() - begun
    _end(recorders, patience.grace_s)
    look(task.tally.count)
    errors = {recorder.manned.post.share.title: told(recorder) for recorder in recorders}
    return Outcome(
        count=task.tally.count,
        seconds=seconds,
        removed=sum(recorder.removed for recorder in recorders),
        failed={title: error for title, error in errors.items() if error},
    )


def _recorders(task: Task, posts: Sequence[Manned]) -> list[Recorder]:
    recorders = []
    first = 0
    for manned in posts:
        recorders.append(Recorder(task, manned, first))
        first += len(manned.post.feeds)
    return recorders


def _await(
    recorders: Sequence[Recorder],
    task: Task,
    stopped: Callable[[], bool],
    look: Callable[[Count], None],
    late_s: float,
) -> None:
    """Wait until all have ended, or are to."""
    until = task.order.until and max(task.order.until, task.now())  # it may lie in the past
    while any(recorder.is_alive() for recorder in recorders):
        look(task.tally.count)
        if stopped():
            return
        time.sleep(_LOOK_S)
        if until is not None and (task.now() - until).total_seconds() > late_s:
            return


def _end(recorders: Sequence[Recorder], grace_s: float) -> None:
    """Tell all to end, and leave those behind that wait for the cluster."""
    for recorder in recorders:
        recorder.ask_to_stop()
    end = time.monotonic() + grace_s
    for recorder in recorders:
        recorder.join(max(0.0, end - time.monotonic()))
        if recorder.is_alive():
            recorder.leave_behind()
