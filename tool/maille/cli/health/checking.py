"""`maille health check`: one device, answered as Nagios plug-ins do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli import estates
from maille.cli.checking import checked
from maille.cli.health.options import At, Between, Engine, Rtsp, Timeout, Tries, looked
from maille.cli.ids import Kind
from maille.cli.options import AsOf, estate_and
from maille.cli.shell import Shell
from maille.errors import MailleError, UsageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from maille.blueprint.model import Blueprint
    from maille.health.look import How
    from maille.health.snmp.model import Patience
    from maille.health.targets.model import Target


def check(
    words: Annotated[
        list[str],
        estate_and("ID", "The device to look at.", Kind.CAMERA, Kind.SWITCH),
    ],
    *,
    as_of: AsOf,
    engine: Engine = "gufo",
    at: At = None,
    between: Between = 5.0,
    timeout: Timeout = 1.0,
    tries: Tries = 2,
    rtsp: Rtsp = False,
) -> None:
    """Answer how one device is, in one line with performance data, as a Nagios plug-in.

    The exit status is 0 (up), 1 (degraded), 2 (down or unreachable) or 3 (unknown, and anything
    that keeps it from being looked at). Of a camera its switch is asked, too, and of a switch all
    that hangs on it.

    Example:
        maille health check inventory/chartres 28085-0001
    """
    from maille.health.look import How
    from maille.health.shown.plugin import UNKNOWN, unknown
    from maille.health.snmp.model import Patience

    try:
        estate, wanted = estates.split(words)
        answer, status = _answer(
            estate, wanted, as_of, at, Patience(timeout, tries), How(engine, between, rtsp)
        )
    except MailleError as error:
        answer, status = unknown(str(error)), UNKNOWN
    typer.echo(answer)
    raise typer.Exit(status)


def _answer(
    estate: Path, wanted: list[str], as_of: date, at: Path | None, patience: Patience, how: How
) -> tuple[str, int]:
    from maille.health.profiles.library import shipped
    from maille.health.shown.plugin import line
    from maille.health.targets.build import targets
    from maille.inventory.suggest import unknown as unknown_id

    if len(wanted) != 1:
        raise UsageError("name one device", "write its id behind the estate")
    blueprint = checked(Shell(quiet=True), estate, as_of).sound()
    every = targets(blueprint, shipped())
    if wanted[0] not in {target.id for target in every}:
        raise UsageError(*unknown_id("device", wanted[0], [target.id for target in every]))
    found = looked(blueprint, _around(blueprint, every, wanted[0]), at, patience, how)
    return line(found, wanted[0])


def _around(blueprint: Blueprint, every: tuple[Target, ...], wanted: str) -> tuple[Target, ...]:
    """Give a device and what tells of it: the switches that it hangs on, or what hangs on it.

    A switch that answers nobody, and through which its cameras or its neighbours answer, forwards.
    """
    around = {wanted}
    if camera := blueprint.cameras.get(wanted):
        around.add(camera.switch or wanted)
    elif host := blueprint.hosts.get(wanted):
        around |= {switch for switch, _ in host.ports}
    elif switch := blueprint.switches.get(wanted):
        around |= {port.camera or port.far_switch or port.host or "" for port in switch.ports}
    return tuple(target for target in every if target.id in around)
