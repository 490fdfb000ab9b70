"""What was decided for Chartres: sites, pairs, rings, places in the town, dates.

Everything here is invented, except the communes and that 64 of the 66 are members.
"""

from __future__ import annotations

from math import radians
from typing import NamedTuple

from inventory.generate.geography import Point, beside
from inventory.generate.mix import Mix, Use, mix
from inventory.generate.places import Spot

TOWN = "28085"
TOWN_AT: Point = (48.4471, 1.5057)

OF_ALL: Mix = mix(500, ptz=150, multisensor=50, lpr=75)
OF_TOWN: Mix = mix(148, ptz=44, multisensor=15, lpr=12)
"""The vector of the estate: 225 fixed, 150 PTZ, 50 multisensor, 75 plate readers."""


class Site(NamedTuple):
    """A room with routed switches."""

    title: str
    commune: str
    at: Point


SITES = {
    "csi": Site("Centre de supervision intercommunal", TOWN, TOWN_AT),
    "nord": Site("Nœud nord, Champhol", "28070", (48.4670, 1.5106)),
    "est": Site("Nœud est, Chartres", TOWN, (48.4480, 1.5400)),
    "sud": Site("Nœud sud, Le Coudray", "28110", (48.4190, 1.5028)),
    "ouest": Site("Nœud ouest, Lucé", "28218", (48.4450, 1.4620)),
}

PAIRS = {
    "coeur": ("csi", "csi"),
    "nord-est": ("nord", "est"),
    "est-sud": ("est", "sud"),
    "sud-ouest": ("sud", "ouest"),
    "ouest-nord": ("ouest", "nord"),
}
"""Site of the primary, site of the secondary."""

LONG_WAY = {
    ("nord", 1): "est",
    ("nord", 2): "est",
    ("est", 1): "sud",
    ("est", 2): "nord",
    ("sud", 1): "ouest",
    ("sud", 2): "est",
    ("ouest", 1): "nord",
    ("ouest", 2): "sud",
}
"""The neighbour through which a switch's second transit link runs; under 10 km each."""


class RingPlan(NamedTuple):
    """A ring: its pair, and the communes in the order in which its cable meets them."""

    title: str
    pair: str
    communes: tuple[str, ...]


# No two rings of one pair have as many members, and with the shortest each has an odd number:
# where a pair's own link is lost, the shortest ring carries the spanning tree, and nobody has
# to guess which one that is nor where another is opened.
RINGS = {
    "chartres-centre": RingPlan("Chartres, cœur de ville", "coeur", (TOWN,)),
    "chartres-nord": RingPlan("Chartres, quartiers nord", "ouest-nord", (TOWN,)),
    "chartres-sud": RingPlan("Chartres, quartiers sud", "est-sud", (TOWN,)),
    "couronne-ouest": RingPlan("Lucé et Mainvilliers", "ouest-nord", ("28218", "28229")),
    "couronne-sud": RingPlan(
        "Couronne sud", "sud-ouest", ("28110", "28269", "28024", "28220")
    ),
    "vallee-de-l-eure": RingPlan(
        "Vallée de l'Eure",
        "nord-est",
        ("28358", "28034", "28052", "28227", "28195", "28084", "28201"),
    ),
    "plateau-nord-est": RingPlan(
        "Plateau nord-est",
        "nord-est",
        ("28070", "28173", "28104", "28073", "28194", "28160", "28380"),
    ),
    "beauce-est": RingPlan(
        "Beauce est",
        "est-sud",
        ("28278", "28397", "28285", "28344", "28421", "28366", "28047", "28309", "28383",
         "28035"),
    ),
    "plaine-sud": RingPlan(
        "Plaine sud",
        "est-sud",
        ("28177", "28107", "28122", "28162", "28246", "28048", "28141", "28365", "28245", "28253",
         "28388", "28403"),
    ),
    "portes-du-perche": RingPlan(
        "Portes du Perche",
        "sud-ouest",
        ("28158", "28281", "28095", "28337", "28100", "28006"),
    ),
    "plateau-nord-ouest": RingPlan(
        "Plateau nord-ouest",
        "ouest-nord",
        ("28022", "28325", "28254", "28128", "28060", "28102", "28068", "28163", "28301", "28209"),
    ),
}  # fmt: skip


class SpurPlan(NamedTuple):
    """A commune off the rings: whose cabinet it hangs off, and by what."""

    parent: str
    cabinet: int
    """Which of the parent commune's cabinets, from 0."""
    medium: str
    capacity_mbps: int
    why: str


SPURS = {
    "28317": SpurPlan("28285", 0, "fibre", 1000, "the road to the village has one trench"),
    "28129": SpurPlan("28344", 0, "leased", 100, "an operator's line until the trench of 2028"),
    "28419": SpurPlan("28246", 0, "radio", 200, "from water tower to water tower"),
    "28286": SpurPlan("28095", 0, "radio", 200, "from silo to church tower"),
    "28004": SpurPlan("28309", 0, "radio", 200, "from silo to water tower"),
}


class TownSpot(NamedTuple):
    """A cabinet in the town: where, seen from its middle, and on which district's supply."""

    key: str
    place: str
    use: Use
    bearing: float
    km: float
    district: str

    @property
    def spot(self) -> Spot:
        """Give the cabinet's name and use."""
        return Spot(self.key, self.place, self.use)

    @property
    def at(self) -> Point:
        """Give its place."""
        return beside(TOWN_AT, radians(self.bearing), self.km)


TOWN_SPOTS = {
    "chartres-centre": (
        TownSpot("marche", "Place du Marché", "centre", 20, 0.45, "coeur-est"),
        TownSpot("theatre", "Parvis du théâtre", "centre", 55, 0.55, "coeur-est"),
        TownSpot("mediatheque", "Médiathèque", "building", 90, 0.50, "coeur-est"),
        TownSpot("porte-est", "Porte de l'Est", "gateway", 120, 0.70, "coeur-est"),
        TownSpot("college", "Collège du centre", "school", 155, 0.55, "coeur-sud"),
        TownSpot("grand-place", "Grand-Place", "centre", 190, 0.45, "coeur-sud"),
        TownSpot("rue-commercante", "Rue commerçante", "centre", 225, 0.50, "coeur-sud"),
        TownSpot("halles", "Les halles", "building", 260, 0.45, "gare"),
        TownSpot("gare", "Parvis de la gare", "centre", 300, 0.75, "gare"),
        TownSpot("gare-routiere", "Gare routière", "centre", 330, 0.70, "gare"),
    ),
    "chartres-nord": (
        TownSpot("entree-ouest", "Entrée de ville ouest", "gateway", 268, 2.2, "ouest"),
        TownSpot("quartier-ouest", "Place du quartier ouest", "centre", 272, 1.7, "ouest"),
        TownSpot("ecole-tilleuls", "École des Tilleuls", "school", 285, 1.5, "ouest"),
        TownSpot("stade", "Stade municipal", "building", 297, 1.7, "tilleuls"),
        TownSpot("tilleuls", "Place des Tilleuls", "centre", 308, 1.4, "tilleuls"),
        TownSpot("zone-artisanale", "Zone artisanale", "building", 320, 1.8, "tilleuls"),
        TownSpot("boulevard-nord", "Boulevard nord", "centre", 332, 1.3, "nord"),
        TownSpot("parc", "Parc du nord", "centre", 343, 1.6, "nord"),
        TownSpot("maison-de-sante", "Maison de santé", "building", 354, 1.3, "nord"),
        TownSpot("entree-nord", "Entrée de ville nord", "gateway", 4, 1.7, "nord"),
    ),
    "chartres-sud": (
        TownSpot("entree-est", "Entrée de ville est", "gateway", 86, 2.0, "est"),
        TownSpot("quartier-est", "Place du quartier est", "centre", 94, 1.5, "est"),
        TownSpot("ecole-peupliers", "École des Peupliers", "school", 104, 1.7, "est"),
        TownSpot("centre-commercial", "Centre commercial", "building", 113, 2.0, "est"),
        TownSpot("rocade", "Carrefour de la rocade", "gateway", 124, 1.9, "peupliers"),
        TownSpot("peupliers", "Place des Peupliers", "centre", 136, 1.5, "peupliers"),
        TownSpot("lycee", "Lycée du sud", "school", 148, 1.7, "peupliers"),
        TownSpot("gymnase", "Gymnase du sud", "building", 160, 1.5, "sud"),
        TownSpot("quartier-sud", "Place du quartier sud", "centre", 170, 1.8, "sud"),
        TownSpot("entree-sud", "Entrée de ville sud", "gateway", 180, 2.1, "sud"),
    ),
}

TOWN_SECTORS = {"gare": "gare", "gare-routiere": "gare", "marche": "coeur", "grand-place": "coeur"}
TO_COVER = {"gare": ("Gare", "rail-station"), "gare-routiere": ("Gare routière", "bus-station")}
"""Places that somebody expects a camera to see, by the cabinet that stands there."""
FAIR_AT = ("marche", "theatre", "grand-place")
"""Cabinets whose PTZ cameras are watched live during the fair."""

PUPILS = {
    "college": ("college", 520),
    "ecole-tilleuls": ("school", 240),
    "ecole-peupliers": ("school", 210),
    "lycee": ("lycee", 980),
}
PUPILS_ELSEWHERE = ("school", 180)


class ZoneDates(NamedTuple):
    """When a zone joined, and when the prefect authorised it."""

    since: str
    signed: str
    granted: str


ZONES = {
    "urban": ZoneDates("2025-04-01", "2025-03-14", "2025-09-15"),
    "urban-enlarged": ZoneDates("2025-07-01", "2025-06-20", "2026-05-18"),
    "periurban": ZoneDates("2025-07-01", "2025-06-20", "2026-10-05"),
    "rural": ZoneDates("2026-01-01", "2025-12-12", "2026-10-19"),
}

FIRST_DAY_OF_RING = {
    "chartres-centre": "2025-11-17",
    "chartres-nord": "2026-01-12",
    "chartres-sud": "2026-02-16",
}
"""The day on which the first cabinet of a ring of the town went into service."""

FIRST_DAY = {
    # the urban zone, accepted in June 2026
    "28110": "2026-03-30",
    "28269": "2026-04-08",
    "28024": "2026-04-16",
    "28220": "2026-04-24",
    "28218": "2026-05-06",
    "28229": "2026-05-27",
    "28070": "2026-06-10",
    "28209": "2026-06-17",
    # two communes of the enlarged zone before the inauguration of 18 September 2026
    "28358": "2026-07-06",
    "28173": "2026-07-15",
    # the others since
    "28201": "2026-09-22",
    "28380": "2026-09-29",
    "28278": "2026-10-06",
    "28006": "2026-10-13",
    "28104": "2026-10-20",
    "28177": "2026-10-23",
    "28301": "2026-10-28",
    "28158": "2026-11-04",
    "28403": "2026-11-09",
    "28388": "2026-11-17",
}
"""The day on which a commune's first cabinet went into service; the others are to come."""

DAYS_BETWEEN_CABINETS = 2
"""Working days."""
