"""A problem: one complaint of pydantic, its location put in terms of the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from maille.inventory.reading.fault import Path

_KEY_MARK = "[key]"
_MAY_BE_ABSENT = frozenset({"missing", "missing_argument"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One complaint about the value at `path`, or about its key.

    `branches` are pydantic's names for the alternatives of unions that were being tried,
    each with the length of the path at which its union stands.
    """

    type: str
    path: Path
    value: Any
    message: str = ""
    at_key: bool = False
    context: Mapping[str, Any] = field(default_factory=dict)
    branches: tuple[tuple[int, str], ...] = ()


def problem_of(error: ErrorDetails, data: object) -> Problem:
    """Put one of pydantic's errors in terms of `data`, the value that was validated.

    pydantic mixes into its locations the names of unions' alternatives and of validators:
    whatever is not there in the data is such a name, save the last step of what is missing.
    """
    path: list[str | int] = []
    branches: list[tuple[int, str]] = []
    steps = error["loc"]
    at_key = bool(steps) and steps[-1] == _KEY_MARK
    for index, step in enumerate(steps[:-1] if at_key else steps):
        last = index == len(steps) - 1
        if _holds(data, step):
            data = data[step]  # type: ignore[index] # it holds the step
            path.append(step)
        elif last and error["type"] in _MAY_BE_ABSENT:
            path.append(step)
        else:
            branches.append((len(path), str(step)))
    return Problem(
        error["type"],
        tuple(path),
        error["input"],
        error["msg"],
        at_key,
        error.get("ctx", {}),
        tuple(branches),
    )


def _holds(data: object, step: str | int) -> bool:
    """Say whether `step` leads somewhere in `data`."""
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)
