"""Compare a running configuration with the intended one: the differences, and the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from maille.configs.compare import acls, foreign, secrets
from maille.configs.compare.canonical import canonical
from maille.configs.compare.change import Change
from maille.configs.compare.dialect import compiled
from maille.configs.compare.dialects import dialect_of
from maille.configs.compare.plan import plan
from maille.configs.compare.report import ConfigLine, only_in, shown
from maille.configs.compare.tree import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maille.configs.compare.dialect import Dialect
    from maille.configs.compare.tree import Tree


@dataclass(frozen=True, slots=True)
class Foreign:
    """A line or section that was left alone, and why."""

    line: ConfigLine
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between a running and an intended configuration, and the way between them.

    `missing` and `unexpected` are told for people: the values of stored secrets are hidden.
    `remediation` and `rollback` are commands in the order in which they must be sent, section
    by section with entry and `exit`, without `configure` and without saving; a banner is one
    command with line breaks inside. They may hold placeholders of secrets (see
    `secrets.PLACEHOLDER`), and `rollback` holds what the device had stored.
    `unprovable` are intended lines that the device never shows (SNMPv3 users on IOS): whether
    they are there must be asked in another way.
    """

    platform: str
    missing: tuple[ConfigLine, ...]
    unexpected: tuple[ConfigLine, ...]
    remediation: tuple[str, ...]
    foreign: tuple[Foreign, ...]
    unprovable: tuple[str, ...]
    change: Change = field(repr=False, compare=False)
    """What the remediation does."""

    @property
    def rollback(self) -> tuple[str, ...]:
        """Give the way back; it is worked out when it is asked for, an audit never does."""
        change = self.change
        return plan(replace(change, start=change.target, target=change.start))

    @property
    def in_sync(self) -> bool:
        """Say whether nothing differs, as far as the device shows it."""
        return not (self.missing or self.unexpected)


def compare(
    platform: str, running: str, intended: str, *, unmanaged: Sequence[str] = ()
) -> Comparison:
    """Compare two configurations of a device.

    `platform` is one of `dialects.PLATFORMS`; both texts are whole, in the form in which the
    device stores them, up to `end`. `unmanaged` are regular expressions; sections whose first
    line begins with one are neither removed nor changed, nor is what they use.

    Raises:
        ConfigTextError: a text is cut short or holds a list of VLANs that is none.
        UsageError: the platform is unknown, or an unmanaged section is no regular expression.
        MailleError: the intended configuration applies an access list that nobody defines.
    """
    dialect = dialect_of(platform)
    stored, wanted = (
        parse(text, dialect, label)
        for text, label in ((running, "running"), (intended, "intended"))
    )
    routed = dialect.routed_by_default in stored
    stored, wanted = (
        canonical(tree, dialect, routed_by_default=routed) for tree in (stored, wanted)
    )
    wanted = secrets.settle(wanted, stored, dialect)
    wanted, unprovable = _provable(wanted, stored, dialect)
    ours = foreign.separate(stored, wanted, dialect, unmanaged)
    acls.check_defined(ours.intended, ours.left_alone, dialect)
    change = Change(ours.running, ours.intended, dialect, routed)
    return Comparison(
        platform,
        missing=tuple(only_in(ours.intended, ours.running, dialect)),
        unexpected=tuple(only_in(ours.running, ours.intended, dialect)),
        remediation=plan(change),
        foreign=tuple(Foreign(shown(path), reason) for path, reason in ours.reasons.items()),
        unprovable=unprovable,
        change=change,
    )


def _provable(wanted: Tree, stored: Tree, dialect: Dialect) -> tuple[Tree, tuple[str, ...]]:
    """Part the intended lines that the device never shows from the others."""
    never = compiled(dialect.unprovable)
    hidden = [line for line in wanted if line not in stored and never.match(line)]
    return {line: below for line, below in wanted.items() if line not in hidden}, tuple(hidden)
