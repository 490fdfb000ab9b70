"""The whole draft: trees by file, the estate that they are, and their text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from maille.adopt.drafting.catalogue import extra_models
from maille.adopt.drafting.centre import centre_tree
from maille.adopt.drafting.comments import comment_of
from maille.adopt.drafting.communes import commune_tree, nomads_tree
from maille.adopt.drafting.estate import estate_tree
from maille.adopt.drafting.network import NetworkDraft
from maille.adopt.drafting.plan import CONVENTION, NO_COMMUNE
from maille.adopt.drafting.yaml_text import Inline, document
from maille.adopt.names import slug
from maille.inventory.schema.centre import Centre
from maille.inventory.schema.commune import Commune
from maille.inventory.schema.estate import Estate
from maille.inventory.schema.governance import Conventions
from maille.inventory.schema.network import Network
from maille.inventory.schema.rollout import Nomads
from maille.inventory.schema.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.adopt.drafting.plan import Plan
    from maille.inventory.schema.catalogue import Catalogue

_CONVENTIONS: Final = "conventions/membres.yaml"
_KINDS: Final = {"communes": "commune", "conventions": "conventions"}
"""Kinds of files that go by their folder; others go by their name."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The files of the draft as trees, and the estate that they describe."""

    trees: Mapping[str, Mapping[str, Any]]
    """By path; without the catalogue."""
    extra: Catalogue
    """Models that the catalogue lacks."""
    estate: Estate

    def texts(self, schema_folder: str, language: str) -> dict[str, str]:
        """Give the text of every file; `schema_folder` is seen from the estate's folder."""
        found = {}
        for path, tree in self.trees.items():
            folder, _, name = path.rpartition("/")
            kind = _KINDS.get(folder) or name.removesuffix(".yaml")
            up = "../" if folder else ""
            schema = f"{up}{schema_folder}/{kind}.json"
            found[path] = document(schema, comment_of(kind, language), tree)
        return found


def draft(plan: Plan, base: Catalogue) -> Draft:
    """Draft everything; `base` is the catalogue without models of this estate alone."""
    network = NetworkDraft(plan)
    trees: dict[str, Mapping[str, Any]] = {
        "estate.yaml": estate_tree(plan),
        "centre.yaml": centre_tree(plan, network),
        **network.files(),
        _CONVENTIONS: {"conventions": {CONVENTION: _convention(plan)}},
    }
    communes = {insee: commune_tree(plan, insee, network.supplies) for insee in plan.survey.towns}
    for insee, tree in (communes or {NO_COMMUNE: _no_commune()}).items():
        trees[f"communes/{insee}-{slug(str(tree['commune']))}.yaml"] = tree
    trees["waivers.yaml"] = {"waivers": []}
    if any(each.nomad for each in plan.uses.all):
        trees["nomads.yaml"] = nomads_tree(plan)
    extra = extra_models(plan, base)
    return Draft(trees, extra, _estate(trees, plan.catalogue))


def _convention(plan: Plan) -> dict[str, Any]:
    return {
        "title": "Conventions with the member communes",
        "kind": "member",
        "parties": ["the communes that were adopted"],
        "legal_basis": "CSI L132-14",
        "signed": str(plan.wish.today),
        "communes": sorted(plan.survey.towns),
    }


def _no_commune() -> dict[str, Any]:
    """Give a stand-in, as sites must be in a commune."""
    return {"commune": "Commune inconnue", "insee": NO_COMMUNE, "cabinets": Inline()}


def _estate(trees: Mapping[str, Mapping[str, Any]], catalogue: Catalogue) -> Estate:
    """Put the estate together, as loading its files would."""
    network = {
        key: value
        for path, tree in trees.items()
        if path.startswith("network/")
        for key, value in tree.items()
    }
    communes = [
        Commune.model_validate(tree) for path, tree in trees.items() if path.startswith("communes/")
    ]
    return Estate(
        settings=Settings.model_validate(trees["estate.yaml"]),
        catalogue=catalogue,
        network=Network.model_validate(network),
        centre=Centre.model_validate(trees["centre.yaml"]),
        nomads=Nomads.model_validate(trees.get("nomads.yaml", {})).nomads,
        conventions=Conventions.model_validate(trees[_CONVENTIONS]).conventions,
        communes={each.insee: each for each in sorted(communes, key=lambda each: each.insee)},
    )
