"""What the commands that poll have in common."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maille.cli.state import state_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from maille.blueprint.model import Blueprint
    from maille.health.look import How, Look
    from maille.health.snmp.model import Agent, Patience
    from maille.health.targets.model import Target

Engine = Annotated[
    Literal["gufo", "pysnmp"],
    typer.Option("--engine", help="What asks: gufo-snmp, or the slower reference pysnmp."),
]
At = Annotated[
    Path | None,
    typer.Option(
        "--at",
        metavar="FILE",
        help="Where agents listen, in a laboratory: the agents.json of `maille twin`.",
        envvar="MAILLE_HEALTH_AT",
        show_default="the addresses of the inventory",
    ),
]
Between = Annotated[
    float,
    typer.Option(
        "--between",
        metavar="SECONDS",
        min=0,
        max=300,
        help="Between the two readings that rates follow from; 0 takes one, without rates.",
    ),
]
Timeout = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", min=0.05, max=30, help="Of each try.")
]
Tries = Annotated[int, typer.Option("--tries", min=1, max=10, help="Before a device is silent.")]
Rtsp = Annotated[
    bool, typer.Option("--rtsp", help="Ask cameras for the options of their RTSP servers, too.")
]


def now() -> datetime:
    """Give the time. Nothing below the command line asks for it."""
    return datetime.now(tz=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a command asks, and where it keeps by which engine ids they are known."""

    agents: Mapping[str, Agent]
    memory: Path

    def known(self) -> dict[str, bytes]:
        """Give the engine ids of the look before."""
        from maille.health.snmp.memory import read_engines

        return read_engines(self.memory)

    def keep(self, engines: Mapping[str, bytes]) -> None:
        """Keep engine ids for the next look; without a place replaced devices are told late."""
        from maille.health.snmp.memory import write_engines

        with suppress(OSError):
            write_engines(self.memory, engines)


def asked(
    blueprint: Blueprint, targets: Sequence[Target], at: Path | None, patience: Patience
) -> Asked:
    """Find the agents of some targets, with the credentials that the estate names."""
    from maille.health.sweep.agents import agents, read_address_book
    from maille.secrets import resolve

    settings = blueprint.estate.settings
    book = read_address_book(at, settings.estate) if at else None
    listening = agents(targets, settings.management.snmp, book, patience, resolve)
    return Asked(listening, _memory(settings.estate, at))


def looked(
    blueprint: Blueprint,
    targets: Sequence[Target],
    at: Path | None,
    patience: Patience,
    how: How,
    recorded: Callable[[], Mapping[str, float | None]] = dict,
) -> Look:
    """Look at some targets of an estate, with the credentials that it names."""
    import asyncio
    import gc

    from maille.health.look import look
    from maille.health.profiles.library import shipped

    gc.freeze()  # the blueprint stays: no collection needs to walk through it
    whom = asked(blueprint, targets, at, patience)
    found = asyncio.run(
        look(blueprint, targets, whom.agents, shipped(), how, now, recorded, whom.known())
    )
    whom.keep(found.engines)
    return found


def _memory(estate: str, at: Path | None) -> Path:
    """Give the file of engine ids: of an estate, and apart from it of each laboratory."""
    laboratory = f"-{sha256(str(at.resolve()).encode()).hexdigest()[:12]}" if at else ""
    return state_folder() / "health" / f"{estate}{laboratory}.json"
