"""Cables that nothing runs through: N033.

Which cables meet is not in the inventory, but files list them in the order in which they are
laid: the ring of its neighbours is the one that a forgotten cable was most likely left out of.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit
from maille.rules.walk import cabinets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.network import Ring
    from maille.rules.model import EstateContext


def _left_out(context: EstateContext) -> Iterator[Hit]:
    estate = context.estate
    for cable, ring in left_out(estate).items():
        if ring is None:
            yield Hit(
                ("network", "cables", cable),
                f"nothing runs through cable `{cable}`",
                "write it into the `route` of its ring, or into a link; or take it out",
                cable,
            )
            continue
        yield Hit(
            ("network", "rings", ring, "route"),
            f"nothing runs through cable `{cable}`: the route of ring `{ring}` seems to lack it",
            "write it in its place in the route, in the order in which the ring passes; or take"
            " the cable out",
            cable,
            Severity.ERROR if _is_amiss(ring, estate) else None,
        )


def left_out(estate: Estate) -> dict[str, str | None]:
    """Give the cables that nothing runs through, and the ring that seems to lack each."""
    used = _cables_in_use(estate)
    idle = (cable for cable in estate.network.cables if cable not in used)
    return {cable: _ring_beside(cable, estate) for cable in idle}


def _cables_in_use(estate: Estate) -> set[str]:
    network = estate.network
    found = {section.cable for ring in network.rings.values() for section in ring.route}
    strands = [strand for link in network.links.values() for strand in link.strands]
    spurs = (cabinet.spur for _, _, _, cabinet in cabinets(estate))
    strands += [spur.strand for spur in spurs if spur]
    return found.union(*(strand.cables for strand in strands))


def _ring_beside(cable: str, estate: Estate) -> str | None:
    """Give the ring whose cables stand beside one in its file, if they are of one ring only."""
    order = list(estate.network.cables)
    at = order.index(cable)
    beside = {*order[max(at - 1, 0) : at], *order[at + 1 : at + 2]}
    rings = estate.network.rings.items()
    found = [key for key, ring in rings if beside & {section.cable for section in ring.route}]
    return found[0] if len(found) == 1 else None


def _is_amiss(key: str, estate: Estate) -> bool:
    """Say whether more speaks for it: a cabinet beyond the route's end, or a cable twice."""
    ring = estate.network.rings[key]
    kms = [cabinet.at_km or 0 for _, _, _, cabinet in cabinets(estate) if cabinet.ring == key]
    return max(kms, default=0) >= ring.length_km or _passes_twice(ring)


def _passes_twice(ring: Ring) -> bool:
    passages = Counter(cable for cable, _ in groupby(section.cable for section in ring.route))
    return max(passages.values()) > 1


RULES = (
    EstateRule(
        RuleInfo(
            "N033",
            "cable of no way",
            Severity.WARNING,
            "maille",
            "A cable in which nothing runs is a spare one, or was left out of a ring's route: its "
            "cut is then never tried, and every cabinet behind it is taken to sit in another "
            "cable. It is an error where a cabinet sits beyond the end of the route, or the route "
            "passes another cable twice.",
        ),
        _left_out,
        judges=("ring", "cable"),
        follows=True,
    ),
)
