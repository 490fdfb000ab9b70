"""Lines that hold VLANs: the commands that turn one list into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.configs import vlans
from maille.configs.compare.dialect import compiled, matches
from maille.configs.compare.tree import at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.configs.compare.change import Change
    from maille.configs.compare.dialect import Dialect, Path, VlanList

_Held = tuple[str, frozenset[int], str]
"""What stands before the list, the list, and what stands after it."""

_NOTHING: _Held = ("", frozenset(), "")


def commands(change: Change, section: Path, text: str) -> list[str] | None:
    """Give the commands for a line of the delta that holds VLANs; nothing if it holds none."""
    if "vlan" not in text:
        return None
    for rule in change.dialect.vlan_lists:
        if matches(rule.lineage, (*section, text)):
            return _filled(change, rule, section, text)
        if matches(rule.lineage, (*section, _negated(text))):
            return _emptied(change, rule, section, _negated(text))
    return None


def lacking(path: Path, others: Iterable[str], dialect: Dialect) -> list[Path]:
    """Give a line with those VLANs only that the same list among other lines does not hold.

    A line that is no such list, or whose list is not there at all, comes back as it is.
    """
    for rule in dialect.vlan_lists:
        if matches(rule.lineage, path):
            head, held, tail = _read(rule, path[-1])
            there = _held(rule, path[:-1], others)
            same = [vlans for first, vlans, last in there if (first, last) == (head, tail)]
            if not same:
                return [path]
            return [
                (*path[:-1], line)
                for line in _listed(f"{head} {{}}{tail}", held - same[0], dialect)
            ]
    return [path]


def _negated(text: str) -> str:
    return text.removeprefix("no ") if text.startswith("no ") else f"no {text}"


def _filled(change: Change, rule: VlanList, section: Path, text: str) -> list[str]:
    """Give the commands that turn the list at the start into the one of the target."""
    head, wanted, tail = _read(rule, text)
    at_start = _held(rule, section, at(change.start, section))
    before = next((held for first, held, last in at_start if (first, last) == (head, tail)), None)
    if rule.verbs:
        return _trunk(head, before, wanted, change.dialect)
    held = before or frozenset()
    form = f"{head} {{}}{tail}"
    return [
        *_listed(form, wanted - held, change.dialect),
        *_listed(_negated(form), held - wanted - _elsewhere(change, rule, section), change.dialect),
    ]


def _emptied(change: Change, rule: VlanList, section: Path, text: str) -> list[str]:
    """Give the commands that take a whole list away."""
    head, held, tail = _read(rule, text)
    gone = held - _elsewhere(change, rule, section)
    return _listed(_negated(f"{head} {{}}{tail}"), gone, change.dialect)


def _elsewhere(change: Change, rule: VlanList, section: Path) -> frozenset[int]:
    """Give the VLANs that lists of the target take over from another list by getting them."""
    if not rule.exclusive:
        return frozenset()
    lists = _held(rule, section, at(change.target, section))
    return frozenset().union(*(held for _, held, _ in lists))


def _trunk(
    head: str, before: frozenset[int] | None, wanted: frozenset[int], dialect: Dialect
) -> list[str]:
    """Narrow and extend a trunk's list; at no moment does it carry what neither end wants.

    A list that replaces everything must fit into one command: the rest would be cut off until
    the next one. Else what is too much is taken from all the VLANs there are.
    """
    whole = vlans.pieces(wanted, pairs_as_range=dialect.pairs_as_range) or ["none"]
    if not wanted or (not before and len(whole) == 1):
        return [f"{head} {whole[0]}"]
    held = vlans.EVERY if before is None else before
    return [
        *_listed(f"{head} add {{}}", wanted - held, dialect),
        *_listed(f"{head} remove {{}}", held - wanted, dialect),
    ]


def _held(rule: VlanList, section: Path, lines: Iterable[str]) -> list[_Held]:
    return [_read(rule, line) for line in lines if matches(rule.lineage, (*section, line))]


def _read(rule: VlanList, text: str) -> _Held:
    found = compiled(rule.line).match(text)
    return (found["head"], vlans.parse(found["vlans"]), found["tail"]) if found else _NOTHING


def _listed(form: str, which: frozenset[int], dialect: Dialect) -> list[str]:
    pieces = vlans.pieces(which, pairs_as_range=dialect.pairs_as_range)
    return [form.format(piece) for piece in pieces]
