"""What a rotation or a revocation did, for people and programs; pure, and without any key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.ceph.sessions import SHUT_OUT_FOR

if TYPE_CHECKING:
    from maille.recording.keys.revocation import Revoked
    from maille.recording.keys.rotation import Replaced, Rotated

_NOT_PROVED = (
    "not proved: what a process has read already stays with it, and a session that neither a"
    " monitor nor a metadata server lists is not seen"
)


def rotated_document(done: Rotated, estate: str) -> dict[str, Any]:
    """Give a rotation for programs."""
    return {
        "estate": estate,
        "replaced": [
            {
                "client": one.entity,
                "old_fingerprint": one.old_fingerprint,
                "fingerprint": one.fingerprint,
                "old_key_refused": one.old_refused,
                "sessions_ended": list(one.ended),
            }
            for one in done.replaced
        ],
        "waiting": [{"client": one.entity, "hosts": list(one.hosts)} for one in done.waiting],
    }


def rotated_text(done: Rotated) -> str:
    """Give a rotation for people."""
    lines = [_replaced(one) for one in done.replaced]
    lines += [
        f"{one.entity}  has a new key, and is connected by the old one on {', '.join(one.hosts)}"
        for one in done.waiting
    ]
    return "\n".join(
        [*lines, f"{len(done.replaced)} keys replaced, {len(done.waiting)} waited for"]
    )


def _replaced(one: Replaced) -> str:
    tried = "the old key is refused, " if one.old_refused else ""
    return (
        f"{one.entity}  {one.old_fingerprint} -> {one.fingerprint}: {tried}the new one accepted,"
        f" {len(one.ended)} old sessions ended"
    )


def revoked_document(done: Revoked) -> dict[str, Any]:
    """Give a revocation for programs."""
    return {
        "client": done.entity,
        "fingerprint": done.fingerprint,
        "key_refused": done.key_refused,
        "sessions_ended": list(done.ended),
        "hosts": list(done.hosts),
        "shut_out_until": done.until.isoformat() if done.until else None,
    }


def revoked_text(done: Revoked) -> str:
    """Give a revocation for people: what is proved, and what cannot be."""
    return "\n".join([_key(done), _sessions(done), _NOT_PROVED])


def _key(done: Revoked) -> str:
    if done.fingerprint is None:
        return f"{done.entity}: the cluster had no key for it any more"
    return f"{done.entity}: key {done.fingerprint} is removed; it was tried, and refused"


def _sessions(done: Revoked) -> str:
    if not done.ended:
        return "no session was open with it"
    return (
        f"{len(done.ended)} sessions on {', '.join(done.hosts)} are ended: every OSD and metadata"
        f" server that is up refuses them, for {SHUT_OUT_FOR.days} days"
    )
