"""Making a thing once: read first, compare, then write; never over somebody else's.

Commands of Ceph answer 0 although something else of that name exists, or change it without a
word. So each kind of thing is made through here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from maille.ceph.errors import CephError, ConflictError
from maille.ceph.model import Part
from maille.ceph.ownership import Mark, claim, disclaim, owners

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.ceph.connection import Cluster
    from maille.ceph.difference import Difference

T = TypeVar("T", bound=Part)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """What is particular to one kind of thing.

    `read` gives it as found, or None. `make` makes it from nothing, and may be cut off at any
    point: it begins anew on what it finds, or on nothing, after `clear`. `change` sets what can
    be changed in place.
    """

    title: str
    """As messages call it, and the marks of its owners: `pool`."""
    name: Callable[[T], str]
    """Unique on the cluster or, if the thing lies in a file system, in that."""
    read: Callable[[Cluster, T], T | None]
    compare: Callable[[T, T], tuple[Difference, ...]]
    """`compare(found, wanted)`."""
    make: Callable[[Cluster, T], None]
    change: Callable[[Cluster, T, T], None] = lambda _cluster, _found, _wanted: None
    """`change(cluster, found, wanted)`; only differences in place are asked of it, and a kind
    that has none leaves it out."""
    unfinished: Callable[[T], bool] = lambda _found: False
    """Whether what is found is half of what `make` makes, which then goes on with it."""
    clear: Callable[[Cluster, T], None] = lambda _cluster, _found: None
    """Takes away the half that `make` could not go on with."""
    settle: Callable[[Cluster, T], None] = lambda _cluster, _found: None
    """What else is written down once it is the owner's, made or taken over; may be repeated."""
    shared: Callable[[T], bool] = lambda _wanted: False
    """Whether several owners may have it together: a file system, and what it stands on."""
    filesystem: Callable[[T], str | None] = lambda _wanted: None
    """The file system that it lies in, if in any."""

    def mark(self, value: T) -> Mark:
        """Give what owners mark."""
        return Mark(self.title, self.name(value), self.filesystem(value))


def create(cluster: Cluster, kind: Kind[T], wanted: T, *, owner: str, adopt: bool = False) -> T:
    """Make a thing, and give it as it is then found.

    What the owner has marked before is its own, half made perhaps: it is made whole. What is
    another owner's is shared if its kind is for that. What exists without any mark is taken
    over only if it is equal and `adopt` says so.

    Raises:
        ConflictError: it exists and is not ours, or differs in what cannot be changed.
        CephError: the cluster refused.
    """
    found = _made_ours(cluster, kind, wanted, owner=owner, adopt=adopt)
    kind.settle(cluster, found)
    return found


def _made_ours(cluster: Cluster, kind: Kind[T], wanted: T, *, owner: str, adopt: bool) -> T:
    mark = kind.mark(wanted)
    found = kind.read(cluster, wanted)
    if found is None:
        claim(cluster, owner, mark)
        kind.make(cluster, wanted)
        return _made(cluster, kind, wanted)
    unlike = kind.compare(found, wanted)
    marked = owners(cluster, mark)
    if owner not in marked:
        _refuse_foreign(kind, wanted, unlike, marked, adopt=adopt)
        claim(cluster, owner, mark)
    elif kind.unfinished(found):
        kind.clear(cluster, found)
        kind.make(cluster, wanted)
        return _made(cluster, kind, wanted)
    if unlike:
        _refuse_fixed(kind, mark.name, unlike)
        kind.change(cluster, found, wanted)
        return _made(cluster, kind, wanted)
    return found


def update(cluster: Cluster, kind: Kind[T], wanted: T, *, owner: str) -> T:
    """Change in place what differs from the cluster's own state, and give what is then found.

    Raises:
        ConflictError: it is gone, not ours any more, or differs in what cannot be changed.
        ProtectedError: the change would lose recordings.
        CephError: the cluster refused.
    """
    name = kind.name(wanted)
    found = kind.read(cluster, wanted)
    if found is None:
        raise ConflictError(
            f"{kind.title} {name} is gone from the cluster", "refresh, then apply once more"
        )
    unlike = kind.compare(found, wanted)
    if not unlike:
        return found
    if owner not in owners(cluster, kind.mark(wanted)):
        raise ConflictError(
            f"{kind.title} {name} does not bear the mark of {owner} any more",
            "somebody made it anew: see whose it is; `maille storage import` takes it over",
        )
    _refuse_fixed(kind, name, unlike)
    kind.change(cluster, found, wanted)
    return _made(cluster, kind, wanted)


def remove(
    cluster: Cluster, kind: Kind[T], value: T, *, owner: str, delete: Callable[[], None]
) -> None:
    """Remove what is the owner's alone, and take its mark away.

    What others have marked too is left to them, and what does not bear the owner's mark was
    made by somebody else in its place: it stays.
    """
    mark = kind.mark(value)
    marked = owners(cluster, mark)
    if marked == {owner}:
        delete()
    if owner in marked:
        disclaim(cluster, owner, mark)


def _made(cluster: Cluster, kind: Kind[T], wanted: T) -> T:
    found = kind.read(cluster, wanted)
    name = kind.name(wanted)
    if found is None:
        raise CephError(f"{kind.title} {name} was made, but the cluster does not show it")
    unlike = kind.compare(found, wanted)
    if unlike:
        told = "; ".join(map(str, unlike))
        raise ConflictError(f"{kind.title} {name} was set, but does not keep it: {told}")
    return found


def _refuse_foreign(
    kind: Kind[T],
    wanted: T,
    unlike: tuple[Difference, ...],
    others: frozenset[str],
    *,
    adopt: bool,
) -> None:
    name = kind.name(wanted)
    if others and not kind.shared(wanted):
        raise ConflictError(
            f"{kind.title} {name} belongs to {', '.join(sorted(others))}",
            "choose another name for this estate's",
        )
    if unlike:
        told = "; ".join(map(str, unlike))
        raise ConflictError(
            f"{kind.title} {name} exists already and differs: {told}",
            "it is not this estate's: choose another name, or see whose it is",
        )
    if not adopt and not others:
        raise ConflictError(
            f"{kind.title} {name} exists already, just as it is wanted, but nobody says it is"
            " this estate's",
            "`maille storage import` takes it over",
        )


def _refuse_fixed(kind: Kind[T], name: str, unlike: tuple[Difference, ...]) -> None:
    fixed = [one for one in unlike if not one.in_place]
    if fixed:
        told = "; ".join(map(str, fixed))
        raise ConflictError(
            f"{kind.title} {name} cannot be changed so: {told}",
            "only a new one can have that; recordings move to it first",
        )
