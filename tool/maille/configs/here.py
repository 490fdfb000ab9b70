"""The switch whose view is being made, with what its parts are made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.configs import vlans, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.blueprint.model import Switch
    from maille.configs.facts import Facts
    from maille.configs.lists import Lists
    from maille.configs.platforms.base import Dialect, Driver


@dataclass(frozen=True, slots=True)
class Here:
    """One switch, in its dialect."""

    facts: Facts
    lists: Lists
    driver: Driver
    dialect: Dialect
    switch: Switch

    @property
    def routed(self) -> bool:
        """Say whether it is a gateway."""
        return self.switch.loopback_video is not None

    @property
    def primary(self) -> bool:
        """Say whether it is the first of its pair: root of the tree and VRRP master."""
        return self.facts.root_part(self.switch) == "primary"

    def short(self, text: str) -> str:
        """Give a description as the device takes it."""
        return words.plain(text, self.driver.description_length)

    def vlans(self, ids: Iterable[int]) -> str:
        """Write a trunk's list of VLANs."""
        return vlans.write(ids, pairs_as_range=self.driver.ranged_pairs)
