"""Keys themselves: made, put in another's place, tried. They are returned, and never told."""

from __future__ import annotations

import base64
import json
import secrets
import struct
from typing import TYPE_CHECKING

import rados

from maille.ceph import clients
from maille.ceph.errors import CephError, ConflictError, refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from maille.ceph.connection import Access, Cluster

_AES = 1
"""The only type of key that every release knows."""
_KEY_BYTES = 16
_IMPORT = "auth import"


def new_key(now: datetime) -> str:
    """Make a key as `ceph-authtool --gen-key` does: type, time of making, length, 128 bits."""
    head = struct.pack("<HIIH", _AES, int(now.timestamp()), now.microsecond * 1000, _KEY_BYTES)
    return base64.b64encode(head + secrets.token_bytes(_KEY_BYTES)).decode()


def keyring(keys: Mapping[str, str], caps: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Write keys as a keyring file has them, with their rights if there are any."""
    return "\n".join(_section(entity, keys[entity], (caps or {}).get(entity)) for entity in keys)


def _section(entity: str, key: str, caps: Mapping[str, str] | None) -> str:
    lines = [f"[{entity}]", f"\tkey = {key}"]
    lines += [f'\tcaps {daemon} = "{text}"' for daemon, text in sorted((caps or {}).items())]
    return "\n".join(lines) + "\n"


def keys(cluster: Cluster, entities: Iterable[str]) -> dict[str, str]:
    """Give the keys of those clients that the cluster knows."""
    found = {one["entity"]: str(one["key"]) for one in cluster.mon("auth ls")["auth_dump"]}
    return {entity: found[entity] for entity in entities if entity in found}


def replace_keys(cluster: Cluster, wanted: Mapping[str, str]) -> None:
    """Put other keys in the place of those that clients have, all at once; rights stay.

    `auth import` changes every client of a keyring in one step: none is ever without a key.
    Sessions that are open go on. The keys travel beside the command, which the monitors log.

    Raises:
        ConflictError: a client is not there, or another key is found afterwards.
        CephError: the cluster refused.
    """
    caps = clients.rights(cluster)
    missing = sorted(wanted.keys() - caps.keys())
    if missing:
        raise ConflictError(
            f"the cluster has no {', '.join(missing)}", "`maille storage up` makes what is missing"
        )
    answer, _, said = cluster.handle.mon_command(
        json.dumps({"prefix": _IMPORT}), keyring(wanted, caps).encode()
    )
    if answer:
        raise refused(cluster.name, "mon", _IMPORT, answer, said)
    if keys(cluster, wanted) != dict(wanted):
        raise ConflictError(
            "the cluster has other keys than those just set", "somebody else sets them, too"
        )


def accepted(access: Access, entity: str, key: str) -> bool:
    """Say whether a cluster lets in who comes with a key.

    Raises:
        CephError: it could not be tried.
    """
    quiet = {"err_to_stderr": "false", "log_to_stderr": "false"}  # a refusal is an answer here
    handle = rados.Rados(
        conffile=str(access.conf),
        rados_id=entity.removeprefix("client."),
        conf={**access.options, **quiet, "key": key},
    )
    try:
        handle.connect()
    except rados.PermissionDeniedError:
        return False
    except rados.Error as error:
        raise CephError(f"the key of {entity} could not be tried: {error}") from None
    else:
        return True
    finally:
        handle.shutdown()
