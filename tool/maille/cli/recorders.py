"""`maille twin record`, `recorded`: recordings that are made on a cluster, and read back."""

from __future__ import annotations

import signal
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.checking import checked
from maille.cli.options import AsJson, AsOf, Estate, Quiet
from maille.cli.shell import Shell
from maille.cli.state import state_folder
from maille.cli.storage.options import Client, Conf, ScaleText, Via, opened, reach_of, scale_of
from maille.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from maille.blueprint.model import Blueprint
    from maille.ceph.connection import Access
    from maille.ceph.own_sessions import OwnSessions
    from maille.layout.model import Layout
    from maille.layout.scale import Scale
    from maille.recording.stack.stack import Reach
    from maille.twin.recorder.posts import Manned
    from maille.twin.recorder.reading import Lost
    from maille.twin.recorder.recorder import Order
    from maille.twin.recorder.tally import Count

Ledger = Annotated[
    Path | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        help="The account of what was stored.",
        show_default="~/.local/state/maille/twin/recorder/ESTATE.jsonl",
        dir_okay=False,
    ),
]
_SECONDS_A_DAY = 86400


@dataclass(frozen=True, slots=True)
class _Site:
    """An estate on a cluster, as an administrator sees it."""

    blueprint: Blueprint
    layout: Layout
    scale: Scale
    reach: Reach

    @property
    def access(self) -> Access:
        from maille.ceph.connection import Access

        return Access(self.reach.conf)


def record(  # noqa: PLR0913 - one argument an option
    estate: Estate,
    *,
    commune: Annotated[
        list[str] | None,
        typer.Option(metavar="INSEE", help="Only this one; may be repeated.", show_default="all"),
    ] = None,
    seconds: Annotated[
        int, typer.Option(min=0, max=30 * _SECONDS_A_DAY, help="How long they record from now on.")
    ] = 60,
    segment_s: Annotated[
        int | None,
        typer.Option(
            "--segment-s",
            min=1,
            max=_SECONDS_A_DAY,
            help="Seconds a segment.",
            show_default="as estate.yaml has it",
        ),
    ] = None,
    days: Annotated[
        int, typer.Option(min=0, max=366, help="Write the past days first, at once.")
    ] = 0,
    ago: Annotated[
        int,
        typer.Option(
            "--ago", metavar="DAYS", min=0, max=365, help="End so many days ago, not now."
        ),
    ] = 0,
    ledger: Ledger = None,
    conf: Conf = None,
    client: Client = None,
    scale: ScaleText = "1",
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Record for the cameras in service, each commune with its own key.

    What is written is H.264 that plays, at the planned rates. A segment counts once the cluster
    has it for good; Ctrl-C lets all of them store what they have. Ends with 1 if a recorder had
    to stop before its time.

    Example:
        maille twin record inventory/chartres --scale 1/20000 --segment-s 5
        maille twin record inventory/chartres --commune 28085 --days 2 --seconds 0
    """
    from maille.twin.recorder import ledger as ledgers
    from maille.twin.recorder.crew import run
    from maille.twin.recorder.recorder import Task
    from maille.twin.recorder.report import as_document, as_text
    from maille.twin.recorder.tally import Tally

    if not seconds and not days:
        raise UsageError("there is nothing to record", "give --seconds or --days more than 0")
    if ago and ago >= days:
        raise UsageError(
            f"nothing lies between {days} and {ago} days ago", "--days reaches further than --ago"
        )
    shell = Shell(as_json, quiet)
    site = _site(shell, estate, Via(conf, client), scale, as_of)
    file = ledger or _ledger_of(site)
    length_s = segment_s or site.blueprint.estate.settings.retention.segment_minutes * 60
    with (
        ledgers.opened(file) as account,
        _stopped_by_signals() as stopped,
        _handed_over(shell, site, estate, commune or ()) as (fsid, posts, sessions),
    ):
        order = _order(_now(), days, ago, seconds, length_s)
        cameras = sum(len(manned.post.feeds) for manned in posts)
        task = Task(order, site.access, sessions, fsid, account, Tally(), _now, cameras)
        with shell.progress("recording", _segments(order, cameras)) as step:
            outcome = run(task, posts, stopped, _stepper(step))
    document = as_document(outcome, posts, site.scale)
    shell.answer(document, lambda: as_text(outcome, posts, site.scale))
    shell.say(f"ledger: {file}; `maille twin recorded` reads all of it back")
    if outcome.failed:
        raise typer.Exit(ExitCode.FINDINGS)


def recorded(
    estate: Estate,
    *,
    ledger: Ledger = None,
    conf: Conf = None,
    client: Client = None,
    scale: ScaleText = "1",
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Read back every segment that `twin record` has accounted for on this cluster.

    Reads with the key of the estate's verifier. Ends with 1 if one is not as it was stored.

    Example:
        maille twin recorded inventory/chartres
    """
    from maille.twin.recorder.report import reading_as_document, reading_as_text

    shell = Shell(as_json, quiet)
    site = _site(shell, estate, Via(conf, client), scale, as_of)
    count, size_bytes, lost = _read_back(shell, site, estate, ledger or _ledger_of(site))
    document = reading_as_document(count, size_bytes, lost)
    shell.answer(document, lambda: reading_as_text(count, size_bytes, lost))
    if lost:
        raise typer.Exit(ExitCode.FINDINGS)


def _read_back(shell: Shell, site: _Site, estate: Path, file: Path) -> tuple[int, int, list[Lost]]:
    from dataclasses import replace

    from maille.ceph.clients import key
    from maille.ceph.names import folder
    from maille.ceph.own_sessions import own_sessions
    from maille.layout import names
    from maille.recording.stack.place import FOLDER as OWN
    from maille.twin.recorder import ledger as ledgers
    from maille.twin.recorder.reading import lost

    verifier = names.client(site.layout.estate, "verifier")
    root = folder(site.layout.recordings.name)
    wrong = []
    with (
        opened(site.reach, site.layout.filesystem.name) as cluster,
        own_sessions(cluster, site.layout.filesystem.name, estate / OWN) as sessions,
    ):
        entries = [entry for entry in ledgers.read(file) if entry.fsid == cluster.fsid]
        access = replace(site.access, client=verifier, key=key(cluster, verifier))
        with (
            sessions.mounted(access, root) as mount,
            shell.progress("reading back", len(entries)) as step,
        ):
            for _, one in lost(mount, root, entries):
                step()
                if one:
                    wrong.append(one)
    return len(entries), sum(entry.size_bytes for entry in entries), wrong


def _site(shell: Shell, estate: Path, via: Via, scale: str, as_of: date) -> _Site:
    from maille.layout.build import layout_of

    share = scale_of(scale)
    blueprint = checked(shell, estate, as_of).built().blueprint
    reach = reach_of(blueprint.estate.settings.storage.access, via, estate)
    return _Site(blueprint, layout_of(blueprint, share), share, reach)


@contextmanager
def _handed_over(
    shell: Shell, site: _Site, estate: Path, communes: Collection[str]
) -> Iterator[tuple[str, tuple[Manned, ...], OwnSessions]]:
    """Give the cluster's fsid, the posts with what an administrator hands over, and sessions."""
    from maille.ceph.own_sessions import own_sessions
    from maille.recording.stack.place import FOLDER as OWN
    from maille.twin.recorder.posts import manned, posts_of
    from maille.twin.recorder.vacancy import require_vacant

    posts = posts_of(site.blueprint, site.layout, site.scale, communes)
    filesystem = site.layout.filesystem.name
    with ExitStack() as stack:
        with shell.progress("handing keys over"), opened(site.reach, filesystem) as cluster:
            handed = tuple(manned(cluster, post) for post in posts)
            sessions = stack.enter_context(own_sessions(cluster, filesystem, estate / OWN))
            require_vacant(cluster, filesystem, posts)
        yield cluster.fsid, handed, sessions


def _order(now: datetime, days: int, ago: int, seconds: int, segment_s: int) -> Order:
    from maille.twin.recorder.recorder import Order

    begun = now.replace(microsecond=0)
    end = begun - timedelta(days=ago) if ago else begun + timedelta(seconds=seconds)
    return Order(begun - timedelta(days=days), end, segment_s)


def _segments(order: Order, cameras: int) -> int:
    """Give how many segments an order comes to, for the progress bar: some are cut in two."""
    until = order.until or order.since
    length_s = (until - order.since).total_seconds()
    return round(cameras * (length_s / order.segment_s + 0.5))


def _stepper(step: Callable[[], None]) -> Callable[[Count], None]:
    """Give what makes a step for each segment that came since it was last called."""
    shown = 0

    def look(count: Count) -> None:
        nonlocal shown
        for _ in range(count.segments - shown):
            step()
        shown = count.segments

    return look


@contextmanager
def _stopped_by_signals() -> Iterator[Callable[[], bool]]:
    """Give what tells whether Ctrl-C or SIGTERM came; a second one ends the command at once."""
    came: list[int] = []
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {kind: signal.getsignal(kind) for kind in kinds}

    def ask(number: int, _frame: object) -> None:
        came.append(number)
        restore()

    def restore() -> None:
        for kind, handler in before.items():
            signal.signal(kind, handler)

    for kind in kinds:
        signal.signal(kind, ask)
    try:
        yield lambda: bool(came)
    finally:
        restore()


def _ledger_of(site: _Site) -> Path:
    return state_folder() / "twin" / "recorder" / f"{site.layout.estate}.jsonl"


def _now() -> datetime:
    return datetime.now(tz=UTC)
