"""Drift as findings, each with whom it affects; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.errors import Finding
from maille.recording.drift.codes import CODES
from maille.recording.drift.reaching import reaches
from maille.recording.terms.as_text import KINDS, size
from maille.recording.terms.shares import share_of
from maille.retention.said import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.ceph.usage import Usage
    from maille.layout.model import Layout
    from maille.recording.stack.changes import Change, Outcome

_UP = "`maille storage up` puts it right"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else is on the cluster, near the recordings."""

    shares: Mapping[str, Usage]
    """Every subvolume in the estate's groups."""
    ours: frozenset[str]
    """Those that bear the estate's mark."""
    clients: Mapping[str, Mapping[str, str]]
    """The rights of every client, by daemon."""
    our_clients: frozenset[str]
    replaced: Mapping[str, str]
    """The estate's clients with a key that was not made for them, and its fingerprint."""


def judge(outcome: Outcome, layout: Layout, around: Surroundings) -> tuple[Finding, ...]:
    """Give the drift by code and subject: the engine reads things in another order every time.

    Args:
        outcome: of a refresh: what the cluster has, against what the last run left.
        layout: what the inventory wants.
        around: what else is there.
    """
    found = (
        *(_changed(change, layout) for change in outcome.changes if not _only_key(change)),
        *replaced_keys(layout, around.replaced),
        *_foreign_shares(layout, around),
        *_snapshots(layout, around),
        *_foreign_clients(layout, around),
    )
    return tuple(sorted(found, key=lambda one: (one.code, one.subject)))


def replaced_keys(layout: Layout, replaced: Mapping[str, str]) -> Iterator[Finding]:
    """Give the keys that somebody put in the place of the estate's own.

    Args:
        layout: what the inventory wants.
        replaced: clients, and the fingerprints of the keys that they have.
    """
    for entity, given in sorted(replaced.items()):
        client = layout.clients[entity]
        if client.commune:
            whom, words = _whom(client.grants[0].subvolume, layout), f"--commune {client.commune}"
            stops = "its recorder, which has the old one, is refused when it connects again"
        else:
            whom, words = "all communes", f"--service {client.service}"
            stops = f"the {client.service}, which has the old one, is refused"
        yield _finding(
            "R027",
            f"key {entity} was replaced by somebody (fingerprint {given}): {stops}; affects {whom}",
            f"take the new one for stolen: `maille storage rotate ESTATE {words} --out FOLDER`",
            entity,
        )


def _only_key(change: Change) -> bool:
    """Say whether a client differs by its key alone: by the state nobody can tell whose it is."""
    return (
        change.kind == "Client"
        and change.operation == "update"
        and change.old.get("caps") == change.new.get("caps")
    )


def _finding(code: str, what: str, how: str, subject: str) -> Finding:
    return Finding(code, CODES[code].severity, what, how, subject=subject)


def _whom(name: str | None, layout: Layout) -> str:
    share = layout.subvolumes.get(name or "")
    if share is None:
        return "all communes"
    return f"{share.title} ({share.commune})" if share.commune else share.title


def _changed(change: Change, layout: Layout) -> Finding:
    kind, share = KINDS.get(change.kind, change.kind), share_of(change)
    whom = _whom(share, layout)
    if change.operation == "delete":
        what = f"{kind} {change.name} is gone; affects {whom}"
        return _finding("R021", what, _UP, change.name)
    if change.kind == "Subvolume":
        old, new = (side.get("quotaBytes") for side in (change.old, change.new))
        what = f"the quota of {whom} is {_size(new)}, it was set to {_size(old)}"
        return _finding("R020", what, _UP, change.name)
    if change.kind == "Client":
        told = "; ".join(f"{daemon}: {caps}" for daemon, caps in sorted(_caps(change).items()))
        what = f"key {change.name} may now do: {told}; affects {whom}"
        return _finding("R022", what, _UP, change.name)
    told = ", ".join(
        f"{name} is {change.new.get(name)}, was {change.old.get(name)}"
        for name in change.properties
    )
    return _finding("R026", f"{kind} {change.name}: {told}; affects {whom}", _UP, change.name)


def _size(size_bytes: object) -> str:
    return size(int(size_bytes)) if isinstance(size_bytes, (int, float)) else "none"


def _caps(change: Change) -> dict[str, str]:
    return dict(change.new.get("caps") or {})


def _foreign_shares(layout: Layout, around: Surroundings) -> Iterator[Finding]:
    for name in sorted(around.shares.keys() - around.ours):
        usage = around.shares[name]
        yield _finding(
            "R023",
            f"subvolume {name} in group {layout.estate} is not this estate's; it holds"
            f" {size(usage.used_bytes)} in {many(usage.files, 'file')}",
            "see whose it is; `maille storage import` takes it over, `ceph fs subvolume rm` not",
            name,
        )


def _snapshots(layout: Layout, around: Surroundings) -> Iterator[Finding]:
    for name, usage in sorted(around.shares.items()):
        if usage.snapshots:
            yield _finding(
                "R024",
                f"images of {_whom(name, layout)} stay past their erasure in"
                f" {many(usage.snapshots, 'snapshot')}",
                "see who made them and why, then remove them: `ceph fs subvolume snapshot rm`",
                name,
            )


def _foreign_clients(layout: Layout, around: Surroundings) -> Iterator[Finding]:
    for entity, caps in sorted(around.clients.items()):
        if entity in around.our_clients or entity == "client.admin":
            continue
        if entity.startswith("client.") and reaches(caps, layout):
            told = "; ".join(f"{daemon}: {text}" for daemon, text in sorted(caps.items()))
            yield _finding(
                "R025",
                f"key {entity}, which this estate did not make, reaches its recordings: {told}",
                "see whose it is, narrow its rights, or remove it: `ceph auth rm`",
                entity,
            )
