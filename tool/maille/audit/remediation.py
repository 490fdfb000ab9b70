"""The commands of an audit as files, one a switch, for whoever sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.audit.device import by_hand
from maille.errors import UsageError
from maille.folders import File, replace_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maille.audit.device import DeviceAudit
    from maille.audit.estate import EstateAudit


def write_remediation(audit: EstateAudit, folder: Path, running: Path) -> int:
    """Write a folder anew with the commands of every switch that needs some; give their number.

    Raises:
        UsageError: it is the folder that was audited, or it holds what maille has not written.
    """
    if folder.resolve() == running.resolve():
        raise UsageError(
            f"{folder} holds the running configurations", "name another folder for the remediation"
        )
    return replace_folder(folder, _files(audit))


def _files(audit: EstateAudit) -> Iterator[File]:
    for device in audit.devices:
        if device.comparison and device.comparison.remediation:
            yield File(
                f"{device.switch.hostname}.cfg", _text(device, device.comparison.remediation)
            )


def _text(device: DeviceAudit, commands: tuple[str, ...]) -> str:
    """Write commands with what one has to know to send them; comments are no commands."""
    secrets = sum(map(by_hand, commands))
    head = [
        f"! {device.switch.hostname}: from what runs to what is intended",
        f"! made from a file with SHA-256 {device.sha256}",
        "! enter after `configure terminal`, in this order; then save",
        "! <secret:...> stands for a secret: resolve it before sending",
    ]
    if secrets:
        head.append(
            f"! {secrets} to be entered by hand, with the secret that the device has stored"
        )
    lines = (f"! by hand: {line.strip()}" if by_hand(line) else line for line in commands)
    return "\n".join([*head, "!", *lines, ""])
