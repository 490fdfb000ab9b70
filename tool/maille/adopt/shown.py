"""What may be shown of a configuration's line: everything but secrets.

Read lines can hold passwords in clear. Anything behind a word that announces a secret is cut
off, so that neither the draft nor the report repeats it.
"""

from __future__ import annotations

import re
from typing import Final

_HIDDEN: Final = "…"
_LONGEST: Final = 500

_ANNOUNCES: Final = re.compile(
    r"""
    \s*(?:no\s+)?(?:
        (?P<community>snmp-server\s+community)\b
      | (?P<snmp>snmp-server\s+user\s+\S+\s+\S+.*?\b(?:auth|localized))\b
      | (?P<host>snmp-server\s+host\s+\S+(?:\s+vrf\s+\S+)?(?:\s+(?:traps|informs))?
          (?:\s+version\s+(?:1|2c))?)(?=\s)
      | (?P<ntp>ntp\s+authentication-key\s+\d+\s+\S+)
      | (?P<ospf>.*?\b(?:message-digest-key\s+\d+\s+\S+|authentication-key|authentication\s+text))
      | (?P<server>(?:radius|tacacs)(?:-server)?\b.*?\bkey)\b
      | (?P<key>key)(?=\s+(?:\d\s+)?\S+$)(?!\s+chain\b)(?!\s+\d+$)
      | (?P<standby>(?:standby|vrrp)\s+\d+\s+authentication)\b
      | (?P<password>(?:\S+\s+)*?(?:password|passwd|secret|passphrase|pre-shared-key|key-string))
          (?=\s)
      | (?P<hash>.*?\b(?:md5|sha|sha1|sha256|sha512)\s+\d)\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WHAT: Final = {
    "community": "SNMP community",
    "snmp": "SNMPv3 user",
    "host": "SNMP host",
    "ntp": "NTP key",
    "ospf": "routing protocol key",
    "server": "key of a RADIUS or TACACS+ server",
    "key": "key of a RADIUS or TACACS+ server",
    "hash": "hash of a secret",
    "standby": "key of VRRP or HSRP",
}
_PASSWORDS: Final = (
    ("enable", "enable secret"),
    ("username", "local account"),
    ("key-string", "key of a key chain"),
    ("neighbor", "routing protocol key"),
)
_SETTINGS: Final = re.compile(
    r"(?:no )?(?:service (?:password-\S+)|password (?:minimum|encryption-key)"
    r"|security passwords?\b|management security)|.*encryption (?:aes|key common)$",
    re.IGNORECASE,
)


def secret_in(line: str) -> str:
    """Say what kind of secret a line holds, empty if it holds none."""
    text = line.strip()
    found = None if _SETTINGS.match(text) else _ANNOUNCES.match(text)
    if not found or not text[found.end() :].strip():
        return ""
    kind = str(found.lastgroup)
    if kind != "password":
        return _snmp_host(text) if kind == "host" else _WHAT[kind]
    words = text.lower().split()
    return next((what for word, what in _PASSWORDS if word in words), "password")


def _snmp_host(text: str) -> str:
    """A community stands behind the host; a user of SNMPv3 is no secret."""
    return "" if re.search(r"\sversion\s+3\s", text) else "SNMP community"


def shown(line: str) -> str:
    """Give a line without the secrets in it, cut to what can be shown."""
    if not secret_in(line):
        return line[:_LONGEST]
    indent = len(line) - len(line.lstrip())
    found = _ANNOUNCES.match(line.strip())
    kept = line.strip()[: found.end()] if found else ""
    return f"{line[:indent]}{kept} {_HIDDEN}"[:_LONGEST]
