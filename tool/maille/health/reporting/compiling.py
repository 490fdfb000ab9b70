"""From the history to a report: who is counted where, for how long, and what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from maille.health.reporting.blames import blames
from maille.health.reporting.model import Commitment, Period, Place, Report, Row
from maille.health.uptime.attribution import stints
from maille.health.uptime.coverage import not_polled
from maille.health.uptime.figures import figures_of, together
from maille.health.uptime.hours import spans_of
from maille.health.uptime.periods import periods
from maille.health.uptime.spans import common, joined, length

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from maille.blueprint.model import Blueprint
    from maille.health.history.model import PolledInterval, StateInterval
    from maille.health.reporting.model import Asked, By
    from maille.health.uptime.attribution import Stint
    from maille.health.uptime.figures import Figures, Outage
    from maille.health.uptime.reader import Reader
    from maille.health.uptime.spans import Span, Spans


def compile_report(blueprint: Blueprint, reader: Reader, asked: Asked) -> Report:
    """Report the uptime of an estate's devices over a window."""
    here = [
        stint for stint in stints(blueprint, asked.zone) if common((stint.span,), (asked.window,))
    ]
    counted = [stint for stint in here if stint.kind in asked.kinds]
    past = _past(reader, asked.window, sorted({stint.target for stint in counted}))
    ledger = _Ledger(blueprint, asked, past)
    by_commune = ledger.rows(counted, "commune")
    whole = ledger.row(None, blueprint.estate.settings.title, counted)
    return Report(
        title=blueprint.estate.settings.title,
        asked=asked,
        rows=by_commune if asked.by == "commune" else ledger.rows(counted, asked.by),
        communes=by_commune,
        whole=whole,
        blames=blames(whole.figures.outages),
        periods=tuple(ledger.periods(counted)),
        unseen=not_polled(past.polled, asked.window),
        places=ledger.places(here),
    )


@dataclass(frozen=True, slots=True)
class _Past:
    """What the history has of the window."""

    states: Mapping[str, Sequence[StateInterval]]
    polled: Mapping[str, Sequence[PolledInterval]]
    maintenance: Mapping[str, Sequence[Span]]


def _past(reader: Reader, window: Span, targets: Sequence[str]) -> _Past:
    planned: dict[str, list[Span]] = {}
    for each in reader.maintenance(window):
        for subject in each.subjects:
            planned.setdefault(subject, []).append((each.starts, each.ends))
    return _Past(reader.states(targets, window), reader.polled(targets, window), planned)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """Adds up figures of some stints."""

    blueprint: Blueprint
    asked: Asked
    past: _Past

    def rows(self, counted: Iterable[Stint], by: By) -> tuple[Row, ...]:
        """Give a row a device, commune, wave or owner: the worst first."""
        groups: dict[str | None, list[Stint]] = {}
        for stint in counted:
            groups.setdefault(_key(stint, by), []).append(stint)
        rows = [self.row(key, self._title(key, by), group) for key, group in groups.items()]
        return tuple(sorted(rows, key=_worst_first))

    def row(self, key: str | None, title: str, group: Sequence[Stint]) -> Row:
        """Give the figures of some stints together."""
        of_target = _of_target(group)
        return Row(
            key=key,
            title=title,
            targets=len(of_target),
            figures=together([self._figures(*each) for each in of_target.items()]),
            commitments=tuple(self._commitments(group)),
        )

    def periods(self, counted: Sequence[Stint]) -> Iterator[Period]:
        """Give the figures of all stints together, period by period."""
        of_target = _of_target(counted)
        for span in periods(self.asked.window, self.asked.zone):
            found = [self._figures(*each, window=span) for each in of_target.items()]
            yield Period(span, together(found))

    def places(self, here: Iterable[Stint]) -> dict[str, Place]:
        """Give where every device stands; of one that moved, where it stood last."""
        return {
            stint.target: Place(self._title(stint.commune, "commune"), stint.place)
            for stint in here
        }

    def _figures(self, target: str, spans: Sequence[Span], window: Span | None = None) -> Figures:
        return figures_of(
            window or self.asked.window,
            spans,
            self.past.states.get(target, ()),
            self.past.polled.get(target, ()),
            self.past.maintenance.get(target, ()),
        )

    def _commitments(self, group: Iterable[Stint]) -> Iterator[Commitment]:
        of_contract: dict[str, list[Stint]] = {}
        for stint in group:
            if stint.contract:
                of_contract.setdefault(stint.contract, []).append(stint)
        for contract, covered in sorted(of_contract.items()):
            terms = self.blueprint.estate.parties.contracts[contract]
            hours = spans_of(terms.hours, self.asked.window, self.asked.zone)
            owed = {
                target: common(joined(spans), hours)
                for target, spans in _of_target(covered).items()
            }
            figures = together([self._figures(*each) for each in owed.items()])
            yield Commitment(
                contract=contract,
                terms=terms,
                targets=len(owed),
                figures=figures,
                late=self._late(covered, hours, timedelta(hours=terms.repair_hours)),
            )

    def _late(self, covered: Iterable[Stint], hours: Spans, most: timedelta) -> int:
        """Count the outages that took longer to repair than a contract allows, in its hours."""
        return sum(
            length(common(hours, (self._known(outage, joined(spans)),))) > most
            for target, spans in _of_target(covered).items()
            for outage in self._figures(target, spans).outages
        )

    def _known(self, outage: Outage, spans: Spans) -> Span:
        """Give the time an outage lasted; one without an end as long as anybody knows."""
        if outage.ended:
            return outage.began, outage.ended
        looked = self.past.polled.get(outage.target, ())
        last = max((span.ended for span in looked), default=outage.began)
        moved = next(span[1] for span in spans if span[0] <= outage.began < span[1])
        return outage.began, min(last, moved, self.asked.window[1])

    def _title(self, key: str | None, by: By) -> str:
        estate = self.blueprint.estate
        if key is None:
            return ""
        if by == "commune":
            return estate.communes[key].commune
        if by == "wave":
            return estate.waves[key].title
        return estate.parties.owners[key].title if by == "owner" else ""


def _key(stint: Stint, by: By) -> str | None:
    return stint.target if by == "camera" else getattr(stint, by)


def _of_target(group: Iterable[Stint]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for stint in group:
        found.setdefault(stint.target, []).append(stint.span)
    return found


def _worst_first(row: Row) -> tuple[bool, float, float, str]:
    kept = row.figures.availability
    lost_s = row.figures.away.total_seconds()
    return kept is None, kept or 0.0, -lost_s, row.key or ""
