"""The audit of one switch: its running configuration against the intended one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from maille.audit.codes import AUDIT_RULES
from maille.audit.texts import without_secrets
from maille.configs.compare import ConfigTextError, compare
from maille.configs.compare.secrets import HIDDEN
from maille.configs.hardening.check import subject_of
from maille.configs.hardening.model import Status
from maille.errors import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.audit.texts import RunningText
    from maille.blueprint.model import Switch
    from maille.configs.compare import Comparison
    from maille.configs.hardening.check import Checker
    from maille.configs.hardening.model import Result
    from maille.configs.render import Rendered

LEAST_COMMON = 0.25
"""Share of the intended lines below which a text is that of something else."""


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
    """Empty where there is none."""
    sha256: str = ""
    fault: Finding | None = None
    """Why it is not judged."""
    comparison: Comparison | None = None
    """None where nothing could be judged."""
    failed: tuple[Result, ...] = ()
    """The hardening controls that fail on the running text."""
    unprovable: tuple[Unprovable, ...] = ()


def audit_device(
    rendered: Rendered, platform: str, running: RunningText, checker: Checker
) -> DeviceAudit:
    """Compare the running configuration of a switch with the intended one, and check it.

    `platform` is one of `compare.PLATFORMS`. A text that holds hardly anything of what is
    intended is not judged: what would be sent to it was not meant for it.

    Raises:
        MailleError: the intended configuration itself is at fault.
    """
    switch = rendered.switch
    intended = "\n".join(map(without_secrets, rendered.text.split("\n")))
    try:
        comparison = compare(platform, running.text, intended, unmanaged=switch.unmanaged)
    except ConfigTextError as error:
        return not_judged(switch, "D014", (running.file,), error.what, error.how)
    lines = sum(bool(line.strip(" !")) for line in intended.split("\n"))
    common = lines - len(comparison.missing)
    if common < LEAST_COMMON * lines:
        return not_judged(
            switch,
            "D014",
            (running.file,),
            f"only {common} of {lines} intended lines are in it: it is the configuration of"
            " something else, or of a switch that was never configured",
            "fetch it from the right device; a new one begins with its bootstrap configuration",
        )
    results = checker.check(subject_of(rendered.view, rendered.controls), running.text)
    return DeviceAudit(
        switch,
        State.IN_SYNC if comparison.in_sync else State.DRIFTED,
        running.file,
        running.sha256,
        comparison=comparison,
        failed=tuple(result for result in results if result.status is Status.FAILED),
        unprovable=_unprovable(rendered, comparison),
    )


def by_hand(command: str) -> bool:
    """Say whether a command needs a secret that only the device knows."""
    return HIDDEN in command


def not_judged(switch: Switch, code: str, files: Sequence[str], what: str, how: str) -> DeviceAudit:
    """Give the audit of a switch of which nothing can be said."""
    place = Place(files[0] if files else "")
    fault = Finding(code, AUDIT_RULES[code].severity, what, how, place, switch.id)
    state = State.NOT_JUDGED if files else State.MISSING
    return DeviceAudit(switch, state, ", ".join(files), fault=fault)


def _unprovable(rendered: Rendered, comparison: Comparison) -> tuple[Unprovable, ...]:
    lines = (Unprovable(line, "") for line in comparison.unprovable)
    beside = (Unprovable(command.what, command.check) for command in rendered.side_commands)
    return (*lines, *beside)
