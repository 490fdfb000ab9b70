"""What a device says of itself, and what its silence says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.health.judging.codes import HEALTH_RULES
from maille.health.model import Evidence, Trouble
from maille.health.snmp.model import REASONS
from maille.health.sweep.counters import same_epoch
from maille.health.sweep.survey import text
from maille.health.sweep.sweep import epoch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.health.profiles.library import Profile
    from maille.health.profiles.schema import ScalarMeasure
    from maille.health.snmp.model import Reason, Value
    from maille.health.sweep.model import CheckSlot, Observation, Seen
    from maille.health.targets.model import ExpectedPort, Target

_TICKS_A_SECOND = 100
_CODE_OF: dict[Reason, str] = {
    "replaced": "H003",
    "unknown_user": "H002",
    "wrong_auth_key": "H002",
    "wrong_privacy_key": "H002",
    "rejected": "H002",
    "malformed": "H004",
    "endless": "H004",
}


def said(observation: Observation) -> Evidence:
    """Give by what a device is taken to answer, or to be silent."""
    if observation.silence:
        reason = REASONS[observation.silence.reason]
        return Evidence(observation.at, observation.target, "snmp", reason)
    uptime = _scalar(observation, "uptime")
    seconds = f"{uptime / _TICKS_A_SECOND:.0f} s" if isinstance(uptime, int) else "answers"
    return Evidence(observation.at, observation.target, "sysUpTime.0", seconds)


def troubles_of(
    target: Target, profile: Profile, now: Observation, before: Observation | None
) -> Iterator[Trouble]:
    """Give what is wrong with a device by its own words."""
    if now.silence:
        if code := _CODE_OF.get(now.silence.reason):
            yield Trouble(code, target.id, REASONS[now.silence.reason], (said(now),))
        return
    yield from _identity(profile, now)
    yield from _restarted(now, before)
    if now.user:
        what = "takes the credentials of the next rotation"
        yield Trouble("H007", now.target, what, (said(now),))
    for slot in now.plan.checks:
        yield from _checked(now, slot)
    for port in now.plan.missing:
        shown = Evidence(now.at, now.target, "ifName", "none of that name")
        yield Trouble("H019", now.target, f"has no port {port.name}", (shown,))
    for own in now.plan.ports:
        yield from _neighbour(now, own.port)


def _identity(profile: Profile, now: Observation) -> Iterator[Trouble]:
    if now.renewed:
        what = "has another engine id than before: replaced or reset"
        yield Trouble("H003", now.target, what, (said(now),))
    value, allowed = _scalar(now, "identity"), profile.family.sys_object_ids
    if isinstance(value, str) and allowed and not any(_below(value, one) for one in allowed):
        shown = Evidence(now.at, now.target, "sysObjectID.0", value)
        what = f"is none of {profile.family.title}: sysObjectID {value}"
        yield Trouble("H005", now.target, what, (shown,))


def _restarted(now: Observation, before: Observation | None) -> Iterator[Trouble]:
    if before is None or before.silence:
        return
    if not same_epoch(epoch(before), epoch(now), now.ticked_s - before.ticked_s):
        clock: ScalarMeasure = "clock" if _scalar(now, "clock") is not None else "uptime"
        ticks = _scalar(now, clock)
        ran = f"{ticks / _TICKS_A_SECOND:.0f} s" if isinstance(ticks, int) else "not told"
        shown = Evidence(now.at, now.target, clock, ran)
        yield Trouble("H006", now.target, "began anew since the last round", (shown,))


def _checked(now: Observation, slot: CheckSlot) -> Iterator[Trouble]:
    value = now.values[slot.at] if slot.at < len(now.values) else None
    if not isinstance(value, int):
        return
    check = slot.check
    scaled = value * slot.object.scale
    meaning = check.wrong.get(str(value), "")
    low = check.at_least is not None and scaled < check.at_least
    high = check.at_most is not None and scaled > check.at_most
    if meaning or low or high:
        shown = Evidence(now.at, now.target, f"{check.object}.{check.instance}", str(value))
        what = check.says.replace("{value}", f"{scaled:g}").replace("{meaning}", meaning)
        yield Trouble(check.code, now.target, what, (shown,))


def _neighbour(now: Observation, port: ExpectedPort) -> Iterator[Trouble]:
    seen = now.survey.neighbours.get(port.name)
    if not seen or port.neighbour is None:
        return  # without LLDP from the far end nothing is known, and nothing is said
    wanted = port.neighbour
    if any(_is(one, wanted.hostname, wanted.port) for one in seen):
        return
    told = ", ".join(f"{one.hostname} {'/'.join(one.ports[:1])}".strip() for one in seen)
    shown = Evidence(now.at, now.target, f"lldpRemSysName.{port.name}", told)
    what = f"{now.target} {port.name} leads to {told}, not to {wanted.hostname} {wanted.port}"
    yield Trouble("H016", port.subject, what, (shown,))


def _is(seen: Seen, hostname: str, port: str) -> bool:
    """Say whether a neighbour is the one of the plan; who tells no name of its port may be it."""
    named = seen.hostname.lower().partition(".")[0] == hostname.lower().partition(".")[0]
    tail, kind = _tail(port), port[:2].lower()
    calls = [call for call in seen.ports if _tail(call) and call[:1].isalpha()]
    return named and (
        not calls or any((_tail(one), one[:2].lower()) == (tail, kind) for one in calls)
    )


def _tail(name: str) -> str:
    """Give the numbers of a port's name, which no maker shortens: `1/0/3`."""
    return name[len(name.rstrip("0123456789/")) :]


def _below(oid: str, root: str) -> bool:
    return oid == root or oid.startswith(f"{root}.")


def _scalar(observation: Observation, measure: ScalarMeasure) -> Value:
    at = observation.plan.scalars.get(measure)
    return None if at is None or not observation.values else observation.values[at]


def named(observation: Observation) -> str | None:
    """Give the name that a device has for itself."""
    value = _scalar(observation, "name")
    return None if value is None else text(value)


def title(code: str) -> str:
    """Give what a code is about in a few words."""
    return HEALTH_RULES[code].title
