"""Recording a round: all of it or nothing, and never twice.

The first thing a transaction does is to advance the shard's lease to the round. That is done only
by the lease's own epoch, and only forward: a round that was recorded before changes nothing, and
one by a lease that has gone to another is refused. All else follows in the same transaction, and
the lease's row stays locked until its end.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from maille.health.history.documents import CAUSE, CONDITIONS, EVIDENCE
from maille.health.history.model import Conditions
from maille.health.history.rows import layout_of, layout_text, pack
from maille.health.history.tables import latest, layout, lease, polled, state, tail
from maille.health.history.times import micros, span_us

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Table

    from maille.health.history.database import Database
    from maille.health.history.model import Measure, Round, StateInterval

Outcome = Literal["recorded", "known", "lost", "late"]
"""`known`: it was recorded before. `lost`: the lease has gone to another. `late`: its clock went
back, to before the shard's last round. What was recorded stays as it is."""


@dataclass(slots=True)
class _Running:
    """The spans of polling of one shard that may still be extended, as of its last round."""

    epoch: int
    seq: int
    spans: dict[str, tuple[int, int]]


class History:
    """Records rounds; by one thread at a time."""

    def __init__(self, database: Database) -> None:
        """Record into a database whose tables are up to date."""
        self._database = database
        self._running: dict[int, _Running] = {}
        self._layouts: set[int] = set()

    def record(self, round_: Round) -> Outcome:
        """Record a round in one transaction, and say what became of it.

        Raises:
            OutOfReachError: the database does not answer; record the same round again later.
            ValueError: samples do not fit their measures, or a change begins after the round.
        """
        packed = checked(round_)
        layouts = {layout_of(one.measures): one.measures for one in round_.samples}
        at_us = micros(round_.at)
        with self._database.writing() as connection:
            before, outcome = _advance(connection, round_, at_us)
            if outcome != "recorded":
                return outcome
            running = self._extended(connection, round_, before, at_us)
            spans = [(target, *running.spans[target]) for target in round_.polled]
            columns = ("target", "began", "ended")
            _upsert(connection, polled, [dict(zip(columns, span, strict=True)) for span in spans])
            for change in round_.changes:
                _tell(connection, change, at_us)
            self._know(connection, layouts)
            if round_.samples:
                connection.execute(
                    insert(tail).values(shard=round_.shard, at=at_us, samples=packed)
                )
            _say(connection, round_, at_us)
        self._running[round_.shard] = running
        self._layouts |= layouts.keys()
        return "recorded"

    def _extended(self, connection: Connection, round_: Round, before: int, at_us: int) -> _Running:
        """Give the shard's spans with the round in them; those that ran out are left away."""
        oldest = at_us - span_us(round_.validity)
        known = self._running.get(round_.shard)
        if known and (known.epoch, known.seq) == (round_.epoch, before):
            spans = known.spans
        else:
            spans = _spans_since(connection, oldest)
        kept = {target: span for target, span in spans.items() if span[1] >= oldest}
        kept |= {
            target: (kept[target][0] if target in kept else at_us, at_us)
            for target in round_.polled
        }
        return _Running(round_.epoch, round_.seq, kept)

    def _know(self, connection: Connection, layouts: dict[int, tuple[Measure, ...]]) -> None:
        rows = [
            {"id": number, "measures": layout_text(measures)}
            for number, measures in sorted(layouts.items())
            if number not in self._layouts
        ]
        _upsert(connection, layout, rows)


def checked(round_: Round) -> bytes:
    """Give a round's samples as they are kept.

    Raises:
        ValueError: samples do not fit their measures, or a change begins after the round.
    """
    for change in round_.changes:
        if change.began > round_.at:
            raise ValueError(f"the state of {change.target} begins after the round that saw it")
    return pack(round_.samples)


def _advance(connection: Connection, round_: Round, at_us: int) -> tuple[int, Outcome]:
    """Bring the lease to the round; give the last round's number, and whether to go on."""
    found = connection.execute(
        select(lease).where(lease.c.shard == round_.shard).with_for_update()
    ).one()
    if found.epoch == round_.epoch and found.seq >= round_.seq:
        return found.seq, "known"
    if found.epoch != round_.epoch:
        return found.seq, "lost"
    if found.at >= at_us:
        return found.seq, "late"
    connection.execute(
        update(lease).where(lease.c.shard == round_.shard).values(seq=round_.seq, at=at_us)
    )
    return found.seq, "recorded"


def _spans_since(connection: Connection, oldest: int) -> dict[str, tuple[int, int]]:
    """Give all spans that may be extended, of whatever shard: this is asked once a lease."""
    found = connection.execute(select(polled).where(polled.c.ended >= oldest))
    return {row.target: (row.began, row.ended) for row in found}


def _tell(connection: Connection, change: StateInterval, at_us: int) -> None:
    """End the state that lasts, and begin another; the same one told again goes on.

    A state that began before the one that lasts would overlap it: it counts from the round.
    """
    began = micros(change.began)
    cause = CAUSE.dump_json(change.cause).decode() if change.cause else None
    values = {"state": change.state, "origin": change.origin, "cause": cause}
    here = (state.c.target == change.target) & state.c.ended.is_(None)
    lasting = connection.execute(select(state).where(here)).mappings().one_or_none()
    if lasting:
        if all(lasting[name] == value for name, value in values.items()):
            return
        began = began if began > lasting["began"] else at_us
        connection.execute(update(state).where(here).values(ended=began))
    evidence = EVIDENCE.dump_json(change.evidence).decode()
    connection.execute(
        insert(state).values(target=change.target, began=began, evidence=evidence, **values)
    )


def _say(connection: Connection, round_: Round, at_us: int) -> None:
    """Keep what the round said of the shard's targets, instead of what the last one did."""
    if not (round_.conditions or round_.links):
        return
    said = CONDITIONS.dump_json(Conditions(round_.conditions, round_.links))
    row = {
        "shard": round_.shard,
        "until": at_us + span_us(round_.validity),
        "conditions": zlib.compress(said, 1),
    }
    _upsert(connection, latest, [row])


def _upsert(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    """Insert rows; of those whose key is there the other columns are replaced."""
    if not rows:
        return
    own = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    fresh = own(table)
    keys: Iterable[str] = [column.name for column in table.primary_key]
    others = {name: fresh.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(fresh.on_conflict_do_update(index_elements=keys, set_=others), list(rows))
