"""The hardening matrix: every control for every model of an estate, proven on its switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maille.configs.hardening.check import Checker, subject_of
from maille.configs.hardening.controls import controls
from maille.configs.hardening.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.configs.hardening.model import Control, Failure, Result
    from maille.configs.render import Rendered
    from maille.inventory.schema.settings import Settings

_WEIGHT = {Status.FAILED: 0, Status.MECHANISM: 1, Status.DEFAULT: 2, Status.WAIVED: 3}
"""Of a cell the heaviest status of its switches is shown: a failure, then what does it; among
equal ones that with the most to show."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A control on all switches of one model."""

    status: Status
    evidence: tuple[str, ...]
    compensated_by: tuple[str, ...]
    failures: tuple[tuple[str, Failure], ...]
    """Switch and failure."""


@dataclass(frozen=True, slots=True)
class Row:
    """A control on every model."""

    control: Control
    cells: Mapping[str, Cell]
    """By model id."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """All controls on all models of an estate."""

    models: tuple[str, ...]
    rows: tuple[Row, ...]

    def failures(self) -> Iterator[tuple[str, Control, Failure]]:
        """Give every failure with its switch and its control."""
        for row in self.rows:
            for cell in row.cells.values():
                for switch, failure in cell.failures:
                    yield switch, row.control, failure


def matrix(rendered: Iterable[Rendered], settings: Settings) -> Matrix:
    """Check the texts of an estate and put the results together by model."""
    checker = Checker(settings)
    of_model: dict[str, dict[str, tuple[Result, ...]]] = {}
    for each in rendered:
        results = checker.check(subject_of(each.view, each.controls), each.text)
        of_model.setdefault(each.switch.model_id, {})[each.switch.id] = results
    models = tuple(sorted(of_model))
    rows = [
        Row(control, {model: _cell(of_model[model], place) for model in models})
        for place, control in enumerate(controls())
    ]
    return Matrix(models, tuple(rows))


def _cell(of_switch: Mapping[str, tuple[Result, ...]], place: int) -> Cell:
    """Put one control of all switches of a model together; `place` is its index."""
    results = [of[place] for of in of_switch.values()]
    shown = min(results, key=lambda each: (_WEIGHT[each.status], -len(each.evidence)))
    failures = tuple(
        (switch, failure) for switch, of in of_switch.items() for failure in of[place].failures
    )
    return Cell(shown.status, shown.evidence, shown.compensated_by, failures)
