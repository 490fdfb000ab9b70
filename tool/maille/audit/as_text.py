"""An audit for people: each switch with what is wrong on it, then the estate in all."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from typing import TYPE_CHECKING

from maille.audit.device import State, by_hand
from maille.audit.tree import indented
from maille.report.caret import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.audit.device import DeviceAudit, Unprovable
    from maille.audit.estate import EstateAudit
    from maille.configs.hardening.model import Control, Result

_WIDTH = 100
_IN_A_LIST = (State.MISSING, State.IN_SYNC, State.NOT_IN_SERVICE)
"""States that say it all: of such switches the names are enough."""
_MOST = 20
"""Lines of a table that counts over switches."""


def as_text(audit: EstateAudit, *, details: bool) -> str:
    """Write an audit; without details, one line a switch and the counts in all."""
    if details:
        blocks = [list(_device(each)) for each in audit.devices if _is_worth(audit, each)]
        blocks.append(list(_quiet(audit)))
    else:
        width = max(len(device.switch.hostname) for device in audit.devices)
        blocks = [[_head(device, width) for device in audit.devices]]
    blocks += _in_all(audit)
    return "\n\n".join("\n".join(map(harmless, block)) for block in blocks if block)


def _is_worth(audit: EstateAudit, device: DeviceAudit) -> bool:
    """Say whether a switch gets a block of its own: it is wrong, or it was asked for alone."""
    quiet = device.state in _IN_A_LIST
    fine = quiet and not (device.failed or device.unplanned)
    return not fine or len(audit.devices) == 1


def _quiet(audit: EstateAudit) -> Iterator[str]:
    """Name the switches of which there is nothing more to tell."""
    for state in _IN_A_LIST:
        names = [
            device.switch.hostname
            for device in audit.devices
            if device.state is state and not _is_worth(audit, device)
        ]
        yield from textwrap.wrap(
            ", ".join(names),
            _WIDTH,
            initial_indent=f"{state.value}: ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def _head(device: DeviceAudit, width: int = 0) -> str:
    why = device.fault.what if device.fault else _counts(device)
    file = f"({device.file})" if device.file and not width else ""
    parts = (f"{device.switch.hostname:<{width}}", device.state.value, why, file)
    return "  ".join(part for part in parts if part)


def _counts(device: DeviceAudit) -> str:
    counts = [
        f"{len(lines)} {what}"
        for lines, what in (
            (device.comparison.missing if device.comparison else (), "missing"),
            (device.comparison.unexpected if device.comparison else (), "unexpected"),
        )
        if lines
    ]
    if device.failed:
        counts.append(_several(len(device.failed), "control failing", "controls failing"))
    if device.unplanned:
        counts.append(
            _several(len(device.unplanned), "unplanned port", "unplanned ports") + " open"
        )
    return ", ".join(counts)


def _several(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _device(device: DeviceAudit) -> Iterator[str]:
    yield _head(device)
    comparison = device.comparison
    if comparison is None:
        return
    yield from _part("missing", indented(comparison.missing))
    yield from _part("unexpected", indented(comparison.unexpected))
    yield from _part("remediation", _commands(comparison.remediation))
    yield from _part("open, and not planned", device.unplanned)
    yield from _part("left alone", (f"{each.line}: {each.reason}" for each in comparison.foreign))
    yield from _part("not shown by the device", map(_lookup, device.unprovable))
    yield from _part("controls that fail", _controls(device.failed))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"  {title}"
        yield from (f"    {line}" for line in found)


def _commands(commands: Iterable[str]) -> Iterator[str]:
    for command in commands:
        first, *rest = command.split("\n")
        mark = "   <- by hand: it names a secret" if by_hand(command) else ""
        yield f"{first}{mark}"
        yield from rest


def _lookup(each: Unprovable) -> str:
    return f"{each.what}: {each.check}" if each.check else each.what


def _controls(failed: Iterable[Result]) -> Iterator[str]:
    for result in failed:
        yield f"{result.control.id}  {_sourced(result.control)}"
        for failure in result.failures:
            yield f"      {failure.where + ': ' if failure.where else ''}{failure.what}"


def _sourced(control: Control) -> str:
    return f"{control.title} ({', '.join(control.sources)})"


def _in_all(audit: EstateAudit) -> Iterator[list[str]]:
    """Give what is true of several switches, what is true of most first."""
    judged = [(device, device.comparison) for device in audit.devices if device.comparison]
    if len(audit.devices) > 1:
        yield _table(
            "missing on several switches",
            [(device, str(line)) for device, found in judged for line in found.missing],
            least=2,
        )
        yield _table(
            "unexpected on several switches",
            [(device, str(line)) for device, found in judged for line in found.unexpected],
            least=2,
        )
        yield _table(
            "controls that fail",
            [
                (device, f"{result.control.id}  {_sourced(result.control)}")
                for device, _ in judged
                for result in device.failed
            ],
        )
        yield _table(
            "left alone",
            [(device, each.reason) for device, found in judged for each in found.foreign],
        )
        yield _table(
            "not shown by the device",
            [(device, _lookup(each)) for device, _ in judged for each in device.unprovable],
        )
    yield _files(audit)
    yield [_totals(audit)]


def _table(title: str, pairs: list[tuple[DeviceAudit, str]], least: int = 1) -> list[str]:
    """Count on how many switches something is true."""
    where: dict[str, set[str]] = defaultdict(set)
    for device, what in pairs:
        where[what].add(device.switch.id)
    found = [(len(names), what) for what, names in where.items() if len(names) >= least]
    rows = sorted(found, key=lambda row: (-row[0], row[1]))
    lines = [f"  {count:>5}  {what}" for count, what in rows[:_MOST]]
    if len(rows) > _MOST:
        lines.append(f"         and {len(rows) - _MOST} more")
    return [title, *lines] if lines else []


def _files(audit: EstateAudit) -> list[str]:
    """Tell what is wrong with files that belong to no switch, or to another one."""
    found = [finding for finding in audit.findings if not finding.subject]
    return ["files", *(f"  {f.place}: {f.what}" for f in found)] if found else []


def _totals(audit: EstateAudit) -> str:
    states = [f"{count} {state.value}" for state, count in audit.states.items() if count]
    found = [device.comparison for device in audit.devices if device.comparison]
    lines = sum(len(each.missing) for each in found), sum(len(each.unexpected) for each in found)
    if any(lines):
        states.append(f"lines missing: {lines[0]}, unexpected: {lines[1]}")
    if failing := sum(bool(device.failed) for device in audit.devices):
        states.append(f"controls fail on {failing}")
    if open_ports := sum(bool(device.unplanned) for device in audit.devices):
        states.append(f"unplanned ports open on {open_ports}")
    accepted = sum(finding.waiver is not None for finding in audit.findings)
    if accepted:
        states.append(_several(accepted, "finding waived", "findings waived"))
    return f"{_several(len(audit.devices), 'switch', 'switches')}: {', '.join(states)}"
