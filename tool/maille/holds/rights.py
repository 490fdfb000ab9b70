"""Which text lets an authority have images: a convention of the inventory, or none of them. Pure.

A requisition of a judge or of the judicial police needs no convention (Code de procédure pénale,
60-1, 77-1-1, 99-3): so what no convention covers is told, and decided by a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.access import rights_over
from maille.inventory.suggest import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Blueprint
    from maille.holds.model import Asked

_SHOWN = 5
_BY_ITSELF = "see that its legal basis needs no convention; it is journaled as you give it"


def doubts(blueprint: Blueprint, asked: Asked) -> Iterator[tuple[str, str]]:
    """Give what speaks against handing over what is asked for, and what to do about each."""
    agency = agency_of(blueprint, asked.authority)
    if agency is None:
        known = ", ".join(sorted(blueprint.estate.parties.agencies))
        yield f"`{asked.authority}` is no agency of parties.yaml ({known})", _BY_ITSELF
        return
    without = [one for one in asked.cameras if not _may_have(blueprint, agency, one)]
    if without:
        shown = ", ".join(without[:_SHOWN]) + (" …" if len(without) > _SHOWN else "")
        count = f"{len(without)} of {len(asked.cameras)} cameras"
        yield f"no convention grants {agency} the export of {count}: {shown}", _BY_ITSELF


def agency_of(blueprint: Blueprint, authority: str) -> str | None:
    """Give the agency that is named by its id or its title."""
    agencies = blueprint.estate.parties.agencies
    wanted = slug(authority)
    return next(
        (key for key, one in agencies.items() if wanted in (slug(key), slug(one.title))), None
    )


def _may_have(blueprint: Blueprint, agency: str, camera: str) -> bool:
    return any(
        right.agency == agency and "export" in right.grant.access
        for right in rights_over(blueprint, blueprint.cameras[camera])
    )
