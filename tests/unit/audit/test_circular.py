"""What is rendered is in sync with itself, on every switch and through the command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.estates import COMPLETE, INVENTORY, maille
from tests.unit.audit.batches import audited, rendered, write_running

from maille.audit.device import State

if TYPE_CHECKING:
    from pathlib import Path

ESTATES = (COMPLETE, INVENTORY / "chalon", INVENTORY / "malataverne")
EVERY = [
    pytest.param(estate, switch, id=f"{estate.name} {switch}")
    for estate in ESTATES
    for switch in rendered(estate)
]


@pytest.mark.parametrize(("estate", "switch"), EVERY)
def test_a_switch_that_runs_what_is_intended_is_in_sync(estate: Path, switch: str) -> None:
    found = audited(estate, switch, rendered(estate)[switch].text)

    assert found.state is State.IN_SYNC
    assert found.comparison
    assert not found.comparison.remediation
    assert not found.comparison.foreign
    assert not found.unplanned
    assert not found.failed


@pytest.mark.parametrize("estate", ESTATES, ids=lambda estate: str(estate.name))
def test_an_estate_that_runs_what_is_intended_passes(estate: Path, tmp_path: Path) -> None:
    running = write_running(estate, tmp_path / "running")

    answer = maille("audit", "config", estate, "--running", running, "--json")

    document = json.loads(answer.stdout)
    assert answer.returncode == 0
    assert not document["fails"]
    assert document["states"] == {
        "in sync": len(rendered(estate)),
        "drifted": 0,
        "not judged": 0,
        "no configuration": 0,
        "not in service": 0,
    }
    assert {finding["code"] for finding in document["findings"]["findings"]} == {"D003"}
