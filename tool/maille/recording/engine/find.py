"""Finding an engine: on the PATH, else in the cache."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from maille.errors import MailleError
from maille.recording.engine.cache import cached_root
from maille.recording.engine.version import PINNED, Version, problem_of, version_of

Origin = Literal["PATH", "cache"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that was looked at: what is there, and why it cannot be used.

    `program` is None where there is nothing; `problem` is empty where the engine suits.
    """

    origin: Origin
    program: Path | None
    version: Version | None
    problem: str

    @property
    def suits(self) -> bool:
        """Say whether the engine can be used."""
        return not self.problem

    @property
    def root(self) -> Path | None:
        """Give the folder whose `bin/pulumi` it is; None if it stands anywhere else."""
        if self.program and self.program.parent.name == "bin":
            return self.program.parent.parent
        return None


def candidates() -> tuple[Candidate, ...]:
    """Look in all places, in the order in which they count."""
    on_path = shutil.which("pulumi")
    cached = cached_root() / "bin" / "pulumi"
    return (
        _looked_at("PATH", Path(on_path).absolute() if on_path else None),
        _looked_at("cache", cached if cached.exists() else None),
    )


def chosen(found: tuple[Candidate, ...]) -> Candidate | None:
    """Give the one to use: the first that suits."""
    return next((candidate for candidate in found if candidate.suits), None)


def find() -> Candidate:
    """Give the engine to use. Raises MailleError where there is none, with what was seen."""
    found = candidates()
    engine = chosen(found)
    if engine:
        return engine
    seen = "; ".join(f"{candidate.origin}: {candidate.problem}" for candidate in found)
    raise MailleError(
        f"there is no Pulumi engine of version {PINNED} or newer ({seen})",
        "get one: maille storage engine --install",
    )


def _looked_at(origin: Origin, program: Path | None) -> Candidate:
    if program is None:
        return Candidate(origin, None, None, "no `pulumi` there")
    version = version_of(program)
    if isinstance(version, str):
        return Candidate(origin, program, None, version)
    return Candidate(origin, program, version, problem_of(version))
