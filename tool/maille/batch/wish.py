"""A commune as somebody asks for it on the command line, and what is chosen in its place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maille.batch.siting import nearest_cabinet, nearest_ring, spot_on
from maille.errors import UsageError
from maille.inventory.schema.base import Position
from maille.inventory.suggest import unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from maille.inventory.schema.commune import Camera
    from maille.inventory.schema.estate import Estate


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; whatever is None was left open.

    `cameras` is how many to prepare. `since` makes the commune a member; without a
    `convention` one is written, `signed` on its day or the day before membership begins.
    """

    insee: str
    name: str
    position: tuple[float, float] | None = None
    zone: str | None = None
    since: date | None = None
    convention: str | None = None
    signed: date | None = None
    authorisation: str | None = None
    granted: date | None = None
    cabinet: str = "mairie"
    place: str = "Mairie"
    ring: str | None = None
    at_km: float | None = None
    switch: str | None = None
    supply: str | None = None
    cameras: int = 0
    model: str | None = None
    view: str | None = None

    @property
    def has_cabinet(self) -> bool:
        """Say whether a cabinet is asked for, by itself or by what hangs in it."""
        return bool(self.cameras) or any(
            value is not None for value in (self.ring, self.at_km, self.switch, self.supply)
        )


def checked(wish: Wish, insee: str, estate: Estate) -> None:
    """Refuse a wish for what the estate does not know; raises UsageError."""
    if not wish.name.strip() or not wish.name.isprintable():
        raise UsageError(f"{wish.name!r} is no name of a commune", "write it on one line")
    if insee in estate.communes:
        name = estate.communes[insee].commune
        raise UsageError(
            f"commune `{insee}` is in the estate: {name}",
            "edit its file, or import a batch that adds to it",
        )
    names: Iterable[tuple[str, str | None, Collection[str]]] = (
        ("convention", wish.convention, estate.conventions),
        ("ring", wish.ring, estate.network.rings),
        ("switch model", wish.switch, estate.catalogue.switches),
        ("supply", wish.supply, estate.network.supplies),
        ("camera model", wish.model, estate.catalogue.cameras),
        ("view", wish.view, estate.settings.views),
    )
    for kind, wanted, known in names:
        if wanted is not None and wanted not in known:
            raise UsageError(*unknown(kind, wanted, known))
    if bool(wish.authorisation) != bool(wish.granted):
        raise UsageError("half of the authorisation is missing", "write its number and its date")
    if wish.has_cabinet and wish.position is None:
        raise UsageError("where the cabinet stands is not said", "add --position LAT,LON")


def completed(wish: Wish, estate: Estate) -> tuple[Wish, frozenset[str]]:
    """Choose what a cabinet needs and the wish leaves open; give the names of what was chosen.

    Raises UsageError where the estate offers nothing to choose from.
    """
    if not wish.has_cabinet or wish.position is None:
        return wish, frozenset()
    position = Position(*wish.position)
    ring = wish.ring or nearest_ring(estate, position)
    spot = spot_on(estate, ring, position) if ring else None
    neighbour = nearest_cabinet(estate, position)
    model = wish.model or _usual_camera(estate)
    choice: dict[str, object] = {
        "ring": ring,
        "at_km": spot.at_km if spot else None,
        "switch": _usual_switch(estate, wish.cameras, model),
        "supply": neighbour.power.supply if neighbour else None,
        "model": model,
        "view": _usual(camera.view for camera in _cameras(estate)) or min(estate.settings.views),
    }
    chosen = {name: value for name, value in choice.items() if getattr(wish, name) is None}
    for name, value in chosen.items():
        if value is None:
            raise UsageError(
                f"the estate has no {name} to choose from", f"name it: {_option(name)}"
            )
    return replace(wish, **chosen), frozenset(chosen)  # type: ignore[arg-type] # by their names


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _cameras(estate: Estate) -> Iterator[Camera]:
    for commune in estate.communes.values():
        for cabinet in commune.cabinets.values():
            yield from cabinet.cameras.values()


def _usual_camera(estate: Estate) -> str | None:
    """Give the fixed camera that the estate has most of."""
    known = estate.catalogue.cameras
    used = [camera.model for camera in _cameras(estate)]
    plain = [model for model in used if model in known and known[model].kind in {"fixed", "dome"}]
    return _usual(plain) or _usual(used) or min(known, default=None)


def _usual_switch(estate: Estate, cameras: int, camera_model: str | None) -> str | None:
    """Give the cabinet switch that the estate has most of, and that feeds so many cameras."""
    known = estate.catalogue.switches
    camera = estate.catalogue.cameras.get(camera_model or "")
    watts = cameras * camera.worst_w if camera else 0.0
    able = {
        name
        for name, model in known.items()
        if len(model.access_ports) >= cameras and model.poe_budget_w >= watts and model.access
    }
    cabinets = (c for commune in estate.communes.values() for c in commune.cabinets.values())
    used = [cabinet.switch for cabinet in cabinets if cabinet.street]
    return _usual(switch for switch in used if switch in able) or min(able, default=None)


def _usual(names: Iterable[str]) -> str | None:
    """Give the commonest name, the first of the alphabet where several are."""
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name), default=None)
