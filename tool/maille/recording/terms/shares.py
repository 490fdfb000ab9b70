"""Changes grouped by whom they concern; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.layout.model import Layout
    from maille.recording.stack.changes import Change

_ORDER = (
    "HealthGate",
    "ErasureCodeProfile",
    "CrushRule",
    "Pool",
    "FileSystem",
    "SubvolumeGroup",
    "Client",
)
"""The engine makes things at once, in another order every time."""
ShareChange = Literal["added", "changed", "removed", "rights"]


@dataclass(frozen=True, slots=True)
class Affected:
    """What happens to one share; `before_bytes` or `after_bytes` is None where it is not there."""

    name: str
    title: str
    commune: str | None
    change: ShareChange
    before_bytes: int | None
    after_bytes: int | None
    key: Literal["made", "changed", "removed"] | None


@dataclass(frozen=True, slots=True)
class Shared:
    """What happens to a thing that all shares use: a pool, the file system, a service's key."""

    change: Literal["create", "update", "replace", "delete"]
    kind: str
    name: str
    properties: tuple[str, ...]


def shares(changes: Iterable[Change], layout: Layout) -> tuple[Affected, ...]:
    """Give the shares that a run touches by name, those of communes first."""
    found: dict[str, dict[str, Change]] = {}
    for change in changes:
        name = share_of(change)
        if name:
            found.setdefault(name, {})[change.kind] = change
    affected = [_affected(name, found[name], layout) for name in found]
    return tuple(sorted(affected, key=lambda one: (one.commune is None, one.name)))


def shared(changes: Iterable[Change]) -> tuple[Shared, ...]:
    """Give the rest, in the order in which they stand on each other."""
    found = [
        Shared(change.operation, change.kind, change.name, change.properties)
        for change in changes
        if share_of(change) is None
    ]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.kind), one.name)))


def share_of(change: Change) -> str | None:
    """Give the share that a resource belongs to, or None: a recorder's key bears its name."""
    if change.kind == "Subvolume":
        return change.name
    if change.kind == "Client" and change.name.endswith(".recorder"):
        return change.name.removeprefix("client.").removesuffix(".recorder")
    return None


def _affected(name: str, changes: Mapping[str, Change], layout: Layout) -> Affected:
    share = layout.subvolumes.get(name)
    folder, key = changes.get("Subvolume"), changes.get("Client")
    before, after = _quotas(folder)
    if folder is None and share is not None:
        before = after = share.quota_bytes
    return Affected(
        name=name,
        title=share.title if share else name,
        commune=share.commune if share else None,
        change=_CHANGES[folder.operation] if folder else "rights",
        before_bytes=before,
        after_bytes=after,
        key=_KEYS[key.operation] if key else None,
    )


_CHANGES: dict[str, ShareChange] = {
    "create": "added",
    "update": "changed",
    "replace": "changed",
    "delete": "removed",
}
_KEYS: dict[str, Literal["made", "changed", "removed"]] = {
    "create": "made",
    "update": "changed",
    "replace": "changed",
    "delete": "removed",
}


def _quotas(change: Change | None) -> tuple[int | None, int | None]:
    if change is None:
        return None, None
    before, after = (side.get("quotaBytes") for side in (change.old, change.new))
    return (
        int(before) if before is not None else None,
        int(after) if after is not None and change.operation != "delete" else None,
    )


def totals(affected: Iterable[Affected]) -> Iterator[tuple[ShareChange, int]]:
    """Give how many shares are added, changed, removed, in that order."""
    listed = list(affected)
    for change in ("added", "changed", "removed", "rights"):
        count = sum(one.change == change for one in listed)
        if count:
            yield change, count
