"""What is asked for and not copied yet, in the estate's own folder, where expiry looks for it.

The register on the cluster counts; this is made anew from it, before anything may expire.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from maille.files import write_atomically
from maille.retention.expire.holds import FOLDER, Requested
from maille.retention.journal import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from maille.holds.model import Hold


def requests_of(hold: Hold) -> Iterator[Requested]:
    """Give what must not expire for a hold; the cameras of one time together."""
    if hold.state in ("releasing", "released"):
        return
    cameras: dict[tuple[datetime, datetime], set[str]] = defaultdict(set)
    for span in hold.owed:
        cameras[span.start, span.end].add(span.camera)
    for (start, end), named in cameras.items():
        yield Requested(
            reference=hold.asked.reference, cameras=frozenset(named), start=start, end=end
        )


def write(own: Path, holds: Iterable[Hold]) -> None:
    """Write what expiry has to leave alone; what is no longer asked for goes.

    Args:
        own: the estate's own folder.
        holds: all that there are.
    """
    folder = own / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {}
    for hold in holds:
        for number, requested in enumerate(requests_of(hold), start=1):
            wanted[folder / f"{hold.name}.{number}.json"] = requested.model_dump_json()
    there = {path: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    if there == wanted:
        return
    for path, content in wanted.items():
        write_atomically(path, content)
    for path in there.keys() - wanted.keys():
        path.unlink()
    sync_folder(folder)
