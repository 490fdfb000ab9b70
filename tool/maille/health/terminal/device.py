"""One device: its state with its evidence, and the port that it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.health.incidents.calling import to_call
from maille.health.judging.codes import HEALTH_RULES
from maille.health.judging.ports import ports_around
from maille.health.shown.order import culprits, worst
from maille.health.terminal.overview import call_line, evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.health.incidents.model import Standing
    from maille.health.judging.ports import PortView
    from maille.health.targets.model import Target
    from maille.health.terminal.moment import Moment


def told(moment: Moment, device: str) -> str:
    """Tell all that is known of a device."""
    return "\n".join(_lines(moment, moment.watched.by_id[device]))


def _lines(moment: Moment, target: Target) -> Iterator[str]:
    yield f"{target.kind} {target.id}, {target.place}"
    yield f"{target.address}, asked in the {target.graph} network; severity {target.severity}"
    yield ""
    standing = moment.scene.standings.get(target.id)
    if standing is None:
        yield "not looked at yet"
    else:
        yield from _state(moment, standing)
    yield from _ports(moment, target)
    local = moment.now.astimezone(moment.watched.zone)
    called = to_call(moment.watched.blueprint, target.id, local)
    if called:
        yield ""
        yield "to call"
        yield from (f"  {call_line(call)}" for call in called)


def _state(moment: Moment, standing: Standing) -> Iterator[str]:
    state = standing.told
    yield f"{moment.word(state.state)} since {moment.since(standing.since)}"
    seen = f"seen {standing.seen} in {standing.polls} rounds on end, since"
    yield f"{seen} {moment.clock(standing.seen_since)}"
    if standing.flapping:
        yield "flapping: that it is back is not told while it does"
    if state.cause:
        yield f"because of {culprits(state.cause)}"
    for trouble in worst(state.troubles):
        yield f"{trouble.code} {trouble.what}: {HEALTH_RULES[trouble.code].title}"
        yield from (f"  {evidence(moment, one)}" for one in trouble.evidence)
    yield from (f"shown by {evidence(moment, one)}" for one in state.evidence)


def _ports(moment: Moment, target: Target) -> Iterator[str]:
    read = list(ports_around(target.id, moment.scene.observations, moment.scene.before))
    for view in read:
        yield ""
        yield from _port(moment, view)
    shown = {(view.switch, view.port.name) for view in read}
    for switch in moment.watched.targets:
        for port in switch.ports:
            if target.id in {port.subject, switch.id} and (switch.id, port.name) not in shown:
                yield ""
                yield f"port {port.name} of {switch.id}, {port.kind} {port.subject}: not read"


def _port(moment: Moment, view: PortView) -> Iterator[str]:
    port = view.port
    was = "was " if moment.stale else ""
    yield (
        f"port {port.name} of {view.switch}, {port.kind} {port.subject},"
        f" read at {moment.clock(view.now.at)}"
    )
    up = {True: "up", False: "down", None: "not known"}[view.up]
    yield f"  state    {was}{up} (ifOperStatus {view.number('status')})"
    speed = view.number("speed")
    if speed is not None:
        least = f", at least {port.speed_mbps} expected" if port.speed_mbps else ""
        yield f"  speed    {speed} Mbit/s{least}"
    if port.feeds:
        watts = f", {view.watts:.1f} W" if view.watts is not None else ""
        yield f"  PoE      {view.power_word or 'not told'}{watts}"
    planned = f" of {port.bitrate_mbps:.2f} planned" if port.bitrate_mbps else ""
    coming = view.incoming_mbps
    rate = "not known before a second reading" if coming is None else f"{coming:.2f} Mbit/s in"
    yield f"  traffic  {rate}{planned}"
    if port.kind == "camera":
        yield f"  MAC      {_address(view)}"
    errors = view.grows_per_s(("in_errors", "out_errors"))
    if errors is not None:
        yield f"  errors   {errors:.1f} frames a second"


def _address(view: PortView) -> str:
    recorded = view.port.mac
    if not recorded:
        return "none recorded in the inventory"
    learnt = view.now.survey.learnt.get(view.port.name)
    if learnt is None:
        return f"{recorded} recorded, not looked for"
    if learnt.at_own:
        return f"{recorded}, as recorded"
    elsewhere = f" is on {learnt.at_port}" if learnt.at_port else " is not learnt on this switch"
    others = f"; on this port: {', '.join(learnt.others)}" if learnt.others else ""
    return f"{recorded}{elsewhere}{others}"
