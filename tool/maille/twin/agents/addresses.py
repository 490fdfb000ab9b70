"""Addresses of loopback for agents: all of 127/8 is this machine."""

from __future__ import annotations

import socket
import zlib
from typing import TYPE_CHECKING

from maille.errors import MailleError
from maille.twin.agents.snmpd import PORT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FIRST, _LAST = 16, 239
"""Second numbers that are used: the low ones have uses of their own on some machines."""


def blocks(folder: Path) -> Iterator[int]:
    """Give the second numbers to try, the same order for a folder each time.

    Raises:
        MailleError: when all have been tried.
    """
    count = _LAST - _FIRST + 1
    start = zlib.crc32(str(folder).encode())
    for step in range(count):
        yield _FIRST + (start + step) % count
    raise MailleError(
        f"port {PORT} of every address of loopback is taken",
        f"stop what listens there: ss -lunp 'sport = :{PORT}'",
    )


def is_free(host: str) -> bool:
    """Say whether an agent could listen on an address."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((host, PORT))
        except OSError:
            return False
    return True
