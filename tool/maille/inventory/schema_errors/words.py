"""Each problem in words: which explanation is for which of pydantic's types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maille.inventory.dates import not_a_day
from maille.inventory.reading.fault import cut
from maille.inventory.schema_errors.choices import bad_tag, choice, no_tag
from maille.inventory.schema_errors.fields import missing, unknown_field
from maille.inventory.schema_errors.kinds import NEEDED, no_branch, wrong_kind
from maille.inventory.schema_errors.limits import bound, form, length
from maille.inventory.schema_errors.told import Told, like
from maille.inventory.schema_errors.unions import NO_BRANCH
from maille.inventory.schema_errors.values import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.inventory.schema_errors.problem import Problem
    from maille.inventory.schema_errors.view import SchemaView


def told(problem: Problem, view: SchemaView) -> Told:
    """Put a problem in words; `view` knows what the schema allows at its path.

    An error that a validator made itself, with `what` and `how` in its context and maybe a
    `code`, is passed on as it stands.
    """
    words = _words(problem, view)
    return words if words.how else replace(words, how="correct it")


def _words(problem: Problem, view: SchemaView) -> Told:
    """Find the explanation for the problem's type."""
    if "what" in problem.context:
        context = problem.context
        code = str(context.get("code", "I048"))
        return Told(code, str(context["what"]), str(context.get("how", "")))
    if problem.type in NEEDED:
        return wrong_kind(problem, view)
    explain = _EXPLANATIONS.get(problem.type, _other)
    return explain(problem, view)


def _date(problem: Problem, view: SchemaView) -> Told:
    """Explain a text that is no date."""
    if not isinstance(problem.value, str):
        return wrong_kind(problem, view)
    return Told("I046", *not_a_day(cut(problem.value)))


def _time(problem: Problem, _view: SchemaView) -> Told:
    """Explain a text that is no time of day."""
    return Told("I046", f"{shown(problem.value)} is no time of day", 'write it like "07:30"')


def _raised(problem: Problem, _view: SchemaView) -> Told:
    """Pass on the text of a ValueError that a validator raised."""
    return Told("I048", str(problem.context.get("error", problem.message)))


def _other(problem: Problem, view: SchemaView) -> Told:
    """Put pydantic's own text into our form."""
    text = problem.message.removeprefix("Input ").removeprefix("Value error, ")
    return Told("I048", f"{shown(problem.value)}: {text}", like(problem, view))


_EXPLANATIONS: dict[str, Callable[[Problem, SchemaView], Told]] = {
    NO_BRANCH: no_branch,
    "missing": missing,
    "extra_forbidden": unknown_field,
    "literal_error": choice,
    "enum": choice,
    "string_pattern_mismatch": form,
    "greater_than": bound,
    "greater_than_equal": bound,
    "less_than": bound,
    "less_than_equal": bound,
    "multiple_of": bound,
    "too_short": length,
    "too_long": length,
    "string_too_short": length,
    "string_too_long": length,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "time_parsing": _time,
    "union_tag_not_found": no_tag,
    "union_tag_invalid": bad_tag,
    "value_error": _raised,
    "assertion_error": _raised,
}
