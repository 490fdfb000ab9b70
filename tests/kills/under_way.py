"""A command that is under way: how far it has come, and how long each part of it takes."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass, field
from typing import Literal

from tests.kills.processes import Role, below

Stage = Literal["begun", "engine", "provider"]
"""It checks and looks at the cluster; its engine runs; its provider works on the cluster."""
STAGES: tuple[Stage, ...] = ("begun", "engine", "provider")
LONGEST_RUN_S = 180
_STEP_S = 0.03

Lengths = dict[Stage, float]
"""How long each stage lasted, in seconds, the last one until the command's end."""


@dataclass
class UnderWay:
    """A command, from its start to its end."""

    process: subprocess.Popen[str]
    began: float = field(default_factory=time.monotonic)

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def pids(self, role: Role) -> list[int]:
        """Give the processes below it that do something; none before it begins or after it."""
        return [one.pid for one in below(self.process.pid) if one.role == role]

    def reach(self, stage: Stage) -> bool:
        """Wait for a stage; False if the command has ended before."""
        while stage != "begun" and not self.pids(stage):
            if not self.pause(_STEP_S):
                return False
        return not self.ended

    def pause(self, seconds: float) -> bool:
        """Let it go on; False if it has ended meanwhile."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            assert time.monotonic() - self.began < LONGEST_RUN_S, self.killed()
            return True
        return False

    def finish(self) -> str:
        """Wait for its end, and give all that it said."""
        rest_s = self.began + LONGEST_RUN_S - time.monotonic()
        try:
            return self.process.communicate(timeout=max(rest_s, 1))[0]
        except subprocess.TimeoutExpired:
            raise AssertionError(self.killed()) from None

    def watch(self) -> Lengths:
        """See it through to its end."""
        since: dict[Stage, float] = {}
        for stage in STAGES:
            if self.reach(stage):
                since[stage] = time.monotonic()
        while self.pause(1.0):
            pass
        ends = [*list(since.values())[1:], time.monotonic()]
        return {stage: end - since[stage] for stage, end in zip(since, ends, strict=True)}

    def killed(self) -> str:
        """End what takes too long, and give what it has said."""
        self.process.kill()
        return f"not ended after {LONGEST_RUN_S} s: {self.process.communicate()[0]}"
