"""A resource that is a thing on the cluster: most are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from maille.ceph import making
from maille.ceph.model import Part
from maille.infra.provider.resource import Change, Found, Values
from maille.infra.provider.validation import faults_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from maille.infra.provider.handler import Handler
    from maille.infra.provider.session import Session

T = TypeVar("T", bound=Part)


class Managed(Generic[T]):
    """The operations on one kind of thing, as its handler describes it."""

    def __init__(self, handler: Handler[T]) -> None:
        """Keep the handler."""
        self.type_name = handler.type_name
        self.output_fields = handler.output_fields
        self._handler = handler

    def check(self, given: Values, unknown: Collection[str]) -> list[tuple[str, str]]:
        """Judge the inputs by their model; what is still unknown is judged once it is known."""
        return faults_of(self._handler.model, given, unknown)

    def diff(self, old: Values, new: Values, unknown: Collection[str]) -> Change:
        """Compare by the kind's own rules; what is unknown yet is taken for changed in place."""
        found = self._value(old)
        wanted = self._value(new | {name: getattr(found, name) for name in unknown})
        unlike = self._handler.kind.compare(found, wanted)
        names = {one.name for one in unlike} | set(unknown)
        fixed = {one.name for one in unlike if not one.in_place}
        return Change(tuple(sorted(names)), tuple(sorted(fixed)))

    def create(self, session: Session, wanted: Values) -> Found:
        """Make it, or go on with what is our own already."""
        value = self._handler.model(**wanted)
        found = making.create(
            session.cluster,
            self._handler.kind,
            value,
            owner=session.owner,
            adopt=session.adopt,
        )
        return self._found(session, found)

    def read(self, session: Session, ident: str, state: Values) -> Found | None:
        """Read it from the cluster and nowhere else."""
        found = self._handler.kind.read(session.cluster, self._handler.named(ident, state))
        return self._found(session, found) if found is not None else None

    def update(self, session: Session, wanted: Values) -> Found:
        """Change what differs from the cluster's own state, whatever the engine remembers."""
        value = self._handler.model(**wanted)
        found = making.update(session.cluster, self._handler.kind, value, owner=session.owner)
        return self._found(session, found)

    def delete(self, session: Session, ident: str, state: Values) -> None:
        """Remove it; what others have marked too stays theirs."""
        handler = self._handler
        value = handler.named(ident, state)
        name = handler.kind.name(value)
        making.remove(
            session.cluster,
            handler.kind,
            value,
            owner=session.owner,
            delete=lambda: handler.delete(session.cluster, value, name in session.erase),
        )

    def _value(self, state: Values) -> T:
        fields = {
            name: state.get(name, field.get_default())
            for name, field in self._handler.model.model_fields.items()
        }
        return cast("T", self._handler.model.model_construct(None, **fields))

    def _found(self, session: Session, value: T) -> Found:
        inputs = value.model_dump()
        return Found(
            self._handler.id_of(value),
            inputs,
            inputs | self._handler.outputs(session.cluster, value),
        )
