"""First and last days: who is a member, what is in service."""

from __future__ import annotations

from datetime import date

import pytest
from tests.strategies import Sketch

from maille.topology.membership import members_of
from maille.topology.service import begun, films

EVE, DAY, MORROW = date(2025, 5, 31), date(2025, 6, 1), date(2025, 6, 2)


@pytest.mark.parametrize(
    ("member", "there"),
    [
        ({"since": "2020-01-01"}, True),
        ({"since": str(MORROW)}, True),
        ({"since": "2020-01-01", "until": str(MORROW)}, True),
        ({"since": "2020-01-01", "until": str(DAY)}, True),
        ({"since": "2020-01-01", "until": str(EVE)}, False),
        (None, False),
    ],
    ids=["for good", "will join", "leaves tomorrow", "its last day", "left yesterday", "never"],
)
def test_a_commune_is_provisioned_through_its_last_day(
    member: dict[str, str] | None, *, there: bool
) -> None:
    sketch = Sketch()
    sketch.commune("28001", member=member and {**member, "convention": "convention"})
    assert ("28001" in members_of(sketch.estate(), DAY)) is there


def test_members_come_in_the_order_of_their_codes() -> None:
    sketch = Sketch()
    for insee in ("2A004", "28085", "28001"):
        sketch.commune(insee)
    assert list(members_of(sketch.estate(), DAY)) == ["28001", "28085", "2A004"]


@pytest.mark.parametrize(
    ("begins", "ends", "runs"),
    [
        (None, None, False),
        (MORROW, None, False),
        (DAY, None, True),
        (EVE, MORROW, True),
        (EVE, DAY, False),
    ],
    ids=["planned", "from tomorrow", "its first day", "its last day", "the day it is taken out"],
)
def test_a_camera_films_from_its_first_day_to_the_eve_of_its_end(
    begins: date | None, ends: date | None, *, runs: bool
) -> None:
    sketch = Sketch()
    sketch.commune("28001")
    sketch.cabinet("28001", "mairie", cameras=1)
    cabinet = sketch.communes["28001"]["cabinets"]["mairie"]
    (entry,) = cabinet["cameras"].values()
    days = {"in_service": begins, "out_of_service": ends}
    entry |= {name: str(day) for name, day in days.items() if day}
    (camera,) = sketch.estate().communes["28001"].cabinets["mairie"].cameras.values()
    assert films(camera, DAY) is runs
    assert begun(camera.in_service, DAY) is (begins is not None and begins != MORROW)
