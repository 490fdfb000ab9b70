"""What every explanation is made of: code, what, how, and an example from the schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.inventory.schema_errors.values import as_yaml

if TYPE_CHECKING:
    from maille.inventory.schema_errors.problem import Problem
    from maille.inventory.schema_errors.view import SchemaView


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words."""

    code: str
    what: str
    how: str = ""


def like(problem: Problem, view: SchemaView) -> str:
    """Show an example of what may stand there; nothing if the schema has none."""
    example = view.example(problem.path)
    return f"write it like {as_yaml(example)}" if example is not None else ""
