"""An estate's shares on a cluster, and recorders at work there."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.estates import INVENTORY, built
from tests.provisioning import provision

from maille.ceph import clients
from maille.ceph.connection import connect
from maille.ceph.mount import mounted
from maille.ceph.names import folder
from maille.ceph.own_sessions import own_sessions
from maille.layout import names
from maille.layout.build import layout_of
from maille.layout.scale import parse_scale
from maille.twin.recorder import ledger as ledgers
from maille.twin.recorder.crew import run
from maille.twin.recorder.posts import manned, posts_of
from maille.twin.recorder.reading import lost
from maille.twin.recorder.recorder import Order, Task
from maille.twin.recorder.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    import cephfs

    from maille.ceph.connection import Access
    from maille.twin.cluster.record import Record
    from maille.twin.recorder.crew import Outcome
    from maille.twin.recorder.ledger import Entry
    from maille.twin.recorder.posts import Manned
    from maille.twin.recorder.reading import Lost
    from maille.twin.recorder.tally import Count

SCALE = parse_scale("1/20000")
ESTATE = "chartres"


@dataclass(frozen=True, slots=True)
class Place:
    """Some communes' shares on a cluster; all that an administrator can hand over."""

    record: Record
    fsid: str
    filesystem: str
    posts: tuple[Manned, ...]
    verifier: Access
    ledger: Path
    own: Path
    """Where sessions are written down."""

    @property
    def cameras(self) -> int:
        return sum(len(one.post.feeds) for one in self.posts)

    def work(
        self,
        order: Order,
        *,
        stopped: Callable[[], bool] = lambda: False,
        look: Callable[[Count], None] = lambda _count: None,
    ) -> Outcome:
        """Let the recorders do an order."""
        access = self.record.access()
        with ExitStack() as stack:
            account = stack.enter_context(ledgers.opened(self.ledger))
            with connect(access) as cluster:
                sessions = stack.enter_context(own_sessions(cluster, self.filesystem, self.own))
            task = Task(order, access, sessions, self.fsid, account, Tally(), now, self.cameras)
            return run(task, self.posts, stopped, look)

    def entries(self) -> list[Entry]:
        return list(ledgers.read(self.ledger))

    def lost(self) -> list[Lost]:
        """Read everything back that was accounted for."""
        root = folder(ESTATE)
        with mounted(self.verifier, self.filesystem, root) as mount:
            return [wrong for _, wrong in lost(mount, root, self.entries()) if wrong]

    @contextmanager
    def folder_of(self, one: Manned) -> Iterator[cephfs.LibCephFS]:
        """Mount a commune's folder as its recorder does."""
        own = replace(self.verifier, client=one.post.entity, key=one.key)
        with mounted(own, self.filesystem, one.folder) as mount:
            yield mount


def place_on(record: Record, ledger: Path, communes: Collection[str]) -> Place:
    """Make the shares of some communes of the large sample estate."""
    blueprint = built(INVENTORY / ESTATE).blueprint
    layout = layout_of(blueprint, SCALE)
    verifier = names.client(ESTATE, "verifier")
    with connect(record.access()) as cluster:
        provision(cluster, layout, communes)
        posts = posts_of(blueprint, layout, SCALE, communes)
        return Place(
            record,
            cluster.fsid,
            layout.filesystem.name,
            tuple(manned(cluster, post) for post in posts),
            replace(record.access(), client=verifier, key=clients.key(cluster, verifier)),
            ledger,
            ledger.parent / ".maille",
        )


def now() -> datetime:
    return datetime.now(tz=UTC)


def from_now_on(seconds: int, segment_s: int) -> Order:
    begun = now().replace(microsecond=0)
    return Order(begun, begun + timedelta(seconds=seconds), segment_s)


def at_half(place: Place, order: Order, act: Callable[[], None]) -> Outcome:
    """Do something to the cluster in the middle of an order, once segments are stored."""
    assert order.until is not None
    half_s = (order.until - now()).total_seconds() / 2
    stored_then: list[int] = []

    def act_late() -> None:
        time.sleep(half_s)
        stored_then.append(len(place.entries()))
        act()

    with ThreadPoolExecutor(1) as other:
        acted = other.submit(act_late)
        outcome = place.work(order)
        acted.result()
    assert 0 < stored_then[0] < outcome.count.segments
    return outcome
