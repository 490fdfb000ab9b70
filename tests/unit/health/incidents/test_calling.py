"""Who is called: commune, integrator in the hours of the contract, owner."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import pytest
from tests.estates import INVENTORY, built

from maille.health.incidents.calling import called_by, concerned, to_call, within
from maille.health.incidents.model import Incident
from maille.inventory.schema.centre import Hours
from maille.inventory.schema.health import EscalationStep

if TYPE_CHECKING:
    from maille.blueprint.model import Blueprint

MONDAY, SATURDAY = 23, 28
"""Of November 2026."""
NIGHT = Hours(days=("mon",), opens=time(19, 30), closes=time(3))
DAY = Hours(days=("mon",), opens=time(8), closes=time(17))
WHOLE = Hours(days=("mon",), opens=time(0), closes=time(0))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.fixture(scope="module")
def cecos() -> Blueprint:
    return built(INVENTORY / "cecos").blueprint


@pytest.fixture(scope="module")
def malataverne() -> Blueprint:
    return built(INVENTORY / "malataverne").blueprint


def told(blueprint: Blueprint, device: str, at: datetime) -> list[tuple[str, str, bool]]:
    return [(call.contact, call.why, call.there) for call in to_call(blueprint, device, at)]


def test_a_camera_of_another_owner_calls_its_own(cecos: Blueprint) -> None:
    at = local(MONDAY, 12)
    called = [("poste-sncf", "commune", True), ("integrateur", "commune", True)]
    assert told(cecos, "cecos-0003", at) == [*called, ("poste-ratp", "owner", True)]
    switch = cecos.cameras["cecos-0003"].switch
    assert switch
    assert told(cecos, switch, at) == called


def test_an_integrator_is_there_in_the_hours_of_the_contract(malataverne: Blueprint) -> None:
    camera = next(iter(malataverne.cameras))

    def there(at: datetime) -> bool:
        (found,) = [call for call in to_call(malataverne, camera, at) if "integ" in call.contact]
        return found.there

    assert there(local(MONDAY, 12))
    assert not there(local(MONDAY, 18))
    assert not there(local(SATURDAY, 12))


def test_a_switch_of_a_site_calls_the_commune_it_stands_in(cecos: Blueprint) -> None:
    core = cecos.pairs[cecos.estate.centre.pair].primary
    site = cecos.estate.network.sites[cecos.switches[core].site]
    expected = cecos.estate.communes[site.commune].call
    assert expected
    calls = to_call(cecos, core, local(MONDAY, 12), ("commune",))
    assert tuple(call.contact for call in calls) == expected


def test_a_step_names_people_besides_its_roles_and_nobody_twice(cecos: Blueprint) -> None:
    step = EscalationStep(who=("owner",), contacts=("poste-police", "poste-ratp"))
    calls = called_by(cecos, "cecos-0003", local(MONDAY, 12), step)
    assert [(call.contact, call.why) for call in calls] == [
        ("poste-ratp", "owner"),
        ("poste-police", "named"),
    ]


def test_a_cut_link_concerns_its_ends_and_a_blind_poller_the_centre(cecos: Blueprint) -> None:
    def incident(root: str) -> Incident:
        nothing = frozenset[str]()
        opened = local(MONDAY, 12)
        return Incident(
            "1", "cut", frozenset({root}), None, nothing, nothing, "normal", opened, None, ()
        )

    link = next(iter(cecos.links.values()))
    assert concerned(cecos, incident(link.id)) == tuple(sorted((link.a.switch, link.b.switch)))
    core = cecos.pairs[cecos.estate.centre.pair].primary
    assert concerned(cecos, incident("poller/video")) == (core,)


@pytest.mark.parametrize(
    ("hours", "at", "expected"),
    [
        (DAY, local(MONDAY, 8), True),
        (DAY, local(MONDAY, 17), False),
        (DAY, local(MONDAY + 1, 9), False),
        (NIGHT, local(MONDAY, 19, 29), False),
        (NIGHT, local(MONDAY, 23), True),
        (NIGHT, local(MONDAY + 1, 2, 59), True),
        (NIGHT, local(MONDAY + 1, 3), False),
        (NIGHT, local(MONDAY, 2), False),
        (WHOLE, local(MONDAY, 0), True),
        (WHOLE, local(MONDAY, 23, 59), True),
        (WHOLE, local(MONDAY + 1, 0), False),
    ],
)
def test_hours_may_end_on_the_next_day(hours: Hours, at: datetime, *, expected: bool) -> None:
    assert within(hours, at) is expected
