"""Who owns, who watches, who may see what, and who is to be called."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from maille.inventory.schema.base import Count, Day, Flag, Id, Model, Share, Text
from maille.inventory.schema.centre import Hours
from maille.inventory.schema.commune import View
from maille.inventory.schema.refs import (
    AgencyRef,
    CameraRef,
    CommuneRef,
    ContactRef,
    OwnerRef,
    SectorRef,
    ViewingSiteRef,
)


class Contact(Model):
    """Somebody to be called."""

    title: Text
    phone: Text | None = None
    email: Text | None = None
    hours: Hours | None = None


class Contract(Model):
    """A maintenance contract: who comes, how fast, for which availability."""

    title: Text
    integrator: ContactRef
    repair_hours: Count
    uptime_target: Share
    hours: Hours | None = None


class Owner(Model):
    """The owner of installations: authoritative for them, on whatever platform."""

    title: Text
    contact: ContactRef | None = None


AgencyKind = Literal[
    "police-nationale",
    "gendarmerie",
    "police-municipale",
    "prefecture",
    "sncf",
    "ratp",
    "mayor",
    "justice",
    "operator",
]


class Agency(Model):
    """A body whose people may see images, each by a convention."""

    title: Text
    kind: AgencyKind
    sites: dict[Id, Text] = Field(default_factory=dict)
    """Places outside the centre from which it sees: id and address."""
    contact: ContactRef | None = None


class Jurisdiction(Model):
    """The communes for which an agency is competent."""

    title: Text
    agency: AgencyRef
    communes: tuple[CommuneRef, ...] = ()
    must_cover: tuple[
        Literal["bus-station", "rail-station", "school", "square", "road", "building"], ...
    ] = ()
    """Kinds of places in it that a camera must see."""


class Scope(Model):
    """Which cameras a grant is about; empty selects none, several conditions are an and."""

    all: Flag = False
    own_commune: Flag = False
    """The cameras of the commune whose mayor asks."""
    communes: tuple[CommuneRef, ...] = ()
    cameras: tuple[CameraRef, ...] = ()
    views: tuple[View, ...] = ()
    owners: tuple[OwnerRef, ...] = ()
    sectors: tuple[SectorRef, ...] = ()


class Case(Model):
    """One case for which a convention opens images: a requisition, a quarter watched."""

    reference: Text
    opened: Day
    closes: Day
    cameras: tuple[CameraRef, ...]
    officer: Text


class Grant(Model):
    """What one agency may see: nothing that is not written here."""

    agency: AgencyRef
    scope: Scope
    access: tuple[Literal["live", "recorded", "export"], ...]
    sites: Annotated[tuple[ViewingSiteRef, ...], Field(min_length=1)]
    """From where: a room of the centre or a site of the agency."""
    hours: Hours | None = None
    recorded_days: Count | None = None
    """How far back; otherwise as long as images are kept."""
    mode: Literal["permanent", "on-request", "requisition"]
    """`on-request`: reactive and targeted, each time with its reason."""
    reference_required: Flag = False
    cases: dict[Id, Case] = Field(default_factory=dict)
    people: tuple[Text, ...] = ()
    """Named and authorised people or functions (CSI R253-3)."""


class Convention(Model):
    """A written agreement; access follows from it and from nothing else."""

    title: Text
    kind: Literal["member", "state", "coordination", "access"]
    """`member`: with a host commune; `state`: with the State (CSI L132-14)."""
    parties: tuple[Text, ...]
    legal_basis: Text
    signed: Day
    first: Day | None = None
    expires: Day | None = None
    communes: tuple[CommuneRef, ...] = ()
    grants: dict[Id, Grant] = Field(default_factory=dict)


class Analytic(Model):
    """An analysis that raises an alert, steers a camera or follows a vehicle."""

    title: Text
    kind: Literal["alert", "steer", "follow-vehicle"]
    cameras: tuple[CameraRef, ...] = ()
    views: tuple[View, ...] = ()
    steers: tuple[CameraRef, ...] = ()
    communes: tuple[CommuneRef, ...] = ()


class Parties(Model):
    """`parties.yaml`: everybody with a name in the estate."""

    owners: dict[Id, Owner] = Field(default_factory=dict)
    agencies: dict[Id, Agency] = Field(default_factory=dict)
    contacts: dict[Id, Contact] = Field(default_factory=dict)
    contracts: dict[Id, Contract] = Field(default_factory=dict)
    jurisdictions: dict[Id, Jurisdiction] = Field(default_factory=dict)


class Conventions(Model):
    """A file of `conventions/`."""

    conventions: dict[Id, Convention] = Field(default_factory=dict)


class Analytics(Model):
    """`analytics.yaml`."""

    analytics: dict[Id, Analytic] = Field(default_factory=dict)
