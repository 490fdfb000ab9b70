"""Where each target's agent listens, and by which credentials it is asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from maille.errors import UsageError
from maille.health.snmp.model import Agent, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from maille.health.snmp.model import Patience
    from maille.health.targets.model import Target
    from maille.inventory.schema.settings import SnmpUser

PORT = 161


class AddressBook:
    """Where agents listen, when not at the addresses of the blueprint: in a laboratory."""

    def __init__(self, agents: Mapping[str, tuple[str, int]]) -> None:
        """Take host and port by target; who is not in it has no agent."""
        self._agents = agents

    def find(self, target: str) -> tuple[str, int] | None:
        """Give host and port of a target's agent."""
        return self._agents.get(target)


def read_address_book(path: Path, estate: str) -> AddressBook:
    """Read `{"estate": …, "agents": {"<target>": "<host>:<port>"}}`.

    Raises:
        UsageError: there is no such file, it is none of these, or another estate's.
    """
    how = "name the agents.json that `maille twin up --only agents` wrote"
    try:
        found = _BOOK.validate_python(json.loads(path.read_text(encoding="utf-8")))
        named = str(found["estate"])
        agents = {
            key: _address(text) for key, text in _AGENTS.validate_python(found["agents"]).items()
        }
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise UsageError(f"{path} cannot be read: {reason.lower()}", how) from None
    except (ValueError, KeyError, ValidationError):
        raise UsageError(f"{path} is no book of addresses", how) from None
    if named != estate:
        raise UsageError(f"{path} is of the estate `{named}`, not of `{estate}`", how)
    return AddressBook(agents)


_BOOK = TypeAdapter(dict[str, object])
_AGENTS = TypeAdapter(dict[str, str])


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not 0 < int(port) < 65536:
        raise ValueError(text)
    return host, int(port)


def agents(
    targets: Iterable[Target],
    user: SnmpUser,
    book: AddressBook | None,
    patience: Patience,
    resolve: Callable[[str], str],
) -> dict[str, Agent]:
    """Give the agents of all targets that have one.

    Args:
        targets: what is polled.
        user: of the estate's `management.snmp`, with the one that follows it, if any.
        book: where they listen instead of at their addresses.
        patience: how long each is waited for.
        resolve: gives the value of a reference to a secret; it is asked once for each.
    """
    known = [
        (each.user, resolve(each.auth), resolve(each.privacy))
        for each in (user, user.next)
        if each is not None
    ]
    found = {}
    for target in targets:
        where = book.find(target.id) if book else (target.address, PORT)
        if where and target.algorithms and target.profile:
            auth, privacy = target.algorithms
            users = tuple(User(name, auth, one, privacy, two) for name, one, two in known)
            found[target.id] = Agent(target.id, *where, users, patience)
    return found
