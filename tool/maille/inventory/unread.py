"""Files of an estate that look like inventory and that nobody reads: I204.

A misspelt name is the quietest of mistakes: `nomad.yaml` takes all nomads out of the estate.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from maille.errors import Finding, Place, Severity
from maille.inventory.schema.files import KINDS
from maille.inventory.suggest import meant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_SUFFIXES = (".yaml", ".yml")
_OF_OTHERS = frozenset({"allocations"})
"""Folders that other parts of maille read."""

_NAMES = [kind.glob for kind in KINDS if "*" not in kind.glob]
_FOLDERS = sorted({kind.glob.removesuffix("/*.yaml") for kind in KINDS if "*" in kind.glob})


def unread_files(folder: Path, read: Collection[Path]) -> Iterator[Finding]:
    """Give a warning for each YAML file below an estate's folder that is none of `read`."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in _OF_OTHERS
        )
        for name in sorted(names):
            path = Path(at, name)
            if name.lower().endswith(_SUFFIXES) and not name.startswith(".") and path not in read:
                what, how = "nobody reads this file", _remedy(path.relative_to(folder))
                yield Finding("I204", Severity.WARNING, what, how, Place(str(path)))


def _remedy(path: Path) -> str:
    """Say what its name may have been meant to be."""
    wanted = path.with_suffix(".yaml")
    if path.parts[0] in _FOLDERS:
        return f"call it {Path(path.parts[0], wanted.name)}: only files there are read"
    if str(wanted) in _NAMES:
        return f"call it {wanted}"
    if len(path.parts) > 1 and (near := meant(path.parts[0], _FOLDERS)):
        return f"its folder has another name: {near}"
    return meant(str(wanted), _NAMES) or "give it the name of a file of an estate, or move it away"
