"""Who takes which shard, as a simulation: no database, and no clock but the one that is given."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from maille.health.history.leases import LASTS_INTERVALS, Holding, shard_of, shift
from maille.health.history.tables import SHARDS

INTERVAL_US = 30_000_000
LASTS_US = int(INTERVAL_US * LASTS_INTERVALS)
HALF_US = INTERVAL_US // 2


@dataclass
class Table:
    """What the database keeps of leases and pollers, and what they do with it."""

    holdings: list[Holding] = field(
        default_factory=lambda: [Holding(shard, None, 0) for shard in range(SHARDS)]
    )
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Since when, and when last."""

    def tend(self, me: str, at_us: int) -> set[int]:
        since, last = self.seen.get(me, (at_us, at_us))
        since = since if last > at_us - LASTS_US else at_us
        self.seen[me] = (since, at_us)
        live = [name for name, (_, last) in self.seen.items() if last > at_us - LASTS_US]
        todo = shift(self.holdings, live, me, at_us, settled=at_us - since >= LASTS_US)
        for shard in (*todo.renew, *todo.take):
            self.holdings[shard] = Holding(shard, me, at_us + LASTS_US)
        for shard in todo.release:
            self.holdings[shard] = Holding(shard, None, 0)
        return {one.shard for one in self.holdings if one.holder == me}


@given(
    names=st.lists(st.sampled_from("abcdef"), unique=True, min_size=1),
    phases=st.lists(st.integers(0, HALF_US - 1), min_size=6, max_size=6),
    data=st.data(),
)
def test_all_shards_are_shared_and_a_dead_poller_is_replaced_within_two_intervals(
    names: list[str], phases: list[int], data: st.DataObject
) -> None:
    table = Table()
    beats = sorted(
        (beat * HALF_US + phases["abcdef".index(name)], name) for name in names for beat in range(9)
    )
    for at_us, name in beats:
        table.tend(name, at_us)
    shares = [sum(one.holder == name for one in table.holdings) for name in names]
    assert sum(shares) == SHARDS
    assert max(shares) <= -(-SHARDS // len(names))
    if len(names) == 1:
        return
    dead = data.draw(st.sampled_from(names))
    died_us = table.seen[dead][1]
    for at_us, name in beats:
        again_us = at_us + 9 * HALF_US
        if name != dead and again_us <= died_us + 2 * INTERVAL_US:
            table.tend(name, again_us)
    assert dead not in {one.holder for one in table.holdings}
    assert None not in {one.holder for one in table.holdings}


def test_after_the_database_was_away_everybody_gets_back_what_was_theirs() -> None:
    table = Table()
    for beat in range(9):
        for name in "abc":
            table.tend(name, beat * HALF_US)
    before = list(table.holdings)
    back_us = 1000 * INTERVAL_US
    for name in "abc":
        table.tend(name, back_us)
    assert [one.holder for one in table.holdings] == [one.holder for one in before]


def test_a_poller_that_is_alone_waits_for_no_more_than_the_lease_of_a_dead_one() -> None:
    table = Table()
    table.tend("dead", 0)
    assert table.tend("other", HALF_US) == set()
    for beat in range(2, 5):
        held = table.tend("other", beat * HALF_US)
    assert held == set(range(SHARDS))


def test_targets_are_spread_over_the_shards() -> None:
    counts = [0] * SHARDS
    for number in range(1600):
        counts[shard_of(f"28085-{number:04}")] += 1
    assert min(counts) > 50
