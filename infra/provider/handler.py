"""What a resource of the provider is: one kind of thing on a cluster, and its id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from maille.ceph.model import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.ceph.connection import Cluster
    from maille.ceph.making import Kind

T = TypeVar("T", bound=Part)


@dataclass(frozen=True, slots=True)
class Handler(Generic[T]):
    """One resource type.

    `model` tells its inputs and judges them. `identify` gives the fields that an id stands for:
    `fs/group/name` of a subvolume. `delete` takes the value found and whether what it holds may
    be lost. `outputs` gives what only the cluster knows; no secret is among it.
    """

    type_name: str
    about: str
    model: type[T]
    kind: Kind[T]
    id_fields: tuple[str, ...]
    delete: Callable[[Cluster, T, bool], None]
    outputs: Callable[[Cluster, T], dict[str, Any]] = lambda _cluster, _value: {}
    output_fields: tuple[str, ...] = ()

    def id_of(self, value: T) -> str:
        """Give the id of a thing: what tells it apart on its cluster."""
        return "/".join(str(getattr(value, name)) for name in self.id_fields)

    def named(self, ident: str, also: dict[str, Any] | None = None) -> T:
        """Give a value that says no more than which thing is meant; `also` adds what is known.

        Raises:
            ValueError: the id has not as many parts as it needs.
        """
        parts = ident.split("/")
        if len(parts) != len(self.id_fields) or not all(parts):
            raise ValueError(f"`{ident}` is no id of a {self.kind.title}: {self.id_form}")
        given = dict(zip(self.id_fields, parts, strict=True))
        fields = {name: (also or {}).get(name) for name in self.model.model_fields}
        return cast("T", self.model.model_construct(None, **(fields | given)))

    @property
    def id_form(self) -> str:
        """Give how an id is written: `filesystem/group/name`."""
        return "/".join(self.id_fields)
