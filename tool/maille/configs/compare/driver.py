"""A driver for hier_config that reads short tables of lineages.

hier_config asks its driver two things while it compares: whether another line of the target
replaces this one, and how this one is negated. The stock rules answer both line by line and
lineage by lineage; tables answer them at once, and are what a reader wants to see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from hier_config.platforms.driver_base import HConfigDriverBase, HConfigDriverRules

from maille.configs.compare.dialect import compiled, matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hier_config import HConfigChild

    from maille.configs.compare.dialect import Lineage, VlanList


class TableDriver(HConfigDriverBase):
    """A driver without any of hier_config's own rules."""

    replaced: ClassVar[tuple[Lineage, ...]]
    """Settings with one value, which a new value replaces without a negation; groups in the
    last pattern say which setting it is (the direction of an access group)."""

    vlan_lists: ClassVar[tuple[VlanList, ...]]
    """Lists of VLANs: of each there is one line."""

    cut: ClassVar[tuple[Lineage, ...]]
    """Lines whose negation is `no` and what the last pattern matches, nothing more: a value
    is refused, or is a secret."""

    instead: ClassVar[tuple[tuple[Lineage, str], ...]]
    """Lines whose negation is another command altogether."""

    def idempotent_for(
        self, config: HConfigChild, other_children: Iterable[HConfigChild]
    ) -> HConfigChild | None:
        """Give the line that takes the place of this one, if there is one."""
        *parents, text = config.path()
        others = list(other_children)
        for pattern in self._one_valued(tuple(parents)):
            if mine := compiled(pattern).match(text):
                for other in others:
                    theirs = compiled(pattern).match(other.text)
                    if theirs and theirs.groups() == mine.groups():
                        return other
        return None

    def _one_valued(self, parents: tuple[str, ...]) -> Iterator[str]:
        lineages = (*self.replaced, *(rule.lineage for rule in self.vlan_lists))
        return (lineage[-1] for lineage in lineages if matches(lineage[:-1], parents))

    def negate_with(self, config: HConfigChild) -> str | None:
        """Give the negation of a line where `no` before it is not right."""
        path = tuple(config.path())
        for lineage, command in self.instead:
            if matches(lineage, path):
                return command
        for lineage in self.cut:
            if matches(lineage[:-1], path[:-1]):
                kept = compiled(rf"{lineage[-1]}(?=\s|$)").match(path[-1])
                if kept:
                    return f"no {kept[0]}"
        return None

    @staticmethod
    def _instantiate_rules() -> HConfigDriverRules:
        return HConfigDriverRules()
