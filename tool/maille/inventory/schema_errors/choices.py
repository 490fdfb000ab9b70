"""Values that are none of a few words, and sets of fields of a kind that doesn't exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from maille.inventory.schema_errors.told import Told
from maille.inventory.schema_errors.values import as_yaml, kind, shown
from maille.inventory.suggest import joined, meant

if TYPE_CHECKING:
    from maille.inventory.schema_errors.problem import Problem
    from maille.inventory.schema_errors.view import SchemaView


def choice(problem: Problem, view: SchemaView) -> Told:
    """Explain a value that is none of a few words."""
    choices = view.choices(problem.path) or _quoted(problem.context.get("expected", ""))
    return _none_of(problem.value, choices)


def _none_of(value: object, choices: list[Any]) -> Told:
    """Say that `value` is none of the choices, and which may be meant."""
    if value is None:
        what = "nothing is written here, where one of a few words is needed"
    elif isinstance(value, (list, dict)):
        what = f"this is {kind(value)}, where one of a few words is needed"
    else:
        what = f"{shown(value)} is not one of the choices"
    same = next((choice for choice in choices if str(choice) == str(value)), None)
    if same is not None:
        remedy = "in quotes" if isinstance(same, str) else "without quotes"
        return Told("I043", what, f"write it {remedy}: {as_yaml(same)}")
    names = [str(choice) for choice in choices]
    all_choices = f"write {joined(names, 'or')}" if names else ""
    guess = meant(value, names) if isinstance(value, str) else ""
    if guess and len(names) > 1:
        return Told("I043", what, f"{guess} The choices are {joined(names, 'and')}")
    return Told("I043", what, guess or all_choices)


def _quoted(expected: object) -> list[str]:
    """Take the choices out of pydantic's list `'a', 'b' or 'c'`."""
    return re.findall(r"'([^']*)'", str(expected))


def no_tag(problem: Problem, view: SchemaView) -> Told:
    """Explain fields whose kind is not given."""
    name = str(problem.context.get("discriminator", "")).strip("'")
    choices = joined([str(one) for one in view.choices((*problem.path, name))], "or")
    return Told("I040", f"the field `{name}` is missing", choices and f"it is {choices}")


def bad_tag(problem: Problem, _view: SchemaView) -> Told:
    """Explain fields of a kind that doesn't exist."""
    context = problem.context
    return _none_of(context.get("tag"), _quoted(context.get("expected_tags", "")))
