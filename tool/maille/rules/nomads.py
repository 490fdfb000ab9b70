"""Nomad cameras and the authorisation of the place where they hang: L014."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.commune import Authorisation
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.rollout import Assignment
    from maille.rules.model import EstateContext


def _beyond(context: EstateContext) -> Iterator[Hit]:
    for ident, nomad in context.estate.nomads.items():
        for index, entry in enumerate(nomad.assignments):
            path = ("nomads", ident, "assignments", index)
            given = _authorisation(context.estate, entry)
            if given is None or (entry.last and entry.last < context.as_of):
                continue
            ends = min(given.expires, given.gathering_ends or given.expires)
            if entry.first < given.granted:
                yield Hit(
                    (*path, "first"),
                    f"nomad {ident} films at {entry.at} from {entry.first}, the authorisation"
                    f" {given.number} is of {given.granted}",
                    "hang it there once it is granted, or name the one that holds",
                    ident,
                )
            elif entry.first > ends or (entry.last and entry.last > ends):
                yield Hit(
                    (*path, "last" if entry.last else "first"),
                    f"nomad {ident} films at {entry.at} beyond {ends}, when the authorisation"
                    f" {given.number} ends",
                    "take it down with its authorisation, or name the one that holds",
                    ident,
                )


def _authorisation(estate: Estate, entry: Assignment) -> Authorisation | None:
    """Give the one it names, or the main one of the commune in which it hangs."""
    commune = estate.communes.get(entry.at[:5])
    if commune is None:
        return None
    if entry.authorisation:
        return commune.further_authorisations.get(entry.authorisation)
    return commune.authorisation


RULES = (
    EstateRule(
        RuleInfo(
            "L014",
            "nomad beyond its authorisation",
            Severity.ERROR,
            "CSI L252-1, L252-6",
            "A nomad films by an authorisation of the commune in which it hangs: the one that its "
            "assignment names, otherwise the commune's own. It comes after the one and goes with "
            "it; an assignment until further notice goes with the commune's.",
        ),
        _beyond,
        judges=("nomad",),
    ),
)
