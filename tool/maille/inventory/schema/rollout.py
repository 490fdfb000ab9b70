"""What has dates: waves, nomad cameras and waivers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from maille.inventory.schema.base import Count, Day, Flag, Id, Mac, Model, Positive, Text
from maille.inventory.schema.commune import CameraId, View
from maille.inventory.schema.refs import CameraModelRef, CommuneRef, OwnerRef, ProfileRef


class Wave(Model):
    """A batch of the roll-out, with its due date, its state and its gates."""

    title: Text
    due: Day
    state: Literal["planned", "building", "in-service", "accepted"] = "planned"
    zones: tuple[Id, ...] = ()
    """Communes of these zones belong to it unless their file names another."""
    prefect_informed: Day | None = None
    """The prefect is told before an installation goes into service (CSI R252-17)."""
    planned_cameras: Count | None = None
    """Cameras expected where their places are not known yet: capacity counts them."""


class Assignment(Model):
    """A nomad camera at an attachment point, for a time."""

    at: Annotated[str, Field(strict=True, pattern=r"^[0-9AB]{5}/[a-z0-9-]+/[a-z0-9-]+$")]
    """`<insee>/<cabinet>/<attachment point>`."""
    first: Day
    last: Day | None = None
    """Empty: until further notice."""
    reason: Text
    authorisation: Id | None = None


class Nomad(Model):
    """A camera without a home: identity and recordings are its own."""

    model: CameraModelRef
    title: Text
    view: View
    records_to: CommuneRef
    """The commune whose share of the storage keeps its images."""
    mac: Mac | None = None
    profile: ProfileRef | None = None
    owner: OwnerRef | None = None
    measured_mbps: Positive | None = None
    audio: Flag = False
    masks: tuple[Text, ...] = ()
    """Privacy masks, drawn anew at each place."""
    private_space: Flag = True
    """Whether private space lies in view anywhere it hangs; masks are then required."""
    serial: Text | None = None
    assignments: tuple[Assignment, ...] = ()


class RuleWaiver(Model):
    """A rule accepted as broken for one subject, with a reason and an end."""

    rule: Annotated[str, Field(strict=True, pattern=r"^[A-Z][0-9]{3}$", examples=["N012"])]
    subject: Text
    """The id the finding is about; `*` at its end stands for any rest."""
    reason: Text
    until: Day
    approved_by: Text | None = None


class Rollout(Model):
    """`waves.yaml`."""

    waves: dict[Id, Wave] = Field(default_factory=dict)


class Nomads(Model):
    """`nomads.yaml`."""

    nomads: dict[CameraId, Nomad] = Field(default_factory=dict)


class Waivers(Model):
    """`waivers.yaml`."""

    waivers: tuple[RuleWaiver, ...] = ()
