"""Whatever is changed in an inventory, a plan says so: `nothing changes` is never a lie."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.estates import AS_OF, COMPLETE, INVENTORY, built

from maille.allocation.files import require_lock
from maille.blueprint.build import build
from maille.plan.changes import changes
from maille.plan.entries import entry_changes

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint
    from maille.plan.changes import Change

EPARS = ("communes", "28085", "cabinets", "epars")
CAMERA = (*EPARS, "cameras", "28085-0001")
CONVENTION = ("conventions", "etat-2024")


@pytest.fixture(scope="module")
def before() -> Blueprint:
    return built(COMPLETE).blueprint


def altered(value: Any, path: tuple[str, ...], leaf: object) -> Any:  # noqa: ANN401  # any part of the tree
    """Give a part of the inventory with another value at a path."""
    if not path:
        return leaf
    head, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {**value, head: altered(value[head], rest, leaf)}
    return value.model_copy(update={head: altered(getattr(value, head), rest, leaf)})


def planned(before: Blueprint, path: tuple[str, ...], leaf: object) -> tuple[Change, ...]:
    """Give the changes that another value at a path of the inventory leads to."""
    estate = altered(before.estate, path, leaf)
    after = build(estate, require_lock(COMPLETE), AS_OF)
    return (*changes(before, after), *entry_changes(before, after))


TERMS = [
    (("settings", "storage", "full_ratio_target"), 0.7, "setting", "storage"),
    (("settings", "title"), "Another", "setting", "title"),
    (("settings", "max_load"), 0.5, "setting", "max_load"),
    (("waves", "second", "due"), date(2028, 1, 1), "wave", "second"),
    ((*CONVENTION, "expires"), date(2027, 1, 1), "convention", "etat-2024"),
    (("network", "cables", "f-0101", "fibres"), 6, "network entry", "cables.f-0101"),
    (("network", "cables", "f-0101", "length_km"), 7.0, "network entry", "cables.f-0101"),
    (("network", "supplies", "a", "title"), "B", "network entry", "supplies.a"),
    (("network", "sites", "sud", "power", "ups_minutes"), 5, "network entry", "sites.sud"),
    (("network", "rings", "boucle-sud", "title"), "Ring", "network entry", "rings.boucle-sud"),
    (("network", "fibre", "ageing_db"), 3.0, "fibre practice", "fibre"),
    (("communes", "28085", "authorisation", "number"), "x", "commune entry", "28085"),
    (("communes", "28085", "call"), ("nobody",), "commune entry", "28085"),
    ((*EPARS, "power", "ups_minutes"), 1, "cabinet entry", "28085/epars"),
    ((*CAMERA, "masks"), (), "camera entry", "28085-0001"),
    ((*CAMERA, "audio"), True, "camera entry", "28085-0001"),
    ((*CAMERA, "measured_mbps"), 3.5, "camera entry", "28085-0001"),
]


@pytest.mark.parametrize(("path", "leaf", "kind", "ident"), TERMS)
def test_terms_rights_and_dates_are_told(
    before: Blueprint, path: tuple[str, ...], leaf: object, kind: str, ident: str
) -> None:
    found = planned(before, path, leaf)

    (change,) = (change for change in found if change.kind == kind)
    assert (change.id, change.action) == (ident, "changed")
    assert len(change.fields) == 1


THINGS = [
    ((*CAMERA, "model"), "p1465-le", "camera"),
    ((*CAMERA, "place"), "roof", "camera"),
    ((*CAMERA, "view"), "road", "camera"),
    ((*CAMERA, "mac"), None, "camera"),
    ((*CAMERA, "profile"), "rue", "camera"),
    ((*CAMERA, "sector"), "s", "camera"),
    ((*CAMERA, "wave"), "second", "camera"),
    ((*CAMERA, "in_service"), date(2025, 7, 1), "camera"),
    ((*CAMERA, "out_of_service"), date(2026, 1, 1), "camera"),
    ((*EPARS, "place"), "roof", "switch"),
    ((*EPARS, "switch"), "ie-2000-16ptc-g-e", "switch"),
    ((*EPARS, "in_service"), None, "switch"),
    ((*EPARS, "extra_config"), (), "switch"),
    ((*EPARS, "unmanaged"), (), "switch"),
    (("communes", "28085", "commune"), "Là", "commune"),
    (("network", "sites", "sud", "switches", "agg-1", "in_service"), False, "switch"),
    (("network", "sites", "csi", "switches", "acces-1", "model"), "c9200l-24p-4g", "switch"),
    (("network", "sites", "sud", "switches", "agg-1", "unmanaged"), ("x",), "switch"),
    (("network", "sites", "sud", "switches", "agg-1", "extra_config"), ("x",), "switch"),
    (("network", "sites", "csi", "switches", "core-1", "supply"), "b", "switch"),
    (("network", "links", "sud-nord", "speed_mbps"), 1000, "link"),
    (("network", "links", "sud-nord", "in_service"), False, "link"),
]


@pytest.mark.parametrize(("path", "leaf", "kind"), THINGS)
def test_what_the_blueprint_tells_is_not_told_twice(
    before: Blueprint, path: tuple[str, ...], leaf: object, kind: str
) -> None:
    found = planned(before, path, leaf)

    assert kind in {change.kind for change in found}
    assert not [change for change in found if change.kind.endswith("entry")]
    for change in found:
        assert all(
            field.before != field.after or field.added or field.removed for field in change.fields
        ), change


def test_a_grant_that_comes_and_one_that_widens(before: Blueprint) -> None:
    estate = built(INVENTORY / "chartres").blueprint.estate
    given = estate.conventions["etat-2025"].grants["prefecture-crise"]
    path = ("conventions", "etat-2024", "grants")
    granted = replace(before, estate=altered(before.estate, path, {"crise": given}))
    wider = altered(granted.estate, (*path, "crise", "access"), ("live", "recorded"))

    (came,) = entry_changes(before, granted)
    (more,) = entry_changes(granted, replace(before, estate=wider))
    (gone,) = entry_changes(granted, before)

    assert (came.kind, came.id, came.action) == ("grant", "etat-2024/crise", "added")
    assert [(field.field, field.added) for field in more.fields] == [("access", ("recorded",))]
    assert gone.action == "removed"


@pytest.mark.parametrize("name", ["chartres", "chalon", "malataverne", "cecos"])
def test_every_entry_has_a_kind_and_sameness_is_no_change(name: str) -> None:
    blueprint = built(INVENTORY / name).blueprint
    retitled = altered(blueprint.estate, ("settings", "title"), "Another")

    assert entry_changes(blueprint, blueprint) == ()
    assert len(entry_changes(blueprint, replace(blueprint, estate=retitled))) == 1


def test_secrets_are_told_as_references(before: Blueprint) -> None:
    (change,) = planned(before, ("settings", "management", "radius_key"), "env:OTHER")

    assert [(field.before, field.after) for field in change.fields] == [
        ("env:MAILLE_RADIUS_KEY", "env:OTHER")
    ]
