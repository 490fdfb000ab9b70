"""A PostgreSQL server of the test run's own, from Debian's package; nothing of it outlives the run.

As root it runs as another user, for it refuses to be root; its folder is that user's.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.clusters import folder_of_run

_USER = "maille"
_START_S = 60
_SETTINGS = """
listen_addresses = ''
shared_buffers = 16MB
max_connections = 40
logging_collector = off
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that can be stopped and started; it is asked by a socket in its folder."""

    data: Path

    def start(self) -> None:
        """Start it, and wait until it answers."""
        log = self.data.parent / "log"
        done = self._run("pg_ctl", "start", "--wait", "--timeout", str(_START_S), "--log", log)
        assert done.returncode == 0, f"{done.stdout}{log.read_text() if log.exists() else ''}"

    def stop(self) -> None:
        """Stop it as a power cut would: nobody takes leave, and the next start recovers."""
        done = self._run("pg_ctl", "stop", "--wait", "--mode", "immediate")
        assert done.returncode == 0, done.stdout

    def new_database(self) -> str:
        """Give the URL of an empty database, with a reference to the password."""
        name = f"t{secrets.token_hex(6)}"
        options = ("--host", self.data.parent, "--username", _USER)
        done = self._run("createdb", *options, name)
        assert done.returncode == 0, done.stdout
        return f"postgresql://{_USER}:file:{self._password}@/{name}?host={self.data.parent}"

    @property
    def _password(self) -> Path:
        return self.data.parent / "password"

    def _run(self, program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PGDATA": str(self.data),
            "PGPASSWORD": self._password.read_text(),
            "LC_ALL": "C.UTF-8",
        }
        return subprocess.run(
            [_found(program), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "createdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd="/",
            env=environment,
            user=_owner(),
        )


def new_server(run: str) -> Server:
    """Make a server and start it; where that cannot be, whoever needs it fails."""
    folder = Path(tempfile.mkdtemp(prefix="maille-postgres-"))
    server = Server(folder / "data")
    (folder_of_run(run) / f"{folder.name}.postgres").write_text(str(server.data))
    key = server._password
    key.write_text(secrets.token_hex(16))
    if owner := _owner():
        for path in (folder, key):
            shutil.chown(path, owner)
    done = server._run(
        "initdb", "--username", _USER, "--pwfile", key, "--auth", "scram-sha-256", "--no-sync"
    )
    assert done.returncode == 0, "initdb failed"
    with (server.data / "postgresql.conf").open("a") as settings:
        settings.write(f"{_SETTINGS}unix_socket_directories = '{folder}'\n")
    server.start()
    return server


def _found(program: str) -> str:
    """Give a program of the newest PostgreSQL; Debian keeps them off the path."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    found = str(kept[-1]) if kept else shutil.which(program)
    assert found, f"{program} is missing: install Debian's package postgresql"
    return found


def _owner() -> str | None:
    """Give the user that the server runs as, None for whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
