"""A look for a terminal: causes first, then what is wrong with each device, then the counts."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from maille.health.model import STATES
from maille.health.shown.order import culprits, ordered, told_cut
from maille.health.shown.why import why

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maille.health.look import Look
    from maille.health.model import DeviceState
    from maille.health.targets.model import Target

_COLUMNS = ("state", "device", "place")
_WIDEST = (12, 24, 30)
_WIDTH = 100
_TOLD = 20
"""As many devices of a state are listed, unless all are asked for."""
_WELL = frozenset({"up", "maintenance"})


def as_text(look: Look, title: str, where: str = "", *, every: bool = False) -> str:
    """Write a look; those that are well are counted, and listed only if all are asked for.

    Args:
        look: what was seen.
        title: of the estate.
        where: from where the addresses are, if not from the inventory.
        every: list all devices.
    """
    pairs = ordered(look)
    lines = [f"{title}, {look.at:%Y-%m-%d %H:%M:%S} UTC", _counts(look)]
    lines += [f"addresses: {where}"] if where else []
    lines += [*_blind(look), *_broken_links(look)]
    lines += [_filled(told_cut(cut)) for cut in look.picture.cuts]
    shown = [pair for pair in pairs if every or pair[1].state not in _WELL]
    if shown:
        lines += ["", *_rows(shown, every=every)]
    return "\n".join(lines)


def _counts(look: Look) -> str:
    counted = Counter(state.state for state in look.picture.states.values())
    told = ", ".join(f"{counted[state]} {state}" for state in STATES if counted[state])
    return f"{len(look.targets)} devices: {told}" if told else "no device to look at"


def _blind(look: Look) -> Iterator[str]:
    for blind in look.picture.blind:
        hops = ", ".join(blind.first_hops)
        yield _filled(
            f"nothing is known of {len(blind.unknown)} devices in the {blind.graph} network: nobody"
            f" answers, the poller's own first hop ({hops}) among them"
        )


def _broken_links(look: Look) -> Iterator[str]:
    """Name links that take devices away: no row of the table is theirs."""
    away = Counter(
        state.cause
        for state in look.picture.states.values()
        if state.state == "unreachable" and state.cause and state.cause.links
    )
    for cause, count in away.items():
        yield _filled(f"{count} unreachable because of {culprits(cause)}")


def _rows(pairs: list[tuple[Target, DeviceState]], *, every: bool) -> Iterator[str]:
    listed: Counter[str] = Counter()
    behind = Counter(
        device
        for target, state in pairs
        for device in (state.cause.devices if state.cause else ())
        if device != target.id and state.state == "unreachable"
    )
    rows = [(_COLUMNS, "why")]
    for target, state in pairs:
        listed[state.state] += 1
        if every or listed[state.state] <= _TOLD:
            cells = (state.state, target.id, _place(target))
            rows.append((cells, why(state, behind[target.id])))
    columns = zip(*(cells for cells, _ in rows), strict=True)
    lengths = [max(map(len, column)) for column in columns]
    widths = [min(pair) for pair in zip(lengths, _WIDEST, strict=True)]
    yield from (_row(cells, told, widths) for cells, told in rows)
    for name, count in listed.items():
        if not every and count > _TOLD:
            yield f"{count - _TOLD} more {name}: --all lists them"


def _place(target: Target) -> str:
    """Give its place without the code of its commune, which leads its id."""
    return target.place.removeprefix(f"{target.commune} ")


def _row(cells: tuple[str, str, str], told: str, widths: Sequence[int]) -> str:
    fixed = (
        f"{cell if len(cell) <= width else cell[: width - 1] + '…':<{width}}"
        for cell, width in zip(cells, widths, strict=True)
    )
    return _filled("  ".join((*fixed, told)), " " * (sum(widths) + 2 * len(widths)))


def _filled(line: str, indent: str = "    ") -> str:
    return textwrap.fill(
        line,
        _WIDTH,
        subsequent_indent=indent,
        break_on_hyphens=False,
        replace_whitespace=False,
        drop_whitespace=True,
    ).rstrip()
