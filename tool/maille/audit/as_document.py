"""An audit for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.audit.device import by_hand
from maille.report.as_json import findings_document

if TYPE_CHECKING:
    from maille.audit.device import DeviceAudit
    from maille.audit.estate import EstateAudit
    from maille.configs.compare import Comparison, ConfigLine

SCHEMA = "maille.audit-config/1"
"""Rises when a key is renamed or removed, not when one is added."""


def as_document(audit: EstateAudit) -> dict[str, Any]:
    """Give an audit as `--json` prints it."""
    return {
        "schema": SCHEMA,
        "fails": audit.fails,
        "states": {state.value: count for state, count in audit.states.items()},
        "devices": [_device(device) for device in audit.devices],
        "findings": findings_document(audit.findings),
    }


def _device(device: DeviceAudit) -> dict[str, Any]:
    return {
        "switch": device.switch.id,
        "hostname": device.switch.hostname,
        "commune": device.switch.commune,
        "model": device.switch.model_id,
        "state": device.state.value,
        "file": device.file,
        "sha256": device.sha256,
        "fault": device.fault.what if device.fault else None,
        "comparison": _comparison(device.comparison) if device.comparison else None,
        "unplanned_open": list(device.unplanned),
        "unprovable": [{"what": each.what, "check": each.check} for each in device.unprovable],
        "failed_controls": [
            {
                "id": result.control.id,
                "title": result.control.title,
                "sources": list(result.control.sources),
                "failures": [
                    {"where": failure.where, "what": failure.what} for failure in result.failures
                ],
            }
            for result in device.failed
        ],
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "missing": list(map(_line, comparison.missing)),
        "unexpected": list(map(_line, comparison.unexpected)),
        "remediation": [
            {"command": command, "by_hand": by_hand(command)} for command in comparison.remediation
        ],
        "left_alone": [{**_line(each.line), "reason": each.reason} for each in comparison.foreign],
    }


def _line(line: ConfigLine) -> dict[str, Any]:
    return {"parents": list(line.parents), "line": line.text}
