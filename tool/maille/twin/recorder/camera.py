"""One camera's recording: segment after segment, each accounted for once it is stored for good."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cephfs

from maille.twin.recorder.content import content_of
from maille.twin.recorder.faults import ending
from maille.twin.recorder.ledger import Entry

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from maille.twin.recorder.content import Content
    from maille.twin.recorder.ledger import Ledger
    from maille.twin.recorder.posts import Feed, Manned
    from maille.twin.recorder.shelf import Shelf, Unfinished
    from maille.twin.recorder.spans import Span
    from maille.twin.recorder.tally import Tally

_BEAT_S = 1.0
"""A camera's images are handed to the file system once in this time."""
_PAUSE_S = 0.5
"""Before a segment is begun anew."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What all cameras of one recorder share.

    `stop` ends them: what was filmed until then, in whole seconds, is still stored.
    """

    manned: Manned
    fsid: str
    shelf: Shelf
    ledger: Ledger
    tally: Tally
    stop: threading.Event


def record(desk: Desk, feed: Feed, spans: Iterable[Span], now: Callable[[], datetime]) -> None:
    """Record one camera until its segments or the recorder end.

    What is over already is written at once. A segment that the cluster fails is begun anew
    until it is stored: a recorder holds the images of a segment meanwhile.

    Raises:
        CephError: the recorder cannot go on: no quota, no right, no session.
    """
    for span in spans:
        if desk.stop.is_set():
            return
        _insist(desk, feed, span, now)


def _insist(desk: Desk, feed: Feed, span: Span, now: Callable[[], datetime]) -> None:
    while True:
        try:
            _store(desk, feed, span, now)
        except cephfs.Error as error:
            told = ending(desk.manned.post.share.title, error)
            if told:
                with suppress(cephfs.Error):
                    desk.shelf.drop(feed.camera, span.start)
                raise told from None
            desk.tally.repeated()
            if desk.stop.wait(_PAUSE_S):
                return
        else:
            return


def _store(desk: Desk, feed: Feed, span: Span, now: Callable[[], datetime]) -> None:
    content = content_of(feed.camera, span, feed.mbps)
    with desk.shelf.unfinished(feed.camera, span.start) as file:
        filmed = span if _film(desk, file, content, span, now) else span.cut(now())
        if filmed and filmed != span:
            content = content_of(feed.camera, filmed, feed.mbps)
            file.begin_anew()
        if filmed:
            file.write(content, content.size_bytes)
            file.sync(filmed.end)
    if filmed is None:
        desk.shelf.drop(feed.camera, span.start)
        return
    path = desk.shelf.finish(feed.camera, filmed)
    desk.ledger.add(_entry(desk, feed, filmed, content, path))
    desk.tally.stored(content.size_bytes)


def _film(
    desk: Desk, file: Unfinished, content: Content, span: Span, now: Callable[[], datetime]
) -> bool:
    """Write a segment while its time passes; False if the recorder is ended before it is over."""
    while (elapsed_s := (now() - span.start).total_seconds()) < span.seconds:
        file.write(content, int(content.size_bytes * max(0.0, elapsed_s) / span.seconds))
        if desk.stop.wait(min(_BEAT_S, span.seconds - elapsed_s)):
            return False
    return True


def _entry(desk: Desk, feed: Feed, span: Span, content: Content, path: str) -> Entry:
    return Entry(
        fsid=desk.fsid,
        subvolume=desk.manned.post.share.name,
        camera=feed.camera,
        path=desk.manned.folder + path,
        start=span.start.isoformat(),
        seconds=span.seconds,
        size_bytes=content.size_bytes,
        sha256=content.sha256(),
    )
