"""Where the recordings of cameras lie, and which of them a requisition may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.check.scope import commune_named
from maille.errors import UsageError
from maille.inventory.suggest import slug, unknown
from maille.retention.promise import areas_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from maille.blueprint.model import Blueprint
    from maille.ceph.connection import Cluster
    from maille.retention.places import Group
    from maille.retention.promise import Area, Rule

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A camera's recordings."""

    folder: str
    """Below the group of the estate's recordings."""
    rule: Rule
    ours: bool
    """Whether only maille erases there."""


def cameras_named(
    blueprint: Blueprint, cameras: Iterable[str], communes: Iterable[str], places: Iterable[str]
) -> tuple[str, ...]:
    """Give the cameras that are named, those of communes, and those at places, by id.

    Raises:
        UsageError: something is unknown, or no camera is named.
    """
    found: set[str] = set()
    for ident in cameras:
        if ident not in blueprint.cameras:
            raise UsageError(*unknown("camera", ident, blueprint.cameras))
        found.add(ident)
    for word in communes:
        insee = commune_named(blueprint.estate, word)
        within = {key for key, one in blueprint.cameras.items() if one.commune == insee}
        if not within:
            raise UsageError(f"{word} has no camera", "name another commune")
        found |= within
    for word in places:
        at = {key for key, one in blueprint.cameras.items() if slug(one.place) == slug(word)}
        if not at:
            known = {one.place for one in blueprint.cameras.values() if one.place}
            raise UsageError(*unknown("place", word, known))
        found |= at
    if not found:
        raise UsageError("no camera is named", "add --camera, --commune or --place")
    return tuple(sorted(found))


def places_of(
    blueprint: Blueprint, cluster: Cluster, group: Group, cameras: Collection[str]
) -> dict[str, Place]:
    """Find the recordings of cameras; those of a camera that is unknown by now are left out.

    Raises:
        UsageError: a camera's images are no files on the cluster.
    """
    areas = [area for area in areas_of(blueprint) if set(area.promises) & set(cameras)]
    found = {}
    for place in group.places(cluster, [area for area in areas if area.access != "rbd"]):
        for ident in set(place.area.promises) & set(cameras):
            if place.folder is None:
                raise UsageError(
                    f"the subvolume {place.area.subvolume} is not on the cluster",
                    "`maille storage up` makes it",
                )
            found[ident] = Place(
                f"{place.folder}/{ident}", place.area.promises[ident].rule, place.area.ours
            )
    for area in areas:
        if area.access == "rbd":
            _refuse(area, cameras)
    return found


def beyond_us(places: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    """Give what is to be said of cameras whose images another software erases."""
    theirs = sorted(ident for ident, place in places.items() if not place.ours)
    if theirs:
        shown = ", ".join(theirs[:_SHOWN]) + (" …" if len(theirs) > _SHOWN else "")
        yield (
            f"the recorder's own software erases the images of {shown}",
            "what is asked for is safe once it is copied, and not before",
        )


def _refuse(area: Area, cameras: Collection[str]) -> None:
    shown = ", ".join(sorted(set(area.promises) & set(cameras)))
    raise UsageError(
        f"the images of {shown} lie in a block device of their recorder",
        "let its software export them; this tool cannot read them",
    )
