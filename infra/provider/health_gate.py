"""`ceph:index:HealthGate`: nothing is made on a cluster that is not fit for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from maille.ceph import facts
from maille.ceph.errors import CephError
from maille.ceph.model import Name, Part
from maille.infra.provider.resource import Change, Found, Values
from maille.infra.provider.validation import faults_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from maille.infra.provider.session import Session


class HealthGate(Part):
    """What a cluster must be, at the least."""

    name: Name
    device_class: Name | None = None
    hosts: Annotated[int, Field(ge=1)]
    """Hosts with a disk of that class that is up and in."""
    raw_bytes: Annotated[int, Field(ge=0)]
    """Of those disks, all together."""


class Gate:
    """The operations: to make it is to look, and nothing is left on the cluster."""

    type_name = "ceph:index:HealthGate"
    output_fields: tuple[str, ...] = ()

    def check(self, given: Values, unknown: Collection[str]) -> list[tuple[str, str]]:
        """Judge the inputs."""
        return faults_of(HealthGate, given, unknown)

    def diff(self, old: Values, new: Values, unknown: Collection[str]) -> Change:
        """Look again where more, or anything else, is asked for."""
        names = {name for name in HealthGate.model_fields if old.get(name) != new.get(name)}
        return Change(tuple(sorted(names | set(unknown))))

    def create(self, session: Session, wanted: Values) -> Found:
        """Pass, or refuse with the numbers."""
        gate = HealthGate(**wanted)
        _pass(gate, facts.read(session.cluster))
        values = gate.model_dump()
        return Found(gate.name, values, values)

    def read(self, session: Session, ident: str, state: Values) -> Found | None:  # noqa: ARG002
        """Give the gate as it was passed; `maille storage status` tells today's health."""
        return Found(ident, state, state) if state else None

    def update(self, session: Session, wanted: Values) -> Found:
        """Look again."""
        return self.create(session, wanted)

    def delete(self, session: Session, ident: str, state: Values) -> None:
        """Leave nothing, for there was nothing."""


def _pass(gate: HealthGate, found: facts.Facts) -> None:
    severe = [problem for problem in found.problems if problem.severe]
    if severe:
        told = "; ".join(f"{problem.code}: {problem.told}" for problem in severe)
        raise CephError(
            f"the cluster {found.fsid[:8]} is in error: {told}", "mend that first: `ceph health`"
        )
    usable = [osd for osd in found.of_class(gate.device_class) if osd.up and osd.taken]
    hosts, raw = {osd.host for osd in usable}, sum(osd.size_bytes for osd in usable)
    kind = f" of class {gate.device_class}" if gate.device_class else ""
    if len(hosts) < gate.hosts or raw < gate.raw_bytes:
        raise CephError(
            f"the cluster {found.fsid[:8]} has {len(hosts)} hosts with {raw:,} bytes of disks"
            f"{kind} up and in; {gate.hosts} hosts and {gate.raw_bytes:,} bytes are needed",
            "bring hosts or disks back, or add some",
        )
