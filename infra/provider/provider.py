"""The provider: what the engine asks over its wire, handed to the resources in threads.

Calls of the client library of Ceph block, so that none runs on the event loop. The connection is
opened in `configure`, before the first of the calls that then come many at a time.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, TypeVar

from pulumi.provider.experimental import provider as wire
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.runtime.rpc import UNKNOWN

from maille.errors import MailleError, OutOfReachError
from maille.infra.provider.registry import RESOURCES
from maille.infra.provider.schema import schema
from maille.infra.provider.session import Session, faults, open_session
from maille.infra.provider.values import camel, known, outward, snake, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maille.infra.provider.resource import Found, Resource

T = TypeVar("T")


class CephProvider(wire.Provider):
    """The resources of a Ceph cluster, for Pulumi."""

    def __init__(self) -> None:
        """Begin without a cluster."""
        self._session: Session | None = None
        self.calls = 0
        """Calls that are under way."""

    @property
    def session(self) -> Session:
        """Give the session; the engine configures before it asks for anything."""
        if self._session is None:
            raise RuntimeError("the provider was not configured")
        return self._session

    async def get_schema(self, request: wire.GetSchemaRequest) -> wire.GetSchemaResponse:  # noqa: ARG002
        """Give the schema, for other programs' code generators."""
        return wire.GetSchemaResponse(schema=json.dumps(schema()))

    async def check_config(self, request: wire.CheckRequest) -> wire.CheckResponse:
        """Name what the configuration lacks."""
        wrong = faults(known(request.new_inputs))
        failures = [wire.CheckFailure(camel(name), why) for name, why in wrong]
        return wire.CheckResponse(inputs=request.new_inputs, failures=failures)

    async def configure(self, request: wire.ConfigureRequest) -> wire.ConfigureResponse:
        """Open the cluster."""
        self._session = await self._apart(lambda: open_session(known(request.args)))
        return wire.ConfigureResponse(accept_outputs=True, supports_preview=True)

    async def check(self, request: wire.CheckRequest) -> wire.CheckResponse:
        """Name every bad property."""
        wrong = _resource(request.type).check(
            known(request.new_inputs), _unknown(request.new_inputs)
        )
        failures = [wire.CheckFailure(camel(name), why) for name, why in wrong]
        return wire.CheckResponse(inputs=request.new_inputs, failures=failures)

    async def diff(self, request: wire.DiffRequest) -> wire.DiffResponse:
        """Tell what changes in place, and what only a new one can have."""
        resource = _resource(request.type)
        change = resource.diff(
            known(request.old_state), known(request.new_inputs), _unknown(request.new_inputs)
        )
        return wire.DiffResponse(
            changes=bool(change.changed),
            diffs=[camel(name) for name in change.changed],
            replaces=[camel(name) for name in change.replaced],
            # Else a preview takes them for unknown, and all that reads them for changed.
            stables=[] if change.replaced else [camel(name) for name in resource.output_fields],
            # The new one bears the old one's name, so that both cannot be there.
            delete_before_replace=bool(change.replaced),
        )

    async def create(self, request: wire.CreateRequest) -> wire.CreateResponse:
        """Make a resource; in a preview tell what of it nobody knows yet."""
        resource = _resource(request.type)
        if request.preview:
            unknowns = {camel(name): PropertyValue(UNKNOWN) for name in resource.output_fields}
            return wire.CreateResponse("", dict(request.properties) | unknowns)
        wanted = known(request.properties)
        found = await self._apart(lambda: resource.create(self.session, wanted))
        return wire.CreateResponse(found.ident, outward(found.outputs))

    async def read(self, request: wire.ReadRequest) -> wire.ReadResponse:
        """Read a resource from the cluster; an empty id says that it is gone.

        Raises:
            RuntimeError: it is to be imported, and is not there. The engine would take an empty id
                for a thing without properties then.
        """
        resource = _resource(request.type)
        state = known(request.properties)
        found: Found | None = await self._apart(
            lambda: resource.read(self.session, request.resource_id, state)
        )
        if found is None and not state:
            raise RuntimeError(f"{resource.type_name} `{request.resource_id}` does not exist")
        if found is None:
            return wire.ReadResponse(resource_id="")
        return wire.ReadResponse(found.ident, outward(found.outputs), outward(found.inputs))

    async def update(self, request: wire.UpdateRequest) -> wire.UpdateResponse:
        """Change a resource in place; in a preview what only the cluster knows stays."""
        if request.preview:
            return wire.UpdateResponse(dict(request.olds) | dict(request.news))
        resource = _resource(request.type)
        wanted = known(request.news)
        found = await self._apart(lambda: resource.update(self.session, wanted))
        return wire.UpdateResponse(outward(found.outputs))

    async def delete(self, request: wire.DeleteRequest) -> None:
        """Remove a resource."""
        resource = _resource(request.type)
        state = known(request.properties)
        await self._apart(lambda: resource.delete(self.session, request.resource_id, state))

    async def _apart(self, work: Callable[[], T]) -> T:
        """Do blocking work in a thread; what it says went wrong is all that the engine is told."""
        self.calls += 1
        try:
            return await asyncio.to_thread(work)
        except OutOfReachError:
            raise  # by its name whoever listens to the engine knows it
        except MailleError as error:
            raise RuntimeError(str(error)) from None
        finally:
            self.calls -= 1


def _resource(qualified: str) -> Resource:
    """Give the resource of a type; the types of its parents stand before it, each with a `$`."""
    type_name = qualified.rpartition("$")[2]
    if type_name not in RESOURCES:
        raise ValueError(f"there is no resource {type_name}; there are {', '.join(RESOURCES)}")
    return RESOURCES[type_name]


def _unknown(properties: Mapping[str, PropertyValue]) -> set[str]:
    return {snake(name) for name, value in properties.items() if unknown(value)}
