"""The whole export: files by their path, numbered in the order in which to import them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.netbox.addresses import addresses
from maille.documents.netbox.devices import devices
from maille.documents.netbox.form import as_csv
from maille.documents.netbox.interfaces import interfaces
from maille.documents.netbox.places import places
from maille.documents.netbox.readme import README, readme
from maille.documents.netbox.vlans import vlans

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.documents.netbox.form import Form


def forms(blueprint: Blueprint) -> tuple[Form, ...]:
    """Give all files in the order of the import."""
    return (
        *places(blueprint),
        *devices(blueprint),
        *vlans(blueprint),
        *interfaces(blueprint),
        *addresses(blueprint),
    )


def netbox(blueprint: Blueprint) -> dict[str, str]:
    """Give every file by its name: `01-sites.csv` to the addresses, and what says all of it."""
    numbered = {
        f"{number:02}-{made.name}.csv": made
        for number, made in enumerate(forms(blueprint), start=1)
    }
    settings = blueprint.estate.settings
    files = {name: as_csv(made) for name, made in numbered.items()}
    return {README: readme(numbered, settings.title, blueprint.as_of.isoformat()), **files}
