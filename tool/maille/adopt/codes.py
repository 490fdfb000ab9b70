"""The codes of adoption: I501 to I512, each with what it means."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from maille.errors import Finding, Place, Severity
from maille.rule_info import RuleInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

UNREADABLE: Final = "I501"
NO_CONFIGURATION: Final = "I502"
HOW_READ: Final = "I503"
TWICE: Final = "I504"
DEVICE_NOT_PLACED: Final = "I505"
PORT_NOT_PLACED: Final = "I506"
VLAN_NOT_PLACED: Final = "I507"
NUMBER_NOT_KEPT: Final = "I508"
CONTRADICTION: Final = "I509"
GUESSED: Final = "I510"
TO_FILL_IN: Final = "I511"
NOT_UNDERSTOOD: Final = "I512"

_SEVERITIES: Final = {
    HOW_READ: Severity.WARNING,
    GUESSED: Severity.INFO,
    TO_FILL_IN: Severity.INFO,
    NOT_UNDERSTOOD: Severity.WARNING,
}


def _rule(code: str, title: str, text: str) -> RuleInfo:
    return RuleInfo(code, title, _SEVERITIES.get(code, Severity.ERROR), "maille", text)


_RULES = (
    _rule(
        UNREADABLE,
        "file not read",
        "A file of the folder is too large, no text, or kept away by the system.",
    ),
    _rule(
        NO_CONFIGURATION,
        "no configuration",
        "The file names no host: it is no running configuration of IOS or EOS, or a part of one.",
    ),
    _rule(
        HOW_READ,
        "how the file was read",
        "What was assumed: another encoding than UTF-8, a text that ends before its `end`.",
    ),
    _rule(
        TWICE,
        "one device in two files",
        "Two files have the same host name. The first one, by file name, counts.",
    ),
    _rule(
        DEVICE_NOT_PLACED,
        "device not placed",
        "Nothing says whose commune the switch is, or how it is cabled. It is left out of the "
        "draft: name its commune with `--communes`, or add the configuration of its neighbour.",
    ),
    _rule(
        PORT_NOT_PLACED,
        "port not placed",
        "The port is in use, and the draft has nothing for what hangs on it.",
    ),
    _rule(
        VLAN_NOT_PLACED,
        "VLAN not placed",
        "A segment of maille belongs to one commune, one function and one ring. A VLAN that is "
        "shared, or of which nobody knows the use, has no place in the draft.",
    ),
    _rule(
        NUMBER_NOT_KEPT,
        "number not kept",
        "The running estate has a number that maille gives by convention, such as the addresses "
        "of gateways, or one that contradicts another. It will change unless the draft is mended.",
    ),
    _rule(
        CONTRADICTION,
        "two configurations contradict each other",
        "An address or a VLAN twice, a trunk whose ends allow different VLANs, neighbours of "
        "which only one knows the other. Mend it on the devices, then adopt again.",
    ),
    _rule(
        GUESSED,
        "guessed",
        "What the configurations do not say outright, and what was taken instead.",
    ),
    _rule(
        TO_FILL_IN,
        "to be filled in",
        "What no configuration knows: models and views of cameras, places, kilometres, supplies, "
        "dates. A placeholder stands in the draft.",
    ),
    _rule(
        NOT_UNDERSTOOD,
        "line not understood",
        "The line is of a kind that is read, but in a form that is not.",
    ),
)

ADOPTION_RULES: Final[Mapping[str, RuleInfo]] = MappingProxyType(
    {rule.code: rule for rule in _RULES}
)


def finding(
    code: str,
    what: str,
    how: str = "",
    place: Place | None = None,
    subject: str = "",
    line_text: str = "",
) -> Finding:
    """Make a finding of adoption, with the severity of its code."""
    severity = ADOPTION_RULES[code].severity
    return Finding(code, severity, what, how, place or Place(""), subject, line_text)
