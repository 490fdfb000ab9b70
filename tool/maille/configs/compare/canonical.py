"""The one form in which two configurations are compared, whatever each device makes of it.

Defaults go, lists of VLANs are whole and sorted, entries of access lists are numbered by
their order: two trees in this form are equal exactly if the devices do the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from maille.configs import vlans
from maille.configs.compare import acls
from maille.configs.compare.dialect import compiled, joined
from maille.configs.compare.tree import ConfigTextError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.configs.compare.dialect import Dialect, Path, VlanList
    from maille.configs.compare.tree import Tree


class _List(NamedTuple):
    """Which list of VLANs: a port's allowed ones, those that are inspected."""

    rule: VlanList
    head: str
    tail: str


_ALWAYS_THERE = "vlan 1"
"""No device stores it while there is nothing to say of it, and none removes it."""

_SEVERAL_VLANS = re.compile(r"vlan (\d+[,-][\d,-]+)$", re.ASCII)


def canonical(tree: Tree, dialect: Dialect, *, routed_by_default: bool) -> Tree:
    """Give a tree in the form of this page.

    `routed_by_default` says that the device's ports are routed until they say `switchport`,
    which then is a statement and no default.
    """
    if dialect.numbered_acls:
        tree = acls.sections_of_numbered(tree)
    whole: Tree = {}
    for text, inside in _merged(_said(tree, (), dialect), "", dialect).items():
        section = _section(text, inside, dialect, routed_by_default=routed_by_default)
        for name in _each_vlan(text):
            if section or name != _ALWAYS_THERE:
                whole.setdefault(name, {}).update(section)
    return whole


def _section(header: str, tree: Tree, dialect: Dialect, *, routed_by_default: bool) -> Tree:
    if not tree:
        return tree
    said = _said(tree, (header,), dialect)
    if routed_by_default:
        said.pop("no switchport", None)
        said |= {"switchport": {}} if "switchport" in tree else {}
    kind = acls.kind_of(header, dialect)
    return acls.numbered(header, said) if kind else _merged(said, header, dialect)


def _said(tree: Tree, parents: Path, dialect: Dialect) -> Tree:
    """Give a section without the lines that say a default."""
    hidden = joined(dialect.hidden, parents)
    if hidden is None:
        return dict(tree)
    return {text: inside for text, inside in tree.items() if not hidden.match(text)}


def _each_vlan(text: str) -> list[str]:
    """Split `vlan 10,20` into its VLANs; any other line is itself."""
    several = _SEVERAL_VLANS.match(text)
    return [f"vlan {vlan}" for vlan in sorted(_listed(several[1], text))] if several else [text]


def _listed(listed: str, line: str) -> frozenset[int]:
    try:
        return vlans.parse(listed)
    except ValueError as error:
        raise ConfigTextError(
            f"`{line}`: {error}", "write VLANs like 10,20-25, from 1 to 4094"
        ) from None


def _merged(tree: Tree, header: str, dialect: Dialect) -> Tree:
    """Give one line for each list of VLANs, which a device may store on several lines."""
    rules = [rule for rule in dialect.vlan_lists if _is_for(rule, header)]
    if not rules:
        return tree
    held: dict[_List, frozenset[int]] = {}
    slots: dict[str | _List, Tree] = {}
    for text, below in tree.items():
        read = _read(text, rules)
        if read is None:
            slots[text] = below
            continue
        which, verb, given = read
        held[which] = _applied(held.get(which), verb, given)
        slots[which] = {}
    lines = ((_line(slot, held, dialect), below) for slot, below in slots.items())
    return {line: below for line, below in lines if line}


def _read(text: str, rules: list[VlanList]) -> tuple[_List, str, frozenset[int]] | None:
    if "vlan" not in text:
        return None
    for rule in rules:
        if found := compiled(rule.line).match(text):
            which = _List(rule, found["head"], found["tail"])
            return which, found["verb"] or "", _listed(found["vlans"], text)
    return None


def _is_for(rule: VlanList, header: str) -> bool:
    return bool(compiled(rule.section).match(header)) if rule.section else not header


def _applied(before: frozenset[int] | None, verb: str, given: frozenset[int]) -> frozenset[int]:
    if verb == "remove":
        return (vlans.EVERY if before is None else before) - given
    if verb == "except":
        return vlans.EVERY - given
    return given | (before or frozenset())


def _line(slot: str | _List, held: Mapping[_List, frozenset[int]], dialect: Dialect) -> str:
    """Write a list; a trunk that carries every VLAN says nothing, as devices store it."""
    if isinstance(slot, str):
        return slot
    if slot.rule.verbs and held[slot] == vlans.EVERY:
        return ""
    listed = vlans.write(held[slot], pairs_as_range=dialect.pairs_as_range)
    return f"{slot.head} {listed}{slot.tail}"
