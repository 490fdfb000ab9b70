"""What every command begins with that runs the stack."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.cli.checking import checked
from maille.cli.storage.options import Via, opened, reach_of, scale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date
    from pathlib import Path

    from maille.cli.shell import Shell
    from maille.recording.assembly import Assembly
    from maille.recording.stack.changes import Change
    from maille.recording.stack.stack import Stack


@dataclass(frozen=True, slots=True)
class Prepared:
    """A stack that may run, and what it is made of."""

    stack: Stack
    assembly: Assembly

    def targets(self, communes: list[str] | None) -> tuple[str, ...]:
        """Give what a run is limited to; raises UsageError where a commune has no share.

        A share that `--erase` names is no commune's any more: no such run may give it up.
        """
        from maille.errors import UsageError
        from maille.recording.stack.targets import targets_of

        if communes and self.stack.reach.erase:
            raise UsageError("--erase does not go with --commune", "give the share up by itself")
        return targets_of(self.assembly.layout, communes or [])


@contextmanager
def counted(shell: Shell, step: Callable[[], None]) -> Iterator[Callable[[Change], None]]:
    """Give what takes each change that is done; of a run that Ctrl-C ends it tells how many."""
    done = 0

    def tell(_change: Change) -> None:
        nonlocal done
        done += 1
        step()

    try:
        yield tell
    except KeyboardInterrupt:
        shell.say(f"interrupted: {done} changes are done; the next run goes on from there")
        raise


def prepare(
    shell: Shell,
    estate: Path,
    via: Via,
    scale: str,
    erase: Collection[str],
    as_of: date,
    *,
    fit: bool = True,
) -> Prepared:
    """Check the estate and look at its cluster; raises where either is not fit.

    `fit=False` is for what makes nothing, and so needs no room.
    """
    from maille.ceph.dead_sessions import end_dead
    from maille.recording.assembly import assemble
    from maille.recording.engine.find import find
    from maille.recording.preflight.judge import require_fit
    from maille.recording.stack.place import await_engines, place_of
    from maille.recording.stack.stack import Stack

    share = scale_of(scale)
    built = checked(shell, estate, as_of).built()
    settings = built.blueprint.estate.settings.storage
    reach = reach_of(settings.access, via, estate)
    engine = find()
    place = place_of(estate, settings.state)
    await_engines(place)  # it may be killed that began one: what both held is free then
    with shell.progress("looking at the cluster"), opened(reach) as cluster:
        end_dead(cluster, settings.filesystem)
        assembly = assemble(built.blueprint, cluster, share, erase)
    for finding in (*require_fit(assembly.lacks), *assembly.replaced) if fit else ():
        shell.say(f"{finding.code}  {finding.what}: {finding.how}")
    stack = Stack(assembly.layout, reach, place, engine.root, shell.say)
    return Prepared(stack.with_reach(erase=tuple(erase)), assembly)
