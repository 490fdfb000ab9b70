"""What the engine asks of a resource, on plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from maille.infra.provider.session import Session

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """Which fields a resource changes, and which of them only a new one can have."""

    changed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A resource as the cluster has it."""

    ident: str
    inputs: Values
    outputs: Values


class Resource(Protocol):
    """One type of resource."""

    type_name: str
    output_fields: tuple[str, ...]
    """What only the cluster knows; it stays as it is for the life of a resource."""

    def check(self, given: Values, unknown: Collection[str]) -> list[tuple[str, str]]:
        """Give each bad property and why; nothing is asked of the cluster."""

    def diff(self, old: Values, new: Values, unknown: Collection[str]) -> Change:
        """Compare what the cluster last had with what is wanted."""

    def create(self, session: Session, wanted: Values) -> Found:
        """Make it; raises as `maille.ceph.making.create`."""

    def read(self, session: Session, ident: str, state: Values) -> Found | None:
        """Read it from the cluster; None if it is gone. `state` only helps to name it."""

    def update(self, session: Session, wanted: Values) -> Found:
        """Change it in place."""

    def delete(self, session: Session, ident: str, state: Values) -> None:
        """Remove it, or leave it to its other owners."""
