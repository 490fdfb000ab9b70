"""Texts of a wrong form, numbers out of bounds, lists and texts of a wrong length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maille.inventory.schema_errors.told import Told, like
from maille.inventory.schema_errors.values import shown, unit_of
from maille.inventory.suggest import slug

if TYPE_CHECKING:
    from maille.inventory.schema_errors.problem import Problem
    from maille.inventory.schema_errors.view import SchemaView

_INSEE_DIGITS = 5
_QUOTES = "«»\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\"'"
_MAX_TRIED = 100
_WORTH_TELLING = 1_000_000
"""A larger bound is only there to keep numbers sane."""


def form(problem: Problem, view: SchemaView) -> Told:
    """Explain a text that a pattern refuses; a near one that fits is offered."""
    what = f"{shown(problem.value)} is not written as it must be"
    pattern = str(problem.context.get("pattern", ""))
    if near := _fitting(str(problem.value), pattern):
        return Told("I044", what, f"write `{near}`")
    example = "" if problem.at_key else like(problem, view)
    return Told("I044", what, example or f"the form is {pattern}")


def _fitting(text: str, pattern: str) -> str:
    """Give the first plain correction of `text` that the pattern takes, or nothing."""
    bare = text[:_MAX_TRIED].strip().strip(_QUOTES).strip()
    tries = (bare, bare.upper(), bare.lower(), bare.zfill(_INSEE_DIGITS), slug(bare))
    try:
        return next((one for one in tries if one and re.search(pattern, one)), "")
    except re.error:  # pydantic's patterns know a few things that Python's don't
        return ""


def bound(problem: Problem, view: SchemaView) -> Told:
    """Explain a number that is too small or too large."""
    name, limit = next(iter(problem.context.items()), ("", ""))
    words = {
        "gt": "more than {}",
        "ge": "at least {}",
        "lt": "less than {}",
        "le": "at most {}",
        "multiple_of": "a multiple of {}",
    }
    unit = unit_of(problem.path)
    allowed = words.get(name, "{}").format(_plain(limit)) + (f" {unit}" if unit else "")
    side = {"g": "too small", "l": "too large"}.get(name[:1], "not allowed")
    what = f"{shown(problem.value)} is {side}: {allowed}"
    remedy = _multiples(problem.value, limit) if name == "multiple_of" else _range(problem, view)
    return Told("I045", what, remedy or like(problem, view))


def _multiples(value: object, step: object) -> str:
    """Give the multiples around a number."""
    if not isinstance(value, (int, float)) or not isinstance(step, (int, float)):
        return ""
    below = value // step * step
    return f"write {_plain(below)} or {_plain(below + step)}"


def _plain(number: object) -> str:
    """Write a bound without a fraction of zero."""
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)


def _range(problem: Problem, view: SchemaView) -> str:
    """Give both bounds, if the schema has two that are worth telling."""
    low, high = (view.lookup(problem.path, key) for key in ("minimum", "maximum"))
    if low is None or high is None or high > _WORTH_TELLING:
        return ""
    return f"write a number from {_plain(low)} to {_plain(high)}"


def length(problem: Problem, view: SchemaView) -> Told:
    """Explain a text, a list or a set of fields that is too short or too long."""
    context = problem.context
    least = context.get("min_length")
    bound = least if least is not None else context.get("max_length")
    if problem.type.startswith("string"):
        has, thing = len(str(problem.value)), "character"
    else:
        has = len(problem.value) if isinstance(problem.value, (list, dict)) else 0
        thing = "entry" if isinstance(problem.value, dict) else "item"
    if has == 0:
        if thing == "character":
            return Told("I047", "the text is empty", like(problem, view) or "write a text")
        how = like(problem, view) or f"write at least {_several(bound, thing)}"
        return Told("I047", "nothing stands in it", how)
    words = "at least" if least is not None else "at most"
    what = f"this has {_several(has, thing)}, where {words} {_several(bound, thing)} must stand"
    return Told("I047", what, "write more" if least is not None else "shorten it")


def _several(count: object, thing: str) -> str:
    """Write `1 item`, `2 entries`."""
    if count == 1:
        return f"1 {thing}"
    return f"{count} {thing.removesuffix('y')}{'ies' if thing.endswith('y') else 's'}"
