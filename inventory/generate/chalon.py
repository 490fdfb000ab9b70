"""Write the town of Chalon-sur-Saône: its commune file, and the cables and rings it hangs on.

Run it from the project's root and look at what git shows:

    python -m inventory.generate.chalon inventory/chalon

Everything else in the estate is written by hand. Places are invented near the town's true
position: nothing here says where a camera really stands.
"""

from __future__ import annotations

import sys
from itertools import count, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inventory.generate.geography import Point, fibre_km

if TYPE_CHECKING:
    from collections.abc import Iterator

INSEE = "71076"


class View(NamedTuple):
    """A camera as it is drawn from a kind of place."""

    model: str
    view: str
    place: str
    masks: str = ""
    """Empty where no private space lies in view."""


class Stop(NamedTuple):
    """A cabinet on a ring: its place, and the cameras it has or is to have."""

    key: str
    place: str
    at: Point
    kind: str
    supply: str
    since: str
    now: int
    early_2027: int = 0
    early_2028: int = 0
    points: tuple[str, ...] = ()
    sector: str = ""
    ups_minutes: int = 30


class Ring(NamedTuple):
    """A ring between the two aggregation sites."""

    key: str
    title: str
    renewed: str
    """Day on which the cameras of before were replaced."""
    stops: tuple[Stop, ...]


PTZ, FIXED, DOME, LPR = "p5655-e", "p1465-le", "p3265-lve", "q1700-le"

KINDS: dict[str, tuple[View, ...]] = {
    "square": (
        View(PTZ, "square", "mât central", "fenetres-nord, fenetres-ouest"),
        View(FIXED, "square", "façade, côté nord", "fenetres-sud"),
        View(FIXED, "square", "façade, côté sud", "fenetres-nord"),
        View(FIXED, "entrance", "débouché de la rue latérale"),
        View(FIXED, "car-park", "places de livraison"),
        View(DOME, "square", "sous l'auvent"),
        View(FIXED, "road", "passage piéton, vers l'école"),
    ),
    "arcade": (
        View(DOME, "entrance", "arcades, côté est"),
        View(DOME, "entrance", "arcades, côté ouest"),
        View(FIXED, "square", "terrasses", "fenetres-premier-etage"),
        View(FIXED, "road", "rue commerçante, partie haute", "cote-pair, cote-impair"),
        View(FIXED, "road", "rue commerçante, partie basse", "cote-pair, cote-impair"),
        View(PTZ, "square", "mât d'angle", "fenetres-angle"),
        View(FIXED, "building", "banque et bureau de poste"),
    ),
    "quay": (
        View(PTZ, "square", "mât de l'embarcadère", "peniches-habitees"),
        View(FIXED, "road", "promenade, vers l'amont"),
        View(FIXED, "road", "promenade, vers l'aval"),
        View(FIXED, "entrance", "escalier vers l'eau"),
        View(FIXED, "car-park", "stationnement du quai", "fenetres-quai"),
        View(FIXED, "road", "sous le pont"),
        View(PTZ, "event", "mât de la tête de pont", "fenetres-quai"),
    ),
    "gateway": (
        View(LPR, "plate", "voie entrante"),
        View(LPR, "plate", "voie sortante"),
        View(FIXED, "road", "carrefour"),
        View(FIXED, "road", "traversée cyclable"),
        View(FIXED, "entrance", "arrêt de bus", "jardins-sur-rue"),
        View(PTZ, "road", "mât de l'îlot central", "jardins-sur-rue"),
    ),
    "roundabout": (
        View(PTZ, "road", "mât du rond-point", "fenetres-nord"),
        View(FIXED, "road", "branche nord"),
        View(FIXED, "road", "branche sud"),
        View(FIXED, "road", "branche est", "fenetres-est"),
        View(FIXED, "entrance", "passerelle"),
        View(LPR, "plate", "branche ouest, voie entrante"),
    ),
    "housing": (
        View(PTZ, "square", "mât de la pelouse", "balcons-a, balcons-b"),
        View(FIXED, "building", "pied de l'immeuble A", "balcons"),
        View(FIXED, "building", "pied de l'immeuble C", "balcons"),
        View(FIXED, "car-park", "parking entre les immeubles", "rez-de-chaussee"),
        View(DOME, "entrance", "portillon de l'aire de jeux"),
        View(FIXED, "road", "terminus de bus"),
        View(FIXED, "building", "pied de l'immeuble F", "balcons"),
    ),
    "station": (
        View(PTZ, "station", "mât du parvis", "fenetres-hotel"),
        View(DOME, "station", "entrée principale"),
        View(DOME, "station", "passage souterrain, côté ville"),
        View(DOME, "station", "passage souterrain, côté ouest"),
        View(FIXED, "car-park", "dépose-minute"),
        View(FIXED, "station", "abri à vélos"),
    ),
    "building": (
        View(DOME, "building", "porche"),
        View(FIXED, "building", "entrée arrière", "jardin-voisin"),
        View(FIXED, "car-park", "parking des visiteurs"),
        View(FIXED, "entrance", "grilles"),
        View(PTZ, "event", "mât de l'esplanade", "fenetres-d-en-face"),
        View(FIXED, "road", "voie de livraison"),
    ),
    "park": (
        View(PTZ, "event", "mât du kiosque à musique"),
        View(FIXED, "entrance", "portail principal", "fenetres-d-en-face"),
        View(FIXED, "entrance", "portail côté rivière"),
        View(FIXED, "car-park", "parking"),
        View(DOME, "building", "gymnase, porche"),
        View(FIXED, "road", "piste cyclable"),
    ),
}

OLD_CENTRE: Point = (46.7812, 4.8530)
SAINT_COSME: Point = (46.7768, 4.8427)

RINGS = (
    Ring("centre-ville", "Hypercentre et quais", "2019-05-13", (
        Stop("hotel-de-ville", "Place de l'Hôtel-de-Ville", (46.7808, 4.8541), "square",
             "poste-hypercentre", "2007-06-18", 5, sector="hypercentre"),
        Stop("saint-vincent", "Place Saint-Vincent", (46.7801, 4.8562), "square",
             "poste-hypercentre", "2007-06-18", 5, 1, points=("parvis",), sector="hypercentre"),
        Stop("rue-pietonne", "Rue piétonne", (46.7794, 4.8549), "arcade",
             "poste-hypercentre", "2007-09-24", 5, 0, 1, sector="hypercentre"),
        Stop("quai-messageries", "Quai des Messageries", (46.7786, 4.8564), "quay",
             "poste-quais", "2012-05-14", 4, 1, points=("embarcadere",), sector="quais"),
        Stop("quai-gambetta", "Quai Gambetta", (46.7778, 4.8541), "quay",
             "poste-quais", "2012-05-14", 4, 1, sector="quais"),
        Stop("port-villiers", "Place du Port-Villiers", (46.7781, 4.8520), "arcade",
             "poste-quais", "2012-06-04", 4, 0, 1, points=("kiosque",), sector="quais"),
        Stop("obelisque", "Place de l'Obélisque", (46.7793, 4.8503), "square",
             "poste-obelisque", "2007-10-15", 5, points=("carrousel",), sector="hypercentre"),
        Stop("palais-de-justice", "Parvis du palais de justice", (46.7801, 4.8487), "building",
             "poste-obelisque", "2007-10-15", 4, sector="hypercentre"),
        Stop("boulevard", "Boulevard de la République", (46.7789, 4.8466), "roundabout",
             "poste-obelisque", "2009-03-30", 5, 0, 1),
        Stop("avenue-ouest", "Avenue de l'ouest", (46.7777, 4.8445), "roundabout",
             "poste-saint-cosme", "2009-04-06", 4, 1),
    )),
    Ring("saint-laurent", "Île Saint-Laurent et rive gauche", "2021-09-06", (
        Stop("pont-saint-laurent", "Tête du pont Saint-Laurent", (46.7796, 4.8579), "quay",
             "poste-ile", "2012-09-17", 5, 0, 1, points=("pile-nord",), sector="quais"),
        Stop("rue-de-l-ile", "Rue de l'île", (46.7786, 4.8598), "arcade",
             "poste-ile", "2012-09-17", 5, sector="quais"),
        Stop("pointe-de-l-ile", "Pointe de l'île", (46.7771, 4.8583), "quay",
             "poste-ile", "2013-04-22", 4, 0, 1),
        Stop("rive-gauche", "Entrée de la rive gauche", (46.7764, 4.8629), "gateway",
             "poste-rive-gauche", "2016-03-07", 5, 1),
        Stop("parc-des-expositions", "Parc des expositions", (46.7748, 4.8662), "park",
             "poste-rive-gauche", "2016-03-07", 4, 1, points=("halle", "parking-est")),
        Stop("roseraie", "Parc de loisirs, côté roseraie", (46.7722, 4.8684), "park",
             "poste-rive-gauche", "2028-02-14", 0, 0, 4),
        Stop("pont-sud", "Tête du pont sud", (46.7697, 4.8597), "gateway",
             "poste-port", "2016-06-13", 4, 1),
        Stop("port-nord", "Port nord", (46.7712, 4.8541), "building",
             "poste-port", "2016-06-13", 4, 1),
    )),
    Ring("nord", "Citadelle, Bellevue et Aubépins", "2022-03-14", (
        Stop("citadelle", "Place de la Citadelle", (46.7853, 4.8512), "square",
             "poste-citadelle", "2009-11-09", 5),
        Stop("lycee", "Abords du lycée", (46.7882, 4.8489), "building",
             "poste-citadelle", "2013-10-14", 4),
        Stop("saint-jean-des-vignes", "Place Saint-Jean-des-Vignes", (46.7921, 4.8446), "square",
             "poste-citadelle", "2013-10-14", 5, 0, 1),
        Stop("bellevue", "Bellevue, mail central", (46.7956, 4.8509), "housing",
             "poste-nord", "2013-11-18", 4, 1),
        Stop("entree-nord", "Entrée nord, route départementale", (46.8019, 4.8523), "gateway",
             "poste-nord", "2018-02-12", 5),
        Stop("aubepins-centre", "Aubépins, centre commercial", (46.8008, 4.8381), "housing",
             "poste-aubepins", "2014-03-17", 5, 1, points=("esplanade",), sector="aubepins"),
        Stop("aubepins-tours", "Aubépins, les tours", (46.7987, 4.8352), "housing",
             "poste-aubepins", "2014-03-17", 4, 1, sector="aubepins"),
        Stop("stade", "Stade et piscine", (46.7934, 4.8297), "park",
             "poste-aubepins", "2018-05-28", 4, 1, points=("tribune",)),
        Stop("fontaine-au-loup", "Fontaine-au-Loup", (46.7899, 4.8334), "housing",
             "poste-plateau", "2014-06-16", 5, 1),
        Stop("plateau", "Plateau Saint-Jean", (46.7849, 4.8382), "roundabout",
             "poste-plateau", "2018-06-04", 4, 0, 1),
    )),
    Ring("sud", "Gare, verrerie et Prés-Saint-Jean", "2020-10-05", (
        Stop("gare-routiere", "Gare routière", (46.7822, 4.8441), "station",
             "poste-gare", "2010-01-18", 5, sector="gare"),
        Stop("gare", "Parvis de la gare", (46.7814, 4.8428), "station",
             "poste-gare", "2010-01-18", 5, 1, points=("parvis",), sector="gare"),
        Stop("pont-du-rail", "Pont du chemin de fer", (46.7786, 4.8398), "roundabout",
             "poste-gare", "2010-03-08", 4, 0, 1),
        Stop("verrerie", "Quartier de la verrerie", (46.7731, 4.8486), "housing",
             "poste-pres", "2016-09-05", 4, 0, 1),
        Stop("pres-marche", "Prés-Saint-Jean, place du marché", (46.7673, 4.8437), "housing",
             "poste-pres", "2011-04-11", 5, points=("marche",), sector="pres-saint-jean"),
        Stop("pres-tours", "Prés-Saint-Jean, les tours", (46.7651, 4.8459), "housing",
             "poste-pres", "2011-04-11", 5, 0, 1, sector="pres-saint-jean"),
        Stop("pres-maison", "Prés-Saint-Jean, maison de quartier", (46.7659, 4.8416), "building",
             "poste-pres", "2011-05-16", 4, 1, sector="pres-saint-jean"),
        Stop("zone-sud", "Zone commerciale sud", (46.7603, 4.8471), "gateway",
             "poste-sud", "2027-02-08", 0, 5),
        Stop("echangeur", "Échangeur sud", (46.7566, 4.8411), "gateway",
             "poste-sud", "2027-02-15", 0, 4, 1),
        Stop("entree-ouest", "Entrée ouest", (46.7702, 4.8352), "gateway",
             "poste-ouest", "2018-09-10", 5, 1),
    )),
)  # fmt: skip

SPUR = Stop("plage", "Plage du lac", (46.7942, 4.8241), "park", "solaire-plage", "2021-06-21",
            2, points=("ponton",), ups_minutes=240)  # fmt: skip
"""A cabinet that radio reaches from the stadium."""


def spans(ring: Ring) -> list[float]:
    """Give the length of each cable of a ring, from the old centre to Saint-Cosme."""
    points = (OLD_CENTRE, *(stop.at for stop in ring.stops), SAINT_COSME)
    return [fibre_km(one, other) for one, other in pairwise(points)]


def camera_lines(stop: Stop, renewed: str, numbers: Iterator[int]) -> Iterator[str]:
    """Give a line a camera: first those in service, then the two batches."""
    waves = [""] * stop.now + ["2027-debut"] * stop.early_2027 + ["2028-debut"] * stop.early_2028
    views = KINDS[stop.kind][: len(waves)]
    for wave, view, number in zip(waves, views, numbers, strict=True):
        fields = [f"model: {view.model}", f"place: {quoted(view.place)}", f"view: {view.view}"]
        fields.append(f"masks: [{view.masks}]" if view.masks else "private_space: false")
        if wave:
            fields.append(f"wave: {wave}")
        else:
            mac = f"ac:cc:8e:71:{number // 256:02x}:{number % 256:02x}"
            fields += [f'mac: "{mac}"', f"in_service: {max(stop.since, renewed)}"]
        yield f"      {INSEE}-{number:04d}: {{{', '.join(fields)}}}"


def cabinet_lines(
    stop: Stop, where: list[str], renewed: str, numbers: Iterator[int]
) -> Iterator[str]:
    """Give a cabinet's part of the commune file."""
    yield f"  {stop.key}:"
    yield f"    place: {quoted(stop.place)}"
    yield f"    position: [{stop.at[0]}, {stop.at[1]}]"
    yield "    synthetic: true"
    yield "    switch: ie-3300-8p2s"
    yield from where
    yield f"    power: {{supply: {stop.supply}, ups_minutes: {stop.ups_minutes}}}"
    if stop.now:
        yield f"    in_service: {stop.since}"
    if stop.sector:
        yield f"    sector: {stop.sector}"
    yield "    cameras:"
    yield from camera_lines(stop, renewed, numbers)
    if stop.points:
        yield "    attachment_points:"
        yield from (f"      {key}: {{place: {quoted(POINTS[key])}}}" for key in stop.points)
    yield ""


POINTS = {
    "parvis": "lampadaire du parvis",
    "embarcadere": "mât de l'embarcadère",
    "kiosque": "toit du kiosque",
    "carrousel": "lampadaire du manège",
    "pile-nord": "pile nord du pont",
    "halle": "pignon de la halle d'exposition",
    "parking-est": "mât du parking est",
    "esplanade": "auvent des commerces",
    "tribune": "arrière de la tribune",
    "marche": "mât de la place du marché",
    "ponton": "mât du ponton",
}

HEAD = """\
# yaml-language-server: $schema=../../.schema/commune.json
#
# The town: 160 cameras in service, 40 to come in the two batches of waves.yaml, and the ports
# at which the six nomads of nomads.yaml may hang. Drawn by inventory/generate/chalon.py:
# places, supplies, MAC addresses and dates are invented.

commune: Chalon-sur-Saône
insee: "71076"
population: 45967
position: [46.79, 4.8519]
wave: socle
owner: ville
contract: maintenance
call: [chef-de-salle, astreinte-technique]
member: {since: 2007-06-01, convention: ville-2007}
authorisation:                          # a perimeter: the nomads move within it
  number: 71-2025-0418
  granted: 2025-03-31
  expires: 2030-03-30
  retention_max_days: 15
further_authorisations:
  marche-de-noel-2026:                  # a gathering: four months at most, ends with it
    number: 71-2026-1177
    granted: 2026-10-12
    expires: 2027-01-03
    retention_max_days: 15
    gathering_ends: 2027-01-03

sectors:
  hypercentre: {title: Hypercentre, priority: 1}
  gare: {title: Gare et gare routière, priority: 1}
  quais: {title: Quais et île Saint-Laurent, priority: 2}
  pres-saint-jean: {title: Prés-Saint-Jean, priority: 2}
  aubepins: {title: Aubépins, priority: 3}

cabinets:
"""


def commune_file() -> str:
    """Give the commune file; ids count on from the first cabinet, planned ones from 161."""
    now, planned = count(1), count(161)
    lines: list[str] = []
    for ring in RINGS:
        lines.append(f"  # {ring.title}")
        at = 0.0
        for stop, km in zip(ring.stops, spans(ring), strict=False):
            at += km
            where = [f"    ring: {ring.key}", f"    at_km: {at:g}"]
            lines += cabinet_lines(stop, where, ring.renewed, numbers(stop, now, planned))
    lines.append("  # Off the rings")
    lines += cabinet_lines(SPUR, spur_lines(), SPUR.since, numbers(SPUR, now, planned))
    return HEAD + "\n".join(lines)


def numbers(stop: Stop, now: Iterator[int], planned: Iterator[int]) -> Iterator[int]:
    """Give the numbers of a cabinet's cameras: its first ones are in service."""
    yield from islice(now, stop.now)
    yield from islice(planned, stop.early_2027 + stop.early_2028)


def spur_lines() -> list[str]:
    """Give the radio way of the lake's cabinet."""
    return [
        "    spur:                               # a radio bridge over the lake: no trench there",
        f"      parent: {INSEE}-stade",
        "      medium: radio",
        "      capacity_mbps: 100",
        "      strand: {length_km: 0.45}",
    ]


def cables_file() -> str:
    """Give the cables: the backbone, and one from cabinet to cabinet on each ring."""
    lines = [CABLES_HEAD.rstrip()]
    for ring in RINGS:
        lines += ["", f"  # {ring.title}"]
        names = ["Ancien CSU", *(stop.place for stop in ring.stops), "Saint-Cosme"]
        for number, (km, (one, other)) in enumerate(
            zip(spans(ring), pairwise(names), strict=True), start=1
        ):
            title = f'"{one} - {other}"'
            lines.append(
                f"  {ring.key}-{number:02d}: {{title: {title}, length_km: {km:g}, fibres: 24}}"
            )
    return "\n".join(lines) + "\n"


def rings_file() -> str:
    """Give pairs and rings."""
    lines = [RINGS_HEAD.rstrip()]
    for ring in RINGS:
        lines += ["", f"  {ring.key}:", f"    title: {ring.title}", "    pair: agregation"]
        lines += ["    speed_mbps: 1000", f"    optic: {RING_OPTIC}", "    route:"]
        lines += [
            f"      - {{cable: {ring.key}-{number:02d}, km: {km:g}}}"
            for number, km in enumerate(spans(ring), start=1)
        ]
    return "\n".join(lines) + "\n"


RING_OPTIC = "1000base-lx"

CABLES_HEAD = """\
# yaml-language-server: $schema=../../.schema/cables.json
#
# One cable from cabinet to cabinet, so that a digger cuts a ring at one place and both its
# halves live on. Lengths: great circle x 1.3, in eighths of a kilometre (estimate).

ducts:
  quai: {title: Tranchée du quai}
  boulevard: {title: Fourreau du boulevard}
  voie-verte: {title: Fourreau de la voie verte}
  avenue: {title: Tranchée de l'avenue}
  traverse: {title: Galerie d'assainissement traversant la ville}

cables:
  # The backbone: from each aggregation site two cables to the centre, on different ways,
  # and one between them
  dorsale-quai: {title: Ancien CSU - CSU par le quai, length_km: 1.5, fibres: 48, duct: quai}
  dorsale-boulevard:
    {title: Ancien CSU - CSU par le boulevard, length_km: 1.75, fibres: 48, duct: boulevard}
  dorsale-voie-verte:
    {title: Saint-Cosme - CSU par la voie verte, length_km: 1.25, fibres: 48, duct: voie-verte}
  dorsale-avenue: {title: Saint-Cosme - CSU par l'avenue, length_km: 1.5, fibres: 48, duct: avenue}
  dorsale-traverse:
    {title: Ancien CSU - Saint-Cosme par la galerie, length_km: 1.5, fibres: 48, duct: traverse}
"""

RINGS_HEAD = """\
# yaml-language-server: $schema=../../.schema/rings.json
#
# Four rings between the old centre and Saint-Cosme, ten members at most.

pairs:
  coeur: {primary: csu-1, secondary: csu-2}
  agregation: {primary: ancien-csu-1, secondary: saint-cosme-1}

rings:
"""


def quoted(text: str) -> str:
    """Quote a text where YAML would read it as something else."""
    return f'"{text}"' if ", " in text else text


def main(estate: Path) -> None:
    """Write the three files."""
    files = {
        f"communes/{INSEE}-chalon-sur-saone.yaml": commune_file(),
        "network/cables.yaml": cables_file(),
        "network/rings.yaml": rings_file(),
    }
    for path, text in files.items():
        (estate / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
