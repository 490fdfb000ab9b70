"""The codes of batches: I401 to I417, each with what `maille check --explain` says of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from maille.errors import Finding, Place, Severity
from maille.rule_info import RuleInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEVERITIES = {"I403": Severity.WARNING, "I416": Severity.INFO, "I417": Severity.WARNING}


def _rule(code: str, title: str, text: str) -> RuleInfo:
    """Describe one code."""
    return RuleInfo(code, title, _SEVERITIES.get(code, Severity.ERROR), "maille", text)


_RULES = (
    _rule(
        "I401",
        "no workbook or table",
        "A batch is a workbook (.xlsx) or a table (.csv) of at most 16 MiB. Older and other "
        "formats, files with a password and damaged ones are refused; every spreadsheet program "
        "can save as .xlsx.",
    ),
    _rule(
        "I402",
        "sheet missing or misspelt",
        "The sheets of a batch are called Communes, Armoires, Caméras and Points d'attache, or "
        "Communes, Cabinets, Cameras and Attachment points. At least one must be there.",
    ),
    _rule(
        "I403",
        "sheet ignored",
        "A sheet that is none of a batch's is not imported.",
    ),
    _rule(
        "I404",
        "heading missing, unknown or written twice",
        "A column is known by its heading, in French or English, wherever it stands. Headings "
        "of another kind would be ignored in silence, so they are refused; remarks go into the "
        "column of this name.",
    ),
    _rule(
        "I405",
        "merged cells",
        "Of merged cells a spreadsheet keeps the value of the first one only; the others are "
        "empty, whatever they look like.",
    ),
    _rule(
        "I406",
        "formula without a value",
        "The value that a formula had when the workbook was saved is imported. A program that "
        "writes workbooks without calculating leaves none, and a failed formula leaves an error.",
    ),
    _rule(
        "I407",
        "cell not understood",
        "The cell holds something else than its column is for: a text in place of a number, a "
        "date that is none, a word that is not on the list.",
    ),
    _rule(
        "I408",
        "cell empty",
        "A new commune, cabinet, camera or attachment point needs this value.",
    ),
    _rule(
        "I409",
        "given twice",
        "Two rows describe the same thing, or two cells of a table contradict each other.",
    ),
    _rule(
        "I410",
        "row belongs to nothing",
        "A cabinet needs its commune and a camera its cabinet, in the batch or in the inventory.",
    ),
    _rule(
        "I411",
        "differs from the inventory",
        "What is in the inventory is not changed by accident: `--update` (for MAC addresses "
        "`--replace`) says that the batch is right.",
    ),
    _rule(
        "I412",
        "id in use elsewhere",
        "The id of a camera is unique in the estate and never changes: recordings, journals and "
        "legal holds refer to it.",
    ),
    _rule(
        "I413",
        "MAC address or serial number of two devices",
        "Makers give each address and number once. A second one is a slip of the pen, and a port "
        "would refuse its camera.",
    ),
    _rule(
        "I414",
        "no such camera",
        "The list names a camera, or a serial number, that is not in the inventory.",
    ),
    _rule(
        "I415",
        "file can't be changed by machine",
        "The file is written in a way in which the change can't be made without touching other "
        "lines.",
    ),
    _rule(
        "I416",
        "how the file was read",
        "What was assumed of a file: the encoding of a table, the first zero of INSEE codes that a "
        "spreadsheet has taken for numbers.",
    ),
    _rule(
        "I417",
        "serial number of the camera before",
        "A camera was exchanged: it has another MAC address, and the list does not give its "
        "serial number. The inventory still has that of the camera before.",
    ),
)

BATCH_RULES: Mapping[str, RuleInfo] = MappingProxyType({rule.code: rule for rule in _RULES})


def finding(code: str, what: str, how: str, place: Place) -> Finding:
    """Make a finding of a batch, with the severity of its code."""
    return Finding(code, BATCH_RULES[code].severity, what, how, place)
