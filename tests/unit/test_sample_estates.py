"""The facts that the sample estates were written to express.

Chalon-sur-Saône, Malataverne and Cecos are described in public; each assertion here is one of
the things that are told of them.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maille.check.run import check
from maille.inventory.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.commune import Camera
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.governance import Grant

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
NAMES = ("chalon", "malataverne", "cecos")
MASSY = "91377"


def estate(name: str) -> Estate:
    return load(ROOT / "inventory" / name).whole()


@pytest.fixture(scope="module")
def chalon() -> Estate:
    return estate("chalon")


@pytest.fixture(scope="module")
def malataverne() -> Estate:
    return estate("malataverne")


@pytest.fixture(scope="module")
def cecos() -> Estate:
    return estate("cecos")


def cameras(of: Estate) -> dict[str, Camera]:
    return {
        ident: camera
        for commune in of.communes.values()
        for cabinet in commune.cabinets.values()
        for ident, camera in cabinet.cameras.items()
    }


def in_service(of: Estate, day: date = TODAY) -> int:
    return sum(bool(c.in_service and c.in_service <= day) for c in cameras(of).values())


def grants(of: Estate, kind: str) -> Iterator[Grant]:
    """Give what conventions grant to agencies of a kind."""
    for convention in of.conventions.values():
        for grant in convention.grants.values():
            if of.parties.agencies[grant.agency].kind == kind:
                yield grant


@pytest.mark.parametrize("name", NAMES)
def test_every_place_says_that_it_is_invented(name: str) -> None:
    found = estate(name)
    assert found.settings.synthetic
    assert all(site.synthetic for site in found.network.sites.values())
    for commune in found.communes.values():
        assert all(cabinet.synthetic for cabinet in commune.cabinets.values())
        assert all(place.synthetic for place in commune.places.values())


@pytest.mark.parametrize("name", NAMES)
def test_it_passes_the_check(name: str) -> None:
    findings = check(ROOT / "inventory" / name, TODAY).findings
    assert [(f.code, f.subject, f.what) for f in findings if f.fails] == []


class TestChalon:
    def test_160_cameras_now_and_200_planned(self, chalon: Estate) -> None:
        assert in_service(chalon) == 160
        assert len(cameras(chalon)) == 200

    def test_two_dated_batches_lie_ahead(self, chalon: Estate) -> None:
        ahead = {key: wave for key, wave in chalon.waves.items() if wave.due > TODAY}
        counts = {
            key: sum(camera.wave == key for camera in cameras(chalon).values()) for key in ahead
        }
        assert sorted(counts.values()) == [15, 25]
        assert all(wave.state == "planned" for wave in ahead.values())

    def test_six_nomads_move_between_prepared_points(self, chalon: Estate) -> None:
        points = {
            f"{insee}/{key}/{point}"
            for insee, commune in chalon.communes.items()
            for key, cabinet in commune.cabinets.items()
            for point in cabinet.attachment_points
        }
        assert len(chalon.nomads) == 6
        assert not chalon.nomads.keys() & cameras(chalon).keys()
        for nomad in chalon.nomads.values():
            assert {assignment.at for assignment in nomad.assignments} <= points
        moves = [len({a.at for a in nomad.assignments}) for nomad in chalon.nomads.values()]
        assert max(moves) > 1

    def test_images_are_kept_14_days(self, chalon: Estate) -> None:
        assert chalon.settings.retention.days == 14

    def test_eight_operators_and_two_policemen_until_three(self, chalon: Estate) -> None:
        kinds = {
            chalon.parties.agencies[team.agency].kind: team.people for team in chalon.centre.teams
        }
        assert kinds == {"operator": 8, "police-municipale": 2}
        hours = chalon.centre.hours
        assert (hours.opens, hours.closes, len(hours.days)) == (time(7, 30), time(3), 7)

    def test_the_police_of_two_towns_sees_live(self, chalon: Estate) -> None:
        live = [g for g in grants(chalon, "police-nationale") if "live" in g.access]
        assert [set(grant.sites) for grant in live] == [{"chalon", "macon"}]
        assert live[0].mode == "permanent"
        assert live[0].access == ("live",)

    def test_private_space_is_blurred(self, chalon: Estate) -> None:
        assert all(c.masks or not c.private_space for c in cameras(chalon).values())
        assert any(camera.masks for camera in cameras(chalon).values())

    def test_the_centre_moved(self, chalon: Estate) -> None:
        before, now = chalon.centre.premises
        assert before.site != now.site
        assert before.until
        assert before.until < now.since <= TODAY

    def test_the_script_writes_what_is_committed(self, tmp_path: Path) -> None:
        for folder in ("communes", "network"):
            (tmp_path / folder).mkdir()
        script = [sys.executable, "-m", "inventory.generate.chalon", str(tmp_path)]
        subprocess.run(script, cwd=ROOT, check=True)
        written = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert len(written) == 3
        for file in written:
            committed = ROOT / "inventory/chalon" / file.relative_to(tmp_path)
            assert file.read_bytes() == committed.read_bytes()


class TestMalataverne:
    def test_one_small_commune_with_a_cvpu(self, malataverne: Estate) -> None:
        assert malataverne.centre.kind == "CVPU"
        assert set(malataverne.communes) == {"26169"}
        assert in_service(malataverne) == len(cameras(malataverne)) == 12

    def test_the_agreement_of_2018_opens_images_case_by_case(self, malataverne: Estate) -> None:
        (agreement,) = (c for c in malataverne.conventions.values() if c.kind == "coordination")
        assert agreement.signed.year == 2018
        kinds = {malataverne.parties.agencies[g.agency].kind for g in agreement.grants.values()}
        assert kinds == {"gendarmerie", "prefecture"}
        for grant in agreement.grants.values():
            assert grant.mode == "on-request"
            assert grant.reference_required
            assert grant.cases
            for case in grant.cases.values():
                assert case.cameras
                assert case.opened <= case.closes

    def test_state_agencies_have_no_standing_access(self, malataverne: Estate) -> None:
        for kind in ("gendarmerie", "prefecture"):
            assert all(grant.mode != "permanent" for grant in grants(malataverne, kind))

    def test_the_school_is_under_a_ppms(self, malataverne: Estate) -> None:
        cabinets = malataverne.communes["26169"].cabinets.values()
        (plan,) = (cabinet.ppms for cabinet in cabinets if cabinet.ppms)
        assert plan.site == "school"
        assert {"intrusion", "séisme"} <= set(plan.risks)

    def test_144_requests_in_2020(self, malataverne: Estate) -> None:
        assert malataverne.settings.requests.by_year["2020"] == 144


class TestCecos:
    def test_three_bodies_staff_one_room(self, cecos: Estate) -> None:
        kinds = {cecos.parties.agencies[team.agency].kind for team in cecos.centre.teams}
        assert kinds == {"sncf", "ratp", "police-nationale"}

    def test_each_owner_answers_for_its_own(self, cecos: Estate) -> None:
        owners = {
            camera.owner or commune.owner
            for commune in cecos.communes.values()
            for cabinet in commune.cabinets.values()
            for camera in cabinet.cameras.values()
        }
        assert owners == set(cecos.parties.owners) == {"sncf", "ratp", "police"}
        for convention in cecos.conventions.values():
            for grant in convention.grants.values():
                assert set(grant.scope.owners) <= set(convention.parties)

    def test_what_one_opens_to_another_is_live_only(self, cecos: Estate) -> None:
        for body in ("sncf", "ratp"):
            for grant in grants(cecos, body):
                foreign = set(grant.scope.owners) - {body}
                assert grant.access == ("live",) or not foreign

    def test_competence_ends_with_the_inner_suburbs(self, cecos: Estate) -> None:
        (jurisdiction,) = cecos.parties.jurisdictions.values()
        assert {insee[:2] for insee in jurisdiction.communes} == {"75", "92", "93", "94"}
        assert MASSY in cecos.communes
        assert MASSY not in jurisdiction.communes
        for grant in grants(cecos, "police-nationale"):
            assert not grant.scope.all
            assert MASSY not in grant.scope.communes

    def test_some_bus_stations_have_cameras_and_some_have_none(self, cecos: Estate) -> None:
        stations = {
            key
            for commune in cecos.communes.values()
            for key, place in commune.places.items()
            if place.kind == "bus-station"
        }
        covered = {key for camera in cameras(cecos).values() for key in camera.covers}
        assert len(stations & covered) == 11
        assert stations - covered == {
            "bercy-cars", "maillot-cars", "prefecture-bus", "saint-denis-bus",
        }  # fmt: skip

    def test_files_are_erased_by_whoever_owns_them(self, cecos: Estate) -> None:
        owners = {key: entry.retention_owner for key, entry in cecos.centre.recorders.items()}
        assert owners["enregistreur-ratp"] == "vms"
        assert owners["enregistreur-sncf"] == "maille"
