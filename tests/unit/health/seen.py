"""Observations by hand: a switch with a camera on one port and a link on the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from maille.blueprint.snmp import Algorithms
from maille.health.profiles.library import shipped
from maille.health.sweep.model import Learnt, Observation, Seen, Survey
from maille.health.sweep.plan import plan
from maille.health.targets.model import ExpectedPort, Neighbour, Target

if TYPE_CHECKING:
    from maille.health.snmp.model import Silence, Value

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
ALGORITHMS = Algorithms("sha256", "aes128")
CAMERA_PORT = ExpectedPort(
    "GigabitEthernet1/3",
    "camera",
    "28085-0001",
    speed_mbps=100,
    feeds=True,
    mac="ac:cc:8e:00:00:01",
    vlan=101,
    bitrate_mbps=4.0,
)
LINK_PORT = ExpectedPort(
    "GigabitEthernet1/1",
    "link",
    "nord/3",
    speed_mbps=1000,
    neighbour=Neighbour("28085-gare", "28085-gare", "GigabitEthernet1/2"),
)
SWITCH = Target(
    "28085-ecole",
    "switch",
    "management",
    "10.28.0.2",
    "cisco-ios",
    ALGORITHMS,
    "28085 Chartres, école",
    "28085",
    "ppms",
    (CAMERA_PORT, LINK_PORT),
)
CAMERA = Target(
    "28085-0001",
    "camera",
    "video",
    "10.28.1.1",
    "axis",
    ALGORITHMS,
    "28085 Chartres, portail",
    "28085",
    "ppms",
    rtsp="/axis-media/media.amp",
)
SURVEY = Survey(
    indexes={"GigabitEthernet1/3": 3, "GigabitEthernet1/1": 1},
    feeding={"GigabitEthernet1/3": "1.3"},
    neighbours={"GigabitEthernet1/1": (Seen("28085-gare.video.example", ("Gi1/2",)),)},
    learnt={"GigabitEthernet1/3": Learnt("Gi1/3", at_own=True)},
)
WELL: dict[str, Value] = {
    "sysUpTime.0": 1_000_000,
    "sysObjectID.0": "1.3.6.1.4.1.9.1.2686",
    "sysName.0": b"28085-ecole",
    "snmpEngineBoots.0": 4,
    "ifAdminStatus.3": 1,
    "ifOperStatus.3": 1,
    "ifHighSpeed.3": 100,
    "ifHCInOctets.3": 1_000_000_000,
    "ifHCOutOctets.3": 0,
    "ifInErrors.3": 0,
    "ifOutErrors.3": 0,
    "ifInDiscards.3": 0,
    "ifOutDiscards.3": 0,
    "ifCounterDiscontinuityTime.3": 0,
    "pethPsePortDetectionStatus.1.3": 3,
    "cpeExtPsePortPwrConsumption.1.3": 7400,
    "ifAdminStatus.1": 1,
    "ifOperStatus.1": 1,
    "ifHighSpeed.1": 1000,
}
APART_S = 10.0
LATER: dict[str, Value] = {"sysUpTime.0": 1_001_000, "ifHCInOctets.3": 1_005_000_000}
"""4 Mbit/s for 10 s."""
CAMERA_WELL: dict[str, Value] = {
    "sysUpTime.0": 500_000,
    "sysObjectID.0": "1.3.6.1.4.1.368.1.1",
    "snmpEngineBoots.0": 2,
}


def observed(
    target: Target, values: dict[str, Value], survey: Survey = SURVEY, *, after_s: float = 0.0
) -> Observation:
    """Give what a round saw of a device that answers with these objects, by name and instance."""
    profile = shipped().profiles[str(target.profile)]
    known = survey if target.ports else Survey()
    asked = plan(profile, target.ports, known)
    by_oid = {profile.column(*name.split(".", 1)): value for name, value in values.items()}
    flat = tuple(by_oid.get(oid) for message in asked.messages for oid in message)
    at = AT + timedelta(seconds=after_s)
    return Observation(target.id, at, 100.0 + after_s, asked, known, flat)


def twice(
    changed: dict[str, Value] | None = None, survey: Survey = SURVEY
) -> tuple[Observation, Observation]:
    """Give two rounds of the switch, the second with some objects changed."""
    before = observed(SWITCH, WELL, survey)
    after = observed(SWITCH, {**WELL, **LATER, **(changed or {})}, survey, after_s=APART_S)
    return before, replace(after, plan=before.plan)


def silent(target: Target, silence: Silence) -> Observation:
    """Give what a round saw of a device that did not answer."""
    return replace(observed(target, {}, Survey()), values=(), silence=silence)
