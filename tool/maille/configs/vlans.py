"""Lists of VLANs as devices write them: `10,20-25`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RANGE = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?", re.ASCII)
EVERY = frozenset(range(1, 4095))
CHARACTERS_A_LINE = 120
"""How long a list may be in one command: both platforms take well over 200 characters a line."""


def parse(text: str) -> frozenset[int]:
    """Read `10,20-25`, `all` or `none`; spaces do not matter.

    Raises:
        ValueError: a number outside 1 to 4094, or a range that runs backwards.
    """
    if text in ("all", "none"):
        return EVERY if text == "all" else frozenset()
    found: set[int] = set()
    for part in text.replace(" ", "").split(","):
        read = _RANGE.fullmatch(part)
        first, last = (int(read[1]), int(read[2] or read[1])) if read else (0, 0)
        if not 1 <= first <= last <= 4094:
            raise ValueError(f"`{text}` is no list of VLANs")
        found.update(range(first, last + 1))
    return frozenset(found)


def write(vlans: Iterable[int], *, pairs_as_range: bool) -> str:
    """Write VLANs in the shortest form that the platform stores; none at all are `none`."""
    return ",".join(_parts(vlans, pairs_as_range=pairs_as_range)) or "none"


def pieces(vlans: Iterable[int], *, pairs_as_range: bool) -> list[str]:
    """Write VLANs as lists that each fit into one command."""
    done = [""]
    for part in _parts(vlans, pairs_as_range=pairs_as_range):
        longer = f"{done[-1]},{part}".lstrip(",")
        if len(longer) <= CHARACTERS_A_LINE:
            done[-1] = longer
        else:
            done.append(part)
    return [piece for piece in done if piece]


def _parts(vlans: Iterable[int], *, pairs_as_range: bool) -> Iterator[str]:
    for first, last in _runs(vlans):
        if first == last:
            yield str(first)
        elif last == first + 1 and not pairs_as_range:
            yield from (str(first), str(last))
        else:
            yield f"{first}-{last}"


def _runs(vlans: Iterable[int]) -> Iterator[tuple[int, int]]:
    run: tuple[int, int] | None = None
    for vlan in sorted(vlans):
        if run and vlan == run[1] + 1:
            run = (run[0], vlan)
            continue
        if run:
            yield run
        run = (vlan, vlan)
    if run:
        yield run
