"""The journal of shares that `maille storage up --erase` gives up."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from maille.cli.author import author
from maille.cli.storage.moments import now
from maille.cli.storage.options import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maille.cli.storage.preparing import Prepared
    from maille.retention.journal import Entry

LONGEST_WAIT_S = 60
"""What takes longer is told by the next run."""


@contextmanager
def erasing(estate: Path, prepared: Prepared) -> Iterator[Callable[[], tuple[Entry, ...]]]:
    """Journal what is about to go, and give what journals how far it came.

    Raises:
        MailleError: another process gives up shares of the estate.
    """
    from maille.recording import erasing as shares
    from maille.recording.stack.place import FOLDER
    from maille.retention.journal import FOLDER as JOURNAL
    from maille.retention.journal import Journal

    given_up, layout = prepared.assembly.given_up, prepared.assembly.layout
    journal = Journal(estate / FOLDER / JOURNAL / shares.FOLDER, author())
    if not given_up and not journal.folder.exists():
        yield lambda: ()
        return
    erasures = shares.Erasures(journal, now)
    where = (layout.filesystem.name, layout.estate)

    def told() -> tuple[Entry, ...]:
        with opened(prepared.stack.reach) as cluster:
            return erasures.go_on(cluster, *where, LONGEST_WAIT_S)

    with journal.writing(now()):
        journal.forget(now())
        if given_up:
            with opened(prepared.stack.reach) as cluster:
                erasures.begin(cluster, *where, given_up)
        yield told
