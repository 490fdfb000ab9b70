"""Which keys a person means: a client, a commune's, a recorder's; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import UsageError
from maille.inventory.suggest import slug, unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from maille.layout.model import Layout, ServiceClient, Share

_KIND = "client, commune, recorder or service"


def named(layout: Layout, word: str) -> tuple[ServiceClient, ...]:
    """Give the clients that a word names.

    Args:
        layout: of the estate.
        word: a client with or without `client.`, a commune's INSEE code or name, a recorder's
            id, or a service: `verifier`.

    Raises:
        UsageError: nothing is called so.
    """
    by_word: dict[str, list[ServiceClient]] = {}
    for client in layout.clients.values():
        for called in _called(client, layout):
            by_word.setdefault(slug(called), []).append(client)
    try:
        return tuple(by_word[slug(word)])
    except KeyError:
        known = {called for one in layout.clients.values() for called in _called(one, layout)}
        raise UsageError(*unknown(_KIND, word, known)) from None


def chosen(
    layout: Layout, communes: Collection[str], services: Collection[str]
) -> tuple[ServiceClient, ...]:
    """Give the clients of some communes, and those of some services, each once.

    Raises:
        UsageError: a commune has no share, or there is no such service.
    """
    found = {one.entity: one for word in communes for one in _of_commune(layout, word)}
    known = {one.service for one in layout.clients.values()}
    for service in services:
        if service not in known:
            raise UsageError(*unknown("service", service, known))
        found |= {one.entity: one for one in layout.clients.values() if one.service == service}
    return tuple(found.values())


def by_holder(
    layout: Layout, clients: Iterable[ServiceClient]
) -> dict[str, tuple[ServiceClient, ...]]:
    """Give, for whoever holds one of these keys, all keys that it holds: one file each.

    A recorder holds those of all its communes; every other service its own.
    """
    holders = {holder(one, layout): None for one in clients}
    return {
        each: tuple(one for one in layout.clients.values() if holder(one, layout) == each)
        for each in holders
    }


def holder(client: ServiceClient, layout: Layout) -> str:
    """Give who holds a key: a recorder's id, or the service."""
    share = share_of(client, layout.subvolumes)
    return share.recorder if share and share.recorder else client.service


def share_of(client: ServiceClient, shares: Mapping[str, Share]) -> Share | None:
    """Give the commune's share that a recorder's key writes to; None for other services."""
    return shares[client.grants[0].subvolume or ""] if client.commune else None


def _of_commune(layout: Layout, word: str) -> tuple[ServiceClient, ...]:
    shares = layout.subvolumes
    found = tuple(
        one
        for one in layout.clients.values()
        if (share := share_of(one, shares))
        and slug(word) in {slug(share.commune or ""), slug(share.title)}
    )
    if not found:
        raise UsageError(
            *unknown("commune", word, {one.commune for one in shares.values() if one.commune})
        )
    return found


def _called(client: ServiceClient, layout: Layout) -> set[str]:
    """Give all that a client may be called."""
    called = {client.entity, client.entity.removeprefix("client.")}
    share = share_of(client, layout.subvolumes)
    if share is None:
        return called | {client.service}
    return called | {name for name in (share.commune, share.title, share.recorder) if name}
