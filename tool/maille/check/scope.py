"""Which part of an estate a command is about: communes and switches as people name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import UsageError
from maille.inventory.suggest import slug, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.blueprint.model import Blueprint
    from maille.inventory.schema.estate import Estate


def commune_named(estate: Estate, word: str) -> str:
    """Give the INSEE code of a commune that is named by it or by its name.

    Raises:
        UsageError: there is none, or several have that name.
    """
    if word in estate.communes:
        return word
    found = [insee for insee, each in estate.communes.items() if slug(each.commune) == slug(word)]
    if len(found) > 1:
        raise UsageError(f"{len(found)} communes are called {word}", f"name one: {' '.join(found)}")
    if not found:
        names = [each.commune for each in estate.communes.values()]
        raise UsageError(*unknown("commune", word, [*estate.communes, *names]))
    return found[0]


def switch_named(blueprint: Blueprint, word: str) -> str:
    """Give the id of a switch that is named by it or by its host name.

    Raises:
        UsageError: there is none.
    """
    if word in blueprint.switches:
        return word
    hostnames = {switch.hostname: switch.id for switch in blueprint.switches.values()}
    if word in hostnames:
        return hostnames[word]
    raise UsageError(*unknown("switch", word, {*blueprint.switches, *hostnames}))


def switches_in(
    blueprint: Blueprint, switches: Iterable[str], communes: Iterable[str]
) -> frozenset[str]:
    """Give the ids of some switches and of all in some communes, as people name them.

    Raises:
        UsageError: one of them is not known, or nothing is left of all of them.
    """
    named = {switch_named(blueprint, word) for word in switches}
    for word in communes:
        insee = commune_named(blueprint.estate, word)
        inside = {each.id for each in blueprint.switches.values() if each.commune == insee}
        if not inside:
            raise UsageError(f"there is no switch in commune {word}", "name another one")
        named |= inside
    return frozenset(named)
