"""One device in one line, as Nagios plug-ins answer: for Centreon, Icinga and Zabbix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.health.judging.ports import ports_around
from maille.health.shown.order import blamed, told_cut, worst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.health.look import Look
    from maille.health.model import State

OK, WARNING, CRITICAL, UNKNOWN = range(4)
_EXIT: dict[State, int] = {
    "up": OK,
    "maintenance": OK,
    "degraded": WARNING,
    "down": CRITICAL,
    "unreachable": CRITICAL,
    "unknown": UNKNOWN,
}
_WORDS = ("OK", "WARNING", "CRITICAL", "UNKNOWN")


def line(look: Look, target: str) -> tuple[str, int]:
    """Give the line and the exit status (Monitoring Plugins Development Guidelines)."""
    state = look.picture.states[target]
    status = _EXIT[state.state]
    links = list(_down_links(look, target))
    status = WARNING if links and status == OK else status
    told = [f"{trouble.code} {trouble.what}" for trouble in worst(state.troubles)]
    told = [*blamed(target, state), *told, *links]
    if state.evidence and (not told or state.state == "down"):
        told.append(f"{state.evidence[0].what} {state.evidence[0].value}")
    text = f"{_WORDS[status]} - {target} {state.state}: {'; '.join(told)}"
    data = " ".join(_performance(look, target))
    safe = text.replace("|", "/")
    return (f"{safe} | {data}" if data else safe), status


def _down_links(look: Look, switch: str) -> Iterator[str]:
    """Say which links of a switch are down, and whether that opens a ring."""
    ports = (target.ports for target in look.targets if target.id == switch)
    own = {port.subject for of_one in ports for port in of_one if port.kind == "link"}
    cuts = {cut.link: cut for cut in look.picture.cuts}
    for link in look.judgement.links:
        if link.link in own and link.up is False:
            cut = cuts.get(link.link)
            yield told_cut(cut) if cut else f"link {link.link} is down"


def unknown(what: str) -> str:
    """Give the line for what kept the device from being looked at."""
    return f"{_WORDS[UNKNOWN]} - {what.replace('|', '/')}"


def _performance(look: Look, target: str) -> Iterator[str]:
    own = look.observations.get(target)
    if own and not own.silence:
        at = own.plan.scalars.get("uptime")
        uptime = None if at is None else own.values[at]
        if isinstance(uptime, int):
            yield f"uptime={uptime // 100}s;;;0"
        for slot in own.plan.checks:
            value = own.values[slot.at]
            if isinstance(value, int):
                yield f"{slot.check.object}={value * slot.object.scale:g};;;"
    for view in ports_around(target, look.observations, look.before):
        name = "" if view.port.subject == target else f"{view.port.name}_"
        if (mbps := view.incoming_mbps) is not None:
            yield f"'{name}traffic'={mbps:.3f};;;0"
        if (watts := view.watts) is not None:
            yield f"'{name}power'={watts:.1f};;;0"
