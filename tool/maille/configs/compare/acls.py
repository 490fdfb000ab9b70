"""Access lists: their numbering, who applies them, and how an applied one is replaced.

An applied list is never edited. What replaces it is made whole under a name of its own, the
lines that apply it are pointed there, one command each, and then the old one goes. Where a
list comes with a versioned name (`versioned_name`) that is the ordinary course of things; a
list that keeps its name, because somebody edited it on the device, goes through a stand-in.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from maille.configs.compare.dialect import Phase, compiled, matches
from maille.configs.compare.steps import Placed, Step
from maille.configs.compare.tree import walk
from maille.errors import MailleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.configs.compare.dialect import AclKind, AclUse, Dialect, Path
    from maille.configs.compare.tree import Tree

_ENTRY = re.compile(r"(?:sequence )?(?:\d+ )?((?:permit|deny|evaluate|dynamic) .*)$", re.ASCII)
_REMARK = re.compile(r"(?:sequence )?(?:\d+ )?remark\b", re.ASCII)
_NUMBER = re.compile(r"\d+ ", re.ASCII)
_NUMBERED_LIST = re.compile(r"access-list (\d+) (.*)$", re.ASCII)
_STANDARD = ((1, 99), (1300, 1999))
_MENTION = re.compile(r"ac[cl]|filter|match|community")
"""What every line that applies a list contains: a cheap look before the exact one."""


class Acl(NamedTuple):
    """One access list: what it is, under which header it stands, and its numbered entries."""

    kind: AclKind
    header: str
    entries: Tree


Key = tuple[str, str]
"""The family and the name of an access list."""


def versioned_name(name: str, entries: Iterable[str]) -> str:
    """Give the name under which a list with these entries is applied: `CAM-IN-1f0c9a2b`.

    Other entries make another name, so that a changed list is a new one beside the old.
    Numbers and remarks do not matter.
    """
    plain = (_ENTRY.match(" ".join(entry.split())) for entry in entries)
    text = "\n".join(found[1] for found in plain if found)
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def kind_of(header: str, dialect: Dialect) -> AclKind | None:
    """Give the kind of access list that a section is, if it is one."""
    if "access-list" not in header:
        return None
    return next((kind for kind in dialect.acl_kinds if compiled(kind.header).match(header)), None)


def numbered(header: str, below: Tree) -> Tree:
    """Number the entries of a list 10, 20, … by their order; remarks go.

    Devices show numbers or not, keep them or not, and store remarks in different ways. Of a
    standard list they may store neighbours with the same action in any order: sorted here.
    """
    entries = [found[1] for text in below if (found := _ENTRY.match(text))]
    if " standard " in header:
        entries = _sorted_runs(entries)
    options = {
        text: inside
        for text, inside in below.items()
        if not _ENTRY.match(text) and not _REMARK.match(text)
    }
    return options | {f"{10 * place} {entry}": {} for place, entry in enumerate(entries, 1)}


def _sorted_runs(entries: list[str]) -> list[str]:
    runs: list[list[str]] = []
    for entry in entries:
        if runs and runs[-1][0].split()[0] == entry.split()[0]:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return [entry for run in runs for entry in sorted(run)]


def sections_of_numbered(tree: Tree) -> Tree:
    """Turn the lines `access-list 10 …` into the section that means the same.

    `no access-list 10 permit …` would remove the whole list; inside the section it does not.
    """
    gathered: Tree = {}
    for text, below in tree.items():
        if found := _NUMBERED_LIST.match(text):
            number = int(found[1])
            standard = any(first <= number <= last for first, last in _STANDARD)
            header = f"ip access-list {'standard' if standard else 'extended'} {number}"
            gathered.setdefault(header, {})[found[2]] = {}
        else:
            gathered.setdefault(text, {}).update(below)
    return gathered


def plain(entry: str) -> str:
    """Give an entry without its number, as an operator reads it."""
    return _NUMBER.sub("", entry, count=1)


def entry_command(kind: AclKind, line: str) -> str:
    """Give the command that makes an entry, numbered as the platform takes it."""
    found = re.match(r"(\d+) (.*)$", line)
    return kind.entry.format(number=found[1], entry=found[2]) if found else line


def acls_of(tree: Tree, dialect: Dialect) -> dict[Key, Acl]:
    """Give the access lists that a tree defines."""
    found = {}
    for header, entries in tree.items():
        if kind := kind_of(header, dialect):
            name = _name(kind.header, header)
            found[kind.family, name] = Acl(kind, header, entries)
    return found


def uses_of(tree: Tree, dialect: Dialect) -> Iterator[tuple[Key, AclUse, Path]]:
    """Give every line that applies an access list."""
    for path in walk(tree):
        if not _MENTION.search(path[-1]):
            continue
        for use in dialect.acl_uses:
            if matches(use.lineage, path):
                yield (use.family, _name(use.lineage[-1], path[-1])), use, path


def _name(pattern: str, text: str) -> str:
    found = compiled(pattern).match(text)
    return found["name"] if found else ""


def check_defined(intended: Tree, left_alone: Tree, dialect: Dialect) -> None:
    """Refuse an intended configuration that applies a list nobody defines.

    Raises:
        MailleError: an undefined list lets everything through.
    """
    defined = acls_of(intended, dialect).keys() | acls_of(left_alone, dialect).keys()
    for key, _, path in uses_of(intended, dialect):
        if key not in defined:
            raise MailleError(
                f"`{' / '.join(path)}` applies an access list that the intended configuration"
                f" does not define: {key[1]}",
                "render the list too, or mark the section that defines it as unmanaged",
            )


def replacements(start: Tree, target: Tree, dialect: Dialect) -> tuple[list[Placed], set[str]]:
    """Give the steps that replace every list which keeps its name, and the headers they settle.

    Such a list has other entries, or is applied at the start without being defined.
    """
    before, after = acls_of(start, dialect), acls_of(target, dialect)
    if before == after:
        return [], set()
    applied: dict[Key, list[tuple[AclUse, Path]]] = {}
    for key, use, path in uses_of(start, dialect):
        applied.setdefault(key, []).append((use, path))
    placed: list[Placed] = []
    settled: set[str] = set()
    taken = {name for _, name in (*before, *after)}
    for key, new in after.items():
        old = before.get(key)
        if old == new or (old is None and key not in applied):
            continue
        settled |= {new.header} | ({old.header} if old else set())
        steps = _replace(old, new, key[1], _stand_in(key[1], new, taken), applied.get(key, []))
        placed += [Placed(Phase.LISTS, step) for step in steps]
    return placed, settled


def _stand_in(name: str, acl: Acl, taken: set[str]) -> str:
    """Give a free name for the time of the exchange; names of lists begin with a letter."""
    stem = name if name[0].isalpha() else f"ACL-{name}"
    free = versioned_name(stem, map(plain, acl.entries))
    while free in taken:
        free += "-1"
    return free


def _replace(
    old: Acl | None, new: Acl, name: str, stand_in: str, uses: list[tuple[AclUse, Path]]
) -> Iterator[Step]:
    header = re.sub(rf"{re.escape(name)}$", stand_in, new.header)
    if uses:
        yield from made(header, new)
        yield from _pointed(uses, name, stand_in)
    if old:
        yield Step((), f"no {old.header}")
    yield from made(new.header, new)
    if uses:
        yield from _pointed(uses, stand_in, name)
        yield Step((), f"no {header}")


def made(header: str, acl: Acl) -> Iterator[Step]:
    """Give the steps that make a list."""
    yield Step((header,), "")
    for line in acl.entries:
        yield Step((header,), entry_command(acl.kind, line))


def _pointed(uses: list[tuple[AclUse, Path]], old: str, new: str) -> Iterator[Step]:
    for use, path in uses:
        *section, line = path
        start, end = _span(use, line)
        named = {name: f"{line[:start]}{name}{line[end:]}" for name in (old, new)}
        yield Step(tuple(section), named[new])
        if use.additive:
            yield Step(tuple(section), f"no {named[old]}")


def _span(use: AclUse, line: str) -> tuple[int, int]:
    found = compiled(use.lineage[-1]).match(line)
    return found.span("name") if found else (len(line), len(line))
