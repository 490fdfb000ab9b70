"""CRUSH rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from maille.ceph.difference import differences
from maille.ceph.making import Kind
from maille.ceph.model import CrushRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.ceph.connection import Cluster
    from maille.ceph.model import Domain

_ERASURE = 3
"""`type` of a rule for erasure-coded pools; 1 is for replicated ones."""


def read(cluster: Cluster, name: str, profile: str | None = None) -> CrushRule | None:
    """Give a rule as the cluster has it, or None.

    A rule does not tell which profile it was made from: `profile` is taken over where the rule
    is one for an erasure code.
    """
    found = cluster.find("osd crush rule dump", name=name)
    if found is None:
        return None
    root, _, device_class = _taken(found["steps"]).partition("~")
    return CrushRule.model_construct(
        name=name,
        failure_domain=cast("Domain", _domain(found["steps"])),
        device_class=device_class or None,
        root=root,
        profile=(profile or "unknown") if found["type"] == _ERASURE else None,
    )


def _taken(steps: Iterable[dict[str, Any]]) -> str:
    return "+".join(str(step["item_name"]) for step in steps if step["op"] == "take")


def _domain(steps: Iterable[dict[str, Any]]) -> str:
    """Give what each chunk or copy lies in one of; a rule of several steps is none of ours."""
    return "+".join(str(step["type"]) for step in steps if step["op"].startswith("choose"))


def _make(cluster: Cluster, wanted: CrushRule) -> None:
    if wanted.profile:
        cluster.mon("osd crush rule create-erasure", name=wanted.name, profile=wanted.profile)
        return
    cluster.mon(
        "osd crush rule create-replicated",
        name=wanted.name,
        root=wanted.root,
        type=wanted.failure_domain,
        class_=wanted.device_class,
    )


def delete(cluster: Cluster, name: str) -> None:
    """Remove a rule; the cluster refuses while a pool uses it."""
    cluster.mon("osd crush rule rm", name=name)


RULE = Kind(
    title="rule",
    name=lambda one: one.name,
    read=lambda cluster, one: read(cluster, one.name, one.profile),
    compare=lambda found, wanted: differences(found, wanted, in_place=()),
    make=_make,
    shared=lambda wanted: wanted.profile is None,
)
