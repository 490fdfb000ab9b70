"""One real agent of net-snmp, for tests that need to break it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from maille.health.snmp.model import Agent, Patience, User

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.catalogue import SnmpAuth, SnmpPrivacy

_AUTH: dict[SnmpAuth, str] = {
    "md5": "MD5",
    "sha1": "SHA",
    "sha256": "SHA-256",
    "sha512": "SHA-512",
}
_PRIVACY: dict[SnmpPrivacy, str] = {"des": "DES", "aes128": "AES", "aes256": "AES-256"}
_START_S = 20.0

POLLER = User("maille", "sha256", "of-the-authentication", "aes128", "of-the-privacy")
ENGINE = "0x80001f8804c0ffee01"
PATIENCE = Patience(timeout_s=1.0, tries=2)


def free_port() -> int:
    """Give a UDP port of 127.0.0.1 that nobody listens on."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
        own.bind(("127.0.0.1", 0))
        port: int = own.getsockname()[1]
        return port


@dataclass
class Daemon:
    """An `snmpd` that can be stopped, paused and started again as another."""

    folder: Path
    port: int
    users: tuple[User, ...] = (POLLER,)
    engine: str = ENGINE
    extra: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it, and wait until it listens."""
        persistent = self.folder / "persistent"
        conf = self.folder / "snmpd.conf"
        lines = [f"agentaddress udp:127.0.0.1:{self.port}", f"exactEngineID {self.engine}"]
        for user in self.users:
            lines.append(
                f'createUser {user.name} {_AUTH[user.auth]} "{user.auth_phrase}"'
                f' {_PRIVACY[user.privacy]} "{user.privacy_phrase}"'
            )
            lines.append(f"rouser {user.name} priv")
        conf.write_text("\n".join([*lines, self.extra, ""]))
        log = self.folder / "log"
        log.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            ["snmpd", "-f", "-C", "-c", conf, "-Lf", log],  # noqa: S607
            env={**os.environ, "SNMP_PERSISTENT_DIR": str(persistent), "MIBS": ""},
        )
        until = time.monotonic() + _START_S
        while not log.exists() or "NET-SNMP version" not in log.read_text():
            assert self.process.poll() is None, log.read_text()
            assert time.monotonic() < until, "snmpd does not start"
            time.sleep(0.01)

    def stop(self) -> None:
        """End it, as its host would at its shutdown."""
        if self.process:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            self.process.wait(_START_S)
            self.process = None

    def pause(self) -> None:
        """Let it listen and not answer."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again, what it was asked meanwhile too."""
        assert self.process
        self.process.send_signal(signal.SIGCONT)

    def replace(self, **changes: object) -> None:
        """Put another device in its place: nothing of it stays but the address."""
        self.stop()
        shutil.rmtree(self.folder / "persistent", ignore_errors=True)
        for name, value in changes.items():
            setattr(self, name, value)
        self.start()

    def agent(self, *users: User, patience: Patience = PATIENCE) -> Agent:
        """Give it as a client asks it."""
        return Agent("device", "127.0.0.1", self.port, users or (POLLER,), patience)


@contextmanager
def snmpd(users: tuple[User, ...] = (POLLER,), extra: str = "") -> Iterator[Daemon]:
    """Run an agent as long as a `with` lasts."""
    with tempfile.TemporaryDirectory(prefix="maille-snmpd-") as folder:
        daemon = Daemon(Path(folder), free_port(), users, extra=extra)
        daemon.start()
        try:
            yield daemon
        finally:
            daemon.stop()
