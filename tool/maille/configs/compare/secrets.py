"""Secrets in configurations: references in the intended text, stored values in the running one.

An intended configuration never holds a secret. Where one belongs it holds a placeholder,
`<secret:env:NAME>`, which is resolved when lines are sent. Devices store
something else than what they were given (a hash, an encrypted value), so a placeholder is
equal to any stored value in its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maille.configs.compare.dialect import compiled

if TYPE_CHECKING:
    from maille.configs.compare.dialect import Dialect
    from maille.configs.compare.tree import Tree

PLACEHOLDER = re.compile(r"<secret:([^<>]+)>")
"""A reference in place of a secret; the group is the reference, `env:NAME`."""

HIDDEN = "<hidden>"

_STORED = r"(?:(?:\d{1,2}|sha512) )?\S+"
"""What stands where a secret was set: its type, if the intended text names none, and a word."""

_TYPE_AT_THE_END = r"(?: \d)?"
"""IOS writes the type of a time server's key behind it."""

_TYPE = r"(?:(?:\d{1,2}|sha512) )?+"
_BEFORE_A_SECRET = tuple(
    re.compile(rf"({before})(?!<secret:|<hidden>)\S+")
    for before in (
        r"^ntp authentication-key \d+ \S+ (?:7 )?+",
        rf"\b(?<!ntp )(?:secret|password|key-string|authentication-key) {_TYPE}",
        r"^snmp-server community ",
        r"^snmp-server host \S+ (?:vrf \S+ )?+(?:(?:traps|informs) )?+version (?:1|2c) ",
        r"^snmp-server host \S+ (?!(?:vrf|traps|informs|version) )",
        r" auth \S+ ",
        r" priv (?:aes|3?des)\d*(?: \d{3})?+ ",
        r"message-digest-key \d+ \S+ (?:\d )?+",
        r"^\S+-server (?:host .*)?key (?:\d )?+",
        r"^key (?!chain |\d+$)(?:\d )?+",
    )
)


def hide(text: str) -> str:
    """Give a line as it may be shown: without the stored values of its secrets."""
    for before in _BEFORE_A_SECRET:
        text = before.sub(rf"\1{HIDDEN}", text)
    return text


def settle(intended: Tree, running: Tree, dialect: Dialect) -> Tree:
    """Give the intended tree with the stored value wherever a placeholder meets one."""
    free = [text for text in running if text not in intended]
    settled: Tree = {}
    for text, below in intended.items():
        stored = _stored(text, free, dialect) if PLACEHOLDER.search(text) else text
        if stored != text:
            free.remove(stored)
        settled[stored] = settle(below, running.get(stored, {}), dialect) if below else below
    return settled


def _stored(text: str, candidates: list[str], dialect: Dialect) -> str:
    literal = PLACEHOLDER.split(text)[::2]
    pattern = re.compile(_STORED.join(map(re.escape, literal)) + _TYPE_AT_THE_END)
    extra = compiled(dialect.stored_extra)
    forms = ((line, form) for line in candidates for form in (line, extra.sub("", line)))
    return next((line for line, form in forms if pattern.fullmatch(form)), text)
