"""The optical budget of a strand: what the fibre takes from the light."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maille.inventory.schema.catalogue import OpticModel
    from maille.inventory.schema.network import FibrePractice


def planned_loss_db(length_km: float, wavelength_nm: int, practice: FibrePractice) -> float:
    """Give the loss to plan with: fibre, connectors, splices and ageing, in dB."""
    splices = int(length_km / practice.splice_every_km)
    return (
        _fibre_db(length_km, wavelength_nm, practice)
        + practice.connectors * practice.connector_db
        + splices * practice.splice_db
        + practice.ageing_db
    )


def least_loss_db(length_km: float, wavelength_nm: int, practice: FibrePractice) -> float:
    """Give the loss to expect on the first day, in dB: what protects a receiver from overload.

    Connectors are counted with a fifth of their planning value: good ones lose 0.1 dB.
    """
    connectors_db = practice.connectors * practice.connector_db / 5
    return _fibre_db(length_km, wavelength_nm, practice) + connectors_db


def partner(optics: dict[str, OpticModel], optic: str | None) -> str | None:
    """Give the transceiver of the other end: the BiDi partner, or one of its own kind."""
    if optic is None or optic not in optics:
        return optic
    return optics[optic].pairs_with or optic


def _fibre_db(length_km: float, wavelength_nm: int, practice: FibrePractice) -> float:
    window = min(practice.loss_db_per_km, key=lambda known: abs(int(known) - wavelength_nm))
    return length_km * practice.loss_db_per_km[window]
