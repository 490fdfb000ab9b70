"""A run of the engine for programs; its keys are a promise."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maille.recording.terms.shares import shared, shares

if TYPE_CHECKING:
    from maille.layout.model import Layout
    from maille.recording.former import Left
    from maille.recording.leaving import Held
    from maille.recording.stack.changes import Outcome
    from maille.retention.journal import Entry


def as_document(
    outcome: Outcome,
    layout: Layout,
    held: tuple[Held, ...],
    erased: tuple[Entry, ...] = (),
    left: tuple[Left, ...] = (),
) -> dict[str, Any]:
    """Give what a run changes, or changed."""
    return {
        "estate": layout.estate,
        "scale": layout.scale,
        "shares": [asdict(one) for one in shares(outcome.changes, layout)],
        "shared": [asdict(one) for one in shared(outcome.changes)],
        "held": [
            {
                "name": one.share.name,
                "quota_bytes": one.share.quota_bytes,
                "wanted_bytes": one.wanted_bytes,
                "used_bytes": one.used_bytes,
                "files": one.files,
            }
            for one in held
        ],
        "former_pools": [former_document(one) for one in left],
        "erased_by_name": list(erased),
        "resources": [
            {
                "operation": change.operation,
                "kind": change.kind,
                "name": change.name,
                "properties": list(change.properties),
            }
            for change in outcome.changes
        ],
        "unchanged": outcome.unchanged,
        "seconds": round(outcome.seconds, 2),
    }


def former_document(one: Left) -> dict[str, Any]:
    """Give a former pool, and what is left in it."""
    code = one.former.profile
    return {
        "name": one.name,
        "k": code.k,
        "m": code.m,
        "objects": one.objects,
        "stored_bytes": one.stored_bytes,
        "kept": one.kept or None,
    }
