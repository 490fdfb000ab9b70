"""The kinds of file that an inventory is made of, and the fields that each may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maille.inventory.schema.catalogue import Catalogue
from maille.inventory.schema.centre import Centre
from maille.inventory.schema.commune import Commune
from maille.inventory.schema.governance import Analytics, Conventions, Parties
from maille.inventory.schema.network import Network
from maille.inventory.schema.rollout import Nomads, Rollout, Waivers
from maille.inventory.schema.settings import Settings

if TYPE_CHECKING:
    from maille.inventory.schema.base import Model


class FileKind(NamedTuple):
    """One kind of file: where it lies and what it holds."""

    name: str
    glob: str
    """Below the estate's folder; the catalogue's lies beside the estates."""
    model: type[Model]
    fields: tuple[str, ...] = ()
    """The fields of the model that stand in this file; none named means all of them."""


KINDS = (
    FileKind("estate", "estate.yaml", Settings),
    FileKind("centre", "centre.yaml", Centre),
    FileKind("parties", "parties.yaml", Parties),
    FileKind("waves", "waves.yaml", Rollout),
    FileKind("nomads", "nomads.yaml", Nomads),
    FileKind("analytics", "analytics.yaml", Analytics),
    FileKind("waivers", "waivers.yaml", Waivers),
    FileKind("commune", "communes/*.yaml", Commune),
    FileKind("conventions", "conventions/*.yaml", Conventions),
    FileKind("sites", "network/sites.yaml", Network, ("supplies", "sites")),
    FileKind("cables", "network/cables.yaml", Network, ("ducts", "cables", "fibre")),
    FileKind("rings", "network/rings.yaml", Network, ("pairs", "rings")),
    FileKind("links", "network/links.yaml", Network, ("links",)),
    FileKind("cameras", "catalogue/cameras.yaml", Catalogue, ("cameras",)),
    FileKind("switches", "catalogue/switches.yaml", Catalogue, ("switches",)),
    FileKind("optics", "catalogue/optics.yaml", Catalogue, ("optics",)),
    FileKind("servers", "catalogue/servers.yaml", Catalogue, ("servers",)),
)
