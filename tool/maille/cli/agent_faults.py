"""`maille twin fault` on agents: breaking devices, ports and links of an estate's plant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maille.cli.options import AsJson
from maille.cli.shell import Shell
from maille.cli.state import state_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.twin.agents.faults import Fault, FaultKind
    from maille.twin.agents.record import Record

Device = Annotated[str, typer.Argument(metavar="DEVICE", help="A switch, a camera or a host.")]
Switch = Annotated[str, typer.Argument(metavar="SWITCH", help="A switch.")]
Camera = Annotated[str, typer.Argument(metavar="CAMERA", help="A camera.")]
Link = Annotated[str, typer.Argument(metavar="LINK", help="A link between switches.")]
Port = Annotated[str, typer.Argument(metavar="PORT", help="A port: Gi1/3, or as it is configured.")]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="DIR",
        help="Where the agents are.",
        show_default="~/.local/state/maille/twin/agents",
    ),
]


def silence(device: Device, *, folder: Folder = None, as_json: AsJson = False) -> None:
    """Let a device's agent answer nobody; all else of the device goes on.

    Example:
        maille twin fault silence 28085-0001
    """
    _break("silence", device, folder, as_json)


def slow(
    device: Device,
    seconds: Annotated[float, typer.Argument(min=0, max=50, help="How long it takes.")],
    *,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Let a device's agent take its time over every answer.

    Example:
        maille twin fault slow 28085-0001 0.9
    """
    _break("slow", device, folder, as_json, seconds=seconds)


def management_lost(switch: Switch, *, folder: Folder = None, as_json: AsJson = False) -> None:
    """Let a switch lose its management: it answers nobody, and forwards as before.

    Example:
        maille twin fault management-lost 28085-beaulieu
    """
    _break("management-lost", switch, folder, as_json)


def switch_dead(switch: Switch, *, folder: Folder = None, as_json: AsJson = False) -> None:
    """Take a switch away, with the cameras that it feeds and all that only it leads to.

    Example:
        maille twin fault switch-dead 28085-beaulieu
    """
    _break("switch-dead", switch, folder, as_json)


def device_replaced(device: Device, *, folder: Folder = None, as_json: AsJson = False) -> None:
    """Put another device in the place of one: another engine id, in its first boot.

    Example:
        maille twin fault device-replaced 28085-0001
    """
    _break("device-replaced", device, folder, as_json)


def wrong_credentials(device: Device, *, folder: Folder = None, as_json: AsJson = False) -> None:
    """Let a device's agent know the user with other secrets.

    Example:
        maille twin fault wrong-credentials 28085-0001
    """
    _break("wrong-credentials", device, folder, as_json)


def port_down(
    switch: Switch, port: Port, *, folder: Folder = None, as_json: AsJson = False
) -> None:
    """Break the cable at a switch's port, and with it what it carries and feeds.

    Example:
        maille twin fault port-down 28085-beaulieu Gi1/3
    """
    _break("port-down", switch, folder, as_json, port=port)


def port_errors(
    switch: Switch, port: Port, *, folder: Folder = None, as_json: AsJson = False
) -> None:
    """Let damaged frames come in at a switch's port.

    Example:
        maille twin fault port-errors 28085-beaulieu Gi1/1
    """
    _break("port-errors", switch, folder, as_json, port=port)


def poe_off(switch: Switch, port: Port, *, folder: Folder = None, as_json: AsJson = False) -> None:
    """Switch the power of a port off: what it feeds goes out.

    Example:
        maille twin fault poe-off 28085-beaulieu Gi1/3
    """
    _break("poe-off", switch, folder, as_json, port=port)


def link_cut(link: Link, *, folder: Folder = None, as_json: AsJson = False) -> None:
    """Cut a link, all strands of it.

    Example:
        maille twin fault link-cut beaulieu/0
    """
    _break("link-cut", link, folder, as_json)


def wrong_mac(camera: Camera, *, folder: Folder = None, as_json: AsJson = False) -> None:
    """Let a camera have another MAC address than the inventory says.

    Example:
        maille twin fault wrong-mac 28085-0001
    """
    _break("wrong-mac", camera, folder, as_json)


def no_video(camera: Camera, *, folder: Folder = None, as_json: AsJson = False) -> None:
    """Let a camera answer and send no video: some kbit/s are left on its port.

    Example:
        maille twin fault no-video 28085-0001
    """
    _break("no-video", camera, folder, as_json)


def reboot(device: Device, *, folder: Folder = None) -> None:
    """Start a device anew: uptime and counters begin again, its engine counts one boot more.

    Example:
        maille twin fault reboot 28085-beaulieu
    """
    from maille.twin.agents.breaking import reboot as act

    act(_record(folder), device)
    Shell().say(f"started anew: {device}")


def repair(
    subject: Annotated[
        str, typer.Argument(metavar="DEVICE|LINK", help="What is broken, as the list names it.")
    ],
    port: Annotated[
        str | None, typer.Argument(metavar="PORT", help="Only this port of it.")
    ] = None,
    *,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Mend all that is broken of a device or a link. What had no power starts anew.

    Example:
        maille twin fault repair 28085-beaulieu
        maille twin fault repair 28085-beaulieu Gi1/3
    """
    from maille.twin.agents.breaking import repair as act

    record = _record(folder)
    _tell(record, "mended", act(record, subject, port), as_json=as_json)


def clear(*, folder: Folder = None, as_json: AsJson = False) -> None:
    """Mend everything.

    Example:
        maille twin fault clear
    """
    from maille.twin.agents.breaking import clear as act

    record = _record(folder)
    _tell(record, "mended", act(record), as_json=as_json)


def list_(*, folder: Folder = None, as_json: AsJson = False) -> None:
    """List what is broken, and which devices are silent because of it.

    Example:
        maille twin fault list
    """
    from maille.twin.agents.breaking import current

    record = _record(folder)
    _tell(record, "broken", current(record), as_json=as_json)


COMMANDS: dict[str, Callable[..., None]] = {
    "silence": silence,
    "slow": slow,
    "management-lost": management_lost,
    "switch-dead": switch_dead,
    "device-replaced": device_replaced,
    "wrong-credentials": wrong_credentials,
    "port-down": port_down,
    "port-errors": port_errors,
    "poe-off": poe_off,
    "link-cut": link_cut,
    "wrong-mac": wrong_mac,
    "no-video": no_video,
    "reboot": reboot,
    "repair": repair,
    "clear": clear,
    "list": list_,
}
"""By the names they are given on the command line."""


def _break(
    kind: FaultKind,
    subject: str,
    folder: Path | None,
    as_json: bool,  # noqa: FBT001
    *,
    port: str | None = None,
    seconds: float | None = None,
) -> None:
    from maille.twin.agents.breaking import add
    from maille.twin.agents.faults import Fault

    record = _record(folder)
    _tell(record, "broken", (add(record, Fault(kind, subject, port, seconds)),), as_json=as_json)


def _record(folder: Path | None) -> Record:
    from maille.twin.agents.record import load

    return load(folder or state_folder() / "twin" / "agents")


def _tell(record: Record, word: str, found: tuple[Fault, ...], *, as_json: bool) -> None:
    from maille.twin.agents.breaking import state_of

    silent = sorted(state_of(record).silent & set(record.plant.agents))
    document = {
        word: [
            {
                key: value
                for key, value in (
                    ("kind", fault.kind),
                    ("subject", fault.subject),
                    ("port", fault.port),
                    ("seconds", fault.seconds),
                )
                if value is not None
            }
            for fault in found
        ],
        "silent": silent,
    }
    lines = [f"{word}: {fault}" for fault in found] or [f"{word}: nothing"]
    if silent:
        lines.append(
            f"silent now: {len(silent)} ({', '.join(silent[:5])}{', …' * (len(silent) > 5)})"
        )
    Shell(as_json).answer(document, lambda: "\n".join(lines))
