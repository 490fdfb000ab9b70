"""The session of a run that was killed: ended at once, so that nobody waits for it.

A metadata server grants a client what it holds of files and folders, and asks for it back before
somebody else may take a name away; of a client that was killed it waits a minute for an answer.
The journal has one writer: whatever stands here when one begins belongs to a run that is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.ceph import tell
from maille.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from maille.ceph.connection import Cluster


@dataclass(frozen=True, slots=True)
class LastSession:
    """A file with the number that the servers know the last run's session by."""

    file: Path

    def end(self, cluster: Cluster, filesystem: str) -> None:
        """End the session of a run that did not end by itself."""
        ident = self.file.read_text(encoding="ascii").strip() if self.file.exists() else ""
        if ident.isdecimal():
            for rank in tell.ranks(cluster, filesystem):
                tell.mds(cluster, filesystem, rank, "session evict", filters=[f"id={ident}"])
        self.over()

    def begin(self, ident: int) -> None:
        """Note this run's session."""
        write_atomically(self.file, f"{ident}\n")

    def over(self) -> None:
        """Note that the session ended by itself."""
        self.file.unlink(missing_ok=True)
