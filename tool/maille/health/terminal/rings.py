"""Rings: closed or cut, and what their ends say of each link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.health.model import STATES
from maille.health.terminal.overview import evidence
from maille.health.terminal.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Ring
    from maille.health.model import Cut, State
    from maille.health.terminal.moment import Moment

_AWAY = ("down", "unreachable", "unknown")
_BROKEN: tuple[str, State] = ("broken", "down")
_CUT: tuple[str, State] = ("not redundant", "degraded")
_UNSEEN: tuple[str, State] = ("not fully seen", "unknown")
_PARTIAL: tuple[str, State] = ("not closed yet", "up")
"""Part of it is still to be built."""
_CLOSED: tuple[str, State] = ("closed", "up")


def rings(moment: Moment) -> Table:
    """Give the rings in service, and links of no ring that are cut; what is open goes first."""
    every = moment.watched.blueprint.rings.values()
    rows = [_ring(moment, ring) for ring in every if _in_service(moment, ring)]
    rows += [_alone(moment, cut) for cut in moment.scene.picture.cuts if cut.ring is None]
    rows.sort(key=lambda row: (STATES.index(row.tone), row.key))
    return Table(("ring", "state", "cut links", "since", "switches away", "title"), tuple(rows))


def told(moment: Moment, key: str) -> str:
    """Tell of a ring link by link, and switch by switch; of a link alone what its ends say."""
    ring = moment.watched.blueprint.rings.get(key)
    return "\n".join(_lines(moment, ring) if ring else _link(moment, key))


def members(moment: Moment, key: str) -> frozenset[str]:
    """Give the switches of a ring, or those at the ends of a link."""
    blueprint = moment.watched.blueprint
    if ring := blueprint.rings.get(key):
        return frozenset(ring.members)
    link = blueprint.links.get(key)
    return frozenset({link.a.switch, link.b.switch}) if link else frozenset()


def _ring(moment: Moment, ring: Ring) -> Row:
    links = moment.scene.links
    there = _in_service(moment, ring)
    cut = [key for key in there if key in links and links[key].up is False]
    polled = (key for key in ring.members if key in moment.watched.by_id)
    away = [key for key in polled if moment.state_of(key) in _AWAY]
    if away:
        state, tone = _BROKEN
    elif cut:
        state, tone = _CUT
    elif not all(key in links and links[key].up for key in there):
        state, tone = _UNSEEN
    else:
        state, tone = _CLOSED if len(there) == len(ring.links) else _PARTIAL
    told = f"was {state}" if moment.stale else state
    known = moment.scene.known
    since = [known.cuts[key].since for key in cut if key in known.cuts]
    since += [known.standings[key].since for key in away if key in known.standings]
    cells = (
        ring.id,
        told,
        ", ".join(cut),
        moment.clock(min(since)) if since else "",
        ", ".join(away),
        ring.title,
    )
    return Row(ring.id, cells, tone)


def _alone(moment: Moment, cut: Cut) -> Row:
    sighting = moment.scene.known.cuts.get(cut.link)
    since = moment.clock(sighting.since) if sighting else ""
    state = "was not redundant" if moment.stale else "not redundant"
    return Row(cut.link, ("", state, cut.link, since, "", cut.suspected or ""), "degraded")


def _in_service(moment: Moment, ring: Ring) -> list[str]:
    """Give the links of a ring that are in service between switches that are polled."""
    known, links = moment.watched.by_id, moment.watched.blueprint.links
    return [
        key
        for key in ring.links
        if links[key].in_service and {links[key].a.switch, links[key].b.switch} <= known.keys()
    ]


def _lines(moment: Moment, ring: Ring) -> Iterator[str]:
    yield f"ring {ring.id}: {ring.title}, {ring.length_km:g} km, from {ring.pair}"
    for key in ring.links:
        yield ""
        yield from _link(moment, key)
    yield ""
    for key in ring.members:
        polled = key in moment.watched.by_id
        yield f"{key}: {moment.word(moment.state_of(key)) if polled else 'not in service'}"


def _link(moment: Moment, key: str) -> Iterator[str]:
    link = moment.watched.blueprint.links.get(key)
    seen = moment.scene.links.get(key)
    ends = f", {link.a.switch} – {link.b.switch}" if link else ""
    if link and not link.in_service:
        yield f"link {key}{ends}: not in service"
        return
    word = {True: "up", False: "down", None: "neither end speaks"}[seen.up if seen else None]
    yield f"link {key}{ends}: {f'was {word}' if moment.stale else word}"
    if sighting := moment.scene.known.cuts.get(key):
        yield f"  since {moment.since(sighting.since)}"
    suspected = (cut.suspected for cut in moment.scene.picture.cuts if cut.link == key)
    yield from (f"  suspected: {event}" for event in suspected if event)
    yield from (f"  {evidence(moment, one)}" for one in (seen.evidence if seen else ()))
