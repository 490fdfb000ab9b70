"""The keys of a cluster's own daemons and of its administrator."""

from __future__ import annotations

import base64
import re
import secrets
import struct
import time
from configparser import ConfigParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_AES = 1
_KEY_BYTES = 16

_CAPS = {
    "mon": {"mon": "allow *"},
    "client": {"mon": "allow *", "mgr": "allow *", "osd": "allow *", "mds": "allow *"},
    "mgr": {"mon": "allow profile mgr", "osd": "allow *", "mds": "allow *"},
    "mds": {
        "mon": "allow profile mds",
        "mgr": "allow profile mds",
        "osd": "allow rw tag cephfs *=*",
        "mds": "allow",
    },
    "osd": {"mon": "allow profile osd", "mgr": "allow profile osd", "osd": "allow *"},
}


def new_key() -> str:
    """Give a new key as cephx writes it: type, time of making, length and bytes in base64."""
    head = struct.pack("<hiih", _AES, int(time.time()), 0, _KEY_BYTES)
    return base64.b64encode(head + secrets.token_bytes(_KEY_BYTES)).decode()


def keyring(daemons: Iterable[str]) -> str:
    """Give the keyring of a new cluster; all monitors share one key, `mon.`."""
    others = [name for name in daemons if not name.startswith("mon.")]
    return "".join(_entry(name) for name in ("mon.", "client.admin", *others))


def _entry(name: str) -> str:
    caps = _CAPS[name.partition(".")[0]]
    lines = [f"[{name}]", f"\tkey = {new_key()}"]
    lines += [f'\tcaps {service} = "{granted}"' for service, granted in caps.items()]
    return "\n".join(lines) + "\n"


def key_of(name: str, keyring: str) -> str:
    """Read a daemon's key out of a keyring's text; KeyError where it has none."""
    sections = ConfigParser(interpolation=None)
    sections.read_string(re.sub(r"^\s+", "", keyring, flags=re.MULTILINE))
    return sections[name]["key"]
