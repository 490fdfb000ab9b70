"""What is known of the codes of an audit: D… of its own, H… of the hardening controls."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from maille.configs.hardening.controls import controls
from maille.errors import Severity
from maille.rule_info import RuleInfo

if TYPE_CHECKING:
    from collections.abc import Mapping


def _rule(code: str, severity: Severity, title: str, text: str) -> RuleInfo:
    return RuleInfo(code, title, severity, "maille", text)


_RULES = (
    _rule(
        "D001",
        Severity.ERROR,
        "intended line that does not run",
        "The running configuration of a switch lacks a line that the inventory asks for. The "
        "remediation adds it; if the switch is right, change the inventory.",
    ),
    _rule(
        "D002",
        Severity.ERROR,
        "running line that is not intended",
        "The running configuration of a switch holds a line that nobody asked for. The "
        "remediation takes it away. If it is to stay, write it into `extra_config` of the switch, "
        "or name its section in `unmanaged`.",
    ),
    _rule(
        "D003",
        Severity.INFO,
        "not shown by the device",
        "Some things a device takes and never shows in its configuration: whether they are there "
        "has to be looked up with another command, which the finding names.",
    ),
    _rule(
        "D004",
        Severity.WARNING,
        "differs, and is left alone",
        "A section that is not ours applies an access list which differs from the intended one. "
        "Changing it would change what that section does, so it is left to a person.",
    ),
    _rule(
        "D005",
        Severity.ERROR,
        "open port that nobody planned",
        "The switch has a port which its model in the catalogue does not have, and it is not shut: "
        "an expansion, or another model. Whoever plugs into it is in. Shut it; if it is to stay, "
        "name it in `unmanaged` of the switch.",
    ),
    _rule(
        "D010",
        Severity.ERROR,
        "switch without a running configuration",
        "No file of the folder holds the configuration of a switch that is in service. Of "
        "switches that are still to come none is expected.",
    ),
    _rule(
        "D011",
        Severity.WARNING,
        "file of no switch",
        "A file belongs to no switch of the inventory, neither by the host name inside nor by its "
        "name. A switch that nobody wrote down is a hole in every plan.",
    ),
    _rule(
        "D012",
        Severity.ERROR,
        "several files for one switch",
        "More than one file holds the configuration of a switch: which one runs cannot be told, "
        "so none is judged. Two devices may also have one host name.",
    ),
    _rule(
        "D013",
        Severity.WARNING,
        "file named after another switch",
        "A file is named after one switch, and the host name inside is that of another. It is "
        "judged by the host name.",
    ),
    _rule(
        "D014",
        Severity.ERROR,
        "not judged",
        "A file cannot be read as a running configuration, is cut short, or holds that of "
        "something else. What was not judged counts as wrong until it is.",
    ),
)

AUDIT_RULES: Mapping[str, RuleInfo] = MappingProxyType({rule.code: rule for rule in _RULES})


def all_codes() -> Mapping[str, RuleInfo]:
    """Give every code that an audit may report."""
    hardening = {
        control.id: RuleInfo(
            control.id,
            control.title,
            Severity.ERROR,
            ", ".join(control.sources),
            "A hardening control, checked on the text of each switch. The matrix of `maille build`"
            " tells for each model how it is met, or why it is waived.",
        )
        for control in controls()
    }
    return MappingProxyType({**AUDIT_RULES, **hardening})
