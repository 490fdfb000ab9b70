"""Starting and stopping the agents of an estate, and telling how they are."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.errors import MailleError, OutOfReachError
from maille.files import write_all, write_atomically
from maille.twin import processes
from maille.twin.agents import control, faults
from maille.twin.agents.addresses import blocks, is_free
from maille.twin.agents.breaking import current, freeze, launch, state_of
from maille.twin.agents.plant import as_json
from maille.twin.agents.planting import plant_of
from maille.twin.agents.record import SUBAGENT, Record, holds_agents, load, snmpd, usable_folder
from maille.twin.agents.snmpd import PORT, User, write_keys
from maille.twin.alone import alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from maille.blueprint.model import Blueprint
    from maille.twin.agents.faults import Fault

_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Status:
    """How the agents of a folder are."""

    record: Record
    running: tuple[processes.Running, ...]
    faults: tuple[Fault, ...]
    silent: tuple[str, ...]
    """Devices that answer nobody, because of the faults."""
    memory_bytes: int
    """Of all processes; what they share counts once."""

    @property
    def down(self) -> tuple[str, ...]:
        """Give the names of the processes that do not run."""
        there = {daemon.name for daemon in self.running}
        return tuple(name for name in self.record.daemons if name not in there)


def start(folder: Path, blueprint: Blueprint, user: User, traps_to: str | None = None) -> Record:
    """Bring the agents of an estate up, and give them when all of them answer.

    Agents of the same estate, as it is, that the folder holds already go on with their faults;
    those of another, or of one that has changed since, are ended first.

    Args:
        folder: where all of their files are.
        blueprint: the estate.
        user: who polls them.
        traps_to: `host:port` of whoever is sent traps, if anybody is.

    Raises:
        MailleError: something is missing here, or the folder holds something else.
        OutOfReachError: an agent does not come up; with its last words.
    """
    snmpd()
    with alone(folder):
        record = _same(folder, blueprint, traps_to) or _make(folder, blueprint, traps_to)
        write_keys(record, user)
        missing = [name for name in record.daemons if not processes.running(record, name)]
        with _all_or_none(record, missing):
            _launch(record, missing)
        return record


def stop(folder: Path, *, erase: bool = False) -> None:
    """End every process of a folder's agents; a folder without any is fine as it is."""
    if not holds_agents(folder):
        return
    with alone(folder) as lock:
        if not holds_agents(folder):
            return
        record = load(folder)
        processes.kill_all(record)
        if erase:
            shutil.rmtree(record.folder)
            lock.unlink()


def status(folder: Path) -> Status:
    """Tell how the agents of a folder are."""
    record = load(folder)
    found = current(record)
    silent = faults.effects(record.plant, found).silent & set(record.plant.agents)
    running = processes.all_running(record)
    memory_bytes = sum(processes.share_bytes(daemon.pid) for daemon in running)
    return Status(record, running, found, tuple(sorted(silent)), memory_bytes)


def _same(folder: Path, blueprint: Blueprint, traps_to: str | None) -> Record | None:
    """Give what the folder holds if that is the estate as it is; end it if it is another."""
    if not holds_agents(folder):
        return None
    record = load(folder)
    block = int(next(iter(record.plant.devices.values())).host.split(".")[1])
    if record.plant == plant_of(blueprint, block, traps_to):
        return record
    processes.kill_all(record)
    shutil.rmtree(record.folder)
    return None


def _make(folder: Path, blueprint: Blueprint, traps_to: str | None) -> Record:
    """Write all that agents need into a new folder, but for their keys."""
    place = usable_folder(folder)
    record = next(
        record
        for record in (
            Record(place, plant_of(blueprint, block, traps_to)) for block in blocks(place)
        )
        if all(is_free(device.host) for device in record.plant.agents.values())
    )
    if not record.plant.agents:
        raise MailleError(
            f"no device of {record.plant.estate} that is in service has an agent",
            "put one into service, or take another day: --as-of",
        )
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("run", "log", "agents"):
        (place / name).mkdir(mode=0o700)
    spoken = blueprint.estate.settings.management.snmp
    book = {
        "estate": record.plant.estate,
        "user": {"name": spoken.user, "auth": spoken.auth, "privacy": spoken.privacy},
        "agents": {name: f"{one.host}:{PORT}" for name, one in record.plant.agents.items()},
    }
    write_atomically(record.book, json.dumps(book, indent=2) + "\n")
    contents = {record.faults: faults.as_json(()), record.plant_file: as_json(record.plant)}
    write_all(contents, mode=_OWNER_ONLY)
    return record


def _launch(record: Record, names: Sequence[str]) -> None:
    state = state_of(record)
    if SUBAGENT in names:
        processes.launch(record, SUBAGENT)
    for name in names:
        if name != SUBAGENT:
            launch(record, name, state)
    try:
        control.await_up(record)
        control.await_ready(record)
    except OutOfReachError:
        ended = [name for name in record.daemons if not processes.running(record, name)]
        for name in ended:
            said = processes.last_words(record, name)
            raise OutOfReachError(
                f"{name} ended: {said}", "see what it says, and mend it"
            ) from None
        raise
    freeze(record, state.silent)


@contextmanager
def _all_or_none(record: Record, names: Sequence[str]) -> Iterator[None]:
    """End what was started if not all of it comes up, or the user gives up."""
    try:
        yield
    except BaseException:
        processes.kill(record, names)
        raise
