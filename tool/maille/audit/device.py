"""The audit of one switch: its running configuration against the intended one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from maille.audit.codes import AUDIT_RULES
from maille.audit.texts import without_secrets
from maille.configs.compare import ConfigTextError, compare
from maille.configs.compare.foreign import FIXED
from maille.configs.compare.secrets import HIDDEN
from maille.configs.hardening.check import subject_of
from maille.configs.hardening.model import Status
from maille.configs.hardening.text import read
from maille.errors import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.audit.texts import RunningText
    from maille.blueprint.model import Switch
    from maille.configs.compare import Comparison
    from maille.configs.hardening.check import Checker
    from maille.configs.hardening.model import Result
    from maille.configs.render import Rendered

LEAST_PORTS = 0.5
"""Share of a switch's ports that its running configuration must have."""
MOST_STRANGE_LINES = 5_000
"""More lines that nobody intended are no drift; comparing them would take minutes."""


class State(StrEnum):
    """What an audit says of a switch."""

    IN_SYNC = "in sync"
    DRIFTED = "drifted"
    NOT_JUDGED = "not judged"
    MISSING = "no configuration"
    NOT_IN_SERVICE = "not in service"


@dataclass(frozen=True, slots=True)
class Unprovable:
    """Something intended that no running configuration shows, and how it is looked up."""

    what: str
    check: str


@dataclass(frozen=True, slots=True)
class DeviceAudit:
    """What was found of one switch."""

    switch: Switch
    state: State
    file: str = ""
    """Empty where there is none, or more than one."""
    sha256: str = ""
    fault: Finding | None = None
    """Why it is not judged."""
    comparison: Comparison | None = None
    """None where nothing could be judged."""
    failed: tuple[Result, ...] = ()
    """The hardening controls that fail on the running text."""
    unplanned: tuple[str, ...] = ()
    """Interfaces that the plan does not know and that are not shut, by their header."""
    unprovable: tuple[Unprovable, ...] = ()


def audit_device(
    rendered: Rendered, platform: str, running: RunningText, checker: Checker
) -> DeviceAudit:
    """Compare the running configuration of a switch with the intended one, and check it.

    `platform` is one of `compare.PLATFORMS`. A text that lacks most of the switch's ports is not
    judged: what would be sent was not meant for the device that it is of.

    Raises:
        MailleError: the intended configuration itself is at fault.
    """
    switch = rendered.switch
    intended = "\n".join(map(without_secrets, rendered.text.split("\n")))
    if why := _other_device(rendered, running):
        how = "fetch it from the right switch; a new one begins with its bootstrap configuration"
        return not_judged(switch, "D014", (running.file,), why, how)
    try:
        comparison = compare(platform, running.text, intended, unmanaged=switch.unmanaged)
    except ConfigTextError as error:
        return not_judged(switch, "D014", (running.file,), error.what, error.how)
    results = checker.check(subject_of(rendered.view, rendered.controls), running.text)
    return DeviceAudit(
        switch,
        State.IN_SYNC if comparison.in_sync else State.DRIFTED,
        running.file,
        running.sha256,
        comparison=comparison,
        failed=tuple(result for result in results if result.status is Status.FAILED),
        unplanned=_unplanned(comparison, running.text),
        unprovable=_unprovable(rendered, comparison),
    )


def _other_device(rendered: Rendered, running: RunningText) -> str:
    """Say why a text must be that of something else; empty if nothing speaks for it."""
    lines = {" ".join(line.split()) for line in running.text.split("\n")}
    ports = [f"interface {port.name}" for port in rendered.view.ports]
    there = sum(port in lines for port in ports)
    if there < LEAST_PORTS * len(ports):
        return (
            f"{there} of the {len(ports)} ports are in it: it is the configuration of another"
            " switch or of another model"
        )
    strange = lines.difference(" ".join(line.split()) for line in rendered.text.split("\n"))
    if len(strange) > MOST_STRANGE_LINES:
        return f"{len(strange):,} lines in it are not intended: that is no configuration"
    return ""


def _unplanned(comparison: Comparison, text: str) -> tuple[str, ...]:
    """Give the interfaces that the plan does not know and that are not shut."""
    fixed = [each.line.text for each in comparison.foreign if each.reason == FIXED]
    below = read(text).below if fixed else {}
    return tuple(
        header
        for header in fixed
        if header.startswith("interface ") and "shutdown" not in below.get(header, ())
    )


def by_hand(command: str) -> bool:
    """Say whether a command needs a secret that only the device knows."""
    return HIDDEN in command


def not_judged(switch: Switch, code: str, files: Sequence[str], what: str, how: str) -> DeviceAudit:
    """Give the audit of a switch of which nothing can be said."""
    place = Place(files[0] if files else "")
    fault = Finding(code, AUDIT_RULES[code].severity, what, how, place, switch.id)
    state = State.NOT_JUDGED if files else State.MISSING
    return DeviceAudit(switch, state, files[0] if len(files) == 1 else "", fault=fault)


def _unprovable(rendered: Rendered, comparison: Comparison) -> tuple[Unprovable, ...]:
    lines = (Unprovable(line, "") for line in comparison.unprovable)
    beside = (Unprovable(command.what, command.check) for command in rendered.side_commands)
    return (*lines, *beside)
