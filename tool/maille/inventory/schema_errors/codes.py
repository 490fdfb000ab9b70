"""The codes of the schema: I040 to I050, each with what `maille check --explain` says of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.rule_info import RuleInfo

if TYPE_CHECKING:
    from collections.abc import Mapping


def _rule(code: str, title: str, text: str) -> RuleInfo:
    """Describe one code."""
    return RuleInfo(code, title, Severity.ERROR, "the inventory's schema", text)


_RULES = (
    _rule(
        "I040",
        "field missing",
        "A field that has no default is not written.",
    ),
    _rule(
        "I041",
        "field unknown",
        "There is no field of this name here. A misspelt field would otherwise be ignored in "
        "silence, and its default taken.",
    ),
    _rule(
        "I042",
        "wrong kind of value",
        "A text stands where a number is needed, a single value where a list is, or the like. "
        "Nothing is converted: `yes` is a text, and an INSEE code without quotes a number.",
    ),
    _rule(
        "I043",
        "not one of the choices",
        "The field takes one of a few words only.",
    ),
    _rule(
        "I044",
        "wrong form",
        "The text is not written as texts of this field are: an id in lower case with hyphens, "
        "an address, an INSEE code of five characters.",
    ),
    _rule(
        "I045",
        "out of bounds",
        "The number is smaller or larger than makes sense for the field.",
    ),
    _rule(
        "I046",
        "no such date or time",
        "The date is not in the calendar, or not written as year-month-day.",
    ),
    _rule(
        "I047",
        "too few or too many",
        "A text, a list or a set of fields is shorter or longer than allowed.",
    ),
    _rule(
        "I048",
        "value refused",
        "The value has the right kind and form and still can't be: the text says why.",
    ),
    _rule(
        "I050",
        "unknown id",
        "A field names something (a camera model, a ring, a convention) that is defined nowhere "
        "in the estate or in the catalogue.",
    ),
)

SCHEMA_RULES: Mapping[str, RuleInfo] = MappingProxyType({rule.code: rule for rule in _RULES})
