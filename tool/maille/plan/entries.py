"""What the inventory says beyond what the blueprint holds as things: terms, rights, dates. Pure.

A grant to an agency, the end of an authorisation, the minutes of a UPS or the length of a cable
move no port and no address, and are changes all the same: a plan that passed over them would
call a change of who may see what "nothing". So the two inventories are compared leaf by leaf,
and what the comparison of blueprints tells already is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from maille.plan.changes import Change
from maille.plan.values import difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Blueprint
    from maille.inventory.schema.estate import Estate
    from maille.plan.changes import Action
    from maille.plan.values import FieldChange

Path = tuple[str, ...]
_Leaves = dict[Path, object]

_ANY: Final = "*"

_KINDS: Final[tuple[tuple[str, Path], ...]] = (
    ("camera entry", ("communes", _ANY, "cabinets", _ANY, "cameras", _ANY)),
    ("cabinet entry", ("communes", _ANY, "cabinets", _ANY)),
    ("commune entry", ("communes", _ANY)),
    ("grant", ("conventions", _ANY, "grants", _ANY)),
    ("convention", ("conventions", _ANY)),
    ("wave", ("waves", _ANY)),
    ("nomad", ("nomads", _ANY)),
    ("analytic", ("analytics", _ANY)),
    ("waiver", ("waivers", _ANY)),
    ("party", ("parties", _ANY, _ANY)),
    ("fibre practice", ("network", "fibre")),
    ("network entry", ("network", _ANY, _ANY)),
    ("centre entry", ("centre", _ANY, _ANY)),
    ("centre entry", ("centre", _ANY)),
    ("model", ("catalogue", _ANY, _ANY)),
    ("setting", ("settings", _ANY)),
)
"""Kinds of entries by where they stand in the tree: the first that fits is an entry's kind."""

_TOLD: Final[tuple[tuple[Path, frozenset[str]], ...]] = (
    (
        ("communes", _ANY, "cabinets", _ANY, "cameras", _ANY),
        frozenset(
            [
                "model",
                "place",
                "view",
                "mac",
                "profile",
                "owner",
                "sector",
                "wave",
                "in_service",
                "out_of_service",
            ]
        ),
    ),
    (
        ("communes", _ANY, "cabinets", _ANY),
        frozenset(["place", "switch", "ring", "in_service", "extra_config", "unmanaged"]),
    ),
    (("communes", _ANY), frozenset({"commune", "retention"})),
    (
        ("network", "sites", _ANY, "switches", _ANY),
        frozenset(["model", "role", "supply", "in_service", "extra_config", "unmanaged"]),
    ),
    (
        ("network", "links", _ANY),
        frozenset(["ends", "role", "speed_mbps", "strands", "in_service"]),
    ),
    (("network", "rings", _ANY), frozenset({"pair"})),
)
"""Fields whose change the comparison of blueprints tells."""


def entry_changes(before: Blueprint, after: Blueprint) -> tuple[Change, ...]:
    """Give what differs between two inventories and is no change of a thing, by kind and id."""
    if before.estate == after.estate:
        return ()
    was, now = _by_entry(before.estate), _by_entry(after.estate)
    things = _things(before) | _things(after)
    found = [
        change
        for key in was.keys() | now.keys()
        if (change := _compared(*key, was.get(key), now.get(key), things))
    ]
    order = list(dict.fromkeys(kind for kind, _ in _KINDS))
    return tuple(sorted(found, key=lambda change: (order.index(change.kind), change.id)))


def _things(blueprint: Blueprint) -> frozenset[str]:
    """Give the entries that a blueprint holds as things: it tells if they come and go."""
    switches = blueprint.switches.values()
    return frozenset(
        [
            *blueprint.communes,
            *blueprint.cameras,
            *(switch.site for switch in switches if switch.cabinet),
            *(f"links.{ident}" for ident in blueprint.links),
            *(f"rings.{ident}" for ident in blueprint.rings),
        ]
    )


def _by_entry(estate: Estate) -> dict[tuple[str, Path], _Leaves]:
    """Give every leaf of an inventory, by the kind and the path of its entry."""
    tree: dict[str, Any] = estate.model_dump()
    tree["waivers"] = {f"{one['rule']} {one['subject']}": one for one in tree["waivers"]}
    found: dict[tuple[str, Path], _Leaves] = {}
    for path, value in _leaves(tree):
        kind, length = _entry_of(path)
        found.setdefault((kind, path[:length]), {})[path[length:]] = value
    return found


def _leaves(tree: Mapping[str, Any], above: Path = ()) -> Iterator[tuple[Path, object]]:
    for key, value in tree.items():
        path = (*above, str(key))
        if isinstance(value, dict):
            yield from _leaves(value, path)
        else:
            yield path, value


def _entry_of(path: Path) -> tuple[str, int]:
    for kind, pattern in _KINDS:
        if _fits(pattern, path):
            return kind, len(pattern)
    raise LookupError(f"no kind of entry for {'.'.join(path)}")


def _fits(pattern: Path, path: Path) -> bool:
    return len(pattern) <= len(path) and all(
        want in (_ANY, have) for want, have in zip(pattern, path, strict=False)
    )


def _compared(
    kind: str, path: Path, was: _Leaves | None, now: _Leaves | None, things: frozenset[str]
) -> Change | None:
    ident, communes = _ident(kind, path), frozenset(path[1:2] if path[0] == "communes" else ())
    if was is None or now is None:
        action: Action = "added" if was is None else "removed"
        return None if ident in things else Change(kind, ident, action, "", communes)
    fields = tuple(_differing(path, was, now))
    return Change(kind, ident, "changed", "", communes, fields) if fields else None


def _ident(kind: str, path: Path) -> str:
    """Give the name under which people know an entry."""
    if kind in {"party", "network entry", "centre entry", "model"}:
        return ".".join(path[1:])
    if kind == "camera entry":
        return path[-1]
    return "/".join(part for part in path[1:] if part not in {"cabinets", "grants"})


def _differing(path: Path, was: _Leaves, now: _Leaves) -> Iterator[FieldChange]:
    for leaf in sorted(was.keys() | now.keys()):
        old, new = was.get(leaf), now.get(leaf)
        if old != new and not _is_told((*path, *leaf)):
            yield difference(".".join(leaf) or path[-1], old, new)


def _is_told(path: Path) -> bool:
    return any(
        _fits(pattern, path) and len(path) > len(pattern) and path[len(pattern)] in names
        for pattern, names in _TOLD
    )
