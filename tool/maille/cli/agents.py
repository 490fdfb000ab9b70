"""The agents of `maille twin up`, `down` and `status`: an estate's devices on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from maille.cli.shell import Shell
    from maille.twin.agents.lifecycle import Status

_MIB = 1 << 20
_FEW = 5


def up(shell: Shell, estate: Path, folder: Path, as_of: date, traps_to: str | None) -> None:
    """Start the agents of an estate, and tell how they are."""
    from maille.cli.checking import checked
    from maille.secrets import located, resolve
    from maille.twin.agents.lifecycle import start, status
    from maille.twin.agents.snmpd import User

    blueprint = checked(shell, estate, as_of).built().blueprint
    spoken = blueprint.estate.settings.management.snmp
    auth, privacy = (resolve(located(one, estate)) for one in (spoken.auth, spoken.privacy))
    with shell.progress("starting an agent for every device"):
        record = start(folder, blueprint, User(spoken.user, auth, privacy), traps_to)
    tell(shell, status(folder))
    shell.say(f"where each answers: {record.book}")


def down(shell: Shell, folder: Path, *, erase: bool) -> None:
    """End the agents of a folder."""
    from maille.twin.agents.lifecycle import stop
    from maille.twin.agents.record import holds_agents

    if not holds_agents(folder):
        shell.say(f"{folder} holds no agents: there is nothing to stop")
        return
    with shell.progress("ending the agents"):
        stop(folder, erase=erase)
    shell.say(f"stopped; {folder} is {'removed' if erase else 'kept'}")


def status(shell: Shell, folder: Path) -> None:
    """Tell how the agents of a folder are; exit code 4 where one does not run."""
    import typer

    from maille.errors import ExitCode
    from maille.twin.agents import lifecycle

    found = lifecycle.status(folder)
    tell(shell, found)
    if found.down:
        raise typer.Exit(ExitCode.OUT_OF_REACH)


def tell(shell: Shell, found: Status) -> None:
    """Answer with how agents are."""
    document = {
        "folder": found.record.folder,
        "estate": found.record.plant.estate,
        "book": found.record.book,
        "agents": len(found.record.plant.agents),
        "running": len(found.running),
        "memory_bytes": found.memory_bytes,
        "down": list(found.down),
        "faults": [str(fault) for fault in found.faults],
        "silent": list(found.silent),
    }
    shell.answer(document, lambda: _as_text(found))


def _as_text(found: Status) -> str:
    record = found.record
    there = sum(daemon.name in record.plant.agents for daemon in found.running)
    agents = f"{there} of {len(record.plant.agents)} agents of {record.plant.estate}"
    lines = [f"{record.folder}: {agents} run, with {found.memory_bytes // _MIB} MiB"]
    if found.down:
        lines.append(f"down: {_some(found.down)}")
    lines += [f"broken: {fault}" for fault in found.faults]
    if found.silent:
        lines.append(f"silent because of that: {len(found.silent)} ({_some(found.silent)})")
    return "\n".join(lines)


def _some(names: tuple[str, ...]) -> str:
    more = ", …" if len(names) > _FEW else ""
    return ", ".join(names[:_FEW]) + more
