"""What is not ours: lines of the device itself, unmanaged sections, and what those need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.configs import vlans
from maille.configs.compare import acls
from maille.configs.compare.dialect import compiled, matches
from maille.configs.compare.tree import walk
from maille.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maille.configs.compare.dialect import Dialect, Path
    from maille.configs.compare.tree import Tree

_UNMANAGED = "an unmanaged section"
FIXED = "the hardware has it, and the intended configuration does not mention it"
_NEEDED = "needed by what is left alone"
CHANGED = "differs from what is intended, but a section that is left alone applies it"

Reasons = dict["Path", str]


@dataclass(frozen=True, slots=True)
class Ours:
    """Both configurations without what is not ours, and what was left alone, with reasons.

    Hardware that only the intended text mentions is in both: it is there, saying nothing.
    """

    running: Tree
    intended: Tree
    left_alone: Tree
    reasons: Reasons


def separate(running: Tree, intended: Tree, dialect: Dialect, unmanaged: Sequence[str]) -> Ours:
    """Take out of both configurations what must not be touched.

    Raises:
        UsageError: an unmanaged section is no regular expression.
    """
    never = [(rule.pattern, rule.reason) for rule in dialect.not_ours]
    never += [(_checked(pattern), _UNMANAGED) for pattern in unmanaged]
    reasons: Reasons = {}
    for header, below in running.items():
        if reason := _reason(header, never, intended, dialect):
            reasons[header,] = reason
        elif header in intended:
            reasons |= _shown_inside(header, below, intended[header], dialect)
    left_alone = {header: below for header, below in running.items() if (header,) in reasons}
    for header in _needed(running, intended, left_alone, dialect):
        reasons[header,] = _NEEDED
        left_alone[header] = running[header]
    changed = _changed_lists(running, intended, left_alone, dialect)
    reasons |= dict.fromkeys(((header,) for header in changed if header in running), CHANGED)
    wanted = {header: below for header, below in intended.items() if not _match(header, never)}
    fixed = compiled(dialect.fixed)
    silent = [header for header in wanted if fixed.match(header) and header not in running]
    return Ours(
        _without(running, reasons) | {header: {} for header in silent},
        {header: below for header, below in wanted.items() if header not in changed},
        left_alone,
        reasons,
    )


def _checked(pattern: str) -> str:
    try:
        compiled(pattern)
    except re.error as error:
        raise UsageError(
            f"unmanaged section `{pattern}` is no regular expression: {error}",
            "write the beginning of the section's first line, and escape ( ) [ ] * + ? . |",
        ) from None
    return pattern


def _match(header: str, never: list[tuple[str, str]]) -> str:
    return next((reason for pattern, reason in never if compiled(pattern).match(header)), "")


def _reason(header: str, never: list[tuple[str, str]], intended: Tree, dialect: Dialect) -> str:
    if reason := _match(header, never):
        return reason
    if header in intended:
        return ""
    if compiled(dialect.fixed).match(header):
        return FIXED
    return _shown((header,), intended, dialect)


def _shown(path: Path, intended: Tree, dialect: Dialect) -> str:
    """Give the reason to leave alone a line that the device shows of itself, if it is one."""
    for rule in dialect.shown:
        if matches(rule.lineage, path) and not _spoken_of(path[-1], intended):
            return rule.reason
    return ""


def _spoken_of(text: str, intended: Tree) -> bool:
    positive = text.removeprefix("no ")
    return any(line == positive or line.startswith(f"{positive} ") for line in intended)


def _shown_inside(header: str, below: Tree, intended: Tree, dialect: Dialect) -> Reasons:
    return {
        (header, text): reason
        for text in below
        if text not in intended and (reason := _shown((header, text), intended, dialect))
    }


def _without(running: Tree, reasons: Reasons) -> Tree:
    return {
        header: {text: inside for text, inside in below.items() if (header, text) not in reasons}
        for header, below in running.items()
        if (header,) not in reasons
    }


def _needed(running: Tree, intended: Tree, left_alone: Tree, dialect: Dialect) -> Iterator[str]:
    """Give what is defined only in the running configuration and used by what stays there."""
    candidates = {
        header: set(_definitions(header, dialect))
        for header in running
        if header not in intended and header not in left_alone
    }
    waiting = dict(left_alone)
    while waiting:
        used = {use for path in walk(waiting) for use in _used(path[-1], dialect)}
        found = [header for header, defined in candidates.items() if defined & used]
        yield from found
        waiting = {header: running[header] for header in found if candidates.pop(header)}


def _definitions(header: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    for rule in dialect.defines:
        if found := compiled(rule.pattern).match(header):
            yield rule.kind, found["name"]


def _used(text: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    for rule in dialect.uses:
        if found := compiled(rule.pattern).match(text):
            named = found.groupdict()
            if "vlans" in named:
                yield from ((rule.kind, str(vlan)) for vlan in vlans.parse(named["vlans"]))
            else:
                yield rule.kind, named["name"]


def _changed_lists(
    running: Tree, intended: Tree, left_alone: Tree, dialect: Dialect
) -> frozenset[str]:
    """Give the headers of access lists that differ while an untouchable line applies them."""
    if not left_alone:
        return frozenset()
    stored, wanted = acls.acls_of(running, dialect), acls.acls_of(intended, dialect)
    applied = {key for key, _, _ in acls.uses_of(left_alone, dialect)}
    both = applied & stored.keys() & wanted.keys()
    return frozenset(
        acl.header
        for key in both
        for acl in (stored[key], wanted[key])
        if stored[key] != wanted[key]
    )
