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

_TYPE = r"(?:(?:\d{1,2}|8a|sha512) )?"
_WORD = r"\S+"
_TO_THE_END = r"\S.*"
"""A password that was typed in clear may hold blanks."""


def _secret(before: str, kind: str = "", value: str = _WORD) -> re.Pattern[str]:
    """Give the pattern of a stored secret; the group is what stands before it.

    `kind` is what may say how it is stored. No possessive quantifiers: up to Python 3.11.4 they
    match wrongly where what they repeat can be matched in several ways.
    """
    return re.compile(rf"({before}(?!{kind}(?:<secret:|<hidden>)){kind}){value}")


_SECRETS = (
    _secret(r"^ntp authentication-key \d+ \S+ ", "(?:7 )?"),
    _secret(
        r"\b(?<!ntp )(?:secret|password|key-string|authentication-key|pre-shared-key) "
        r"(?!minimum length \d+$|encryption-key common$|address |hostname )",
        _TYPE,
        _TO_THE_END,
    ),
    _secret(r"\b(?:password-encrypt|sap pmk|nhrp authentication|wpa-psk \w+) ", r"(?:\d )?"),
    _secret("^snmp-server community ", r"(?:(?:\d|8a) (?!(?i:ro|rw|view|ipv6)\b))?"),
    _secret("^snmp-server mib community-map "),
    _secret(
        r"^snmp-server host \S+ (?:vrf \S+ )?(?:(?:traps|informs) )?(?:version (?:1|2c) )?"
        r"(?!vrf |traps |informs |version )"
    ),
    _secret(r"^snmp-server user .* auth \S+ ", "(?:(?:224|256|384|512) )?"),
    _secret(r"^snmp-server user .* priv (?:aes|3?des)\d* ", r"(?:\d{3} )?"),
    _secret(r"message-digest-key \d+ \S+ ", _TYPE),
    _secret(r"^\S+-server (?:host .*)?key ", _TYPE),
    _secret("^(?:server-private|pre-shared-key|client) .*key ", _TYPE),
    _secret("^(?:pac|crypto isakmp|isis authentication) key ", _TYPE),
    _secret("^key [0-9a-fA-F]+ ", _TYPE),
    _secret(r"^key (?!chain |\d+$)", _TYPE),
    _secret("^(?:standby|glbp|vrrp) .*authentication (?!md5 )", "(?:text )?"),
    _secret("^mab request format attribute 2 ", r"(?:\d )?"),
    _secret(r"://[^\s/@:]*:", value=r"[^\s@]+(?=@)"),
    _secret(r"auth=\w+,", value=r"[^\s,]+"),
    _secret("", value=r"\$\w{1,8}\$\S+"),
)


_SUSPECT = re.compile(
    r"secret|password|key|auth|community|snmp-server host |sap pmk|wpa-psk|mab request|://|\$"
)
"""What a line with a secret holds: most lines hold nothing of it."""


def hide(text: str) -> str:
    """Give a line as it may be shown: without the stored values of its secrets."""
    if not _SUSPECT.search(text):
        return text
    for secret in _SECRETS:
        text = secret.sub(rf"\1{HIDDEN}", text)
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
