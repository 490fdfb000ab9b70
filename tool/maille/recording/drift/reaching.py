"""Whether a key's rights include recordings: what counts is pool and namespace, and the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.ceph.names import TAG_KEY, folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.ceph.model import Pool
    from maille.layout.model import Layout

_FILES_KEY = "data"
"""Of the tag that Ceph itself gives to a file system's pools: `tag cephfs data=…`."""
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
    if not any(_names(limits, pool, layout) for pool in layout.recording_pools):
        return False
    space = limits.get("namespace")
    return space is None or any(
        _matches(space, share.namespace) for share in layout.subvolumes.values()
    )


def _names(limits: Mapping[str, str], pool: Pool, layout: Layout) -> bool:
    """Say whether a clause may be about a pool: by its name, by a tag that it bears, or by none."""
    if limits.get("pool", pool.name) != pool.name:
        return False
    tags = {TAG_KEY: pool.tag, _FILES_KEY: layout.filesystem.name}
    return all(limits[key] in (value, "*") for key, value in tags.items() if key in limits)


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
