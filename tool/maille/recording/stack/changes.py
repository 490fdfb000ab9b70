"""What a run of the engine changes, resource by resource, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Operation = Literal["create", "update", "replace", "delete"]


@dataclass(frozen=True, slots=True)
class Change:
    """One resource and what happens to it.

    `kind` is the resource's type without its package: `Subvolume`. `old` and `new` are its
    properties by the provider's names; empty where it was not, or will not be, there.
    """

    operation: Operation
    kind: str
    name: str
    properties: tuple[str, ...] = ()
    """Which properties change."""
    old: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, or would do."""

    changes: tuple[Change, ...]
    unchanged: int
    seconds: float

    @property
    def pending(self) -> bool:
        """Say whether anything changes."""
        return bool(self.changes)
