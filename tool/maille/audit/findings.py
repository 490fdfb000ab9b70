"""Audits as findings, each with its code and the line of the file that it is about. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maille.audit.codes import AUDIT_RULES
from maille.audit.locate import line_numbers, number_of
from maille.audit.texts import Unusable
from maille.configs.compare.foreign import CHANGED
from maille.configs.hardening.check import findings as control_findings
from maille.errors import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.audit.device import DeviceAudit
    from maille.audit.matching import Matched
    from maille.audit.texts import RunningText
    from maille.configs.compare import Comparison, ConfigLine


def of_device(device: DeviceAudit, running: RunningText | None) -> Iterator[Finding]:
    """Give what is wrong on a switch, each at its line of the running configuration."""
    if device.fault:
        yield device.fault
    if running is None or device.comparison is None:
        return
    lines = _Lines(device, running)
    yield from _of_comparison(lines, device.comparison)
    for header in device.unplanned:
        what, how = f"`{header}` is not planned, and not shut", "shut it"
        yield lines.finding("D005", (header,), what, how)
    if device.unprovable:
        names = ", ".join(each.what for each in device.unprovable)
        checks = ", ".join(f"`{each.check}`" for each in device.unprovable if each.check)
        what = f"the configuration does not show: {names}"
        yield lines.finding("D003", (), what, f"look at {checks}" if checks else "")
    failures = [failure for result in device.failed for failure in result.failures]
    found = control_findings(device.switch.id, device.failed)
    for finding, failure in zip(found, failures, strict=True):
        yield replace(finding, place=lines.place((failure.where,)))


def of_folder(matched: Matched) -> Iterator[Finding]:
    """Give what is wrong with the files themselves."""
    for stray in matched.strays:
        if isinstance(stray, Unusable):
            found = _file_finding("D014", stray.file, stray.what, stray.how)
            yield replace(found, severity=Severity.WARNING)
        else:
            whose = f"host name {stray.hostname}" if stray.hostname else "no host name"
            yield _file_finding(
                "D011",
                stray.file,
                f"there is no such switch in the inventory ({whose})",
                "write it into the inventory, or find out what it does in the network",
            )
    for text, other in matched.misnamed:
        yield _file_finding(
            "D013",
            text.file,
            f"the file is named after {other} and holds the configuration of {text.hostname}",
            "name it after the switch that it is of",
        )


def _file_finding(code: str, file: str, what: str, how: str) -> Finding:
    return Finding(code, AUDIT_RULES[code].severity, what, how, Place(file))


def _of_comparison(lines: _Lines, comparison: Comparison) -> Iterator[Finding]:
    for line in comparison.missing:
        yield lines.finding("D001", line.parents, f"`{line}` is missing", "send the remediation")
    for line in comparison.unexpected:
        yield lines.finding(
            "D002", _path(line), f"`{line}` is not intended", "send the remediation, or plan it"
        )
    for each in comparison.foreign:
        if each.reason == CHANGED:
            what, how = f"`{each.line}` {CHANGED}", "compare the two, and change one by hand"
            yield lines.finding("D004", _path(each.line), what, how)


def _path(line: ConfigLine) -> tuple[str, ...]:
    return (*line.parents, line.text)


class _Lines:
    """The running configuration of a switch, to place findings in."""

    def __init__(self, device: DeviceAudit, running: RunningText) -> None:
        self._switch = device.switch.id
        self._file = running.file
        self._lines = running.text.split("\n")
        self._numbers = line_numbers(running.text)

    def place(self, path: tuple[str, ...]) -> Place:
        number = number_of(path, self._numbers)
        return Place(self._file, number, 1 if number else 0)

    def finding(self, code: str, path: tuple[str, ...], what: str, how: str) -> Finding:
        place = self.place(path)
        text = self._lines[place.line - 1] if place.line else ""
        severity = AUDIT_RULES[code].severity
        return Finding(code, severity, what, how, place, self._switch, line_text=text.strip())
