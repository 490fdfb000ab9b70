"""The whole inventory of one estate as a single immutable value."""

from __future__ import annotations

from pydantic import Field

from maille.inventory.schema.base import Id, Insee, Model
from maille.inventory.schema.catalogue import Catalogue
from maille.inventory.schema.centre import Centre
from maille.inventory.schema.commune import CameraId, Commune
from maille.inventory.schema.governance import Analytic, Convention, Parties
from maille.inventory.schema.network import Network
from maille.inventory.schema.rollout import Nomad, RuleWaiver, Wave
from maille.inventory.schema.settings import Settings


class Estate(Model):
    """What exists and what is wanted, as the files say it: nothing computed, no numbers given.

    Read from `estate.yaml`, `centre.yaml`, `network/*.yaml`, `communes/*.yaml`,
    `conventions/*.yaml`, `parties.yaml`, `waves.yaml`, `nomads.yaml`, `analytics.yaml`,
    `waivers.yaml` and the shared catalogue.
    """

    settings: Settings
    catalogue: Catalogue
    network: Network
    centre: Centre
    parties: Parties = Parties()
    conventions: dict[Id, Convention] = Field(default_factory=dict)
    waves: dict[Id, Wave] = Field(default_factory=dict)
    nomads: dict[CameraId, Nomad] = Field(default_factory=dict)
    analytics: dict[Id, Analytic] = Field(default_factory=dict)
    waivers: tuple[RuleWaiver, ...] = ()
    communes: dict[Insee, Commune] = Field(default_factory=dict)
    """By INSEE code, in the order of the codes."""
