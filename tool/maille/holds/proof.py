"""The copies of a hold against their digests: each is read from the disks, to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.errors import Finding, Place
from maille.holds.codes import HOLD_RULES
from maille.holds.register import IMAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from maille.holds.model import Hold
    from maille.holds.register import Register
    from maille.holds.store import Store

_AGAIN = "`maille hold copy --check` copies it again while the recording is there"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a hold's copies turned out to be."""

    hold: Hold
    segments: int
    size_bytes: int
    findings: tuple[Finding, ...]


def prove(
    register: Register, store: Store, hold: Hold, step: Callable[[], None] = lambda: None
) -> Proof:
    """Compare every copy with its digest, and every file with the digests."""
    copies = register.copies(hold.name)
    files = register.files(hold.name)
    findings = [
        _finding("R123", hold, path, "no digest was written down", "see what put it there")
        for path in sorted(set(files.whole) - set(copies))
    ]
    for path, copy in sorted(copies.items()):
        if path not in files.whole:
            findings.append(_finding("R122", hold, path, "it is not there", _AGAIN))
        else:
            read = store.sha256(f"/{hold.name}/{IMAGES}/{path}")
            if read != copy.sha256:
                told = f"its digest is {read[:12]}…, and was {copy.sha256[:12]}…"
                findings.append(_finding("R121", hold, path, told, _AGAIN))
        step()
    size_bytes = sum(copy.size_bytes for copy in copies.values())
    return Proof(hold, len(copies), size_bytes, tuple(findings))


def damaged(findings: tuple[Finding, ...]) -> Iterator[str]:
    """Give the paths of the copies that are not what they were."""
    for finding in findings:
        if finding.code == "R121":
            yield finding.place.path


def _finding(code: str, hold: Hold, path: str, told: str, how: str) -> Finding:
    rule = HOLD_RULES[code]
    return Finding(
        code,
        rule.severity,
        f"{rule.title}: {path} of hold {hold.name}: {told}",
        how,
        Place(hold.name, path=path),
        hold.name,
    )
