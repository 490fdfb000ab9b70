"""What the commands about keys have in common: the layout, its cluster, the journal."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maille.cli.author import author
from maille.cli.checking import checked
from maille.cli.storage.moments import now
from maille.cli.storage.options import Via, opened, reach_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from maille.ceph.connection import Cluster
    from maille.cli.shell import Shell
    from maille.layout.model import Layout, ServiceClient
    from maille.recording.stack.stack import Reach

JOURNAL = "keys"
"""Below the estate's journal. It is one of its own: a key can be revoked while images expire."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """An estate whose keys a command is about."""

    shell: Shell
    layout: Layout
    own: Path
    """The estate's own folder."""
    reach: Reach

    @contextmanager
    def cluster(self) -> Iterator[Cluster]:
        """Open the cluster for as long as a `with` lasts."""
        with opened(self.reach) as cluster:
            yield cluster

    def note(self, entries: Iterable[dict[str, Any]]) -> None:
        """Write into the journal; when this returns it is on the disk."""
        from maille.retention.journal import FOLDER, Journal

        journal = Journal(self.own / FOLDER / JOURNAL, author())
        with journal.writing(now()):
            journal.forget(now())
            journal.append(now(), entries)

    def write(
        self, cluster: Cluster, file: Path, clients: Sequence[ServiceClient], *, force: bool
    ) -> dict[str, str]:
        """Write a keyring and its ceph.conf, journaled first; give the fingerprints by client.

        Raises:
            UsageError: somebody else's file stands there, or the system refuses.
        """
        from maille.recording.keys import handover

        ring = handover.keyring(cluster, clients)
        if not force:
            handover.require_own(file, [one.entity for one in clients], cluster.fsid)
        self.note_handed_over(ring.fingerprints, str(file.absolute()))
        handover.write(file, ring, handover.configuration(cluster, file))
        self.tell_missing(ring.missing)
        self.shell.say(f"{file}, {handover.beside(file)}: {len(ring.fingerprints)} keys")
        return dict(ring.fingerprints)

    def note_handed_over(self, fingerprints: Mapping[str, str], place: str) -> None:
        """Journal that keys leave, before they do."""
        self.note(
            {"phase": "key handed over", "client": entity, "fingerprint": found, "to": place}
            for entity, found in fingerprints.items()
        )

    def tell_missing(self, missing: Sequence[str]) -> None:
        """Tell which keys could not be handed over with the others."""
        if missing:
            self.shell.say(
                f"not among them, for the cluster does not know them: {', '.join(missing)}"
            )


def keeping(shell: Shell, estate: Path, as_of: date, via: Via) -> Keeping:
    """Check an estate, and give what a command about its keys needs."""
    from maille.layout.build import layout_of
    from maille.recording.stack.place import FOLDER

    blueprint = checked(shell, estate, as_of).built().blueprint
    return Keeping(
        shell,
        layout_of(blueprint),
        estate / FOLDER,
        reach_of(blueprint.estate.settings.storage.access, via, estate),
    )
