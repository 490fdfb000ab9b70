"""Whether a key's rights include recordings: what counts is pool and namespace, and the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph.names import folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.layout.model import Layout

_HARMLESS = ("profile", "class-read", "class-write")
"""What a clause of an OSD's rights may allow without reading an object by its name."""


def reaches(caps: Mapping[str, str], layout: Layout) -> bool:
    """Say whether a client's rights, by daemon, include this estate's recordings."""
    contents = any(_reaches_pool(clause, layout) for clause in _clauses(caps.get("osd", "")))
    names = any(_reaches_folder(clause, layout) for clause in _clauses(caps.get("mds", "")))
    return contents or names


def _clauses(caps: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Give each clause: what it allows, and what it is limited to."""
    for clause in caps.split(","):
        words = clause.split()
        if words[:1] == ["allow"]:
            words = words[1:]
        limits = dict(word.split("=", 1) for word in words if "=" in word)
        allowed = next((word for word in words if "=" not in word), "")
        if allowed:
            yield allowed, limits


def _reaches_pool(clause: tuple[str, dict[str, str]], layout: Layout) -> bool:
    allowed, limits = clause
    if allowed.startswith(_HARMLESS):
        return False
    if limits.get("pool", layout.data_pool.name) != layout.data_pool.name:
        return False
    space = limits.get("namespace")
    return space is None or any(
        _matches(space, share.namespace) for share in layout.subvolumes.values()
    )


def _matches(pattern: str, name: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def _reaches_folder(clause: tuple[str, dict[str, str]], layout: Layout) -> bool:
    allowed, limits = clause
    if allowed.startswith(_HARMLESS):
        return False
    if limits.get("fsname", layout.filesystem.name) not in (layout.filesystem.name, "*"):
        return False
    path = "/" + limits.get("path", "/").strip("/")
    return any(_above_or_below(path, folder(group.name)) for group in layout.groups)


def _above_or_below(one: str, other: str) -> bool:
    first, second = one.rstrip("/") + "/", other.rstrip("/") + "/"
    return first.startswith(second) or second.startswith(first)
