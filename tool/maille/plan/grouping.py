"""Puts together what changes alike: one VLAN more on twelve trunks is one thing to read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from maille.plan.changes import Action, Change
    from maille.plan.configs import ConfigDiff

_Thing = TypeVar("_Thing")

ACTIONS: tuple[Action, ...] = ("added", "changed", "removed")
PLURALS = {"switch": "switches", "storage": "storage", "party": "parties"}


def by_kind(changes: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Give the changes of each kind, in the order in which they are."""
    for kind, group in groupby(changes, key=lambda change: change.kind):
        yield PLURALS.get(kind) or _plural(kind), list(group)


def _plural(kind: str) -> str:
    return f"{kind.removesuffix('entry')}entries" if kind.endswith("entry") else f"{kind}s"


def counts(changes: Iterable[Change]) -> str:
    """Count what is added, changed and removed."""
    actions = [change.action for change in changes]
    return ", ".join(f"{actions.count(each)} {each}" for each in ACTIONS if each in actions)


def alike(changes: Iterable[Change]) -> list[list[Change]]:
    """Put together what changes in the same fields in the same way."""
    return _grouped(
        changes, lambda change: (change.action, change.fields) if change.fields else change.id
    )


def alike_configs(diffs: Iterable[ConfigDiff]) -> list[list[ConfigDiff]]:
    """Put together the switches whose configuration gains and loses the same lines."""
    return _grouped(diffs, lambda diff: diff.substance)


def _grouped(things: Iterable[_Thing], key: Callable[[_Thing], Hashable]) -> list[list[_Thing]]:
    found: dict[Hashable, list[_Thing]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return list(found.values())
