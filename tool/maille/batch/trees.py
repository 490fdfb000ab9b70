"""Plain Python trees, as YAML gives them, by paths."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.inventory.reading.fault import Path


class Move(NamedTuple):
    """An entry that leaves its place for the fields at another one."""

    source: Path
    target: Path


def after_moves(tree: dict[str, Any], moves: Iterable[Move]) -> dict[str, Any]:
    """Give a tree in which entries have moved."""
    moved = copy.deepcopy(tree)
    for source, target in moves:
        found_at(moved, target)[source[-1]] = found_at(moved, source[:-1]).pop(source[-1])
    return moved


def holds(tree: Any, path: Path) -> bool:  # noqa: ANN401 - plain Python
    """Say whether anything stands at a path."""
    for step in path:
        if isinstance(tree, dict):
            if step not in tree:
                return False
        elif not (isinstance(tree, list) and isinstance(step, int) and step < len(tree)):
            return False
        tree = tree[step]
    return True


def found_at(tree: Any, path: Path) -> Any:  # noqa: ANN401 - plain Python
    """Give what stands at a path, None if there is nothing."""
    if not holds(tree, path):
        return None
    for step in path:
        tree = tree[step]
    return tree


def put(tree: dict[str, Any], path: Path, value: object) -> None:
    """Write a value, making what is missing above it; an index is a place in a pair."""
    at: Any = tree
    for step, below in pairwise(path):
        if found_at(at, (step,)) is None:
            at[step] = [None, None] if isinstance(below, int) else {}
        at = at[step]
    at[path[-1]] = value
