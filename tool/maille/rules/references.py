"""Every name must be the name of something: I301 to I303."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from maille.errors import Severity
from maille.inventory.references import references
from maille.inventory.suggest import unknown
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from maille.inventory.references import Reference
    from maille.inventory.schema.estate import Estate
    from maille.rules.model import EstateContext


class Target(NamedTuple):
    """Where the things of one kind are defined, and their ids."""

    branch: tuple[str, ...]
    """Names are not judged if a file of this branch was refused."""
    ids: Callable[[Estate], Collection[str]]
    home: str = ""
    """The file, or folder, in which one more is written."""


def _switches(estate: Estate) -> Collection[str]:
    return {
        *(switch for site in estate.network.sites.values() for switch in site.switches),
        *(
            cabinet_switch(insee, key)
            for insee, commune in estate.communes.items()
            for key in commune.cabinets
        ),
    }


def _cameras(estate: Estate) -> Collection[str]:
    cabinets = chain.from_iterable(
        commune.cabinets.values() for commune in estate.communes.values()
    )
    return {*(ident for cabinet in cabinets for ident in cabinet.cameras), *estate.nomads}


def _sectors(estate: Estate) -> Collection[str]:
    return {key for commune in estate.communes.values() for key in commune.sectors}


def _viewing_sites(estate: Estate) -> Collection[str]:
    agencies = estate.parties.agencies.values()
    return {*estate.centre.rooms, *(site for agency in agencies for site in agency.sites)}


TARGETS: dict[str, Target] = {
    "camera model": Target(("catalogue", "cameras"), lambda e: e.catalogue.cameras),
    "switch model": Target(("catalogue", "switches"), lambda e: e.catalogue.switches),
    "optic": Target(("catalogue", "optics"), lambda e: e.catalogue.optics),
    "server model": Target(("catalogue", "servers"), lambda e: e.catalogue.servers),
    "cable": Target(("network",), lambda e: e.network.cables, "network/cables.yaml"),
    "duct": Target(("network",), lambda e: e.network.ducts, "network/cables.yaml"),
    "ring": Target(("network",), lambda e: e.network.rings, "network/rings.yaml"),
    "pair": Target(("network",), lambda e: e.network.pairs, "network/rings.yaml"),
    "site": Target(("network",), lambda e: e.network.sites, "network/sites.yaml"),
    "supply": Target(("network",), lambda e: e.network.supplies, "network/sites.yaml"),
    "switch": Target(("communes",), _switches),
    "segment of the centre": Target(("centre",), lambda e: e.centre.segments, "centre.yaml"),
    "host": Target(("centre",), lambda e: e.centre.hosts, "centre.yaml"),
    "recorder": Target(("centre",), lambda e: e.centre.recorders, "centre.yaml"),
    "viewing site": Target(("parties",), _viewing_sites),
    "profile": Target(("settings",), lambda e: e.settings.profiles, "estate.yaml"),
    "wave": Target(("waves",), lambda e: e.waves, "waves.yaml"),
    "convention": Target(("conventions",), lambda e: e.conventions, "conventions/"),
    "owner": Target(("parties",), lambda e: e.parties.owners, "parties.yaml"),
    "contact": Target(("parties",), lambda e: e.parties.contacts, "parties.yaml"),
    "contract": Target(("parties",), lambda e: e.parties.contracts, "parties.yaml"),
    "agency": Target(("parties",), lambda e: e.parties.agencies, "parties.yaml"),
    "sector": Target(("communes",), _sectors),
    "camera": Target(("communes",), _cameras),
    "commune": Target(("communes",), lambda e: e.communes),
}


def _unknown_names(context: EstateContext) -> Iterator[Hit]:
    ids: dict[str, Collection[str]] = {}
    for reference in references(context.estate):
        target = TARGETS[reference.kind]
        if reference.kind not in ids:
            ids[reference.kind] = target.ids(context.estate)
        if reference.name not in ids[reference.kind] and context.knows(*target.branch):
            what, how = _told(reference, target, ids[reference.kind], context.estate)
            yield Hit(reference.path, what, how, subject=_subject(reference))


def _told(
    reference: Reference, target: Target, known: Collection[str], estate: Estate
) -> tuple[str, str]:
    """Say what is unknown and what may have been meant, or where it is to be written."""
    if reference.kind == "commune":
        return _unknown_commune(reference.name, estate)
    what, how = unknown(reference.kind, reference.name, known)
    return what, f"{how} If not, write it in {target.home}" if _asks(how, target) else how


def _asks(how: str, target: Target) -> bool:
    return bool(target.home) and how.endswith("?")


def _unknown_commune(code: str, estate: Estate) -> tuple[str, str]:
    """Codes that look alike are neighbours in the alphabet and nothing else: none is proposed."""
    for insee, commune in estate.communes.items():
        if code in commune.formerly:
            what = f"commune `{code}` has become part of {commune.commune}"
            return what, f"write `{insee}`, or take it out if that stands there too"
    return f"commune `{code}` unknown", (
        "correct the code, write the commune's file in communes/, or take the code out here"
    )


def _subject(reference: Reference) -> str:
    """Name what the reference belongs to: the last key of a map on its way."""
    keys = [part for part in reference.path[:-1] if isinstance(part, str)]
    return keys[-1] if keys else str(reference.path[0])


def _unknown_in_commune(context: EstateContext) -> Iterator[Hit]:
    """Sectors and further authorisations are the commune's own."""
    for insee, commune in context.estate.communes.items():
        at = ("communes", insee, "cabinets")
        for key, cabinet in commune.cabinets.items():
            if cabinet.sector and cabinet.sector not in commune.sectors:
                what, how = unknown("sector", cabinet.sector, commune.sectors)
                yield Hit((*at, key, "sector"), what, how, cabinet_switch(insee, key))
            for ident, camera in cabinet.cameras.items():
                path = (*at, key, "cameras", ident)
                if camera.sector and camera.sector not in commune.sectors:
                    what, how = unknown("sector", camera.sector, commune.sectors)
                    yield Hit((*path, "sector"), what, how, ident)
                further = commune.further_authorisations
                if camera.authorisation and camera.authorisation not in further:
                    what, how = unknown("authorisation", camera.authorisation, further)
                    yield Hit((*path, "authorisation"), what, how, ident)
                for index, place in enumerate(camera.covers):
                    if place not in commune.places:
                        what, how = unknown("place", place, commune.places)
                        yield Hit((*path, "covers", index), what, how, ident)


def _unknown_to_nomads(context: EstateContext) -> Iterator[Hit]:
    """Where a nomad hangs it films by an authorisation of that commune."""
    for ident, nomad in context.estate.nomads.items():
        for index, entry in enumerate(nomad.assignments):
            commune = context.estate.communes.get(entry.at[:5])
            further = commune.further_authorisations if commune else {}
            if commune and entry.authorisation and entry.authorisation not in further:
                what, how = unknown("authorisation", entry.authorisation, further)
                yield Hit(
                    ("nomads", ident, "assignments", index, "authorisation"), what, how, ident
                )


def _names_within(context: EstateContext) -> Iterator[Hit]:
    yield from _unknown_in_commune(context)
    yield from _unknown_to_nomads(context)


def _views(context: EstateContext) -> Iterator[Hit]:
    """Tell each view that cameras have and the estate gives no profile, once."""
    estate = context.estate
    views = {
        camera.view: ident
        for commune in estate.communes.values()
        for cabinet in commune.cabinets.values()
        for ident, camera in cabinet.cameras.items()
        if camera.profile is None
    }
    views |= {nomad.view: ident for ident, nomad in estate.nomads.items() if nomad.profile is None}
    for view in sorted(views.keys() - estate.settings.views.keys()):
        yield Hit(
            ("settings", "views"),
            f"view `{view}` has no profile, and camera {views[view]} has that view",
            f"write `{view}: <profile>` into `views`, or a `profile` into its cameras",
            view,
        )


DANGLING = frozenset({"I301", "I302", "I303"})
"""Codes of names that lead nowhere."""

RULES = (
    EstateRule(
        RuleInfo(
            "I301",
            "unknown name",
            Severity.ERROR,
            "maille",
            "A field names something that is defined nowhere: a model that the catalogue lacks, a "
            "ring, a cable, a wave, a convention, a contact. The nearest known names are given.",
        ),
        _unknown_names,
        judges=(),
    ),
    EstateRule(
        RuleInfo(
            "I302",
            "unknown name within the commune",
            Severity.ERROR,
            "maille",
            "Sectors, further authorisations and places to cover are defined in the commune's own "
            "file, and a camera, or a nomad while it hangs there, may name only those.",
        ),
        _names_within,
        judges=(),
    ),
    EstateRule(
        RuleInfo(
            "I303",
            "view without a profile",
            Severity.ERROR,
            "maille",
            "The estate gives each view a profile; codec, resolution and bitrate of its cameras "
            "follow from it. A camera may name a profile of its own instead.",
        ),
        _views,
        judges=(),
    ),
)
