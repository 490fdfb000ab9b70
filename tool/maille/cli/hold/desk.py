"""What every command of holds begins with: an estate, its cluster, a service's key, the journal."""

from __future__ import annotations

import secrets
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maille.cli import estates
from maille.cli.author import author
from maille.cli.checking import checked
from maille.cli.storage.moments import now
from maille.cli.storage.options import Via, opened, reach_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from pathlib import Path

    from maille.blueprint.model import Blueprint
    from maille.ceph.connection import Cluster
    from maille.cli.shell import Shell
    from maille.holds.model import Hold
    from maille.holds.work import Work

Names = Annotated[
    list[str],
    typer.Argument(
        metavar="NAME",
        help="Names of holds. The folder of the estate may stand before.",
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True)
class Desk:
    """An estate's holds, opened."""

    blueprint: Blueprint
    cluster: Cluster
    work: Work

    def at(self, cameras: Collection[str]) -> Work:
        """Give the work, knowing where some cameras record."""
        from maille.holds.places import places_of
        from maille.retention.places import group_of

        places = places_of(self.blueprint, self.cluster, group_of(self.blueprint), cameras)
        return replace(self.work, cameras=places)

    def holds(self, names: Collection[str]) -> list[Hold]:
        """Give holds by their names, all of them if none is named."""
        register = self.work.opened.register
        return [register.named(name) for name in names] if names else register.holds()


@contextmanager
def at_desk(
    shell: Shell,
    estate: Path,
    via: Via,
    moment: datetime | None,
    service: Literal["exporter", "verifier"],
    *,
    journaled: bool = True,
) -> Iterator[Desk]:
    """Open an estate's holds for as long as a `with` lasts.

    Args:
        shell: where progress is shown.
        estate: its folder.
        via: the way to the cluster, where it is not what the estate says.
        moment: the time to judge by; now by default.
        service: whose key is used.
        journaled: whether something is done that belongs into the journal.
    """
    from maille.files import unversioned
    from maille.holds.opening import opened as area_opened
    from maille.holds.work import Work
    from maille.recording.stack.place import FOLDER as OWN
    from maille.retention.journal import FOLDER, Journal
    from maille.retention.places import group_of, require_clock

    begin = moment or now()
    blueprint = checked(shell, estate, begin.date()).built().blueprint
    own = unversioned(estate / OWN)
    journal = Journal(own / FOLDER / "holds", author())
    reach = reach_of(blueprint.estate.settings.storage.access, via, estate)
    with ExitStack() as stack:
        if journaled:
            stack.enter_context(journal.writing(now()))
        group = group_of(blueprint)
        cluster = stack.enter_context(opened(reach, group.filesystem))
        if journaled and moment is None:
            require_clock(cluster, begin)
        run = secrets.token_hex(8)
        found = stack.enter_context(area_opened(cluster, group, service, own, run))
        work = Work(found, {}, own, journal, begin, now)
        yield Desk(blueprint, cluster, work)


def one_name(words: list[str]) -> tuple[Path, str]:
    """Part `[ESTATE] NAME`, for a command that is about one hold."""
    from maille.errors import UsageError

    estate, names = estates.split(words)
    if len(names) != 1:
        what = "no hold is named" if not names else "more than one hold is named"
        raise UsageError(what, "name one; `maille hold list` tells their names")
    return estate, names[0]
