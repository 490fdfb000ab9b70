"""A requisition, and what became of it. Times are UTC, sizes bytes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

LONGEST_TEXT = 300


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("it holds characters that cannot be printed")
    return text


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT),
    AfterValidator(_printable),
]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Path = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w.-]*/[0-9-]{10}/\w[\w.-]*$")]
"""`<camera>/<day>/<file>`: what was tampered with leads nowhere else."""
Deed = Literal["requested", "copied", "exported", "released"]
State = Literal["copying", "copied", "exported", "releasing", "released"]


class Part(BaseModel):
    """A frozen value; an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Window(Part):
    """A time of which images are asked for; its end is not part of it."""

    start: AwareDatetime
    end: AwareDatetime


class Asked(Part):
    """What a requisition says."""

    authority: Line
    agent: Line
    """Who asks, by name and rank."""
    service: Line | None = None
    """The agent's own, where it is not the authority itself: a brigade, an office."""
    reference: Line
    """As the authority writes it: `PV 2026/01234`."""
    basis: Line | None = None
    """The article that it is made by, or the convention."""
    cameras: Annotated[tuple[str, ...], Field(min_length=1)]
    windows: Annotated[tuple[Window, ...], Field(min_length=1)]
    deadline: AwareDatetime
    """By when it is to be handed over."""

    @property
    def asked_by(self) -> str:
        """Give who asks, with the service."""
        return ", ".join(filter(None, (self.agent, self.service)))


class Span(Part):
    """A camera's images of a time."""

    camera: str
    start: AwareDatetime
    end: AwareDatetime


class Gap(Span):
    """A time of a window without images: they had expired, or there never were any."""

    why: Literal["expired", "missing"]


class Step(Part):
    """One thing that was done about a hold, as CSI R253-5 wants it told."""

    deed: Deed
    at: AwareDatetime
    author: str
    reason: str
    recipient: str = ""
    segments: int = 0
    size_bytes: int = 0


class Hold(Part):
    """A requisition and what became of it so far."""

    name: Name
    asked: Asked
    owed: tuple[Span, ...]
    """What is not copied, and must not expire; empty when all is copied that ever will be."""
    gaps: tuple[Gap, ...] = ()
    steps: tuple[Step, ...]
    handed_to: str = ""
    """Who has it now: from then on the copies may go."""

    @property
    def state(self) -> State:
        """Tell how far it is."""
        deeds = {step.deed for step in self.steps}
        if "released" in deeds:
            return "released"
        if self.handed_to:
            return "releasing"
        if self.owed:
            return "copying"
        return "exported" if self.exported else "copied"

    @property
    def exported(self) -> bool:
        """Say whether it was exported, and nothing was copied since."""
        done = [step.deed for step in self.steps if step.deed in ("copied", "exported")]
        return bool(done) and done[-1] == "exported"

    def last(self, deed: Deed) -> Step | None:
        """Give the latest step of a kind."""
        return next((step for step in reversed(self.steps) if step.deed == deed), None)


class Copy(Part):
    """A segment that was copied. `path` is that below the hold's images."""

    camera: str
    path: Path
    source: str
    """Where it lay among the recordings."""
    start: AwareDatetime
    end: AwareDatetime
    size_bytes: int
    sha256: Digest
    at: AwareDatetime
