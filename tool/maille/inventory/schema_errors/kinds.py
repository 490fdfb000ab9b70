"""Values of another kind than the field's: a text for a number, one value for a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.inventory.schema_errors.told import Told, like
from maille.inventory.schema_errors.values import (
    as_yaml,
    is_number,
    kind,
    number_in,
    shown,
    truth_in,
    unit_of,
)
from maille.inventory.suggest import joined, meant

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.inventory.schema_errors.problem import Problem
    from maille.inventory.schema_errors.view import SchemaView

_SET = "a set of fields"
NEEDED = {
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "date_type": "a date",
    "date_from_datetime_inexact": "a date",
    "datetime_type": "a date and time",
    "dict_type": _SET,
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "list_type": "a list",
    "mapping_type": _SET,
    "model_attributes_type": _SET,
    "model_type": _SET,
    "none_required": "nothing",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "string_type": "a text",
    "time_type": "a time of day",
    "tuple_type": "a list",
}


def wrong_kind(problem: Problem, view: SchemaView) -> Told:
    """Explain a value of another kind than the field's."""
    needed = NEEDED[problem.type]
    unit = unit_of(problem.path)
    amount = f"{needed} of {unit}" if unit and needed.endswith("number") else needed
    value = problem.value
    if value is None:
        what = f"nothing is written here, where {amount} is needed"
    elif isinstance(value, (list, dict)):
        what = f"this is {kind(value)}, where {amount} is needed"
    else:
        what = f"{shown(value)} is {kind(value)}, where {amount} is needed"
    how = _REMEDIES[needed](value, unit) if needed in _REMEDIES else ""
    if needed == _SET and not how:
        how = _write_fields(problem, view)
    return Told("I042", what, how or like(problem, view))


def _make_text(value: object, _unit: str) -> str:
    """Tell how a number or a truth value becomes a text."""
    if isinstance(value, (bool, int, float)):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return f'put it in quotes: "{text}"'
    return "write it after the colon" if value is None else "write one text"


def _make_number(value: object, unit: str) -> str:
    """Tell how a text becomes a number: without quotes, unit or decimal comma."""
    if isinstance(value, float):
        return f"round it: {round(value)}"
    if not isinstance(value, str) or not (number := number_in(value)):
        return "write it in digits"
    if is_number(value):
        remedy = "with a decimal point" if "," in value else "without quotes"
        return f"write it {remedy}: {number}"
    return f"write the digits alone: {number}" + (f" (in {unit})" if unit else "")


def _make_truth(value: object, _unit: str) -> str:
    """Tell which of `true` and `false` a word means."""
    return f"write `{truth}`" if (truth := truth_in(value)) else "write `true` or `false`"


def _make_list(value: object, _unit: str) -> str:
    """Tell how a single value becomes a list."""
    if isinstance(value, str) and value.startswith("-"):
        return "put a space after each dash: `- item`"
    if isinstance(value, (list, dict)) or value is None:
        return "write [a, b], or one `- item` a line"
    parts = [part.strip() for part in value.split(",")] if isinstance(value, str) else [value]
    return f"write it in brackets: {as_yaml(parts)}"


def _make_day(_value: object, _unit: str) -> str:
    """Tell how a date is written."""
    return "write year-month-day: 2025-03-31"


_REMEDIES: dict[str, Callable[[object, str], str]] = {
    "a text": _make_text,
    "a number": _make_number,
    "a whole number": _make_number,
    "true or false": _make_truth,
    "a list": _make_list,
    "a date": _make_day,
}


def _write_fields(problem: Problem, view: SchemaView) -> str:
    """Tell which fields to write, for a place that holds fields."""
    if isinstance(problem.value, list):
        return "write a key in place of each dash: `key: value`"
    names = view.required(problem.path) or list(view.fields(problem.path))[:3]
    if names:
        return f"write its fields on the lines below: {joined(names, 'and')}"
    return "write `key: value` on the lines below"


def no_branch(problem: Problem, view: SchemaView) -> Told:
    """Explain a value that fits none of a union's alternatives."""
    alternatives: tuple[Problem, ...] = problem.context["alternatives"]
    needed = [NEEDED[one.type] for one in alternatives if one.type in NEEDED]
    choices = view.choices(problem.path)
    if isinstance(problem.value, str) and choices and (guess := meant(problem.value, choices)):
        return Told("I043", f"{shown(problem.value)} is not one of the choices", guess)
    allowed = [*dict.fromkeys(needed), *(f"`{choice}`" for choice in choices)]
    if not allowed:
        return Told("I042", f"{shown(problem.value)} does not fit here", like(problem, view))
    what = f"{shown(problem.value)} does not fit here: {' or '.join(allowed)} is needed"
    return Told("I042", what, like(problem, view) or f"write {' or '.join(allowed)}")
