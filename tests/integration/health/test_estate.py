"""A whole estate of real agents: what is broken is told, with its cause, and nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from tests.agents import SECRETS
from tests.estates import INVENTORY, MAILLE

from maille.twin.agents import breaking
from maille.twin.agents.faults import Fault, FaultKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.twin.agents.record import Record

NORTH, CAMERA = "26169-entree-nord", "26169-0005"
BEHIND_NORTH = {"26169-0005", "26169-0006", "26169-0007", "26169-0008"}
PATIENT = ("--timeout", "3")
ESTATE = str(INVENTORY / "malataverne")


@pytest.fixture
def estate(breakable_agents: Record) -> Iterator[Record]:
    yield breakable_agents
    breaking.clear(breakable_agents)
    # a device that is mended after it was replaced is another one again
    shutil.rmtree(breakable_agents.folder / "state", ignore_errors=True)


def maille(record: Record, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MAILLE, "health", *words, "--at", str(record.book), "--as-of", "2026-11-22"],
        env={**os.environ, **SECRETS, "XDG_STATE_HOME": str(record.folder / "state")},
        capture_output=True,
        text=True,
        check=False,
    )


def swept(record: Record, *words: str, code: int = 0) -> dict[str, Any]:
    done = maille(record, "sweep", ESTATE, "--json", "--quiet", "--between", "3", *PATIENT, *words)
    assert done.returncode == code, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return {one["id"]: one for one in found["devices"]} | {"": found}


def told(found: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    return {
        ident: (one["state"], [trouble["code"] for trouble in one["troubles"]])
        for ident, one in found.items()
        if ident and one["state"] != "up"
    }


@pytest.mark.parametrize("engine", ["gufo", "pysnmp"])
def test_an_estate_that_is_well_is_told_so_by_either_engine(estate: Record, engine: str) -> None:
    found = swept(estate, "--engine", engine, "--timeout", "8")
    assert told(found) == {}
    assert len(found) > 30


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("silence", "H001"),
        ("wrong-credentials", "H002"),
        ("no-video", "H013"),
        ("wrong-mac", "H015"),
    ],
)
def test_what_is_wrong_with_one_camera_is_told_of_it_alone(
    estate: Record, kind: FaultKind, code: str
) -> None:
    breaking.add(estate, Fault(kind, CAMERA))
    assert told(swept(estate, "--commune", "26169")) == {CAMERA: ("degraded", [code])}


def test_a_device_that_was_replaced_since_the_last_sweep_is_told(estate: Record) -> None:
    swept(estate, "--between", "0")
    breaking.add(estate, Fault("device-replaced", CAMERA))
    assert told(swept(estate, "--commune", "26169")) == {CAMERA: ("degraded", ["H003"])}


def test_a_dead_switch_is_the_one_cause_of_all_behind_it(estate: Record) -> None:
    breaking.add(estate, Fault("switch-dead", NORTH))
    found = swept(estate, code=1)
    states = {ident: state for ident, (state, _) in told(found).items()}
    assert states.pop(NORTH) == "down"
    assert {one for one, state in states.items() if state == "unreachable"} == BEHIND_NORTH
    assert {found[one]["cause"]["devices"][0] for one in BEHIND_NORTH} == {NORTH}


def test_lost_management_is_no_outage_of_the_cameras(estate: Record) -> None:
    breaking.add(estate, Fault("management-lost", NORTH))
    assert told(swept(estate)) == {NORTH: ("degraded", [])}
    done = maille(estate, "check", ESTATE, NORTH, "--between", "0", *PATIENT)
    assert (done.returncode, done.stdout) == (
        1,
        f"WARNING - {NORTH} degraded: management lost, forwards still\n",
    )


def test_a_cut_ring_is_told_although_nothing_is_down(estate: Record) -> None:
    ring = next(link for link in _links(estate) if "/" in link)
    breaking.add(estate, Fault("link-cut", ring))
    found = swept(estate)
    assert [one["link"] for one in found[""]["not_redundant"]] == [ring]
    assert {state for state, _ in told(found).values()} <= {"degraded"}


def test_nobody_there_ends_with_out_of_reach(estate: Record) -> None:
    for camera in sorted(BEHIND_NORTH):
        breaking.add(estate, Fault("silence", camera))
    done = maille(
        estate, "check", ESTATE, CAMERA, "--between", "0", "--timeout", "0.3", "--tries", "1"
    )
    assert done.returncode in {1, 2}
    assert done.stdout.count("\n") == 1


def test_the_plugin_answers_for_one_camera(estate: Record) -> None:
    done = maille(estate, "check", ESTATE, CAMERA, "--between", "3", *PATIENT)
    assert done.returncode == 0
    assert re.fullmatch(
        r"OK - 26169-0005 up: .* \| uptime=\d+s;;;0 .*'traffic'=[\d.]+.*\n", done.stdout
    )


@pytest.mark.parametrize("words", [("26169-9999",), ("26169-0005", "26169-0006")])
def test_what_keeps_the_plugin_from_looking_is_unknown(
    estate: Record, words: tuple[str, ...]
) -> None:
    done = maille(estate, "check", ESTATE, *words)
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.startswith("UNKNOWN - ")


def test_another_estates_addresses_are_refused(estate: Record) -> None:
    done = maille(estate, "sweep", str(INVENTORY / "chalon"))
    assert done.returncode == 2
    assert "is of the estate `malataverne`, not of `chalon`" in done.stderr


def test_a_secret_that_is_not_set_is_named(estate: Record) -> None:
    done = subprocess.run(
        [MAILLE, "health", "sweep", ESTATE, "--at", str(estate.book)],
        env={key: value for key, value in os.environ.items() if key not in SECRETS},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "env:MALATAVERNE_SNMP_AUTH" in done.stderr


def _links(record: Record) -> list[str]:
    return sorted({cable.link for cable in record.plant.cables if cable.link})
