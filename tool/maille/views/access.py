"""Who may see what: rows for `maille access`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from maille.blueprint.access import covers, rights

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.blueprint.access import Right
    from maille.blueprint.model import Blueprint
    from maille.inventory.schema.centre import Hours


@dataclass(frozen=True, slots=True)
class AccessRow:
    """A grant of a convention: who, what, from where, when, how, by which text."""

    agency: str
    agency_title: str
    access: tuple[str, ...]
    sites: tuple[str, ...]
    hours: str
    mode: str
    recorded_days: int | None
    reference_required: bool
    convention: str
    grant: str
    legal_basis: str
    in_force: bool
    own_commune_only: bool
    cameras: tuple[str, ...]
    """Cameras that the grant opens today; with `own_commune_only`, each mayor sees some."""

    def document(self) -> dict[str, Any]:
        """Give the row as `--json` prints it."""
        return asdict(self)


def access_rows(
    blueprint: Blueprint, *, agency: str | None = None, camera: str | None = None
) -> tuple[AccessRow, ...]:
    """Give the grants of an agency or over a camera, or all of them."""
    rows = (_row(blueprint, right) for right in rights(blueprint.estate, blueprint.as_of))
    return tuple(
        row
        for row in rows
        if (agency is None or row.agency == agency) and (camera is None or camera in row.cameras)
    )


def _row(blueprint: Blueprint, right: Right) -> AccessRow:
    grant = right.grant
    cameras = (c for c in blueprint.cameras.values() if right.in_force)
    return AccessRow(
        agency=right.agency,
        agency_title=right.agency_title,
        access=grant.access,
        sites=grant.sites,
        hours=_hours(grant.hours),
        mode=grant.mode,
        recorded_days=grant.recorded_days,
        reference_required=grant.reference_required,
        convention=right.convention,
        grant=right.grant_id,
        legal_basis=right.legal_basis,
        in_force=right.in_force,
        own_commune_only=grant.scope.own_commune,
        cameras=tuple(c.id for c in cameras if covers(grant, c, blueprint.as_of)),
    )


def _hours(hours: Hours | None) -> str:
    if hours is None:
        return "at any time"
    days = "every day" if len(hours.days) == 7 else ", ".join(hours.days)
    return f"{days} {hours.opens:%H:%M}-{hours.closes:%H:%M}"


def access_text(rows: Iterable[AccessRow]) -> str:
    """Write grants for people, a paragraph each."""
    paragraphs = [_paragraph(row) for row in rows]
    return "\n\n".join(paragraphs) or "nobody: access is denied where no convention grants it"


def _paragraph(row: AccessRow) -> str:
    count = len(row.cameras)
    scope = f"{count} camera{'' if count == 1 else 's'}"
    if row.own_commune_only:
        scope += ", to each those of the own commune"
    how = row.mode + (", with a reference" if row.reference_required else "")
    back = f", at most {row.recorded_days} days back" if row.recorded_days else ""
    state = "" if row.in_force else "  NOT IN FORCE"
    return (
        f"{row.agency_title} ({row.agency}){state}\n"
        f"  sees   {', '.join(row.access)}{back}\n"
        f"  of     {scope}\n"
        f"  from   {', '.join(row.sites)}\n"
        f"  when   {row.hours}; {how}\n"
        f"  by     {row.convention}/{row.grant}: {row.legal_basis}"
    )
