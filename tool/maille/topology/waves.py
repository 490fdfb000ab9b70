"""The wave of the roll-out that a commune or a camera comes with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.inventory.schema.commune import Camera, Commune
    from maille.inventory.schema.estate import Estate


def wave_of(estate: Estate, commune: Commune, camera: Camera | None = None) -> str | None:
    """Give the wave that a camera names, else its commune, else the first that lists its zone."""
    named = (camera and camera.wave) or commune.wave
    if named:
        return named
    waves = estate.waves.items()
    return next((key for key, wave in waves if commune.zone in wave.zones), None)
