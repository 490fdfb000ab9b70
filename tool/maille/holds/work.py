"""What is done about holds: requested, copied, proved, handed over, released; each journaled.

The order of writing makes a kill harmless: what expires is told to leave the images alone first,
then the register has the hold, then it is copied.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from maille.errors import UsageError
from maille.holds import mirror
from maille.holds.copying import Copier, Outcome
from maille.holds.coverage import Question
from maille.holds.model import Hold, Step
from maille.holds.moving import Mover
from maille.holds.plan import Plan, require_room, require_some
from maille.holds.proof import Proof, damaged, prove
from maille.holds.register import IMAGES
from maille.retention.journal import time_text
from maille.retention.segments.scan import days_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from maille.holds.model import Asked, Copy, Deed
    from maille.holds.moving import Moved
    from maille.holds.opening import Opened
    from maille.holds.places import Place
    from maille.retention.journal import Journal
    from maille.retention.segments.model import Segment

DAY = timedelta(days=1)


def nothing() -> None:
    """Take note of a step, where nobody counts them."""


@dataclass(frozen=True, slots=True)
class Work:
    """An estate's holds, and who works on them; the journal's one writer."""

    opened: Opened
    cameras: Mapping[str, Place]
    own: Path
    """The estate's own folder."""
    journal: Journal
    now: datetime
    """The time to judge by."""
    clock: Callable[[], datetime]
    """The time as it is, for what is written down."""

    def plan(self, asked: Asked, copies: Mapping[str, Copy] | None = None) -> Plan:
        """Look what there is of a requisition.

        Args:
            asked: what it says.
            copies: those that it has already, by their source.
        """
        coverages = []
        for ident in asked.cameras:
            camera = self._place(ident)
            question = Question(ident, asked.windows, camera.rule, self.now)
            coverages.append(question.answer(self._segments(camera, asked), copies or {}))
        return Plan(asked, tuple(coverages), self.now)

    def same(self, asked: Asked) -> Hold | None:
        """Give the hold of the very same requisition, if it is open."""
        return next(
            (
                hold
                for hold in self.opened.register.holds()
                if hold.asked == asked and hold.state not in ("releasing", "released")
            ),
            None,
        )

    def copies(self, hold: Hold) -> dict[str, Copy]:
        """Give the copies that are there, by their source."""
        whole = self.opened.register.files(hold.name).whole
        found = self.opened.register.copies(hold.name)
        return {copy.source: copy for path, copy in found.items() if path in whole}

    def request(self, plan: Plan) -> Hold:
        """Register a requisition.

        Raises:
            MailleError: nothing is there of it, or the area has no room for it.
        """
        require_some(plan)
        require_room(plan, self.opened.quota_bytes, self.opened.used_bytes)
        register = self.opened.register
        asked = plan.asked
        hold = Hold(
            name=f"new-{self.opened.run}", asked=asked, owed=plan.owed, gaps=plan.gaps, steps=()
        )
        # expiry is between two batches then, and sees it before the next; one that hangs ends
        with self.opened.recordings.alone(self.opened.end_expiry):
            mirror.write(self.own, [*register.holds(), hold])
            name = register.claim(asked.reference)
            hold = hold.model_copy(update={"name": name})
            hold = self._told(hold, "requested", plan.segments, plan.size_bytes)
        self._refresh()
        register.forget(self.clock())
        self.journal.forget(self.clock())
        return hold

    def copy(
        self, hold: Hold, step: Callable[[], None] = nothing, *, check: bool = False
    ) -> tuple[Hold, Outcome]:
        """Copy what can be copied now of a hold, and write down how far it is.

        Args:
            hold: which.
            step: told after every segment.
            check: whether the copies that are there are read first; bad ones are made anew.

        Raises:
            MailleError: there is no room, or what is read back is not what was written.
        """
        self._require_kept(hold)
        copier = self._copier(hold, step)
        there = copier.settle(self.opened.register)
        good = self._without_damaged(hold, there) if check else there
        plan = self.plan(hold.asked, good)
        require_room(plan, self.opened.quota_bytes, self.opened.used_bytes)
        outcome = copier.copy_all(one for each in plan.coverages for one in each.ready)
        after = self.plan(hold.asked, self.copies(hold))
        hold = hold.model_copy(update={"owed": after.owed, "gaps": after.gaps})
        last = hold.last("copied")
        untold = [one for one in there.values() if last is None or one.at > last.at]
        done = sorted([*untold, *outcome.copied], key=lambda one: (one.camera, one.start))
        if done:
            self._tell_copied(hold, done)
            size_bytes = sum(one.size_bytes for one in done)
            hold = self._told(hold, "copied", len(done), size_bytes)
        else:
            self.opened.register.save(hold)
        self._refresh()
        return hold, outcome

    def waiting(self) -> list[str]:
        """Give the files of the area that lie in a former pool."""
        return list(Mover(self.opened.area, self.opened.again).waiting("/"))

    def move(self, step: Callable[[], None] = nothing) -> dict[str, Moved]:
        """Take everything in the area to the pool that new files go to; give it by hold.

        Args:
            step: told after every file.

        Raises:
            MailleError: there is no room, or what is read back is not what was written.
        """
        opened = self.opened
        register, mover = opened.register, Mover(opened.area, opened.again, step)
        holds = {hold.name: hold for hold in register.holds()}
        found = {}
        for name in sorted({path.split("/")[1] for path in self.waiting()}):
            hold, digests = holds.get(name), dict[str, str]()
            if hold:
                self._copier(hold, nothing).settle(register)
                copies = register.copies(name)
                digests = {f"/{name}/{IMAGES}/{path}": one.sha256 for path, one in copies.items()}
            moved = found[name] = mover.move_all(f"/{name}", digests)
            if hold and moved.files:
                self._tell(hold, "moved", files=moved.files, size_bytes=moved.size_bytes)
        return found

    def verify(self, hold: Hold, step: Callable[[], None] = nothing) -> Proof:
        """Read every copy of a hold, and compare it with its digest."""
        proof = prove(self.opened.register, self.opened.again, hold, step)
        self._tell(
            hold,
            "verified",
            segments=proof.segments,
            size_bytes=proof.size_bytes,
            findings=len(proof.findings),
        )
        return proof

    def exporting(self, hold: Hold, where: str) -> None:
        """Journal that a hold is going to be put somewhere, before any of it is."""
        self._tell(hold, "exporting", recipient=_whom(hold.asked), where=where)

    def exported(self, hold: Hold, segments: int, size_bytes: int, where: str) -> Hold:
        """Write down that a hold was put where it can be handed over, and read back from there."""
        recipient = _whom(hold.asked)
        return self._told(hold, "exported", segments, size_bytes, recipient, where=where)

    def release(
        self,
        hold: Hold,
        handed_to: str,
        step: Callable[[], None] = nothing,
        *,
        unexported: bool = False,
    ) -> tuple[Hold, int]:
        """Take the copies of a hold away that was handed over; give how many files went.

        Raises:
            UsageError: it was never exported, and `unexported` does not say that it may go.
        """
        require_releasable(hold, unexported=unexported)
        hold = hold.model_copy(update={"handed_to": hold.handed_to or handed_to})
        self._tell(hold, "releasing", recipient=hold.handed_to)
        self.opened.register.save(hold)
        self._refresh()
        gone = self.opened.register.drop_images(hold.name, step)
        return self._told(hold, "released", gone, recipient=hold.handed_to), gone

    def _place(self, ident: str) -> Place:
        if ident not in self.cameras:
            raise UsageError(
                f"camera {ident} is asked for, and not in the inventory any more",
                "take it back until its images are handed over",
            )
        return self.cameras[ident]

    def _segments(self, camera: Place, asked: Asked) -> Iterator[Segment]:
        first = min(window.start for window in asked.windows) - DAY
        last = max(window.end for window in asked.windows)
        try:
            for day in days_of(
                self.opened.recordings, camera.folder, last.date(), since=first.date()
            ):
                yield from day.segments
        except FileNotFoundError:
            return  # it has never recorded

    def _copier(self, hold: Hold, step: Callable[[], None]) -> Copier:
        opened = self.opened
        return Copier(
            hold.name, opened.recordings, opened.area, opened.again, opened.run, self.clock, step
        )

    def _without_damaged(self, hold: Hold, there: Mapping[str, Copy]) -> dict[str, Copy]:
        bad = set(damaged(prove(self.opened.register, self.opened.again, hold).findings))
        return {source: copy for source, copy in there.items() if copy.path not in bad}

    def _require_kept(self, hold: Hold) -> None:
        if hold.state in ("releasing", "released"):
            raise UsageError(f"the hold `{hold.name}` was released", "register it again")

    def _refresh(self) -> None:
        mirror.write(self.own, self.opened.register.holds())

    def _told(
        self,
        hold: Hold,
        deed: Deed,
        segments: int,
        size_bytes: int = 0,
        recipient: str = "",
        **more: object,
    ) -> Hold:
        """Journal a step, and write it into the register."""
        counts = {"segments": segments, "size_bytes": size_bytes}
        self._tell(hold, deed, recipient=recipient, **counts, **more)
        step = Step(
            deed=deed,
            at=self.clock(),
            author=self.journal.author,
            reason=reason_of(hold.asked),
            recipient=recipient,
            segments=segments,
            size_bytes=size_bytes,
        )
        hold = hold.model_copy(update={"steps": (*hold.steps, step)})
        self.opened.register.save(hold)
        return hold

    def _tell_copied(self, hold: Hold, copies: list[Copy]) -> None:
        """Journal copies, one entry a camera."""
        for camera, group in groupby(copies, key=lambda one: one.camera):
            found = list(group)
            self._tell(
                hold,
                "collected",
                camera=camera,
                first=time_text(found[0].start),
                last=time_text(max(one.end for one in found)),
                segments=len(found),
                size_bytes=sum(one.size_bytes for one in found),
            )

    def _tell(self, hold: Hold, phase: str, **more: object) -> None:
        asked = hold.asked
        entry: dict[str, Any] = {
            "phase": phase,
            "hold": hold.name,
            "reference": asked.reference,
            "authority": asked.authority,
            "agent": asked.asked_by,
            "reason": reason_of(asked),
        }
        if phase == "requested":
            entry["cameras"] = list(asked.cameras)
            entry["windows"] = [[time_text(one.start), time_text(one.end)] for one in asked.windows]
        self.journal.append(self.clock(), [entry | more])


def reason_of(asked: Asked) -> str:
    """Give the reason that CSI R253-5 asks for."""
    told = f"requisition {asked.reference} of {asked.authority}"
    return f"{told}, {asked.basis}" if asked.basis else told


def _whom(asked: Asked) -> str:
    return f"{asked.authority}: {asked.asked_by}"


def require_releasable(hold: Hold, *, unexported: bool) -> None:
    """Refuse to give up copies that nobody has got."""
    if hold.state == "released":
        raise UsageError(f"the hold `{hold.name}` was released already", "there is nothing to do")
    if not (hold.exported or unexported or hold.handed_to):
        raise UsageError(
            f"the hold `{hold.name}` was not exported since it was last copied",
            f"`maille hold export {hold.name} --out FOLDER` first; to give the images up, add"
            f" --unexported {hold.name}",
        )


def overdue(hold: Hold, now: datetime) -> bool:
    """Say whether a hold should have been handed over by now."""
    return hold.state not in ("releasing", "released") and hold.asked.deadline < now


def by_urgency(holds: Collection[Hold], now: datetime) -> list[Hold]:
    """Order holds: what is overdue first, then by deadline; what is over comes last."""
    return sorted(
        holds,
        key=lambda one: (one.state == "released", not overdue(one, now), one.asked.deadline),
    )
