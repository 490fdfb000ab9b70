"""Fields that are missing, and fields that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.inventory.schema_errors.told import Told
from maille.inventory.schema_errors.values import as_yaml
from maille.inventory.suggest import joined, meant, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.inventory.reading.fault import Path
    from maille.inventory.schema_errors.problem import Problem
    from maille.inventory.schema_errors.view import SchemaView

_MAX_LISTED = 30


def missing(problem: Problem, view: SchemaView) -> Told:
    """Explain a field that isn't there, or an item of a list of fixed length."""
    name = problem.path[-1] if problem.path else ""
    if isinstance(name, int):
        length = view.lookup(problem.path[:-1], "minItems")
        how = f"the list has {length} items" if length else ""
        return Told("I040", f"item {name + 1} of the list is missing", how)
    return Told("I040", f"the field `{name}` is missing", _written(name, problem.path, view))


def _written(name: str, path: Path, view: SchemaView) -> str:
    """Show how the missing field is written, by an example or by what it is for."""
    example = view.example(path)
    choices = view.choices(path)
    if example is None and choices:
        example = choices[0]
    if example is not None:
        return f"add it, like `{name}: {as_yaml(example)}`"
    description = view.lookup(path, "description")
    meaning = f" ({str(description).splitlines()[0]})" if description else ""
    return f"add `{name}: …`{meaning}"


def likeliest(name: str, known: Iterable[str]) -> list[str]:
    """Give the field that an unknown one most likely stands for, if there is one."""
    names = list(known)
    head, colon, _ = name.partition(":")
    return [head] if colon and head in names else nearest(name, names, limit=1)


def unknown_field(problem: Problem, view: SchemaView) -> Told:
    """Explain a field that the schema doesn't know here, and where it may belong."""
    name, parent = str(problem.path[-1]), problem.path[:-1]
    known = view.fields(parent)
    what = f"there is no field `{name}` here"
    head, colon, rest = name.partition(":")
    if colon and head in known:
        return Told("I041", what, f"put a space after the colon: `{head}: {rest}`")
    if name not in known and (how := meant(name, known)):
        return Told("I041", what, how)
    if home := _home_of(name, parent, view):
        return Told("I041", what, f"it belongs {home}: is the indentation right?")
    if not known or len(known) > _MAX_LISTED:
        return Told("I041", what, "delete it")
    return Told("I041", what, f"the fields here are {joined(known, 'and')}")


def _home_of(name: str, parent: Path, view: SchemaView) -> str:
    """Name the place near `parent` whose fields include `name`; nothing if there is none."""
    for child in view.fields(parent):
        if name in view.fields((*parent, child)):
            return f"in `{child}`"
    for length in range(len(parent) - 1, -1, -1):
        if name in view.fields(parent[:length]):
            return f"in `{parent[length - 1]}`" if length else "at the top level of the file"
    return ""
