"""What cabinets and camera places are called: kinds of places that any commune has.

None of them is a real place. Names are French, as the estates' are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from inventory.generate.mix import Kind, Use


class Spot(NamedTuple):
    """A cabinet before it has a switch and cameras."""

    key: str
    place: str
    use: Use


class Sight(NamedTuple):
    """Where a camera hangs and what it looks at."""

    place: str
    view: str


_MIDDLES = (
    Spot("mairie", "Place de la Mairie", "centre"),
    Spot("eglise", "Place de l'Église", "centre"),
    Spot("salle-des-fetes", "Salle des fêtes", "centre"),
)
_TOWN_HALL, _CHURCH, _ = _MIDDLES
_GATEWAY = Spot("entree", "Entrée de bourg", "gateway")
_SCHOOL = Spot("ecole", "École communale", "school")
_MARKET = Spot("marche", "Place du Marché", "centre")
_HALL = Spot("gymnase", "Gymnase municipal", "building")

_SPOTS: tuple[tuple[Spot, ...], ...] = (
    (),
    (),
    (_TOWN_HALL, _GATEWAY),
    (_GATEWAY, _TOWN_HALL, _SCHOOL),
    (_GATEWAY, _TOWN_HALL, _SCHOOL, _MARKET),
    (_GATEWAY, _TOWN_HALL, _SCHOOL, _MARKET, _HALL),
)
_WARD_USES: tuple[Use, ...] = ("centre", "gateway", "building", "centre", "school")

_SIGHTS: dict[Use, dict[Kind, tuple[Sight, ...]]] = {
    "centre": {
        "ptz": (
            Sight("mât de la place", "square"),
            Sight("angle de la Grande Rue", "square"),
            Sight("mât du parking", "square"),
        ),
        "multisensor": (
            Sight("carrefour central", "road"),
            Sight("parvis", "building"),
            Sight("croisement des halles", "road"),
        ),
        "fixed": (
            Sight("façade principale", "building"),
            Sight("Grande Rue", "road"),
            Sight("parking de la salle des fêtes", "car-park"),
            Sight("arrêt de car", "road"),
            Sight("entrée du parc", "entrance"),
        ),
        "lpr": (Sight("route principale, sens entrant", "plate"),),
    },
    "gateway": {
        "ptz": (Sight("mât du rond-point", "square"),),
        "multisensor": (Sight("rond-point", "road"),),
        "fixed": (
            Sight("carrefour", "road"),
            Sight("aire de covoiturage", "car-park"),
            Sight("passage piéton", "road"),
            Sight("arrêt de car", "road"),
            Sight("accès de la zone d'activité", "entrance"),
        ),
        "lpr": (Sight("voie entrante", "plate"), Sight("voie sortante", "plate")),
    },
    "school": {
        "ptz": (Sight("mât du parvis", "square"),),
        "multisensor": (Sight("parvis", "school"),),
        "fixed": (
            Sight("portail", "school"),
            Sight("parvis", "school"),
            Sight("arrêt de car scolaire", "school"),
            Sight("parking des familles", "car-park"),
            Sight("chemin de l'école", "road"),
        ),
        "lpr": (Sight("rue de l'école, sens unique", "plate"),),
    },
    "building": {
        "ptz": (Sight("mât de l'esplanade", "square"), Sight("angle du bâtiment", "square")),
        "multisensor": (Sight("esplanade", "building"), Sight("cour de service", "building")),
        "fixed": (
            Sight("entrée principale", "building"),
            Sight("parking", "car-park"),
            Sight("accès de service", "entrance"),
            Sight("allée", "road"),
            Sight("arrière du bâtiment", "building"),
        ),
        "lpr": (Sight("accès du parking", "plate"),),
    },
}

_PRIVATE: dict[str, tuple[str, ...]] = {
    "square": ("fenetres-nord", "fenetres-sud"),
    "road": ("fenetres-rue",),
    "building": ("fenetres-voisines",),
    "entrance": ("jardin-voisin",),
}
"""Private space that a view usually takes in, and that is therefore masked."""


def spots(insee: str, count: int) -> tuple[Spot, ...]:
    """Give the cabinets of a commune in the order in which a cable meets them."""
    if count == 1:
        return (_MIDDLES[crc32(insee.encode()) % len(_MIDDLES)],)
    if count < len(_SPOTS):
        return _SPOTS[count]
    wards = range(count - len(_SPOTS) + 1)
    return _SPOTS[-1] + tuple(_ward(number) for number in wards)


def _ward(number: int) -> Spot:
    name = f"{number + 1}"
    return Spot(f"quartier-{name}", f"Quartier {name}", _WARD_USES[number % len(_WARD_USES)])


def sights(use: Use, kinds: list[Kind]) -> list[Sight]:
    """Give a place to each camera of a cabinet, no two of them alike."""
    found: list[Sight] = []
    for number, kind in enumerate(kinds):
        rank = kinds[:number].count(kind)
        known = _SIGHTS[use][kind]
        sight = known[rank % len(known)]
        again = rank // len(known)
        found.append(sight if not again else sight._replace(place=f"{sight.place} {again + 1}"))
    return found


def masks(view: str) -> tuple[str, ...]:
    """Give the privacy masks that a view needs; none where no private space lies in it."""
    return _PRIVATE.get(view, ())
