"""The audit of an estate: every switch against what runs on it. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.audit.device import DeviceAudit, State, audit_device, not_judged
from maille.audit.findings import of_device, of_folder
from maille.configs.hardening.check import Checker
from maille.configs.platforms import drivers
from maille.configs.render import Renderer
from maille.rules.run import waive

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from maille.audit.matching import Matched
    from maille.blueprint.model import Blueprint, Switch
    from maille.errors import Finding


@dataclass(frozen=True, slots=True)
class EstateAudit:
    """What was found, switch by switch and in all."""

    devices: tuple[DeviceAudit, ...]
    findings: tuple[Finding, ...]
    """All of them, those accepted in writing marked as such."""

    @property
    def states(self) -> Mapping[State, int]:
        """Count the switches by what is said of them."""
        found = Counter(device.state for device in self.devices)
        return {state: found[state] for state in State}

    @property
    def fails(self) -> bool:
        """Say whether anything is wrong that nobody has accepted."""
        return any(finding.fails for finding in self.findings)


def audit(
    blueprint: Blueprint,
    matched: Matched,
    switches: Collection[str],
    step: Callable[[], None] = lambda: None,
) -> EstateAudit:
    """Audit some switches, by their ids, or all; `step` is called after each.

    What is wrong with the files themselves is told only if the audit is of all switches: to
    one of a part, files of other switches are no surprise.

    Raises:
        MailleError: an intended configuration is at fault, or an `unmanaged` section is.
    """
    renderer = Renderer(blueprint)
    checker = Checker(blueprint.estate.settings)
    devices: list[DeviceAudit] = []
    findings: list[Finding] = []
    for name in switches:
        device = _device(blueprint.switches[name], matched, renderer, checker)
        running = matched.texts[name][0] if device.comparison else None
        devices.append(device)
        findings += of_device(device, running)
        step()
    if len(switches) == len(blueprint.switches):
        findings += of_folder(matched)
    return EstateAudit(tuple(devices), waive(findings, blueprint.estate.waivers, blueprint.as_of))


def _device(switch: Switch, matched: Matched, renderer: Renderer, checker: Checker) -> DeviceAudit:
    texts = matched.texts.get(switch.id, ())
    if len(texts) == 1:
        platform = drivers()[switch.model.platform].compare
        return audit_device(renderer.configuration(switch.id), platform, texts[0], checker)
    if texts:
        files = [text.file for text in texts]
        what = f"{len(texts)} files hold its configuration: {', '.join(files)}"
        return not_judged(switch, "D012", files, what, "keep the one that runs")
    if unusable := matched.unusable.get(switch.id):
        first = unusable[0]
        return not_judged(switch, "D014", [first.file], first.what, first.how)
    if not switch.in_service:
        return DeviceAudit(switch, State.NOT_IN_SERVICE)
    return not_judged(
        switch,
        "D010",
        (),
        "no file holds the running configuration of this switch",
        "fetch it with `show running-config`",
    )
