"""What one run of the provider works with: a cluster, for whom, and what it may take or lose."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maille.ceph.connection import Access, Cluster, connect
from maille.secrets import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = {
    "conf": "The cluster's ceph.conf.",
    "client": "Who the provider is on the cluster: `client.admin` by default.",
    "key": "A reference to the client's key (`env:`, `file:`, `command:`); never the key itself.",
    "owner": "For whom: what bears another's mark stays untouched.",
    "adopt": "Take over what exists without a mark, if it is just as wanted.",
    "erase": "Names, in a JSON list, of what may be removed although it holds recordings.",
}


@dataclass(frozen=True, slots=True)
class Session:
    """An open cluster, and what this run may do on it."""

    cluster: Cluster
    owner: str
    adopt: bool = False
    erase: frozenset[str] = frozenset()


def open_session(config: Mapping[str, Any]) -> Session:
    """Connect, as the configuration says.

    Raises:
        CephOutOfReachError: the cluster cannot be reached, or does not accept the key.
        SecretError: the reference to the key gives none.
    """
    reference = config.get("key")
    access = Access(
        conf=Path(config["conf"]),
        client=config.get("client") or "client.admin",
        key=resolve(reference) if reference else None,
    )
    return Session(
        cluster=connect(access),
        owner=config["owner"],
        adopt=_truth(config.get("adopt", False)),
        erase=frozenset(_listed(config.get("erase", []))),
    )


def faults(config: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give what is wrong with a configuration, before anything is opened."""
    missing = [
        (name, f"is missing: {FIELDS[name]}") for name in ("conf", "owner") if not config.get(name)
    ]
    unknown = [(name, "is no setting of this provider") for name in config.keys() - FIELDS.keys()]
    return missing + sorted(unknown)


def _truth(value: object) -> bool:
    return value is True or value == "true"


def _listed(value: str | list[str]) -> list[str]:
    return list(json.loads(value) if isinstance(value, str) else value)
