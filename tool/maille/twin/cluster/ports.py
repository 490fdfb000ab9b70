"""Ports for monitors: the only ones of a cluster that must not change."""

from __future__ import annotations

import random
import socket
from contextlib import suppress
from pathlib import Path

from maille.errors import MailleError

LOOPBACK = "127.0.0.1"
_LOWEST = 10_000
_HIGHEST = 32_767
_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_ports(count: int) -> tuple[int, ...]:
    """Pick ports that nobody listens on.

    They lie below those that the kernel hands out to connections: a monitor that is down for
    a moment finds its port again. Raises MailleError where there are too few.
    """
    candidates = list(range(_LOWEST, _first_of_the_kernel()))
    random.shuffle(candidates)
    found: list[int] = []
    for port in candidates:
        if is_free(port):
            found.append(port)
        if len(found) == count:
            return tuple(found)
    raise MailleError(
        f"there are no {count} free ports between {_LOWEST} and {_HIGHEST}",
        "stop what listens there: ss -ltnp",
    )


def is_free(port: int) -> bool:
    """Say whether a monitor could listen on a port of loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind((LOOPBACK, port))
            return True
    return False


def _first_of_the_kernel() -> int:
    with suppress(OSError, ValueError, IndexError):
        first = int(_RANGE.read_text(encoding="ascii").split()[0])
        if first > _LOWEST + 1000:
            return first
    return _HIGHEST + 1
