"""A cycle of runs that are cut off, one after the other, until one is let through.

Half made and away; from nothing to recordings; to other quotas; half away and back; and away. In
each cycle every victim is struck once in every kind of run. What is struck is seen to run then.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.kills.site import ESTATE, settle_in
from tests.kills.under_way import STAGES

from maille.twin.cluster import faults
from maille.twin.cluster.layout import GIB
from maille.twin.cluster.layout import Layout as Laboratory
from maille.twin.cluster.lifecycle import wait_healthy

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tests.kills.site import Site
    from tests.kills.under_way import Lengths, Stage, UnderWay

    from maille.twin.cluster.record import Record

Run = Literal["up", "resize", "destroy"]
Victim = Literal["Ctrl-C", "command", "engine", "provider", "mon", "mgr", "osd"]
RUNS: tuple[Run, ...] = ("up", "resize", "destroy")
VICTIMS: tuple[Victim, ...] = ("Ctrl-C", "command", "engine", "provider", "mon", "mgr", "osd")
KILLS_A_CYCLE = len(RUNS) * (len(VICTIMS) - 1)
CONVERGENCES_A_CYCLE = 5
LABORATORY = Laboratory(hosts=5, racks=1, osd_size_bytes=8 * GIB)
"""As many hosts as the estate's code needs, and one to heal on."""

_WORDS = {
    "up": ("up", "--yes"),
    "resize": ("up", "--yes"),
    "destroy": ("destroy", "--name", ESTATE),
}
_SUPPOSED: dict[str, Lengths] = {
    "up": {"begun": 1.0, "engine": 0.5, "provider": 2.0},
    "destroy": {"begun": 1.5, "engine": 0.5, "provider": 5.0},
}
"""How long the stages of a command take, until one was seen from its start to its end."""
_MOST_MISSES = 8
"""In a row: each one is struck half as late as the one before."""
_LONGEST_OUTAGE_S = 1.0
_INTERRUPTED = {130, -signal.SIGINT}
"""The second before the command's own first line; a shell reports it as 130, too."""


@dataclass
class Rounds:
    """What is struck, by chance, and what came of it."""

    site: Site
    chance: random.Random
    hits: Counter[tuple[Run, Victim]] = field(default_factory=Counter)
    misses: int = 0
    """Runs that came to their end before their victim was found; each of them had to succeed."""
    converged: int = 0
    tell: Callable[[str], None] = field(default=lambda _line: None)
    """Takes each line of the log as soon as it is there."""
    log: list[str] = field(default_factory=list)
    lengths: dict[str, Lengths] = field(default_factory=lambda: dict(_SUPPOSED))
    """Of the last run that came to its end, by command."""

    def cycle(self) -> None:
        """Strike every victim in every kind of run."""
        making, removing = self._halves(), self._halves()
        self._strike("up", making[0])
        self._give_up()
        self._strike("up", making[1])
        self._converge()
        self.site.hire()
        for victim in self._all():
            self._record()
            self.site.resize(self.chance)
            self._strike("resize", [victim])
        self._record()
        self._converge()
        self._refuse_to_destroy()
        self.site.clear()
        self._strike("destroy", removing[0])
        self._converge()
        self._strike("destroy", removing[1])
        self._give_up()

    def _halves(self) -> tuple[list[Victim], list[Victim]]:
        shuffled = self._all()
        half = len(shuffled) // 2
        return shuffled[half:], shuffled[:half]

    def _all(self) -> list[Victim]:
        return self.chance.sample(VICTIMS, len(VICTIMS))

    def _record(self) -> None:
        assert self.site.own
        self.site.own.record(self.chance)

    def _converge(self) -> None:
        """Apply the estate, which must work at once, leave nothing to do, and have lost nothing."""
        self._through("up")
        self.site.require_whole()
        planned = self.site.begin("plan")
        said = planned.finish()
        assert planned.process.returncode == 0, said
        assert "nothing changes" in said
        self.converged += 1

    def _give_up(self) -> None:
        """Destroy the estate, which must work at once, leave nothing, and take nobody else's."""
        self._through("destroy")
        self.site.require_gone()
        self.converged += 1

    def _through(self, run: Run) -> None:
        """Let a run come to its end."""
        under_way = self.site.begin(*_WORDS[run])
        lengths = under_way.watch()
        said = under_way.finish()
        assert under_way.process.returncode == 0, said
        self.lengths[_WORDS[run][0]] = lengths
        self._note(f"{run}: through in {sum(lengths.values()):.1f} s")

    def _refuse_to_destroy(self) -> None:
        refused = self.site.begin(*_WORDS["destroy"])
        said = refused.finish()
        assert refused.process.returncode == 1, said
        assert "holds recordings in 1 share" in said, said

    def _strike(self, run: Run, victims: Iterable[Victim]) -> None:
        """Cut off as many runs as there are victims, each begun on what the last one left."""
        for victim in victims:
            for attempt in range(_MOST_MISSES):
                if self._cut_off(run, victim, 0.5**attempt):
                    break
                self.misses += 1
                if run == "destroy":
                    self._through("up")
                elif run == "resize":
                    self.site.resize(self.chance)
            else:
                raise AssertionError(f"{victim} was not found in {_MOST_MISSES} runs of {run}")
            self.hits[run, victim] += 1

    def _cut_off(self, run: Run, victim: Victim, share: float) -> bool:
        """Begin a run and strike at a random point of it; False if it came to its end before."""
        stage = self._stage(victim)
        after_s = self.chance.uniform(0, share * self.lengths[_WORDS[run][0]][stage])
        under_way = self.site.begin(*_WORDS[run])
        struck = (
            under_way.reach(stage) and under_way.pause(after_s) and self._hit(victim, under_way)
        )
        said = under_way.finish()
        code = under_way.process.returncode
        outcome = "" if struck else "missed, "
        self._note(f"{run}: {victim} {after_s:.2f} s after {stage}: {outcome}ended with {code}")
        assert "Traceback" not in said, said
        assert "maille failed" not in said, said
        if struck:
            struck = self._require_end(victim, code, said)
        else:
            assert code == 0, said
        if victim in ("mon", "mgr", "osd"):
            wait_healthy(self.site.record)
        return struck

    def _note(self, line: str) -> None:
        self.log.append(line)
        self.tell(line)

    def _stage(self, victim: Victim) -> Stage:
        if victim == "provider":
            return "provider"
        return self.chance.choice(STAGES[1:] if victim == "engine" else STAGES)

    def _hit(self, victim: Victim, under_way: UnderWay) -> bool:
        """Strike; False if there is nobody to strike any more."""
        if victim == "Ctrl-C":
            os.killpg(under_way.process.pid, signal.SIGINT)
        elif victim == "command":
            under_way.process.kill()
        elif victim in ("engine", "provider"):
            return under_way.reach(victim) and _killed(under_way.pids(victim))
        else:
            self._restart(self._daemon(victim), under_way)
        return True

    def _restart(self, daemon: str, under_way: UnderWay) -> None:
        """Kill a daemon, and start it soon, as an init system does, while the run goes on."""
        faults.kill(self.site.record, daemon)
        under_way.pause(self.chance.uniform(0, _LONGEST_OUTAGE_S))
        faults.start(self.site.record, daemon)

    def _daemon(self, victim: Victim) -> str:
        if victim == "osd":
            return self.chance.choice(self.site.record.layout.osds).name
        return f"{victim}.a"

    def _require_end(self, victim: Victim, code: int, said: str) -> bool:
        """See that a command that was struck ends as it should; False if it had ended before."""
        if victim == "Ctrl-C":
            assert code in {0, *_INTERRUPTED}, said
            self.site.require_no_process()
            return code != 0
        if victim == "command":
            return code == -signal.SIGKILL
        return True


def _killed(pids: Sequence[int]) -> bool:
    """Kill processes; False if none of them was there any more."""
    hit = False
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        hit = True
    return hit


def rounds_on(record: Record, folder: Path, chance: random.Random, *, shared: bool) -> Rounds:
    """Give the rounds of an estate that has nothing on a cluster yet."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background of a shell
        signal.signal(signal.SIGINT, signal.default_int_handler)  # else every command inherits it
    site = settle_in(record, folder, shared=shared)
    if site.neighbour:
        site.neighbour.record(chance)
    return Rounds(site, chance)
