"""What the cells of an estate's batch may name: ids with the titles that people know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.inventory.suggest import joined, meant, nearest, slug, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.inventory.schema.estate import Estate

_DIGITS = re.compile(r"\d+")
_DEFINED_IN = {
    "ring": "network/rings.yaml",
    "supply": "network/sites.yaml",
    "cable": "network/cables.yaml",
    "wave": "waves.yaml",
    "owner": "parties.yaml",
    "contract": "parties.yaml",
}


@dataclass(frozen=True, slots=True)
class Lists:
    """Known ids by the kind of thing, each with its title; kinds as messages call them."""

    titles: Mapping[str, Mapping[str, str]]

    def ids(self, kind: str) -> list[str]:
        """Give the ids of a kind, in the order of the inventory."""
        return list(self.titles.get(kind, ()))

    def find(self, kind: str, text: str) -> str | None:
        """Give the id that a text names: itself, but for case and accents, or its title."""
        titles = self.titles.get(kind, {})
        if text in titles:
            return text
        wanted = slug(text)
        found = {ident for ident, title in titles.items() if wanted in {slug(ident), slug(title)}}
        return found.pop() if len(found) == 1 else None

    def unknown(self, kind: str, text: str) -> tuple[str, str]:
        """Say that a text names nothing of a kind, and what may be meant, by id or by title."""
        titles = self.titles.get(kind, {})
        if kind == "convention":
            return f"{kind} `{text}` unknown", _new_convention(text, titles)
        near = [] if nearest(text, titles) else nearest(text, filter(None, titles.values()))
        by_title = [ident for ident, title in titles.items() if title in near]
        what, how = unknown(kind, text, titles)
        if by_title:
            return what, f"did you mean {joined(by_title, 'or')}?"
        if kind in _DEFINED_IN and not nearest(text, titles):
            return what, f"{how}; a new one goes into {_DEFINED_IN[kind]} first"
        return what, how


def _new_convention(text: str, titles: Mapping[str, str]) -> str:
    """Tell where a convention is written; one of another number is an example, not a meaning.

    A new commune needs a new one, and its id differs from its neighbour's in a digit.
    """
    number = _DIGITS.findall(text)
    typo = meant(text, [ident for ident in titles if _DIGITS.findall(ident) == number])
    if typo:
        return typo
    example = next(iter(nearest(text, titles) or titles), None)
    like = f", written like `{example}`" if example else ""
    return f"a new one goes into conventions/ first{like}"


def lists_of(estate: Estate) -> Lists:
    """Collect what an estate and its catalogue define."""
    network, parties = estate.network, estate.parties
    zones = [zone for wave in estate.waves.values() for zone in wave.zones]
    zones += [commune.zone for commune in estate.communes.values() if commune.zone]
    return Lists(
        {
            "camera model": _titles(estate.catalogue.cameras),
            "switch model": {
                key: model.title for key, model in estate.catalogue.switches.items() if model.access
            },
            "ring": _titles(network.rings),
            "supply": _titles(network.supplies),
            "cable": _titles(network.cables),
            "optic": _titles(estate.catalogue.optics),
            "wave": _titles(estate.waves),
            "zone": dict.fromkeys(zones, ""),
            "convention": _titles(estate.conventions),
            "owner": _titles(parties.owners),
            "contract": _titles(parties.contracts),
            "profile": dict.fromkeys(estate.settings.profiles, ""),
        }
    )


def _titles(entries: Mapping[str, object]) -> dict[str, str]:
    return {key: getattr(entry, "title", "") for key, entry in entries.items()}
