"""What a folder of agents holds, and what runs for it."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.errors import MailleError
from maille.twin.agents import plant as plants

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from maille.twin.agents.plant import Plant

SUBAGENT = "subagent"
"""The process that speaks for all devices; the others are called like these."""
_MODULES = (
    "usmConf,vacm_conf,snmpEngine,snmpMPDStats,usmStats,usmUser,"
    "system_mib,sysORTable,snmp_mib,vacm_vars"
)
"""What is net-snmp's own in a device: security, the system group, its statistics."""
_HOST_MODULES = f"{_MODULES},hrh_storage,hw_mem,hw_fsys,memory,loadave,cpu,cpu_linux"
"""A host shows its memory, its load and its file systems too: this machine's."""
_PLANT = "plant.json"
_LONGEST_FOLDER_CHARS = 60
"""The kernel takes 107 characters for a socket; `/agents/<id>/agentx` comes behind."""


@dataclass(frozen=True, slots=True)
class Record:
    """A folder of agents, and the plant that they show."""

    folder: Path
    plant: Plant

    @property
    def book(self) -> Path:
        """Give the address book: where each device's agent answers."""
        return self.folder / "agents.json"

    @property
    def plant_file(self) -> Path:
        """Give the file of the plant."""
        return self.folder / _PLANT

    @property
    def faults(self) -> Path:
        """Give the file of what is broken."""
        return self.folder / "faults.json"

    @property
    def control(self) -> Path:
        """Give the socket on which the subagent is told of changes."""
        return self.folder / "run" / "control"

    def agent(self, device: str) -> Path:
        """Give the folder of one agent."""
        return self.folder / "agents" / device

    def kept(self, device: str) -> Path:
        """Give what an agent keeps from one start to the next, of the engine it has now."""
        return self.agent(device) / "kept"

    def agentx(self, device: str) -> Path:
        """Give the socket between an agent and the subagent."""
        return self.agent(device) / "agentx"

    @property
    def daemons(self) -> Sequence[str]:
        """Give the names of all processes: the subagent, and one for each device."""
        return (SUBAGENT, *self.plant.agents)

    def command(self, name: str) -> Sequence[str]:
        """Give what starts a process. Raises MailleError if net-snmp is not installed."""
        if name == SUBAGENT:
            return [sys.executable, "-m", "maille.twin.agents.subagent", str(self.plant_file)]
        host = self.plant.devices[name].make == "host"
        modules = _HOST_MODULES if host else _MODULES
        return [snmpd(), "-f", "-LE", "4", "-I", modules, "-x", f"unix:{self.agentx(name)}"]

    def environment(self, name: str) -> Mapping[str, str]:
        """Give the environment of a process: an agent reads its own folder and nothing else."""
        if name == SUBAGENT:
            return os.environ
        place = self.agent(name)
        return {"SNMPCONFPATH": f"{place}:{self.kept(name)}", "MIBS": "", "MIBDIRS": str(place)}

    def owns(self, words: Sequence[bytes]) -> bool:
        """Say whether a process is an agent of this folder, or its subagent."""
        socket = b"unix:" + os.fsencode(self.folder / "agents") + b"/"
        plant = os.fsencode(self.plant_file)
        return plant in words or any(word.startswith(socket) for word in words)


def snmpd() -> str:
    """Give the path of the agent's program. Raises MailleError if it is not installed."""
    program = shutil.which("snmpd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise MailleError("snmpd cannot be found", "install the package snmpd, as root")
    return program


def holds_agents(folder: Path) -> bool:
    """Say whether a folder holds agents, running or not."""
    return (folder / _PLANT).is_file()


def load(folder: Path) -> Record:
    """Read what a folder holds. Raises MailleError where those are no agents."""
    try:
        return Record(folder.resolve(), plants.read(folder / _PLANT))
    except FileNotFoundError:
        raise MailleError(
            f"{folder} holds no agents", "start them: maille twin up ESTATE --only agents"
        ) from None
    except ValueError:
        raise MailleError(
            f"{folder / _PLANT} is damaged",
            "take a new folder, and remove this one once nothing runs in it",
        ) from None


def usable_folder(folder: Path) -> Path:
    """Give the absolute path of a folder for agents.

    Raises MailleError where something else is in it, or its path is too long for sockets.
    """
    absolute = folder.resolve()
    if len(str(absolute)) > _LONGEST_FOLDER_CHARS:
        raise MailleError(
            f"{absolute} is too long a path: the kernel takes no socket in it",
            f"name a folder of {_LONGEST_FOLDER_CHARS} characters or fewer",
        )
    if absolute.exists() and (not absolute.is_dir() or any(absolute.iterdir())):
        raise MailleError(f"{absolute} holds something else", "name a new or an empty folder")
    return absolute
