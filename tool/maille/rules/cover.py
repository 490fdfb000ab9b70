"""What somebody expects a camera to see: C001 and C002."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit
from maille.rules.walk import cameras_of
from maille.topology.service import films

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.commune import PlaceToCover
    from maille.rules.model import EstateContext


def _holes(context: EstateContext) -> Iterator[tuple[str, str, PlaceToCover, bool]]:
    """Give each place that no camera covers: commune, key, place, whether one is planned."""
    for insee, commune in context.estate.communes.items():
        running: set[str] = set()
        planned: set[str] = set()
        for _, _, camera in cameras_of(commune):
            (running if films(camera, context.as_of) else planned).update(camera.covers)
        for key, place in commune.places.items():
            if key not in running:
                yield insee, key, place, key in planned


def _required(context: EstateContext) -> set[tuple[str, str]]:
    """Give (commune, kind of place) that a jurisdiction wants covered."""
    return {
        (insee, kind)
        for jurisdiction in context.estate.parties.jurisdictions.values()
        for insee in jurisdiction.communes
        for kind in jurisdiction.must_cover
    }


def _uncovered(context: EstateContext) -> Iterator[Hit]:
    required = _required(context)
    for insee, key, place, planned in _holes(context):
        if (insee, place.kind) not in required:
            how = "a camera is planned for it" if planned else "plan a camera that `covers` it"
            what = f"no camera covers {place.title}"
            yield Hit(("communes", insee, "places", key), what, how, f"{insee}/{key}")


def _holes_in_jurisdiction(context: EstateContext) -> Iterator[Hit]:
    required = _required(context)
    for insee, key, place, planned in _holes(context):
        if (insee, place.kind) in required:
            how = "a camera is planned for it" if planned else "plan a camera that `covers` it"
            yield Hit(
                ("communes", insee, "places", key),
                f"a hole in the cover of a jurisdiction: no camera covers {place.title}",
                how,
                f"{insee}/{key}",
            )


RULES = (
    EstateRule(
        RuleInfo(
            "C001",
            "place without a camera",
            Severity.INFO,
            "maille",
            "A place that was to be covered is seen by no camera in service.",
        ),
        _uncovered,
        judges=("commune",),
    ),
    EstateRule(
        RuleInfo(
            "C002",
            "hole in a jurisdiction",
            Severity.WARNING,
            "maille",
            "A jurisdiction names the kinds of places that must be covered in its communes; every "
            "one without a camera in service is listed.",
        ),
        _holes_in_jurisdiction,
        judges=("commune",),
    ),
)
