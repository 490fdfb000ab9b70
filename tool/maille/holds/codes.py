"""The codes of what is wrong with copies, with their texts for `maille check --explain`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.rule_info import RuleInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR = Severity.ERROR
_SOURCE = "maille"

_RULES = (
    RuleInfo(
        "R121",
        "copy that was changed",
        _ERROR,
        _SOURCE,
        "The contents of a copy do not have the digest that was written down when it was made. Its "
        "images prove nothing any more: `maille hold copy --check` copies it again while the "
        "recording is there; else tell the authority.",
    ),
    RuleInfo(
        "R122",
        "copy that is lost",
        _ERROR,
        _SOURCE,
        "A digest was written down, and its copy is not in the area of holds. `maille hold copy` "
        "copies it again while the recording is there.",
    ),
    RuleInfo(
        "R123",
        "copy without a digest",
        _ERROR,
        _SOURCE,
        "A file lies among the copies of a hold and no run wrote its digest down: something else "
        "put it there. It is not handed over.",
    ),
)

HOLD_RULES: Mapping[str, RuleInfo] = MappingProxyType({rule.code: rule for rule in _RULES})
