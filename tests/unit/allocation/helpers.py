"""Short ways to settle and deploy a sketch."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from maille.allocation.deploy import Deployment, deploy
from maille.allocation.lock import CommuneLock, Lock
from maille.allocation.settle import Settled, settle

if TYPE_CHECKING:
    from tests.strategies import Sketch

AS_OF = date(2025, 6, 1)


def settled(
    sketch: Sketch,
    lock: Lock | None = None,
    *,
    move: tuple[str, ...] = (),
    retire: tuple[str, ...] = (),
    resize: tuple[str, ...] = (),
) -> Settled:
    """Settle a sketch on the day of the tests."""
    estate = sketch.estate()
    return settle(estate, lock or Lock(), as_of=AS_OF, move=move, retire=retire, resize=resize)


def numbers(sketch: Sketch, insee: str) -> CommuneLock:
    """Settle a sketch without findings, and give the numbers of a commune."""
    found = settled(sketch)
    assert not found.findings
    return found.lock.communes[insee]


def deployed(sketch: Sketch, lock: Lock | None = None) -> Lock:
    """Settle a sketch, and put all of it into service."""
    everything = Deployment(everything=True)
    return deploy(sketch.estate(), settled(sketch, lock).lock, everything, as_of=AS_OF)


def codes(found: Settled) -> list[tuple[str, str]]:
    """Give code and subject of every finding."""
    return [(finding.code, finding.subject) for finding in found.findings]
