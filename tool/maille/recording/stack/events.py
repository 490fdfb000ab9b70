"""The engine's events, read into changes, progress and what went wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from maille.recording.stack.changes import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi.automation import EngineEvent, StepEventMetadata

_OPERATIONS: dict[str, Operation] = {
    "create": "create",
    "update": "update",
    "delete": "delete",
    "replace": "replace",
}
_OURS = re.compile(r"^ceph:index:(\w+)$")
_AWAY = re.compile(r"<class '[\w.]*OutOfReachError'>")
"""How the provider's server names an error of its own: `Unexpected <class 'RuntimeError'>: …`."""
_NOISE = re.compile(r"Unexpected <class '[\w.]+'>: |^update failed$|<\{%[^%]*%\}>")


class Listener:
    """Takes events in the order in which the engine sends them."""

    def __init__(self, told: Callable[[Change], None] | None = None) -> None:
        """Keep whom to tell of each resource that is done."""
        self.changes: dict[str, Change] = {}
        self.unchanged = 0
        self.errors: list[tuple[str, str]] = []
        """Name of a resource, or nothing, and what the engine said of it."""
        self.out_of_reach = False
        """Whether one of them was no refusal: something did not answer."""
        self._told = told

    def __call__(self, event: EngineEvent) -> None:
        """Take one event."""
        if event.resource_pre_event:
            self._planned(event.resource_pre_event.metadata)
        if event.res_outputs_event:
            self._done(event.res_outputs_event.metadata)
        if event.diagnostic_event and event.diagnostic_event.severity == "error":
            self._wrong(event.diagnostic_event.urn, event.diagnostic_event.message)

    def _planned(self, step: StepEventMetadata) -> None:
        operation = _OPERATIONS.get(str(step.op.value))
        if _OURS.match(step.type) and operation:
            self._change(operation, step)

    def _change(self, operation: Operation, step: StepEventMetadata) -> None:
        self.changes[step.urn] = Change(
            operation,
            _OURS.sub(r"\1", step.type),
            _name(step.urn),
            tuple(step.diffs or ()),
            _properties(step.old),
            _properties(step.new),
        )

    def _done(self, step: StepEventMetadata) -> None:
        if not _OURS.match(step.type):
            return
        operation = _OPERATIONS.get(str(step.op.value))
        if operation is None:
            self.unchanged += str(step.op.value) in ("same", "refresh")
        elif step.urn not in self.changes:  # a refresh tells only now what it found
            self._change(operation, step)
        if self._told and step.urn in self.changes:
            self._told(self.changes[step.urn])

    def _wrong(self, urn: str | None, message: str) -> None:
        self.out_of_reach |= bool(_AWAY.search(message))
        text = _NOISE.sub("", message.strip()).strip()
        if text:
            self.errors.append((_name(urn) if urn else "", text))


def _name(urn: str) -> str:
    return urn.rpartition("::")[2]


def _properties(state: Any) -> dict[str, Any]:  # noqa: ANN401  # StepEventStateMetadata | None
    return dict(state.inputs or {}) if state else {}
