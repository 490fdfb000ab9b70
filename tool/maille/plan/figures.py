"""What an estate amounts to before and after, and the links whose load a change raises."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maille.blueprint.storage import TB
from maille.plan.changes import links_by_ends

if TYPE_CHECKING:
    from maille.blueprint.capacity import LinkLoad
    from maille.check.built import Built

_LEAST_RISE = 0.01
"""Share of a link's capacity from which a rise is told."""
_MOST_LINKS = 10


class Figure(NamedTuple):
    """A figure of the estate, before and after."""

    name: str
    unit: str
    before: float
    after: float


class Rise(NamedTuple):
    """A link that carries more than before, each time after the failure that is worst for it."""

    link: str
    capacity_mbps: float
    before_percent: float
    after_percent: float
    failure: str
    """What fails in the worst case after the change; empty for the normal state."""


def figures(before: Built, after: Built) -> tuple[Figure, ...]:
    """Give the figures of an estate before and after a change."""
    pairs = zip(_of(before), _of(after), strict=True)
    return tuple(Figure(name, unit, old, new) for (name, unit, old), (_, _, new) in pairs)


def _of(built: Built) -> list[tuple[str, str, float]]:
    blueprint, storage = built.blueprint, built.blueprint.storage
    normal, worst = built.capacity.normal.values(), built.capacity.worst_by_link.values()
    return [
        ("member communes", "", len(blueprint.communes)),
        ("cameras", "", len(blueprint.cameras)),
        ("connected cameras", "", sum(camera.connected for camera in blueprint.cameras.values())),
        ("switches", "", len(blueprint.switches)),
        ("bitrate", "Mbit/s", storage.mbps),
        ("storage: need", "TB", storage.need_bytes / TB),
        ("storage: quotas", "TB", storage.quota_bytes / TB),
        ("storage: raw needed", "TB", storage.raw_needed_bytes / TB),
        ("storage: raw there", "TB", storage.raw_bytes / TB),
        ("storage: hosts needed", "", storage.hosts_needed),
        ("placement groups", "", storage.placement_groups),
        ("fullest link", "%", 100 * max((load.share for load in normal), default=0.0)),
        ("after a failure", "%", 100 * max((load.share for load in worst), default=0.0)),
    ]


def rises(before: Built, after: Built) -> tuple[Rise, ...]:
    """Give the links that carry more of their capacity than before, the fullest first."""
    old, new = _worst(before), _worst(after)
    found = [
        Rise(name, load.capacity_mbps, 100 * was, 100 * load.share, _failure(load))
        for name, load in new.items()
        if load.share - (was := old[name].share if name in old else 0.0) >= _LEAST_RISE
    ]
    return tuple(sorted(found, key=lambda rise: -rise.after_percent)[:_MOST_LINKS])


def _worst(built: Built) -> dict[str, LinkLoad]:
    worst = built.capacity.worst_by_link
    links = links_by_ends(built.blueprint)
    return {name: worst[link.id] for name, link in links.items() if link.id in worst}


def _failure(load: LinkLoad) -> str:
    return load.failure.title if load.failure else ""
