"""Settings that lower a bar for the whole estate: N034.

A setting is no waiver: it says neither why nor until when, and it silences every finding at
once. So it is told where it stands, and whoever means it waives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maille.errors import Severity
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.settings import Settings
    from maille.rules.model import EstateContext

MOST_LOAD = 0.60
LEAST_HEADROOM = 2.0
NEARFULL = 0.85
"""Ceph warns from here on; sizing aims below it."""


class _Lowered(NamedTuple):
    """A setting below practice: its keys, what it means, what practice is."""

    keys: tuple[str, ...]
    what: str
    how: str


def _lowered(settings: Settings) -> Iterator[_Lowered]:
    if settings.max_load > MOST_LOAD:
        yield _Lowered(
            ("max_load",),
            f"links may be loaded to {settings.max_load:.0%}",
            "write 0.60 or less: bursts of many cameras coincide",
        )
    headroom = settings.pools.camera_headroom
    if headroom < LEAST_HEADROOM:
        yield _Lowered(
            ("pools", "camera_headroom"),
            f"segments are sized for {headroom:g} times the cameras of today",
            "write 2 or more: a segment that is full is numbered anew",
        )
    ports = settings.port_security
    if ports.access in {"mab", "dot1x"} and not ports.critical_auth:
        yield _Lowered(
            ("port_security", "critical_auth"),
            "without RADIUS no camera gets its port back",
            "leave `critical_auth` on: cameras known before keep their port",
        )
    fill = settings.storage.full_ratio_target
    if fill >= NEARFULL:
        yield _Lowered(
            ("storage", "full_ratio_target"),
            f"the cluster is sized to be {fill:.0%} full, and warns from {NEARFULL:.0%} on",
            "write 0.80: below nearfull, with room to heal",
        )


def _practice(context: EstateContext) -> Iterator[Hit]:
    for keys, what, how in _lowered(context.estate.settings):
        yield Hit(("settings", *keys), what, how, keys[-1])


RULES = (
    EstateRule(
        RuleInfo(
            "N034",
            "setting below practice",
            Severity.WARNING,
            "video network design guides (60 %); Ceph documentation, nearfull; ANSSI R64",
            "Links are loaded to 60 % at most, segments have addresses for twice the cameras of "
            "today, cameras keep their port while RADIUS is away, and the cluster stays below "
            "nearfull. A setting that asks for less is told; waive it with a reason.",
        ),
        _practice,
        judges=("commune",),
    ),
)
