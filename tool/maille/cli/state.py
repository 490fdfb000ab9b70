"""Where the commands keep what is to be found again at the next run."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """Give the folder of this user's state, by the XDG base directory convention.

    Raises:
        RuntimeError: the user has no home.
    """
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "maille"
