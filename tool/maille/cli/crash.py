"""The report of a fault in maille: a file that a user can send to whoever mends it."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from maille.cli.state import state_folder

if TYPE_CHECKING:
    from pathlib import Path


def write_report(error: Exception) -> Path | None:
    """Write the traceback and the circumstances; give the file, or None if none can be written.

    Neither the environment nor the values of variables are kept: they may hold secrets.
    """
    now = datetime.now(tz=UTC)
    system = f"Python {platform.python_version()}, {platform.platform()}"
    report = "\n".join(
        (
            f"maille {version('maille')}, {system}, {now.isoformat(timespec='seconds')}",
            f"command: {sys.argv}",
            "".join(traceback.format_exception(error)),
        )
    )
    try:
        folder = state_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"crash-{now:%Y%m%dT%H%M%S}-{os.getpid()}.txt"
        path.write_text(report, encoding="utf-8", errors="backslashreplace")
    except (OSError, RuntimeError):  # RuntimeError: the user has no home
        return None
    return path
