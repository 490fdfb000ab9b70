"""Which wave brings a camera."""

from __future__ import annotations

from typing import Any

import pytest
from tests.strategies import Sketch

from maille.topology.waves import wave_of

WAVES = {
    key: {"title": key, "due": "2026-01-15", "zones": zones}
    for key, zones in {"first": ["urban"], "second": ["urban", "rural"], "late": []}.items()
}


@pytest.mark.parametrize(
    ("commune", "camera", "wave"),
    [
        ({"zone": "urban", "wave": "second"}, {"wave": "late"}, "late"),
        ({"zone": "urban", "wave": "second"}, {}, "second"),
        ({"zone": "urban"}, {}, "first"),
        ({"zone": "rural"}, {}, "second"),
        ({"zone": "coast"}, {}, None),
        ({}, {}, None),
    ],
    ids=["its own", "its commune's", "first of the zone", "of the zone", "of none", "no zone"],
)
def test_the_nearest_word_counts(
    commune: dict[str, Any], camera: dict[str, Any], wave: str | None
) -> None:
    sketch = Sketch()
    sketch.waves = WAVES
    sketch.commune("28001", **commune)
    sketch.cabinet("28001", "mairie", cameras=1)
    (entry,) = sketch.communes["28001"]["cabinets"]["mairie"]["cameras"].values()
    entry |= camera
    estate = sketch.estate()
    found = estate.communes["28001"]
    (only,) = found.cabinets["mairie"].cameras.values()
    assert wave_of(estate, found, only) == wave
    if not camera:
        assert wave_of(estate, found) == wave
