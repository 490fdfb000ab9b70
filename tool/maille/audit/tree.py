"""Lines with what they stand under, as indented text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.configs.compare import ConfigLine


def indented(lines: Iterable[ConfigLine]) -> Iterator[str]:
    """Write lines one below the other, each section once, two blanks a level."""
    above: tuple[str, ...] = ()
    for line in lines:
        shared = sum(1 for _ in _shared(above, line.parents))
        for level, parent in enumerate(line.parents[shared:], start=shared):
            yield f"{'  ' * level}{parent}"
        yield f"{'  ' * len(line.parents)}{line.text}"
        above = (*line.parents, line.text)


def _shared(above: tuple[str, ...], parents: tuple[str, ...]) -> Iterator[str]:
    for one, other in zip(above, parents, strict=False):
        if one != other:
            return
        yield one
