"""Which estate a command is about: the one named, or the one that one stands in."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

from maille.errors import UsageError

MARK = "estate.yaml"
"""The file that makes a folder an estate."""
VARIABLE = "MAILLE_ESTATE"


def is_estate(folder: Path) -> bool:
    """Say whether a folder holds an estate."""
    return (folder / MARK).is_file()


def known() -> list[Path]:
    """List the estates in the current folder and in its `inventory`, by name."""
    marks = (mark for base in (".", "inventory") for mark in Path(base).glob(f"*/{MARK}"))
    return sorted(mark.parent for mark in marks)


def named(folder: Path) -> Path:
    """Give the estate that is named by its folder, or by the file that marks it.

    Raises:
        UsageError: there is no estate; the remedy names the likeliest one.
    """
    if folder.name == MARK and folder.is_file():
        return folder.parent
    if is_estate(folder):
        return folder
    raise UsageError(f"there is no estate at {folder}: {_fault(folder)}", _remedy(folder))


def here() -> Path:
    """Give the estate that the current folder belongs to.

    Raises:
        UsageError: the current folder is in no estate.
    """
    start = Path.cwd()
    for folder in (start, *start.parents):
        if is_estate(folder):
            return Path(os.path.relpath(folder, start))
    raise UsageError("no estate is named, and the current folder is in none", _remedy(None))


def default() -> Path:
    """Give the estate that holds where none is named: MAILLE_ESTATE, else where one stands.

    Raises:
        UsageError: there is none.
    """
    variable = os.environ.get(VARIABLE)
    return named(Path(variable)) if variable else here()


def split(words: list[str]) -> tuple[Path, list[str]]:
    """Part `[ESTATE] ID…`: a folder at the front, or what looks like one, names the estate.

    Ids of links have a slash, too (`village/1`): where an estate holds anyhow, a word is a folder
    only if the one that it would be in is there.

    Raises:
        UsageError: there is no such estate, or none can be found.
    """
    if words and _is_place(Path(words[0])):
        return named(Path(words[0])), words[1:]
    return default(), words


def _is_place(word: Path) -> bool:
    if is_estate(word):
        return True
    return len(word.parts) > 1 and (word.parent.is_dir() or not _holds())


def _holds() -> bool:
    """Say whether an estate holds where none is named."""
    try:
        return bool(default())
    except UsageError:
        return False


def _fault(folder: Path) -> str:
    if not folder.exists():
        return "no such folder"
    if not folder.is_dir():
        return "it is a file"
    return f"it holds no {MARK}"


def _remedy(wrong: Path | None) -> str:
    if wrong:
        for parent in wrong.absolute().parents:
            if is_estate(parent):
                return f"the estate is {os.path.relpath(parent)}"
    found = {folder.name: folder for folder in known()}
    close = get_close_matches(wrong.name, found, n=1) if wrong else []
    if close:
        return f"did you mean {found[close[0]]}?"
    if found:
        names = ", ".join(str(folder) for folder in found.values())
        return f"name one, or set {VARIABLE}: {names}"
    return f"name the folder that holds {MARK}, or make a new estate: maille init inventory/mine"
