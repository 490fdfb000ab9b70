"""Rounds in a spool outlast whoever wrote them."""

from __future__ import annotations

import resource
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from maille.errors import OutOfReachError
from maille.health.history.model import Measure, Round, Samples, StateInterval
from maille.health.history.spool import Spool
from maille.health.model import Cause, Condition, Evidence

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEEN = (Evidence(NOON, "as-1", "ifOperStatus.Gi1/3", "down"),)


def a_round(seq: int, conditions: tuple[Condition, ...] = ()) -> Round:
    at = NOON + timedelta(seconds=30 * seq)
    state = StateInterval("c", "unreachable", at, None, "upstream", Cause(("as-1",)), SEEN)
    samples = Samples("c", (Measure("x", "counter"), Measure("y", "gauge")), (2**64 - 1, None))
    validity = timedelta(seconds=60)
    return Round(3, 7, seq, at, validity, ("c",), (state,), (samples,), conditions)


def test_rounds_are_there_again_in_order_without_what_will_not_hold(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "new" / "spool")
    spool.append(a_round(1, (Condition("c", "silent"),)))
    spool.append(a_round(2))
    spool.close()
    assert list(Spool(spool.file).rounds()) == [a_round(1), a_round(2)]


def test_wherever_writing_was_cut_off_what_was_kept_before_is_there(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.append(a_round(1))
    whole = spool.file.stat().st_size
    spool.append(a_round(2))
    content = spool.file.read_bytes()
    spool.close()
    for cut in range(whole, len(content)):
        spool.file.write_bytes(content[:cut])
        torn = Spool(spool.file)
        assert list(torn.rounds()) == [a_round(1)]
        torn.append(a_round(3))
        torn.close()
        after = Spool(spool.file)
        assert list(after.rounds()) == [a_round(1), a_round(3)]
        after.close()


def test_a_record_that_was_written_as_zeros_is_dropped(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.append(a_round(1))
    spool.close()
    with spool.file.open("ab") as stream:
        stream.write(bytes(4096))
    assert list(Spool(spool.file).rounds()) == [a_round(1)]


def test_a_record_that_does_not_say_what_was_written_is_dropped(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    for seq in (1, 2):
        spool.append(a_round(seq))
    spool.close()
    content = bytearray(spool.file.read_bytes())
    content[-20] ^= 1
    spool.file.write_bytes(content)
    assert list(Spool(spool.file).rounds()) == [a_round(1)]


def test_what_was_recorded_is_forgotten(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.append(a_round(1))
    spool.clear()
    assert not spool.waits
    spool.append(a_round(2))
    assert list(spool.rounds()) == [a_round(2)]


def test_a_second_poller_with_the_same_spool_is_told_so(tmp_path: Path) -> None:
    first = Spool(tmp_path / "spool")
    with pytest.raises(OutOfReachError, match="another process polls with the spool"):
        Spool(first.file)
    first.close()
    Spool(first.file).close()


def test_a_full_disk_is_told_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.append(a_round(1))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (spool.file.stat().st_size + 20, hard))
    try:
        with pytest.raises(OutOfReachError, match="cannot be written: File too large"):
            spool.append(a_round(2))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    spool.append(a_round(3))
    spool.close()
    assert list(Spool(spool.file).rounds()) == [a_round(1), a_round(3)]
