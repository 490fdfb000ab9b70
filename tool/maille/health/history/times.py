"""Times as the database has them: whole microseconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

HOUR_US = 3_600_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """Give a time as a number, exactly; raises TypeError for one without its zone."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(micros_: int) -> datetime:
    """Give the time of a number."""
    return _EPOCH + timedelta(microseconds=micros_)


def span_us(span: timedelta) -> int:
    """Give a length of time as a number."""
    return span // _MICROSECOND


def hour_of(micros_: int) -> int:
    """Give the beginning of the hour that a time lies in."""
    return micros_ - micros_ % HOUR_US
