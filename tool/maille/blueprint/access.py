"""Who may see what, and by which text: rights follow from conventions, and from nothing else.

Denied by default: a right exists only where a convention in force grants it to an agency, for
cameras in the scope of the grant. Mayors are one agency each or one for all; a grant with
`own_commune` opens to a mayor the cameras of the own commune alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maille.blueprint.model import Blueprint, Camera
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.governance import Convention, Grant, Scope


@dataclass(frozen=True, slots=True)
class Right:
    """A grant of a convention, as it applies to a camera or a commune."""

    convention: str
    convention_title: str
    grant_id: str
    agency: str
    agency_title: str
    grant: Grant
    in_force: bool
    legal_basis: str


def in_force(convention: Convention, as_of: date) -> bool:
    """Say whether a convention holds on a day."""
    begins = convention.first or convention.signed
    return begins <= as_of and (convention.expires is None or as_of <= convention.expires)


def rights(estate: Estate, as_of: date) -> Iterator[Right]:
    """Give every grant of every convention, in the order of the files."""
    for key, convention in estate.conventions.items():
        for grant_id, grant in convention.grants.items():
            yield Right(
                convention=key,
                convention_title=convention.title,
                grant_id=grant_id,
                agency=grant.agency,
                agency_title=estate.parties.agencies[grant.agency].title,
                grant=grant,
                in_force=in_force(convention, as_of),
                legal_basis=convention.legal_basis,
            )


def rights_over(blueprint: Blueprint, camera: Camera) -> tuple[Right, ...]:
    """Give the rights in force over one camera."""
    return tuple(
        right
        for right in rights(blueprint.estate, blueprint.as_of)
        if right.in_force and covers(right.grant, camera, blueprint.as_of)
    )


def rights_in(blueprint: Blueprint, insee: str) -> tuple[Right, ...]:
    """Give the rights in force over any camera of a commune."""
    cameras = [blueprint.cameras[ident] for ident in blueprint.communes[insee].cameras]
    return tuple(
        right
        for right in rights(blueprint.estate, blueprint.as_of)
        if right.in_force
        and any(covers(right.grant, camera, blueprint.as_of) for camera in cameras)
    )


def covers(grant: Grant, camera: Camera, as_of: date) -> bool:
    """Say whether a camera lies in a grant: in its scope, or in one of its open cases."""
    if any(
        camera.id in case.cameras and case.opened <= as_of <= case.closes
        for case in grant.cases.values()
    ):
        return True
    return in_scope(grant.scope, camera)


def in_scope(scope: Scope, camera: Camera) -> bool:
    """Say whether a camera meets every condition of a scope; an empty scope holds none.

    `own_commune` is met by any camera: which ones a mayor sees follows from the mayor.
    """
    conditions = (
        (scope.communes, camera.commune in scope.communes),
        (scope.cameras, camera.id in scope.cameras),
        (scope.views, camera.view in scope.views),
        (scope.owners, camera.owner in scope.owners),
        (scope.sectors, camera.sector in scope.sectors),
    )
    asked = [met for wanted, met in conditions if wanted]
    return (scope.all or scope.own_commune or bool(asked)) and all(asked)
