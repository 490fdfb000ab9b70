"""Agents, how they are asked, and what comes back: every outcome is a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.inventory.schema.catalogue import SnmpAuth, SnmpPrivacy

Value: TypeAlias = int | float | str | bytes | None
"""Numbers and time ticks are ints, octet strings bytes; object ids and IP addresses are dotted
text. None where the agent has no such object."""

Row: TypeAlias = tuple[str, Value]
"""An object's id, dotted, and its value."""

Reason = Literal[
    "silent",
    "refused",
    "replaced",
    "unknown_user",
    "wrong_auth_key",
    "wrong_privacy_key",
    "rejected",
    "malformed",
    "endless",
]
REASONS: dict[Reason, str] = {
    "silent": "does not answer",
    "refused": "its host answers that no agent listens there (ICMP)",
    "replaced": "another engine id than before, and it rejects the credentials: replaced or reset",
    "unknown_user": "knows no user of that name",
    "wrong_auth_key": "rejects the authentication key",
    "wrong_privacy_key": "takes the authentication key and answers nothing encrypted: privacy key",
    "rejected": "is there, and answers no request with these credentials in time",
    "malformed": "answers what is no SNMP",
    "endless": "answers a walk without an end",
}
ALIVE: frozenset[Reason] = frozenset(REASONS) - {"silent", "refused"}
"""Reasons that prove a device alive, whatever its management is."""


@dataclass(frozen=True, slots=True)
class User:
    """One SNMPv3 user with its passphrases; authPriv only."""

    name: str
    auth: SnmpAuth
    auth_phrase: str = field(repr=False)
    privacy: SnmpPrivacy
    privacy_phrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an agent is waited for: each try, and how many there are."""

    timeout_s: float = 1.0
    tries: int = 2


@dataclass(frozen=True, slots=True)
class Agent:
    """Where an agent listens, and by whom it is asked: the second user if the first is refused."""

    id: str
    host: str
    port: int
    users: tuple[User, ...]
    patience: Patience = Patience()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agent answered, in the order in which it was asked."""

    values: tuple[Value, ...]
    renewed: bool = False
    """It has another engine id than when it was last asked: a replaced or reset device."""
    user: int = 0
    """Which of its users it took; not 0 while credentials are rotated."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a walk gave."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """No usable answer, and why."""

    reason: Reason

    @property
    def alive(self) -> bool:
        """Say whether something answered at the address nevertheless."""
        return self.reason in ALIVE


class Rejected(Exception):  # noqa: N818 - an outcome between two layers, never shown
    """The agent refused a message by its security: credentials, or a clock that went on."""


class Malformed(Exception):  # noqa: N818
    """What came cannot be read."""


class Refused(Exception):  # noqa: N818
    """The host said that nobody listens."""


class Endless(Exception):  # noqa: N818
    """A walk went round, stood still, or found no end."""


class Session(Protocol):
    """A way to one agent, as one user, kept open.

    Each call is one try; it raises TimeoutError, Rejected, Malformed, Refused or Endless.
    """

    async def get(self, oids: Sequence[str], context: str = "") -> tuple[Value, ...]:
        """Ask for objects, and give their values in the same order."""

    async def walk(self, root: str, limit: int, context: str = "") -> tuple[Row, ...]:
        """Give everything below an object, at most `limit` rows."""

    async def refresh(self) -> None:
        """Learn the agent's clock anew."""

    def close(self) -> None:
        """Let go of it."""


class Wire(Protocol):
    """One of the two libraries."""

    name: str
    in_flight: int
    """How many agents it asks at one time without losing answers."""

    def prepare(self) -> None:
        """Do what takes long, before anybody is waited for; within a running loop."""

    async def open(self, agent: Agent, user: User, engine_id: bytes) -> Session:
        """Open a session with an agent whose engine id is known."""

    async def close(self) -> None:
        """Let go of all sockets."""
