"""What a run has to tell once all numbers are settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maille.allocation.spans import size_of
from maille.allocation.subject import ALL, lock_file
from maille.errors import Place, Severity

if TYPE_CHECKING:
    from maille.allocation.claims import Claim
    from maille.allocation.drafts import Drafts
    from maille.allocation.settling import Settling

IDLE_COMMAND: Final = "A050"


def tell(drafts: Drafts, run: Settling) -> None:
    """Tell what is small, who has left, which cabinets hang nowhere, and idle words."""
    _tell_small(drafts, run)
    _tell_homeless(drafts, run)
    for insee, count in run.left.items():
        run.notes.left(insee, count, Place(lock_file(insee)))
    _tell_idle_words(drafts, run)


def _tell_small(drafts: Drafts, run: Settling) -> None:
    for draft in drafts.segments():
        claim = draft.claims[1]
        if claim.deployed and claim.wanted and _too_small(claim):
            run.notes.small(
                draft.subject,
                f"{draft.subject.title} is {run.prefixes.show(claim.number)}: too small for"
                " the growth that pools.camera_headroom asks for",
            )


def _tell_homeless(drafts: Drafts, run: Settling) -> None:
    for commune in drafts.communes:
        for cabinet in commune.demand.homeless if commune.demand else ():
            run.notes.tell(
                "A032",
                f"{commune.insee}-{cabinet}",
                f"cabinet {cabinet} of commune {commune.insee} belongs to no ring",
                "name a ring with at_km, or a spur whose parents lead to one by way of members",
                ("communes", commune.insee, "cabinets", cabinet),
            )


def _tell_idle_words(drafts: Drafts, run: Settling) -> None:
    words = run.move.words | run.retire.words | run.resize.words
    if not words:
        return
    for draft in drafts.all():
        if draft.moved:
            run.reached |= draft.subject.names(getattr(draft.detail, "cabinet", ""))
    for word in sorted(words - run.reached - {ALL}):
        run.notes.tell(
            IDLE_COMMAND,
            word,
            f"nothing of `{word}` is to be moved, retired or resized",
            "`maille allocation verify` names what is",
            (),
            Severity.WARNING,
        )


def _too_small(claim: Claim) -> bool:
    return claim.pin is None and claim.number is not None and size_of(claim.number) < claim.need
