"""A status for a terminal: what is wrong first, then numbers; at most 100 columns."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from maille.recording.status.model import RATE_FROM
from maille.recording.terms.as_text import left_pool, size
from maille.retention import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta

    from maille.errors import Finding
    from maille.recording.status.model import ClusterStatus, ShareStatus, Status

_WIDTH = 100
_TITLE_WIDTH = 28
_TOLD = 12
"""As many findings are told, and shares listed, unless all are asked for."""
_HEAD = ("share", "quota", "used", "", "rate", "planned", "held", "full")
_WIDTHS = (_TITLE_WIDTH, 11, 11, 5, 12, 12, 9, 10)
_RATES = (("Gbit/s", 1e3), ("Mbit/s", 1.0), ("kbit/s", 1e-3))


def as_text(status: Status, *, every: bool = False) -> str:
    """Write a status; of a wide estate only what needs a person, unless all is asked for."""
    lines = [*_heading(status), *_findings(status.findings, every=every), ""]
    lines += [*_shares(status, every=every), "", *_cluster(status.cluster)]
    lines.append(f"rates: {RATE_FROM.format(hours=status.hours)}")
    return "\n".join(lines)


def _heading(status: Status) -> Iterator[str]:
    scale = "" if status.scale == "1" else f", scale {status.scale}"
    yield f"{status.title}, {said.at(status.at)}{scale}"
    count = len(status.findings)
    needs = "needs" if count == 1 else "need"
    yield f"{said.many(count, 'thing')} {needs} a person" if count else "nothing needs a person"


def _findings(findings: Sequence[Finding], *, every: bool) -> Iterator[str]:
    told = findings if every else findings[:_TOLD]
    for how, alike in groupby(told, key=lambda finding: finding.how):
        for one in alike:
            yield _filled(f"{one.severity} {one.code}  {one.what}")
        yield _filled(f"    {how}")
    if len(told) < len(findings):
        yield f"and {len(findings) - len(told)} more: --all tells them"


def _filled(text: str) -> str:
    return textwrap.fill(text, _WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def _shares(status: Status, *, every: bool) -> Iterator[str]:
    listed = [one for one in status.shares if every or one.findings]
    shown = listed if every else listed[:_TOLD]
    yield _row(_HEAD)
    for share in shown:
        yield _row(_cells(share, status.at))
    if len(shown) < len(status.shares):
        yield f"{len(status.shares) - len(shown)} more: --all lists them"
    yield _row(_sums(status.shares, status.at))


def _row(cells: Sequence[str]) -> str:
    first, *others = (f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))
    return f"{first.strip():<{_TITLE_WIDTH}}{''.join(others)}".rstrip()


def _cells(share: ShareStatus, now: datetime) -> tuple[str, ...]:
    title = f"{share.title} ({share.commune})" if share.commune else share.title
    held = share.held(now)
    return (
        textwrap.shorten(title, _TITLE_WIDTH, placeholder="…"),
        "missing" if share.quota_bytes is None else _quota(share.quota_bytes),
        size(share.used_bytes),
        _percent(share.used_bytes, share.quota_bytes or 0),
        "–" if share.rate_mbps is None else _rate(share.rate_mbps),
        _rate(share.planned_mbps),
        "–" if held is None else _span(held),
        f"in {_span(share.fills_at - now)}" if share.fills_at else "no",
    )


def _sums(shares: Sequence[ShareStatus], now: datetime) -> tuple[str, ...]:
    quota = sum(share.quota_bytes or 0 for share in shares)
    used = sum(share.used_bytes for share in shares)
    held = [one for share in shares if (one := share.held(now)) is not None]
    return (
        f"all {len(shares)}",
        size(quota),
        size(used),
        _percent(used, quota),
        _rate(sum(share.rate_mbps or 0 for share in shares)),
        _rate(sum(share.planned_mbps for share in shares)),
        _span(max(held)) if held else "–",
        str(sum(share.fills_at is not None for share in shares) or "none"),
    )


def _span(length: timedelta) -> str:
    """Give the larger unit alone, from two of it on: `15 d`, `36 h`."""
    minutes = length.total_seconds() / 60
    for unit, worth in (("d", 1440), ("h", 60)):
        if minutes >= 2 * worth:
            return f"{minutes / worth:.3g} {unit}"
    return f"{minutes:.0f} min"


def _quota(quota_bytes: int) -> str:
    return size(quota_bytes) if quota_bytes else "none"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _rate(mbps: float) -> str:
    for unit, worth in _RATES:
        if mbps >= worth:
            return f"{mbps / worth:,.3g} {unit}"
    return f"{mbps * 1e6:,.0f} bit/s"


def _cluster(cluster: ClusterStatus) -> Iterator[str]:
    used = _percent(cluster.raw_used_bytes, cluster.raw_bytes)
    yield (
        f"cluster {cluster.fsid[:8]}: {size(cluster.raw_bytes)} raw, {used} used;"
        f" carries {size(cluster.usable_bytes)} of quotas with a host lost"
    )
    if cluster.loss:
        yield (
            f"if {cluster.loss.host} is lost, {said.many(cluster.loss.hosts_left, 'host')}"
            f" are left, and the fullest disk comes to {cluster.loss.fullest:.0%}"
            f" (nearfull {cluster.nearfull_ratio:.0%})"
        )
    yield f"to erase: {cluster.backlog}"
    if cluster.left:
        yield f"new recordings go to pool {cluster.pool}; of the former ones"
    yield from map(left_pool, cluster.left)
