"""How what is found differs from what is wanted, and whether it can be changed as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from maille.ceph.model import Part


@dataclass(frozen=True, slots=True)
class Difference:
    """One property that is not as wanted."""

    name: str
    found: object
    wanted: object
    in_place: bool
    """It can be changed; otherwise only a new one can have it."""

    def __str__(self) -> str:
        """Give `pg_num is 32, wanted 64`."""
        return f"{self.name} is {self.found}, wanted {self.wanted}"


def differences(found: Part, wanted: Part, *, in_place: Collection[str]) -> tuple[Difference, ...]:
    """Compare two values of one kind, field by field.

    Args:
        found: what the cluster has.
        wanted: what it should have.
        in_place: the fields that the cluster can change.
    """
    names = type(wanted).model_fields
    return tuple(
        Difference(name, getattr(found, name), getattr(wanted, name), name in in_place)
        for name in names
        if getattr(found, name) != getattr(wanted, name)
    )
