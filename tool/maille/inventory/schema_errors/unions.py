"""One problem where pydantic tells one for every alternative of a union.

If the value has the kind of one alternative (fields, say, and not a text), only what is wrong
with that one is told. If it has the kind of none, a single problem names what is allowed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.inventory.reading.fault import Path
    from maille.inventory.schema_errors.problem import Problem

NO_BRANCH = "no_branch"
"""The type of a problem that stands for all alternatives; its context names theirs."""

_OTHER_KIND = frozenset({"literal_error", "enum", "none_required", "is_instance_of"})


def without_branches(problems: Iterable[Problem]) -> list[Problem]:
    """Reduce the problems of each union to those worth telling, in the order they came."""
    settled: list[Problem] = []
    unions: dict[Path, list[Problem]] = {}
    for problem in problems:
        if not problem.branches:
            settled.append(problem)
            continue
        at = problem.path[: problem.branches[0][0]]
        if at not in unions:
            unions[at] = []
        unions[at].append(problem)
    for at, tried in unions.items():
        settled.extend(_settled(at, tried))
    return settled


def _settled(at: Path, tried: list[Problem]) -> list[Problem]:
    """Choose among the alternatives of the union at `at`."""
    branches: dict[str, list[Problem]] = {}
    for problem in tried:
        inner = replace(problem, branches=problem.branches[1:])
        branches.setdefault(problem.branches[0][1], []).append(inner)
    refusals = {label: _refusal(at, found) for label, found in branches.items()}
    fitting = [found for label, found in branches.items() if refusals[label] is None]
    if len(branches) == 1:
        fitting = list(branches.values())
    if fitting:
        fewest = min(fitting, key=len)
        return without_branches(fewest)
    kinds = tuple(refusal for refusal in refusals.values() if refusal)
    return [replace(kinds[0], type=NO_BRANCH, branches=(), context={"alternatives": kinds})]


def _refusal(at: Path, found: list[Problem]) -> Problem | None:
    """Give the problem by which an alternative says that the value is of another kind."""
    for problem in found:
        other_kind = problem.type.endswith("_type") or problem.type in _OTHER_KIND
        if problem.path == at and other_kind:
            return problem
    return None
