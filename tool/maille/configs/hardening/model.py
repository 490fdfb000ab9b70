"""The hardening controls as values; `controls.yaml` holds them and says what each field means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Scope = Literal[
    "global",
    "camera_port",
    "unused_port",
    "out_of_band",
    "ring_port",
    "ring_wire",
    "spur_port",
    "trunk",
    "server_port",
    "peer_member",
    "uplink",
    "management_svi",
    "segment_svi",
]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at; an expression matches a whole line."""

    scope: Scope
    section: str
    """With `global`: an expression for the top-level lines whose children are looked at."""
    only: frozenset[str]
    is_default: bool
    """Whether the device hides it: then it is proven by what is absent."""
    present: tuple[str, ...]
    absent: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a control has no check, and what stands in for it."""

    reason: str
    compensated_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A control in one dialect."""

    checks: tuple[Check, ...] = ()
    waiver: Waiver | None = None
    """In place of checks."""
    otherwise: Waiver | None = None
    """Where none of the checks applies to a switch."""
    lacking: tuple[tuple[str, Waiver], ...] = ()
    """By ability, for models without it."""


@dataclass(frozen=True, slots=True)
class Control:
    """What must be true of every switch, and where that comes from."""

    id: str
    title: str
    sources: tuple[str, ...]
    columns: Mapping[str, Column]


class Status(StrEnum):
    """What was found of a control on a switch."""

    MECHANISM = "mechanism"
    DEFAULT = "default"
    WAIVED = "waived"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a control is not met."""

    where: str
    """Header of the section; empty for the top level."""
    what: str


@dataclass(frozen=True, slots=True)
class Result:
    """A control on one switch."""

    control: Control
    status: Status
    evidence: tuple[str, ...]
    """Lines that do it, expressions whose absence proves it, or the reason of a waiver."""
    compensated_by: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
