"""New keys without a gap in the recordings: in, handed over, used, and only then the old ones out.

A session goes on after its key was replaced. So the order is: the new key on the cluster; who
is connected is now connected by the old one, and written down; the new key is handed over;
who has connected with it is shut out by its old address. Each step is found done by the next
run, wherever this one was cut off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maille.ceph import keyring as ceph_keyring
from maille.ceph.errors import CephError
from maille.ceph.fingerprints import fingerprint, forget, remember
from maille.ceph.sessions import sessions, shut_out, shut_out_until
from maille.recording.keys.unfinished import Begun

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime

    from maille.ceph.connection import Cluster
    from maille.ceph.sessions import Session
    from maille.layout.model import Layout, ServiceClient
    from maille.recording.keys.unfinished import Unfinished

ASK_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Replaced:
    """A client whose old key is of no use any more, as the cluster itself showed."""

    entity: str
    old_fingerprint: str
    fingerprint: str
    ended: tuple[str, ...]
    """Addresses that are shut out."""
    old_refused: bool | None
    """The old key was tried; None if another run had put the new one in."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A client that is still connected by its old key; it was let be, for it records."""

    entity: str
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rotated:
    """How far it came."""

    replaced: tuple[Replaced, ...]
    waiting: tuple[Waiting, ...]


@dataclass(slots=True)
class Rotation:
    """Replaces keys; `deliver` hands over those of the clients that it is given."""

    cluster: Cluster
    layout: Layout
    unfinished: Unfinished
    deliver: Callable[[tuple[ServiceClient, ...]], None]
    note: Callable[[Iterable[dict[str, Any]]], None]
    """Writes into the journal."""
    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]

    def run(self, clients: Collection[ServiceClient], grace_s: float, *, at_once: bool) -> Rotated:
        """Replace keys, those of an earlier run that did not end among them.

        Args:
            clients: whose; what was begun goes on with the key that is in already, and what is
                done waits for the rest.
            grace_s: how long to wait for them to connect with the new key.
            at_once: shut out who has not by then, too: its recording stops.

        Raises:
            MailleError: a step failed; the next run goes on there.
        """
        self._begin(clients)
        old = self._replace()
        self._write_down_sessions()
        self.deliver(tuple(self.layout.clients[one] for one in self._begun))
        waiting = self._wait(grace_s)
        ready = [one for one in self._begun if at_once or one not in waiting]
        ended = self._end_sessions(ready)
        replaced = tuple(self._prove(entity, ended[entity], old.get(entity)) for entity in ready)
        for one in replaced:
            forget(self.cluster, one.entity, but=one.fingerprint)
            self.unfinished.end(one.entity)
        self.unfinished.save()
        return Rotated(
            replaced,
            tuple(Waiting(one, waiting[one]) for one in sorted(waiting) if one not in ready),
        )

    @property
    def _begun(self) -> list[str]:
        return [one for one in self.unfinished.open if one in self.layout.clients]

    def _begin(self, clients: Collection[ServiceClient]) -> None:
        known = ceph_keyring.keys(self.cluster, self.layout.clients)
        for gone in [one for one in self.unfinished.begun if one not in known]:
            self.unfinished.drop(gone)  # revoked since then
        fresh = [one.entity for one in clients if one.entity not in self.unfinished.begun]
        keys = {entity: known[entity] for entity in fresh if entity in known}
        missing = [entity for entity in fresh if entity not in keys]
        if missing:
            raise CephError(
                f"the cluster has no key for {', '.join(missing)}: there is nothing to replace",
                "`maille storage up` makes it",
            )
        for entity in fresh:
            self.unfinished.set(entity, Begun(fingerprint=fingerprint(keys[entity])))
        self.unfinished.save()

    def _replace(self) -> dict[str, str]:
        """Put new keys in where the old ones still are, and give the old."""
        found = ceph_keyring.keys(self.cluster, self._begun)
        old = {
            entity: found[entity]
            for entity in self._begun
            if fingerprint(found.get(entity, "")) == self.unfinished.begun[entity].fingerprint
        }
        if old:
            new = {entity: ceph_keyring.new_key(self.clock()) for entity in old}
            self.note(
                {
                    "phase": "key replaced",
                    "client": entity,
                    "old_fingerprint": fingerprint(old[entity]),
                    "fingerprint": fingerprint(key),
                }
                for entity, key in new.items()
            )
            for entity, key in new.items():
                remember(self.cluster, entity, fingerprint(key))
            ceph_keyring.replace_keys(self.cluster, new)
        return old

    def _write_down_sessions(self) -> None:
        """Keep who is connected. Nobody has the new key yet: all of them have the old one."""
        new = {one for one in self._begun if self.unfinished.begun[one].addresses is None}
        if not new:
            return
        now = sessions(self.cluster, self.layout.filesystem.name)
        for entity in new:
            addresses = tuple(one.address for one in now if one.entity == entity)
            begun = self.unfinished.begun[entity].model_copy(update={"addresses": addresses})
            self.unfinished.set(entity, begun)
        self.unfinished.save()

    def _wait(self, grace_s: float) -> dict[str, tuple[str, ...]]:
        """Give who has not come back with the new key after a while, and its hosts."""
        end = self.monotonic() + grace_s
        while waiting := self._not_back(sessions(self.cluster, self.layout.filesystem.name)):
            if self.monotonic() >= end:
                break
            self.sleep(ASK_EVERY_S)
        return waiting

    def _not_back(self, now: Collection[Session]) -> dict[str, tuple[str, ...]]:
        waiting = {}
        for entity in self._begun:
            mine = [one for one in now if one.entity == entity]
            old = {one.host for one in mine if self._is_old(one)}
            behind = old - {one.host for one in mine if not self._is_old(one)}
            if behind:
                waiting[entity] = tuple(sorted(behind))
        return waiting

    def _is_old(self, session: Session) -> bool:
        begun = self.unfinished.begun.get(session.entity)
        return bool(begun and session.address in (begun.addresses or ()))

    def _end_sessions(self, ready: Collection[str]) -> dict[str, tuple[str, ...]]:
        now = sessions(self.cluster, self.layout.filesystem.name)
        ending = [one for one in now if one.entity in ready and self._is_old(one)]
        shut_out(self.cluster, self.layout.filesystem.name, ending, self.clock())
        self.note(
            {"phase": "session ended", "client": one.entity, "host": one.host} for one in ending
        )
        return {
            entity: tuple(one.address for one in ending if one.entity == entity) for entity in ready
        }

    def _prove(self, entity: str, ended: tuple[str, ...], old: str | None) -> Replaced:
        """Try both keys, and look whether the old sessions are shut out.

        Raises:
            CephError: the cluster does not do what was asked of it.
        """
        key = ceph_keyring.keys(self.cluster, [entity]).get(entity, "")
        before = self.unfinished.begun[entity].fingerprint
        access = self.cluster.access
        faults = {
            "its key is the old one": fingerprint(key) == before,
            "its new key is not accepted": not ceph_keyring.accepted(access, entity, key),
            "its old key is accepted": bool(old and ceph_keyring.accepted(access, entity, old)),
            "an old session is not shut out": bool(
                set(ended) - shut_out_until(self.cluster).keys()
            ),
        }
        if any(faults.values()):
            told = ", ".join(what for what, there in faults.items() if there)
            raise CephError(f"{entity}: {told}", "see who else changes it, then rotate again")
        return Replaced(entity, before, fingerprint(key), ended, old_refused=True if old else None)
