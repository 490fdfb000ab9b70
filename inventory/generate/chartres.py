"""Write the communes, the network and the members' conventions of the Chartres estate.

Run it from the project's root and look at what git shows:

    python -m inventory.generate.chartres inventory/chartres

What is not written here (the estate's settings, its centre, parties and waves, its analytics,
the conventions with State, police, gendarmerie and mayors) is written by hand.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inventory.generate import chartres_network as network
from inventory.generate import communes, drafts
from inventory.generate.chartres_cabinets import Cabinets
from inventory.generate.chartres_plan import (
    FAIR_AT,
    PUPILS,
    PUPILS_ELSEWHERE,
    TO_COVER,
    TOWN,
    TOWN_SECTORS,
    TOWN_SPOTS,
    ZONES,
)
from inventory.generate.naming import slug
from inventory.generate.writing import Flow, Spaced, document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inventory.generate.chartres_cabinets import Seat
    from inventory.generate.communes import CommuneRow

TABLE = Path(__file__).parent / "chartres-communes.csv"
NUMBER_BITS = 14
"""Bits of a MAC address that count the cameras of one commune."""

CABLES_HEADER = """
yaml-language-server: $schema=../../.schema/cables.json

A cable from each cabinet to the next, so that a digger opens a ring at one place only.
Lengths are great circles x 1.3, rounded up to eighths of a kilometre (estimates). Places
are invented; inventory/generate/chartres.py draws them.
"""
RINGS_HEADER = """
yaml-language-server: $schema=../../.schema/rings.json

Four rooms round the town, each with the primary of one pair and the secondary of the next:
a ring leaves one room and comes back to its neighbour. The heart of the town closes on the
core itself.
"""
LINKS_HEADER = """
yaml-language-server: $schema=../../.schema/links.json

Every aggregation switch reaches one core by the straight cable and the other through its
neighbour's room; the two of a pair see each other by the belt and by the centre.
"""
SITES_HEADER = """
yaml-language-server: $schema=../../.schema/sites.json

Who feeds what, and the rooms with routed switches. The names of supplies are invented.
"""
CONVENTIONS_HEADER = """
yaml-language-server: $schema=../../.schema/conventions.json

The convention of each member with Chartres métropole. Dates are invented.
"""


def files(rows: Sequence[CommuneRow]) -> Iterator[tuple[str, str]]:
    """Give path and text of every file that is drawn."""
    cabinets = Cabinets(rows)
    yield "network/sites.yaml", document(SITES_HEADER, network.sites(_supplies(cabinets)))
    yield (
        "network/cables.yaml",
        document(CABLES_HEADER, network.cables(cabinets.routes, cabinets.spur_cables())),
    )
    yield "network/rings.yaml", document(RINGS_HEADER, network.rings(cabinets.routes))
    yield "network/links.yaml", document(LINKS_HEADER, network.links())
    yield "conventions/membres.yaml", document(CONVENTIONS_HEADER, _conventions(rows))
    for row in rows:
        path = f"communes/{row.insee}-{slug(row.name)}.yaml"
        yield path, document(drafts.HEADER, _commune(row, rows, cabinets))


def _commune(row: CommuneRow, rows: Sequence[CommuneRow], cabinets: Cabinets) -> dict[str, Any]:
    if not row.member:
        draft = drafts.Commune(row, {"# Not a member: nothing is provisioned here": None})
        return drafts.commune_fields(draft, _number)
    seats = zip(cabinets.of_commune[row.insee], cabinets.kinds[row.insee], strict=True)
    draft = drafts.Commune(
        row,
        _head(row, rows),
        tuple(
            drafts.Cabinet(
                spot=seat.spot,
                at=seat.at,
                kinds=kinds,
                supply=_supply(seat),
                way=cabinets.way(seat),
                in_service=cabinets.days.get(seat.switch),
                more=_more(seat),
                covers=_covers(seat),
                parent=cabinets.feeds_a_fibre_spur(seat),
            )
            for seat, kinds in seats
        ),
        town=row.insee == TOWN,
    )
    fields = drafts.commune_fields(draft, _number)
    return fields | (_fair(draft) if row.insee == TOWN else {})


def _number(camera: str) -> int:
    insee, number = camera.split("-")
    return (int(insee[2:]) << NUMBER_BITS) + int(number)


def _head(row: CommuneRow, rows: Sequence[CommuneRow]) -> dict[str, Any]:
    zone = ZONES[row.zone]
    members = sorted(other.insee for other in rows if other.member)
    granted = date.fromisoformat(zone.granted)
    head: dict[str, Any] = {
        "member": Flow(since=zone.since, convention=_convention(row)),
        "authorisation": Flow(
            number=f"28-{granted.year}-{members.index(row.insee) + 101:04d}",
            granted=zone.granted,
            expires=granted.replace(year=granted.year + 5) - timedelta(days=1),
            retention_max_days=30,
        ),
        "contract": "maintenance",
        "call": ["chef-de-salle", "astreinte"],
    }
    return head | (_town_head() if row.insee == TOWN else {})


def _town_head() -> dict[str, Any]:
    at = {town.key: list(town.at) for ring in TOWN_SPOTS.values() for town in ring}
    return {
        "sectors": {
            "gare": Flow(title="Gare et gare routière", priority=1),
            "coeur": Flow(title="Cœur de ville", priority=2),
        },
        "places": {
            key: Flow(title=title, kind=kind, position=at[key], synthetic=True)
            for key, (title, kind) in TO_COVER.items()
        },
    }


def _more(seat: Seat) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if seat.spot.use == "school":
        site, pupils = PUPILS.get(seat.spot.key, PUPILS_ELSEWHERE)
        more["ppms"] = Flow(site=site, pupils=pupils)
    if seat.insee == TOWN and seat.spot.key in TOWN_SECTORS:
        more["sector"] = TOWN_SECTORS[seat.spot.key]
    return more


def _covers(seat: Seat) -> tuple[str, ...]:
    return (seat.spot.key,) if seat.insee == TOWN and seat.spot.key in TO_COVER else ()


def _fair(draft: drafts.Commune) -> dict[str, Any]:
    ids = drafts.camera_ids(draft)
    watched = [
        ident
        for cabinet in draft.cabinets
        if cabinet.spot.key in FAIR_AT
        for ident, kind in zip(ids[cabinet.spot.key], cabinet.kinds, strict=True)
        if kind == "ptz"
    ]
    event = {
        "title": "Foire d'hiver",
        "first": "2026-12-11",
        "last": "2026-12-13",
        "cameras": watched,
        "requested_by": "Maire de Chartres",
    }
    note = "# Watched live by the operators, as the mayor asked; the fair is invented"
    return {note: None, "events": {"foire-d-hiver": event}}


def _supply(seat: Seat) -> str:
    """Public lighting at the gateways, which stand at the ends of a district; else the grid."""
    return f"{'eclairage' if seat.spot.use == 'gateway' else 'enedis'}-{seat.district}"


def _supplies(cabinets: Cabinets) -> dict[str, Flow]:
    found: dict[str, Flow] = {}
    for seats in cabinets.of_commune.values():
        for seat in seats:
            title = cabinets.district_title(seat)
            if seat.spot.use == "gateway":
                found[_supply(seat)] = Flow(
                    title=f"Éclairage public, {title}", kind="public-lighting"
                )
            else:
                found[_supply(seat)] = Flow(title=f"Enedis, {title}", kind="grid")
    return dict(sorted(found.items()))


def _convention(row: CommuneRow) -> str:
    return f"adhesion-{row.insee}"


def _conventions(rows: Sequence[CommuneRow]) -> dict[str, Any]:
    found = Spaced()
    for row in sorted(rows):
        if row.member:
            found[_convention(row)] = {
                "title": f"Convention d'adhésion au CSI, {row.name}",
                "kind": "member",
                "parties": ["Chartres métropole", row.name],
                "legal_basis": "CSI L132-14",
                "signed": ZONES[row.zone].signed,
                "first": ZONES[row.zone].since,
                "communes": [row.insee],
            }
    return {"conventions": found}


def main(estate: Path) -> None:
    """Write every file that is drawn."""
    for path, text in files(communes.read(TABLE)):
        target = estate / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
