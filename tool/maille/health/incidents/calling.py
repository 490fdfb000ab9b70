"""Who is to be called about a device, as the inventory says: commune, integrator, owner."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from maille.health.incidents.model import Call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from maille.blueprint.model import Blueprint
    from maille.health.incidents.model import Incident
    from maille.inventory.schema.centre import Hours
    from maille.inventory.schema.commune import Cabinet, Commune
    from maille.inventory.schema.health import Callee, EscalationStep

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIRST: tuple[Callee, ...] = ("commune", "integrator", "owner")


class _Where(NamedTuple):
    """Where a device belongs: what its file says comes before what its surroundings say."""

    owner: str | None
    cabinet: Cabinet | None
    commune: Commune | None


def to_call(
    blueprint: Blueprint, device: str, local: datetime, whom: tuple[Callee, ...] = _FIRST
) -> tuple[Call, ...]:
    """Give who is to be called about a camera or a switch, in this order, nobody twice.

    `local` is the time where the estate is. Of a host of the centre the inventory names nobody.
    """
    where = _where(blueprint, device)
    found: dict[str, Call] = {}
    for role in whom:
        for contact, hours in _of_role(blueprint, where, role):
            entry = blueprint.estate.parties.contacts[contact]
            there = all(within(each, local) for each in (entry.hours, hours) if each)
            found.setdefault(contact, Call(contact, entry, role, there))
    return tuple(found.values())


def called_by(
    blueprint: Blueprint, device: str, local: datetime, step: EscalationStep
) -> tuple[Call, ...]:
    """Give who is called by a step of the escalation: those of its roles, then those it names."""
    found = {call.contact: call for call in to_call(blueprint, device, local, step.who)}
    for contact in step.contacts:
        entry = blueprint.estate.parties.contacts[contact]
        there = entry.hours is None or within(entry.hours, local)
        found.setdefault(contact, Call(contact, entry, "named", there))
    return tuple(found.values())


def concerned(blueprint: Blueprint, incident: Incident) -> tuple[str, ...]:
    """Give the devices about which somebody is called: those at the root, sorted.

    Of a link these are its ends, of a leg of the poller the centre's switch.
    """
    found = set(incident.hit)
    for root in incident.roots:
        if link := blueprint.links.get(root):
            found |= {link.a.switch, link.b.switch}
        elif root in blueprint.switches or root in blueprint.cameras:
            found.add(root)
    if not found:
        found.add(blueprint.pairs[blueprint.estate.centre.pair].primary)
    return tuple(sorted(found))


def within(hours: Hours, local: datetime) -> bool:
    """Say whether a local time lies within some hours; an end before the start is the next day's.

    Equal times are a whole day.
    """
    clock, today = local.time(), _DAYS[local.weekday()]
    if hours.opens < hours.closes:
        return today in hours.days and hours.opens <= clock < hours.closes
    yesterday = _DAYS[(local - timedelta(days=1)).weekday()]
    evening = today in hours.days and clock >= hours.opens
    return evening or (yesterday in hours.days and clock < hours.closes)


def _where(blueprint: Blueprint, device: str) -> _Where:
    camera = blueprint.cameras.get(device)
    switch = blueprint.switches.get(camera.switch or "" if camera else device)
    insee = camera.commune if camera else switch.commune if switch else None
    if switch and insee is None and switch.site in blueprint.estate.network.sites:
        insee = blueprint.estate.network.sites[switch.site].commune
    commune = blueprint.estate.communes.get(insee) if insee else None
    cabinet = None
    if switch and switch.cabinet and switch.commune:
        cabinet = blueprint.estate.communes[switch.commune].cabinets[switch.cabinet]
    return _Where(camera.owner if camera else None, cabinet, commune)


def _of_role(
    blueprint: Blueprint, where: _Where, role: Callee
) -> Iterator[tuple[str, Hours | None]]:
    """Give the contacts of a role, each with the hours of the contract that it is called by."""
    parties, places = blueprint.estate.parties, (where.cabinet, where.commune)
    contract = next((place.contract for place in places if place and place.contract), None)
    entry = parties.contracts[contract] if contract else None
    if role == "commune":
        for contact in where.commune.call if where.commune else ():
            yield contact, entry.hours if entry and entry.integrator == contact else None
    elif role == "integrator":
        if entry:
            yield entry.integrator, entry.hours
    else:
        owners = (where.owner, *(place.owner for place in places if place))
        owner = next((owner for owner in owners if owner), None)
        if owner and (of_owner := parties.owners[owner].contact):
            yield of_owner, None
