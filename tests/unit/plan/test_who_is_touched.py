"""Which switches a change touches: those that it must, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.estates import INVENTORY, built, copy, replace, settle

from maille.plan.plan import plan

if TYPE_CHECKING:
    from pathlib import Path

    from maille.check.built import Built
    from maille.plan.plan import Plan

RING = "plateau-nord-ouest"
DANGERS = "communes/28128-dangers.yaml"

NEWCOMER = """\
commune: Nouvelle
insee: "28999"
population: 120
position: [48.55, 1.32]
zone: rural
member: {since: 2026-10-01, convention: adhesion-28999}
authorisation:
  {number: 28-2026-0999, granted: 2026-10-19, expires: 2031-10-18, retention_max_days: 30}
contract: maintenance
call: [chef-de-salle, astreinte]
cabinets:
  mairie:
    place: Place de la Mairie
    position: [48.55, 1.32]
    synthetic: true
    switch: ie-3300-8p2s
    ring: plateau-nord-ouest
    at_km: 26
    power: {supply: enedis-dangers, ups_minutes: 30}
    cameras:
      28999-0001: {model: p3267-lve, place: façade principale, view: building, masks: [fenetres]}
      28999-0002: {model: q1700-le, place: route principale, view: plate, private_space: false}
"""
CONVENTION = """
  adhesion-28999:
    title: "Convention d'adhésion au CSI, Nouvelle"
    kind: member
    parties: [Chartres métropole, Nouvelle]
    legal_basis: CSI L132-14
    signed: 2026-09-12
    first: 2026-10-01
    communes: ["28999"]
"""


@pytest.fixture(scope="module")
def before() -> Built:
    return built(INVENTORY / "chartres")


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    return copy(INVENTORY / "chartres", tmp_path)


def touched(found: Plan) -> set[str]:
    return {diff.switch for diff in found.configs}


def ids(found: Plan, kind: str) -> set[str]:
    return {change.id for change in found.changes if change.kind == kind}


@pytest.fixture(scope="module")
def with_newcomer(before: Built, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    estate = copy(INVENTORY / "chartres", tmp_path_factory.mktemp("newcomer"))
    (estate / "communes/28999-nouvelle.yaml").write_text(NEWCOMER, encoding="utf-8")
    with (estate / "conventions/membres.yaml").open("a", encoding="utf-8") as file:
        file.write(CONVENTION)
    settle(estate)
    return plan(before, built(estate))


class TestCommuneAdded:
    def test_configurations_of_its_ring_and_of_the_pair(
        self, before: Built, with_newcomer: Plan
    ) -> None:
        ring = before.blueprint.rings[RING]
        pair = before.blueprint.pairs[ring.pair]

        assert touched(with_newcomer) == {
            *ring.members,
            pair.primary,
            pair.secondary,
            "28999-mairie",
        }

    def test_flows_of_itself_and_of_nobody_else(self, with_newcomer: Plan) -> None:
        flows = [change for change in with_newcomer.changes if change.kind == "flow"]

        assert flows
        assert all(change.action == "added" for change in flows)
        assert all(change.communes == {"28999"} for change in flows)

    def test_cameras_shares_and_segments_of_others_stay(self, with_newcomer: Plan) -> None:
        for kind in ("commune", "camera", "storage", "segment", "host"):
            of_kind = [change for change in with_newcomer.changes if change.kind == kind]
            assert all(change.communes == {"28999"} for change in of_kind)
        assert ids(with_newcomer, "commune") == {"28999"}
        assert ids(with_newcomer, "camera") == {"28999-0001", "28999-0002"}

    def test_its_neighbours_get_new_links_and_the_others_keep_theirs(
        self, with_newcomer: Plan
    ) -> None:
        links = {
            (change.action, change.id)
            for change in with_newcomer.changes
            if change.kind == "link" and change.action != "changed"
        }
        fields = {
            field.field
            for change in with_newcomer.changes
            if change.kind == "link"
            for field in change.fields
        }

        assert links == {
            ("removed", "28128-eglise -- 28060-eglise"),
            ("added", "28128-eglise -- 28999-mairie"),
            ("added", "28999-mairie -- 28060-eglise"),
        }
        assert fields == {"segments"}

    def test_nothing_but_its_vlans_comes_to_those_that_are_no_neighbours(
        self, with_newcomer: Plan
    ) -> None:
        (far,) = (diff for diff in with_newcomer.configs if diff.switch == "28022-mairie")
        lines = [line for line in far.lines if line[0] in "+-"]

        assert sum("switchport trunk allowed vlan" in line for line in lines) == 4
        rest = [line for line in lines if "switchport trunk allowed vlan" not in line]
        assert [line.split()[-1] for line in rest] == [
            "130",
            "CAM-28999-PLATEAU-NORD-OUEST",
            "131",
            "MGMT-28999-PLATEAU-NORD-OUEST",
        ]

    def test_of_its_commune_only_its_own(self, with_newcomer: Plan) -> None:
        own = with_newcomer.of("28999")

        assert touched(own) == {"28999-mairie"}
        assert ids(own, "switch") == {"28999-mairie"}
        assert touched(with_newcomer.of("28128")) == {"28128-eglise"}
        assert with_newcomer.of("28001").empty


def test_a_camera_that_is_added_touches_its_switch_alone(before: Built, estate: Path) -> None:
    replace(
        estate / DANGERS,
        "      28128-0004:",
        "      28128-0005: {model: p3267-lve, place: école, view: building, masks: [x]}\n"
        "      28128-0004:",
    )
    settle(estate)

    found = plan(before, built(estate))

    assert touched(found) == {"28128-eglise"}
    assert {(change.kind, change.id) for change in found.changes} == {
        ("camera", "28128-0005"),
        ("commune", "28128"),
        ("storage", "28128"),
    }


def test_a_camera_that_is_replaced_touches_its_switch_alone(before: Built, estate: Path) -> None:
    replace(estate / "communes/28085-chartres.yaml", "b8:a4:4f:15:40:01", "b8:a4:4f:99:99:99")

    found = plan(before, built(estate))

    (change,) = found.changes
    assert (change.kind, change.id) == ("camera", "28085-0001")
    assert [field.field for field in change.fields] == ["mac"]
    assert touched(found) == {"28085-marche"}


def test_the_domain_name_touches_every_switch(before: Built, estate: Path) -> None:
    replace(estate / "estate.yaml", "domain_name: video.chartres.example", "domain_name: v.example")

    assert touched(plan(before, built(estate))) == set(before.blueprint.switches)


def test_the_same_estate_is_an_empty_plan(before: Built, estate: Path) -> None:
    found = plan(before, built(estate))

    assert found.empty
    assert not found.rises
    assert all(figure.before == figure.after for figure in found.figures)
