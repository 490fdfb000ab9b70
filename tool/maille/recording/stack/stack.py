"""A stack, driven through the Automation API: the program runs in this process."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pulumi import automation

from maille.ceph.connection import Access, connect
from maille.ceph.errors import CephError
from maille.errors import ExitCode, OutOfReachError
from maille.infra.program import recordings, registered
from maille.recording.stack.changes import Outcome
from maille.recording.stack.command import Engine
from maille.recording.stack.events import Listener
from maille.recording.stack.leftovers import clear
from maille.recording.stack.place import (
    PROJECT,
    await_engines,
    forget_logs,
    release_dead_locks,
)
from maille.secrets import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from maille.layout.model import Layout
    from maille.recording.stack.changes import Change
    from maille.recording.stack.place import Place


@dataclass(frozen=True, slots=True)
class Reach:
    """How the provider reaches the cluster; `key` is a reference."""

    conf: Path
    client: str
    key: str | None = None
    adopt: bool = False
    erase: Collection[str] = ()

    @property
    def settings(self) -> dict[str, Any]:
        """Give the provider's configuration."""
        found = {
            "conf": str(self.conf),
            "client": self.client,
            "key": self.key,
            "adopt": self.adopt or None,
            "erase": sorted(self.erase) or None,
        }
        return {name: value for name, value in found.items() if value is not None}

    @property
    def access(self) -> Access:
        """Give the way for a connection of one's own; raises SecretError without the key."""
        return Access(self.conf, self.client, resolve(self.key) if self.key else None)


@dataclass(frozen=True, slots=True)
class Stack:
    """The stack of one estate.

    The engine writes down what a run did when it ends, not after every resource: the state of
    thousands would be written thousands of times. What was cut off in between bears the estate's
    mark on the cluster, and the next run finds it there.

    Each run raises `StackError` with what the cluster or the engine said, all of it.
    """

    layout: Layout
    reach: Reach
    place: Place
    engine: Path | None
    """The folder whose `bin/pulumi` it is; None: the one on the PATH."""
    said: Callable[[str], None] = field(default=lambda _text: None)
    """Takes what a user should know while a run goes on."""

    def preview(self, targets: Sequence[str] = ()) -> Outcome:
        """Tell what `up` would change, by the state of the last run."""
        only = list(targets) or None
        self._settle()
        return self._run(lambda stack, listen: stack.preview(on_event=listen, target=only))

    def up(
        self, told: Callable[[Change], None] | None = None, targets: Sequence[str] = ()
    ) -> Outcome:
        """Apply the layout; of shares only those of `targets`, if there are any."""
        only = list(targets) or None
        return self._change(
            _UP, lambda stack, listen: stack.up(on_event=listen, target=only), told, whole=not only
        )

    def refresh(self, told: Callable[[Change], None] | None = None) -> Outcome:
        """Read every resource from the cluster into the state; the changes are the drift."""
        return self._run(
            lambda stack, listen: stack.refresh(on_event=listen, clear_pending_creates=True), told
        )

    def destroy(self, told: Callable[[Change], None] | None = None) -> Outcome:
        """Remove everything that is only this estate's.

        What an `up` made that was cut off is in no state: it is gone through again first, and
        so written down.
        """
        if self.place.cut_off == _UP:
            try:
                self.up()
            except StackError as error:
                self.said(f"the run that was cut off could not be finished: {error.what}")
        return self._change(
            _DESTROY, lambda stack, listen: stack.destroy(on_event=listen), told, whole=True
        )

    def with_reach(self, **given: Any) -> Stack:  # noqa: ANN401  # fields of Reach
        """Give the same stack with another reach."""
        return replace(self, reach=replace(self.reach, **given))

    def _change(
        self,
        name: str,
        operate: Callable[[automation.Stack, Listener], object],
        told: Callable[[Change], None] | None,
        *,
        whole: bool,
    ) -> Outcome:
        """Run what changes the cluster; if it is cut off, the next run knows.

        What a run was that was cut off only a whole one can make good: one on some communes
        leaves the note of it.
        """
        cut_off = self.place.cut_off
        self._settle()
        self.place.unfinished.write_text(name, encoding="utf-8")
        outcome = self._run(operate, told)
        if cut_off and name == _UP and whole:
            self._clear_leftovers()
        if whole or not cut_off:
            self.place.unfinished.unlink(missing_ok=True)
        return outcome

    def _settle(self) -> None:
        """Read the cluster first, where a run was cut off before it could write down all."""
        if self.place.cut_off is None:
            return
        self.said("the last run was cut off: reading what it has done")
        self.refresh()

    def _clear_leftovers(self) -> None:
        with connect(self.reach.access) as cluster:
            for name in clear(cluster, self.layout):
                self.said(f"removed {name}, which the run that was cut off had made")

    def _run(
        self,
        operate: Callable[[automation.Stack, Listener], object],
        told: Callable[[Change], None] | None = None,
    ) -> Outcome:
        listener = Listener(told)
        started = time.monotonic()
        await_engines(self.place)
        release_dead_locks(self.place)
        try:
            operate(self._opened(), listener)
        except automation.CommandError as error:
            raise _failed(listener, error) from None
        finally:
            forget_logs(self.place)
        return Outcome(
            tuple(listener.changes.values()), listener.unchanged, time.monotonic() - started
        )

    def _opened(self) -> automation.Stack:
        return automation.create_or_select_stack(
            self.layout.estate,
            project_name=PROJECT,
            program=lambda: registered(recordings(self.layout, self.reach.settings)),
            opts=automation.LocalWorkspaceOptions(
                work_dir=str(self.place.work),
                pulumi_command=Engine(self.engine, self._stopping),
                env_vars={
                    "PULUMI_BACKEND_URL": self.place.backend,
                    "PULUMI_CONFIG_PASSPHRASE": self.place.passphrase,
                    "PULUMI_HOME": str(self.place.home),
                    "PULUMI_SKIP_UPDATE_CHECK": "true",
                    # Else the whole state is written twice for every resource.
                    "PULUMI_SKIP_CHECKPOINTS": "true",
                    "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
                    "MAILLE_PYTHON": sys.executable,
                },
            ),
        )

    def _stopping(self) -> None:
        self.said("stopping: what was begun is finished first; Ctrl-C again ends it at once")


_UP, _DESTROY = "up", "destroy"


class StackError(CephError):
    """A run of the engine failed; what it had done by then stays, and the next run goes on."""


class StackOutOfReachError(StackError, OutOfReachError):
    """It failed as something did not answer: the cluster, or a part of it."""

    exit_code = ExitCode.OUT_OF_REACH


_LEFT_OUT = "not specified in --target list"
"""What the engine says of a removal that a run on some communes only does not name."""


def _failed(listener: Listener, error: automation.CommandError) -> StackError:
    left_out = sorted({name for name, said in listener.errors if name and _LEFT_OUT in said})
    if left_out:
        return StackError(
            f"other removals are pending, and a run on some communes cannot pass them over:"
            f" {', '.join(left_out)}",
            "run it without --commune, which removes them, too; then --commune works again",
        )
    told = [f"{name}: {said}" if name else said for name, said in listener.errors]
    if not told:
        told = [line for line in str(error).splitlines() if line.strip()][-3:]
    kind = StackOutOfReachError if listener.out_of_reach else StackError
    return kind(
        "\n".join(dict.fromkeys(told)),
        "mend that, then run it again: it goes on where it stopped",
    )
