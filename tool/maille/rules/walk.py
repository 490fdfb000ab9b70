"""Short ways through the inventory that several rules take."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.commune import Authorisation, Cabinet, Camera, Commune
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.governance import Convention, Grant
    from maille.inventory.schema.settings import Profile
    from maille.rules.model import LogicalPath


def cabinets(estate: Estate) -> Iterator[tuple[LogicalPath, Commune, str, Cabinet]]:
    """Give every cabinet: its path, its commune, its key, itself."""
    for insee, commune in estate.communes.items():
        for key, cabinet in commune.cabinets.items():
            yield ("communes", insee, "cabinets", key), commune, key, cabinet


def cameras_of(
    commune: Commune, insee: str | None = None
) -> Iterator[tuple[LogicalPath, str, Camera]]:
    """Give every fixed camera of a commune: its path, its id, itself."""
    for key, cabinet in commune.cabinets.items():
        for ident, camera in cabinet.cameras.items():
            path = ("communes", insee or commune.insee, "cabinets", key, "cameras", ident)
            yield path, ident, camera


def grants(estate: Estate) -> Iterator[tuple[LogicalPath, str, Convention, Grant]]:
    """Give every grant: its path, `<convention>/<grant>`, its convention, itself."""
    for key, convention in estate.conventions.items():
        for name, grant in convention.grants.items():
            yield ("conventions", key, "grants", name), f"{key}/{name}", convention, grant


def profile_of(estate: Estate, camera: Camera) -> Profile:
    """Give the profile that a camera films by."""
    return estate.settings.profiles[camera.profile or estate.settings.views[camera.view]]


def authorisations_of(commune: Commune) -> Iterator[tuple[LogicalPath, Authorisation, str]]:
    """Give every authorisation of a commune: its path, itself, the id that a waiver names."""
    insee = commune.insee
    if commune.authorisation:
        yield ("communes", insee, "authorisation"), commune.authorisation, insee
    for key, entry in commune.further_authorisations.items():
        yield ("communes", insee, "further_authorisations", key), entry, f"{insee}/{key}"


def authorisation_of(commune: Commune, camera: Camera) -> Authorisation | None:
    """Give the authorisation that a camera films under."""
    if camera.authorisation:
        return commune.further_authorisations.get(camera.authorisation)
    return commune.authorisation
