"""A look for programs: its keys are a promise."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from maille.health.shown.order import ordered, worst

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maille.health.look import Look
    from maille.health.model import DeviceState, Evidence
    from maille.health.targets.model import Target


def as_document(look: Look, estate: str, engine: str, where: str = "") -> Mapping[str, object]:
    """Give everything that a look saw; times in UTC."""
    return {
        "estate": estate,
        "at": look.at,
        "engine": engine,
        "addresses": where or None,
        "devices": [_device(target, state) for target, state in ordered(look)],
        "not_redundant": [
            {
                "link": cut.link,
                "ring": cut.ring,
                "suspected": cut.suspected,
                "evidence": _evidence(cut.evidence),
            }
            for cut in look.picture.cuts
        ],
        "blind": [asdict(blind) for blind in look.picture.blind],
    }


def _device(target: Target, state: DeviceState) -> Mapping[str, object]:
    return {
        "id": target.id,
        "kind": target.kind,
        "commune": target.commune,
        "place": target.place,
        "address": target.address,
        "profile": target.profile,
        "severity": target.severity,
        "state": state.state,
        "cause": asdict(state.cause) if state.cause else None,
        "troubles": [
            {
                "code": trouble.code,
                "subject": trouble.subject,
                "what": trouble.what,
                "evidence": _evidence(trouble.evidence),
            }
            for trouble in worst(state.troubles)
        ],
        "evidence": _evidence(state.evidence),
    }


def _evidence(seen: Sequence[Evidence]) -> list[Mapping[str, object]]:
    return [
        {"at": one.at, "source": one.source, "what": one.what, "value": one.value} for one in seen
    ]
