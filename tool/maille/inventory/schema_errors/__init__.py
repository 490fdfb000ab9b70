"""What pydantic refuses, told in the words of whoever wrote the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from maille.errors import Finding
from maille.inventory.schema_errors.codes import SCHEMA_RULES
from maille.inventory.schema_errors.fields import likeliest
from maille.inventory.schema_errors.problem import Problem, problem_of
from maille.inventory.schema_errors.unions import without_branches
from maille.inventory.schema_errors.view import view_of
from maille.inventory.schema_errors.words import told

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    from maille.inventory.reading.fault import Path
    from maille.inventory.schema_errors.view import SchemaView

__all__ = ["SCHEMA_RULES", "schema_findings"]


class Source(Protocol):
    """Where the validated data was read: a document, or the sources of an estate."""

    def placed(self, finding: Finding, path: Path, *, key: bool = False) -> Finding:
        """Give the finding with its place."""

    def is_broken(self, path: Path, *, key: bool = False) -> bool:
        """Say whether reading has already refused what stands at `path`, or the key there."""


def schema_findings(
    error: ValidationError,
    *,
    data: object,
    model: type[BaseModel],
    source: Source,
    mounted_at: Path = (),
) -> list[Finding]:
    """Give a finding for each thing that `model` refuses in `data`.

    `data` is what was validated, `mounted_at` its path in `source`. What reading has refused
    already is left out, and so is a missing field that stands there misspelt.
    """
    view = view_of(model)
    raw = error.errors(include_url=False)
    problems = without_branches(problem_of(entry, data) for entry in raw)
    return [
        _finding(problem, view, source, mounted_at)
        for problem in _without_misspelt(problems, view)
        if not source.is_broken(mounted_at + problem.path, key=_is_about_key(problem))
    ]


def _without_misspelt(problems: list[Problem], view: SchemaView) -> list[Problem]:
    """Drop a missing field if an unknown one beside it is most likely it."""
    explained = {
        (*problem.path[:-1], name)
        for problem in problems
        if problem.type == "extra_forbidden"
        for name in likeliest(str(problem.path[-1]), view.fields(problem.path[:-1]))
    }
    return [one for one in problems if one.type != "missing" or one.path not in explained]


def _finding(problem: Problem, view: SchemaView, source: Source, mounted_at: Path) -> Finding:
    """Put one problem in words and at its place."""
    words = told(problem, view)
    severity = SCHEMA_RULES[words.code].severity
    finding = Finding(words.code, severity, words.what, words.how)
    return source.placed(finding, mounted_at + problem.path, key=_is_about_key(problem))


def _is_about_key(problem: Problem) -> bool:
    """Say whether the key is wrong, and not what it holds."""
    return problem.at_key or problem.type == "extra_forbidden"
