"""Real agents for tests, and net-snmp to ask them: a client that is none of ours.

Nothing that is started here outlives the run: `tests/watchdog.py` sees to it.
"""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.clusters import folder_of_run, new_folder
from tests.estates import INVENTORY, built

from maille.twin.agents.lifecycle import start, stop
from maille.twin.agents.snmpd import PORT, User

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.twin.agents.plant import Device
    from maille.twin.agents.record import Record

USER = User("maille", "of-the-authentication", "of-the-privacy")
SECRETS = {
    "MALATAVERNE_SNMP_AUTH": USER.auth,
    "MALATAVERNE_SNMP_PRIVACY": USER.privacy,
    "CHARTRES_SNMP_AUTH": USER.auth,
    "CHARTRES_SNMP_PRIVACY": USER.privacy,
}
"""The variables that the sample estates refer to, for commands."""
_AUTH = {"md5": "MD5", "sha1": "SHA", "sha256": "SHA-256", "sha512": "SHA-512"}
_PRIVACY = {"des": "DES", "aes128": "AES"}
_GENEROUS_S = 20


def shared_agents(run: str, estate: str) -> Record:
    """Give the agents of an estate that a whole run shares: break nothing of them."""
    return start(folder_of_run(run) / estate, built(INVENTORY / estate).blueprint, USER)


@contextmanager
def own_agents(run: str, estate: str) -> Iterator[Record]:
    """Give agents to be broken, for as long as a `with` lasts."""
    folder = new_folder(run)
    try:
        yield start(folder, built(INVENTORY / estate).blueprint, USER)
    finally:
        stop(folder, erase=True)


@dataclass(frozen=True, slots=True)
class Manager:
    """Who polls the agents of a folder, with net-snmp."""

    record: Record
    tries: int = 3
    patience_s: int = _GENEROUS_S

    def get(self, device: str, *oids: str) -> list[str]:
        """Give values as net-snmp prints them, without their types."""
        lines = self._run("snmpget", device, "-OQvn", *oids).splitlines()
        return [line.strip('"') for line in lines]

    def walk(self, device: str, oid: str, context: str = "") -> dict[str, str]:
        """Give what is below an object: what comes behind its id, and the values."""
        said = self._run("snmpbulkwalk", device, "-OQn", oid, context=context)
        rows = (line.partition(" = ") for line in said.splitlines() if " = No Such" not in line)
        return {name.removeprefix(f".{oid}."): value.strip('"') for name, _, value in rows}

    def answers(self, device: str) -> bool:
        """Say whether a device answers; those that do not are given a second."""
        hasty = Manager(self.record, tries=1, patience_s=1)
        return "Timeout" not in hasty.said(device)

    def said(self, device: str) -> str:
        """Give all that net-snmp says when it asks for the name."""
        return self._ask("snmpget", device, ["-OQv", "1.3.6.1.2.1.1.5.0"], "").stdout

    def _run(self, program: str, device: str, *words: str, context: str = "") -> str:
        done = self._ask(program, device, list(words), context)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def _ask(
        self, program: str, device: str, words: list[str], context: str
    ) -> subprocess.CompletedProcess[str]:
        there = self.record.plant.devices[device]
        options = [word for word in words if word.startswith("-")]
        oids = [word for word in words if not word.startswith("-")]
        return subprocess.run(
            [
                *(program, "-v3", "-l", "authPriv", "-n", context, *credentials(there)),
                *("-t", str(self.patience_s), "-r", str(self.tries - 1), *options),
                *(f"{there.host}:{PORT}", *oids),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


def credentials(device: Device) -> list[str]:
    """Give net-snmp's options for the user, with the algorithms of a device."""
    assert device.snmp
    auth, privacy = _AUTH[device.snmp.auth], _PRIVACY[device.snmp.privacy]
    return ["-u", USER.name, "-a", auth, "-A", USER.auth, "-x", privacy, "-X", USER.privacy]
