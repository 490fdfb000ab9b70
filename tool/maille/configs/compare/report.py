"""What differs, line by line, as it is told to people."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from maille.configs.compare import acls, vlan_lists
from maille.configs.compare.secrets import hide
from maille.configs.compare.tree import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.configs.compare.dialect import Dialect, Path
    from maille.configs.compare.tree import Tree


@dataclass(frozen=True, slots=True, order=True)
class ConfigLine:
    """A line of a configuration with the lines it stands under; stored secrets are hidden."""

    parents: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        """Give the line behind its parents: `interface Vlan10 / ip address 10.0.0.1/24`."""
        return " / ".join((*self.parents, self.text))


def shown(path: Path) -> ConfigLine:
    """Give a line as it may be shown, a banner in one line too."""
    *parents, text = map(hide, path)
    return ConfigLine(tuple(parents), text.replace("\n", " | "))


def only_in(one: Tree, other: Tree, dialect: Dialect, parents: Path = ()) -> Iterator[ConfigLine]:
    """Give the lines of one tree that another lacks; of lists of VLANs only those VLANs."""
    for text, below in one.items():
        is_acl = not parents and acls.kind_of(text, dialect)
        if text not in other:
            for path in walk({text: below}, parents):
                plain = (*path[:-1], acls.plain(path[-1])) if is_acl else path
                yield from map(shown, vlan_lists.lacking(plain, other, dialect))
        elif is_acl:
            yield from _entries(text, below, other[text])
        else:
            yield from only_in(below, other[text], dialect, (*parents, text))


def _entries(header: str, one: Tree, other: Tree) -> Iterator[ConfigLine]:
    mine, theirs = ([acls.plain(line) for line in each] for each in (one, other))
    for tag, start, end, _, _ in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag in ("delete", "replace"):
            yield from (shown((header, line)) for line in mine[start:end])
