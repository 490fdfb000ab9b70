"""Batches of running configurations, made of what is rendered."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.estates import built

from maille.audit.device import audit_device
from maille.audit.texts import RunningText, running_text
from maille.configs.hardening.check import Checker
from maille.configs.platforms import drivers
from maille.configs.render import Renderer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from maille.audit.device import DeviceAudit
    from maille.blueprint.model import Blueprint
    from maille.configs.render import Rendered


@cache
def blueprint_of(estate: Path) -> Blueprint:
    """Build an estate once."""
    return built(estate).blueprint


@cache
def rendered(estate: Path) -> Mapping[str, Rendered]:
    """Render every switch of an estate once."""
    return {each.switch.id: each for each in Renderer(blueprint_of(estate)).all()}


def write_running(estate: Path, folder: Path) -> Path:
    """Write what every switch of an estate should run, one file a switch."""
    folder.mkdir()
    for each in rendered(estate).values():
        (folder / f"{each.switch.hostname}.cfg").write_text(each.text, "utf-8")
    return folder


def audited(estate: Path, switch: str, text: str) -> DeviceAudit:
    """Audit one switch as if it ran a text."""
    intended = rendered(estate)[switch]
    running = running_text(f"{switch}.cfg", text.encode())
    assert isinstance(running, RunningText), running
    platform = drivers()[intended.switch.model.platform].compare
    checker = Checker(blueprint_of(estate).estate.settings)
    return audit_device(intended, platform, running, checker)
