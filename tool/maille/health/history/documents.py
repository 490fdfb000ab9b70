"""Values of health as JSON, as they stand in the database and in the spool."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeVar

from pydantic import TypeAdapter

from maille.health.history.model import Conditions, Escalation, Event, Round, Withdrawal
from maille.health.incidents.model import Acknowledgement, Silence, Window
from maille.health.model import Cause, Condition, Evidence, LinkCondition, State

T = TypeVar("T")


def _adapter(of: type[T]) -> TypeAdapter[T]:
    """Give what reads and writes a value; its fields' types are imported for type checks alone."""
    adapter = TypeAdapter(of)
    names = (datetime, timedelta, Cause, Condition, Evidence, LinkCondition)
    adapter.rebuild(
        force=True,
        _types_namespace={name.__name__: name for name in names} | {"State": State},
    )
    return adapter


CAUSE = _adapter(Cause)
EVIDENCE = _adapter(tuple[Evidence, ...])
CONDITIONS = _adapter(Conditions)
ROUND = _adapter(Round)
EVENTS: dict[str, TypeAdapter[Any]] = {
    "acknowledgement": _adapter(Acknowledgement),
    "silence": _adapter(Silence),
    "maintenance": _adapter(Window),
    "escalation": _adapter(Escalation),
    "withdrawal": _adapter(Withdrawal),
}
"""By the kind under which an event is kept."""
_KINDS: dict[type, str] = {
    Acknowledgement: "acknowledgement",
    Silence: "silence",
    Window: "maintenance",
    Escalation: "escalation",
    Withdrawal: "withdrawal",
}


def kind_of(event: Event) -> str:
    """Give the kind under which an event is kept."""
    return _KINDS[type(event)]
