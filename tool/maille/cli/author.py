"""Who gives a command, as journals name the author."""

from __future__ import annotations

import getpass
import socket


def author() -> str:
    """Give the user and the machine: `anne@csi-1`."""
    return f"{getpass.getuser()}@{socket.gethostname()}"
