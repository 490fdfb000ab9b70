"""The Chartres estate says what is publicly known of it, and is what its script draws."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from inventory.generate import chartres
from inventory.generate.communes import read

from maille.blueprint.bitrate import bitrate
from maille.check.run import check
from maille.errors import Severity
from maille.inventory.load import load
from maille.inventory.schema.catalogue import POE_WATTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.commune import Cabinet, Camera
    from maille.inventory.schema.estate import Estate

FOLDER = Path(__file__).parents[2] / "inventory" / "chartres"
TODAY = date(2026, 11, 22)
INAUGURATION = date(2026, 9, 18)


@cache
def estate() -> Estate:
    return load(FOLDER).whole()


def cabinets() -> Iterator[tuple[str, Cabinet]]:
    for insee, commune in estate().communes.items():
        for cabinet in commune.cabinets.values():
            yield insee, cabinet


def cameras() -> Iterator[tuple[str, Camera]]:
    for insee, cabinet in cabinets():
        for camera in cabinet.cameras.values():
            yield insee, camera


def connected(day: date) -> int:
    return sum(c.in_service is not None and c.in_service <= day for _, c in cameras())


def test_the_committed_files_are_what_the_script_draws() -> None:
    for path, text in chartres.files(read(chartres.TABLE)):
        assert (FOLDER / path).read_text(encoding="utf-8") == text, path


def test_it_passes_the_check_and_every_waiver_is_of_use() -> None:
    found = check(FOLDER, TODAY)
    open_ones = [f for f in found.findings if f.waiver is None and f.severity is not Severity.INFO]
    assert found.passes
    assert not open_ones


def test_64_of_66_communes_are_members_and_have_the_cameras_of_the_table() -> None:
    wanted = {row.insee: row.cameras for row in read(chartres.TABLE)}
    found = Counter(insee for insee, _ in cameras())
    members = {insee for insee, commune in estate().communes.items() if commune.member}
    assert len(estate().communes) == 66
    assert len(members) == 64
    assert found == {insee: count for insee, count in wanted.items() if count}
    assert found["28085"] == 148
    assert found.total() == 500


def test_nothing_is_provisioned_for_the_two_that_are_no_members() -> None:
    outside = [commune for commune in estate().communes.values() if not commune.member]
    assert [commune.insee for commune in outside] == ["28049", "28255"]
    assert not any(commune.cabinets for commune in outside)


def test_the_mix_gives_the_reference_vector_by_the_formula() -> None:
    settings, models = estate().settings, estate().catalogue.cameras
    count: Counter[str] = Counter()
    mbps: Counter[str] = Counter()
    for _, camera in cameras():
        model = models[camera.model]
        profile = settings.profiles[camera.profile or settings.views[camera.view]]
        kind = "fixed" if model.kind == "dome" else model.kind
        count[kind] += 1
        mbps[kind] += round(bitrate(model, profile, camera.measured_mbps).mbps)
    assert count == {"fixed": 225, "ptz": 150, "multisensor": 50, "lpr": 75}
    assert mbps == {"fixed": 675, "ptz": 600, "multisensor": 600, "lpr": 300}
    assert mbps.total() == 2_175


def test_profiles_fit_the_cameras_and_are_silent() -> None:
    settings, models = estate().settings, estate().catalogue.cameras
    for _, camera in cameras():
        model = models[camera.model]
        profile = settings.profiles[camera.profile or settings.views[camera.view]]
        assert profile.codec in model.codecs
        assert profile.fps <= model.max_fps
        assert all(p <= m for p, m in zip(profile.resolution, model.resolution, strict=True))
        assert not profile.audio


def test_more_than_250_were_connected_at_the_inauguration_and_more_since() -> None:
    assert 250 < connected(INAUGURATION) < connected(TODAY) < 500


def test_waves_follow_the_zones() -> None:
    waves = estate().waves
    by_zone = {zone: wave for wave in waves.values() for zone in wave.zones}
    assert set(by_zone) == {"urban", "urban-enlarged", "periurban", "rural"}
    running: Counter[str] = Counter()
    planned: Counter[str] = Counter()
    for insee, camera in cameras():
        (running if camera.in_service else planned)[estate().communes[insee].zone or ""] += 1
    assert by_zone["urban"].state == "accepted"
    assert planned["urban"] == 0
    assert by_zone["urban-enlarged"].state == "building"
    assert running["urban-enlarged"] > planned["urban-enlarged"] > 0
    assert running["periurban"] == running["rural"] == 0
    assert by_zone["urban"].due < by_zone["urban-enlarged"].due < by_zone["periurban"].due


def test_nothing_ran_before_the_prefect_was_told_and_the_commune_had_joined() -> None:
    waves = {zone: wave for wave in estate().waves.values() for zone in wave.zones}
    for insee, camera in cameras():
        commune = estate().communes[insee]
        if camera.in_service:
            told = waves[commune.zone or ""].prefect_informed
            assert told is not None
            assert told < camera.in_service
            assert commune.member is not None
            assert commune.member.since <= camera.in_service
            assert commune.authorisation is not None
            assert commune.authorisation.granted <= camera.in_service


def test_cameras_in_service_are_enrolled_and_planned_ones_are_not() -> None:
    for _, camera in cameras():
        assert (camera.mac is not None) == (camera.in_service is not None)
    macs = Counter(camera.mac for _, camera in cameras() if camera.mac)
    assert max(macs.values()) == 1


def test_private_space_is_masked() -> None:
    assert all(camera.masks or not camera.private_space for _, camera in cameras())


def test_every_cabinet_is_marked_as_invented_and_stands_in_its_commune() -> None:
    for insee, cabinet in cabinets():
        centre = estate().communes[insee].position
        assert cabinet.synthetic
        assert centre is not None
        assert abs(cabinet.position.latitude - centre.latitude) < 0.025
        assert abs(cabinet.position.longitude - centre.longitude) < 0.04


def test_there_are_130_switches_of_three_dialects() -> None:
    models = estate().catalogue.switches
    edge = Counter(models[cabinet.switch].dialect for _, cabinet in cabinets())
    rooms = Counter(
        models[switch.model].dialect
        for site in estate().network.sites.values()
        for switch in site.switches.values()
    )
    assert edge.total() + rooms.total() == 130
    assert set(edge) == {"iosxe", "ios15"}
    assert edge["iosxe"] > edge["ios15"] > 0
    assert set(rooms) == {"eos"}


def test_the_town_lies_on_several_rings_and_no_ring_is_too_long() -> None:
    members = Counter(cabinet.ring for _, cabinet in cabinets() if cabinet.ring)
    town = {cabinet.ring for insee, cabinet in cabinets() if insee == "28085"}
    assert len(town) == 3
    assert max(members.values()) <= 16
    assert set(members) == set(estate().network.rings)


def test_one_cut_opens_a_ring_at_one_place() -> None:
    """Each cable is used once, and no cabinet sits in the middle of one."""
    network = estate().network
    used = Counter(section.cable for ring in network.rings.values() for section in ring.route)
    assert max(used.values()) == 1
    sits: dict[str, set[float]] = {ring: set() for ring in network.rings}
    for _, cabinet in cabinets():
        if cabinet.ring and cabinet.at_km is not None:
            sits[cabinet.ring].add(cabinet.at_km)
    for key, ring in network.rings.items():
        ends = [0.0]
        for section in ring.route:
            ends.append(ends[-1] + section.km)
        assert sits[key] == set(ends[1:-1])
        assert all(after > before for before, after in pairwise(ends))


def test_a_duct_holds_no_two_cables_of_one_ring() -> None:
    network = estate().network
    for key, ring in network.rings.items():
        ducts = Counter(network.cables[section.cable].duct for section in ring.route)
        del ducts[None]
        assert max(ducts.values(), default=1) == 1, key


@pytest.mark.parametrize("role", ["transit", "peer"])
def test_the_ways_of_an_aggregation_switch_share_no_cable(role: str) -> None:
    ways: dict[tuple[str, ...], list[set[str]]] = {}
    for link in estate().network.links.values():
        if link.role == role and link.strands[0].cables:
            group = link.ends[:1] if role == "transit" else link.ends
            ways.setdefault(group, []).extend(set(strand.cables) for strand in link.strands)
    assert len(ways) == (8 if role == "transit" else 4)
    for way in ways.values():
        one, other = way
        assert not one & other


def test_every_switch_feeds_what_hangs_on_it() -> None:
    catalogue = estate().catalogue
    for insee, cabinet in cabinets():
        switch = catalogue.switches[cabinet.switch]
        models = [catalogue.cameras[camera.model] for camera in cabinet.cameras.values()]
        needs = sorted((POE_WATTS[model.poe] for model in models), reverse=True)
        ports = sorted((POE_WATTS[group.poe] for _, group in switch.access_ports), reverse=True)
        assert sum(model.worst_w for model in models) <= switch.poe_budget_w, insee
        assert all(need <= port for need, port in zip(needs, ports, strict=False)), insee
        assert len(needs) <= len(ports)


def test_the_centre_has_its_wall_its_operators_and_recorders_enough() -> None:
    centre = estate().centre
    assert sum(room.screens for room in centre.rooms.values() if room.screens > 2) == 12
    assert sum(team.people for team in centre.teams) == 8
    assert "visionnage" in centre.rooms
    capacities = [recorder.capacity_mbps for recorder in centre.recorders.values()]
    assert sum(capacities) - max(capacities) >= 2_175
    assert estate().settings.retention.days == 15


def test_there_is_a_convention_with_each_member_and_one_with_the_state() -> None:
    conventions = estate().conventions
    members = {
        insee
        for convention in conventions.values()
        if convention.kind == "member"
        for insee in convention.communes
    }
    assert members == {insee for insee, commune in estate().communes.items() if commune.member}
    assert sum(convention.kind == "state" for convention in conventions.values()) == 1


def test_a_mayor_sees_the_own_commune_and_nothing_else() -> None:
    parties = estate().parties
    grants = [
        grant
        for convention in estate().conventions.values()
        for grant in convention.grants.values()
        if parties.agencies[grant.agency].kind == "mayor"
    ]
    assert grants
    for grant in grants:
        assert grant.scope.own_commune
        assert not grant.scope.all
        assert not grant.scope.communes


def test_what_analytics_and_the_fair_name_are_cameras_that_can_do_it() -> None:
    kinds = {
        ident: estate().catalogue.cameras[camera.model].kind
        for _, cabinet in cabinets()
        for ident, camera in cabinet.cameras.items()
    }
    steered = [ident for entry in estate().analytics.values() for ident in entry.steers]
    fair = estate().communes["28085"].events["foire-d-hiver"]
    assert {kinds[ident] for ident in (*steered, *fair.cameras)} == {"ptz"}
    followed = [e for e in estate().analytics.values() if e.kind == "follow-vehicle"]
    assert [entry.views for entry in followed] == [("plate",)]
