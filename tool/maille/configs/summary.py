"""What `maille build` says when it is done, and whom it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.configs.outputs import matrix_document
from maille.errors import UsageError
from maille.inventory.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.blueprint.model import Blueprint, Switch
    from maille.configs.hardening.matrix import Matrix
    from maille.configs.outputs import Text


def chosen(blueprint: Blueprint, words: Iterable[str]) -> tuple[str, ...]:
    """Give the switches that words mean: ids, host names, communes by code or by name.

    In the order of the blueprint. Raises UsageError for a word that means none.
    """
    known: dict[str, set[str]] = {}
    for switch in blueprint.switches.values():
        for name in _names(blueprint, switch):
            known.setdefault(name, set()).add(switch.id)
    wanted: set[str] = set()
    for word in words:
        if word not in known:
            near = nearest(word, known, limit=1)
            raise UsageError(
                f"there is no switch or commune `{word}`",
                f"did you mean `{near[0]}`?" if near else "give a switch, or a commune's code",
            )
        wanted |= known[word]
    return tuple(switch for switch in blueprint.switches if switch in wanted)


def _names(blueprint: Blueprint, switch: Switch) -> set[str]:
    names = {switch.id, switch.hostname}
    if switch.commune:
        names |= {switch.commune, blueprint.communes[switch.commune].name}
    return names


def summary(blueprint: Blueprint, texts: Iterable[Text], hardening: Matrix) -> dict[str, Any]:
    """Give the result of a build as a document: the matrix, what fails in it, and the sizing."""
    storage = blueprint.storage
    return {
        "estate": blueprint.estate.settings.estate,
        "as_of": blueprint.as_of,
        "switches": [text.rendered.view.hostname for text in texts],
        "models": hardening.models,
        "hardening": matrix_document(hardening),
        "failures": [
            {"switch": switch, "control": control.id, "where": fail.where, "what": fail.what}
            for switch, control, fail in hardening.failures()
        ],
        "sizing": {
            "rate_mbps": round(storage.mbps, 3),
            "need_bytes": storage.need_bytes,
            "quota_bytes": storage.quota_bytes,
            "raw_needed_bytes": storage.raw_needed_bytes,
            "raw_bytes": storage.raw_bytes,
            "fits": storage.fits,
        },
    }
