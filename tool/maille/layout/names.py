"""How things are called on a cluster: unique on it, and without a position in them."""

from __future__ import annotations


def code_name(estate: str, k: int, m: int) -> str:
    """Name an estate's profile, rule and data pool: a new code is a new pool."""
    return f"{estate}-ec-{k}-{m}"


def metadata_pool(filesystem: str) -> str:
    """Name the pool of a file system's metadata."""
    return f"{filesystem}-metadata"


def default_pool(filesystem: str) -> str:
    """Name the first data pool of a file system, which holds no recordings."""
    return f"{filesystem}-default"


def replicated_rule(filesystem: str) -> str:
    """Name the rule of a file system's replicated pools."""
    return f"{filesystem}-replicated"


def holds_group(estate: str) -> str:
    """Name the group of the legal holds; what erases recordings has no right in it."""
    return f"{estate}-holds"


def holds_subvolume(estate: str) -> str:
    """Name the subvolume of the legal holds; no wildcard of the communes' matches it."""
    return f"holds-{estate}"


def commune_of(estate: str, subvolume: str) -> str:
    """Give the INSEE code that a commune's own subvolume is named by."""
    return subvolume.removeprefix(f"{estate}-")


def client(owner: str, service: str) -> str:
    """Name a service's client: of a subvolume, or of the estate."""
    return f"client.{owner}.{service}"
