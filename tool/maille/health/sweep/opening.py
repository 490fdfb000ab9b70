"""A sweep with its engines open: for one look, or for as long as a watch lasts."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from maille.health.snmp.client import client
from maille.health.sweep.survey import Surveyor
from maille.health.sweep.sweep import Sweep

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from datetime import datetime

    from maille.health.profiles.library import Library
    from maille.health.snmp.client import Client
    from maille.health.targets.model import Target


@asynccontextmanager
async def opened(
    engine: str,
    targets: Sequence[Target],
    library: Library,
    now: Callable[[], datetime],
    known: Mapping[str, bytes] | None = None,
) -> AsyncIterator[tuple[Sweep, Client]]:
    """Give a sweep, and the client by which it asks; their sockets are closed at the end.

    Args:
        engine: `gufo` or `pysnmp`; what gufo-snmp cannot ask goes by pysnmp all the same.
        targets: what will be asked.
        library: their profiles.
        now: gives the time.
        known: engine ids of an earlier look, by target.
    """
    async with client(engine, known) as main, client("pysnmp") as by_context:
        main.prepare()
        if any(library.asks_by_vlan(target.profile) for target in targets):
            by_context.prepare()
        yield Sweep(main, Surveyor(main, by_context), library, now), main
