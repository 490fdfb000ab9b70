"""`maille twin`: what an estate runs on, as real components on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maille.cli import agent_faults, agents, estates, faults
from maille.cli.apps import new_app
from maille.cli.options import AsJson, AsOf, Quiet, complete_estates
from maille.cli.recorders import record, recorded
from maille.cli.shell import Shell
from maille.cli.state import state_folder
from maille.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from maille.twin.cluster.lifecycle import Status

app = new_app()

Part = Literal["storage", "agents"]
Only = Annotated[
    Part,
    typer.Option(
        "--only",
        help="Which part of it: a Ceph cluster, or an SNMP agent for every device.",
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="DIR",
        help="Where all of its files are.",
        show_default="~/.local/state/maille/twin/PART",
    ),
]

_MIB = 1 << 20


@app.callback()
def twin() -> None:
    """Run what an estate needs on this machine, to try things out without any risk.

    The storage is a real Ceph cluster: monitors, managers, disks and metadata servers as
    processes of this machine, which answer on loopback only. The recorders write real segments
    to whatever cluster the estate's shares are on. The agents are real ones of SNMP, one for
    every switch, camera and host in service, each on an address of loopback.

    Example:
        maille twin up --only storage
        maille twin up inventory/chartres --only agents
        maille twin record inventory/chartres --scale 1/20000 --segment-s 5
        maille twin down
    """


@app.command()
def up(  # noqa: PLR0913 - one argument an option
    estate: Annotated[
        Path | None,
        typer.Argument(
            metavar="ESTATE",
            help="The folder of the estate whose devices have agents.",
            show_default="MAILLE_ESTATE, or the one that the current folder is in",
            autocompletion=complete_estates,
        ),
    ] = None,
    *,
    only: Only = "storage",
    folder: Folder = None,
    hosts: Annotated[int, typer.Option(min=1, max=64, help="Hosts that hold disks.")] = 7,
    osds_per_host: Annotated[
        int, typer.Option(min=1, max=16, help="Disks a host, of class hdd.")
    ] = 1,
    ssd_hosts: Annotated[
        int, typer.Option(min=0, max=64, help="Hosts with one more disk, of class ssd.")
    ] = 0,
    racks: Annotated[
        int, typer.Option(min=1, max=64, help="Racks that the hosts are spread over.")
    ] = 3,
    osd_gib: Annotated[
        int, typer.Option(min=1, max=1024, help="Size of a disk; it takes room as it fills.")
    ] = 4,
    mons: Annotated[int, typer.Option(min=1, max=7, help="Monitors.")] = 1,
    traps: Annotated[
        str | None,
        typer.Option("--traps", metavar="HOST:PORT", help="Where agents send their traps."),
    ] = None,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Start the cluster, or the agents of an estate; ends when all of it answers, and it goes on.

    A folder that holds a cluster already is started again as it is, with all its data; agents
    are, with what was broken of them, unless the estate has changed. The secrets of the estate's
    SNMP user are asked for by its references, and only keys made of them get onto the disk.

    Example:
        maille twin up --only storage
        maille twin up --only storage --hosts 9 --mons 3 --folder /var/tmp/ceph
        maille twin up inventory/chartres --only agents --folder /var/tmp/agents
    """
    from maille.twin.cluster.layout import Layout
    from maille.twin.cluster.lifecycle import start, status
    from maille.twin.cluster.record import holds_cluster, load

    shell = Shell(as_json, quiet)
    place = _place(only, folder)
    if only == "agents":
        whose = estates.named(estate) if estate else estates.default()
        agents.up(shell, whose, place, as_of, traps)
        return
    if estate:
        raise UsageError("a cluster is of no estate", "leave the folder out, or: --only agents")
    asked = Layout(
        hosts=hosts,
        osds_per_host=osds_per_host,
        ssd_hosts=ssd_hosts,
        racks=min(racks, hosts),
        osd_size_bytes=osd_gib << 30,
        mons=mons,
    )
    as_it_is = holds_cluster(place) and asked == Layout()
    with shell.progress("starting a Ceph cluster"):
        start(place, load(place).layout if as_it_is else asked)
    _tell(shell, status(place))
    shell.say(f"to use it: export CEPH_CONF={place.resolve() / 'ceph.conf'}")


@app.command()
def down(
    *,
    only: Only = "storage",
    folder: Folder = None,
    erase: Annotated[
        bool, typer.Option("--erase", help="Remove its folder too, with all its data.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Stop the cluster or the agents, every process; the data stay for the next start.

    Example:
        maille twin down
        maille twin down --only agents --erase
    """
    from maille.twin.cluster.lifecycle import stop
    from maille.twin.cluster.record import holds_cluster

    shell = Shell(quiet=quiet)
    place = _place(only, folder)
    if _part(only, place) == "agents":
        agents.down(shell, place, erase=erase)
        return
    if not holds_cluster(place):
        shell.say(f"{place} holds no cluster: there is nothing to stop")
        return
    with shell.progress("stopping the Ceph cluster"):
        stop(place, erase=erase)
    shell.say(f"stopped; {place} is {'removed' if erase else 'kept'}")


@app.command()
def status(
    *,
    only: Only = "storage",
    folder: Folder = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell how the cluster or the agents are: what runs, what is broken, the memory it takes.

    Exit code 4: no monitor answers, or an agent does not run.

    Example:
        maille twin status
        maille twin status --only agents
    """
    from maille.twin.cluster import lifecycle

    place = _place(only, folder)
    if _part(only, place) == "agents":
        agents.status(Shell(as_json, quiet), place)
        return
    found = lifecycle.status(place)
    _tell(Shell(as_json, quiet), found)
    if not found.health:
        raise typer.Exit(ExitCode.OUT_OF_REACH)


for command in (record, recorded):
    app.command()(command)
for name, act in agent_faults.COMMANDS.items():
    faults.app.command(name)(act)
app.add_typer(faults.app, name="fault")


def _place(only: Part, folder: Path | None) -> Path:
    return folder or state_folder() / "twin" / only


def _part(only: Part, place: Path) -> Part:
    """Give which part a folder is of: what it holds says so, too."""
    from maille.twin.agents.record import holds_agents

    return "agents" if holds_agents(place) else only


def _tell(shell: Shell, found: Status) -> None:
    document = {
        "folder": found.record.folder,
        "conf": found.record.conf,
        "fsid": found.record.fsid,
        "health": found.health or None,
        "checks": list(found.checks),
        "daemons": [
            {"name": daemon.name, "pid": daemon.pid, "rss_bytes": daemon.rss_bytes}
            for daemon in found.daemons
        ],
        "down": list(found.down),
    }
    shell.answer(document, lambda: _as_text(found))


def _as_text(found: Status) -> str:
    layout = found.record.layout
    rss_mib = sum(daemon.rss_bytes for daemon in found.daemons) // _MIB
    health = found.health or "no monitor answers"
    disks = f"{len(layout.osds)} disks on {layout.hosts} hosts in {layout.racks} racks"
    daemons = f"{len(found.daemons)} of {len(layout.daemons)} daemons run, with {rss_mib} MiB"
    lines = [
        f"{found.record.folder}: {' '.join([health, *found.checks])}",
        f"{disks}; {daemons}",
    ]
    if found.down:
        lines.append(f"down: {', '.join(found.down)}")
    return "\n".join(lines)
