"""The codes of reading: I001 to I031, each with what `maille check --explain` says of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.rule_info import RuleInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

_YAML = "YAML 1.2.2"

_WARNINGS = frozenset({"I007"})


def _rule(code: str, title: str, source: str, text: str) -> RuleInfo:
    """Describe one code."""
    severity = Severity.WARNING if code in _WARNINGS else Severity.ERROR
    return RuleInfo(code, title, severity, source, text)


_RULES = (
    _rule(
        "I001",
        "file missing",
        "maille",
        "A file that the estate needs is not there, or a symbolic link leads nowhere.",
    ),
    _rule(
        "I002",
        "not an ordinary file",
        "maille",
        "Only ordinary files are opened: reading a pipe would wait for ever, and opening a "
        "device can set it off.",
    ),
    _rule(
        "I003",
        "file can't be read",
        "maille",
        "The operating system refuses to give the file: rights, a circle of symbolic links, "
        "or a failing disk.",
    ),
    _rule(
        "I004",
        "file too large",
        "maille",
        "At most 4 MiB of a file are read, so that no file can exhaust the memory. An "
        "inventory keeps one file a commune, and those are a hundred times smaller.",
    ),
    _rule(
        "I005",
        "not a text file",
        f"{_YAML} § 5.1",
        "The file holds bytes that no text has. A workbook is brought in with `maille commune "
        "import`; a file full of zeros was cut off while it was written.",
    ),
    _rule(
        "I006",
        "not UTF-8",
        "RFC 3629",
        "Every file of the inventory is UTF-8, so that accents read the same everywhere. Older "
        "Windows programs save Latin-1 (Windows-1252), some save UTF-16.",
    ),
    _rule(
        "I007",
        "byte order mark",
        f"{_YAML} § 5.2",
        "The file begins with the invisible mark that Windows programs write before UTF-8. It "
        "is skipped here, and shows up as a change in every later comparison.",
    ),
    _rule(
        "I008",
        "control or invisible character",
        f"{_YAML} § 5.1, Unicode TR 36",
        "Control characters, exotic line ends and marks that turn the writing direction are "
        "refused: what is shown on the screen would differ from what is read, and a line end "
        "in a name would end up in a switch's configuration.",
    ),
    _rule(
        "I009",
        "unresolved merge conflict",
        "git-merge(1)",
        "git has left both versions of some lines in the file, between `<<<<<<<` and `>>>>>>>`. "
        "Keep what is right and delete the markers.",
    ),
    _rule(
        "I010",
        "tab as indentation",
        f"{_YAML} § 6.1",
        "YAML is indented with spaces only: a tab has no agreed width. Every editor can be set "
        "to write spaces when the tab key is struck.",
    ),
    _rule(
        "I011",
        "no-break space",
        f"{_YAML} § 6.1",
        "A no-break space looks like a space and is a letter to YAML. French keyboards write "
        "one with AltGr or Option and the space bar.",
    ),
    _rule(
        "I012",
        "empty file",
        "maille",
        "The file holds nothing but comments and blanks, so nothing is described by it.",
    ),
    _rule(
        "I013",
        "no fields at the top",
        "maille",
        "Every file of the inventory is a set of `key: value` fields at its top level.",
    ),
    _rule(
        "I014",
        "quoted text not closed",
        f"{_YAML} § 7.3",
        "A text in quotes ends at the next quote of the same kind. An apostrophe within single "
        "quotes is written twice, or the text stands in double quotes.",
    ),
    _rule(
        "I015",
        "bracket without its partner",
        f"{_YAML} § 7.4",
        "Each `[` needs its `]`, each `{` its `}`, and between the parts stands a comma.",
    ),
    _rule(
        "I016",
        "`key: value` expected",
        f"{_YAML} § 8.2",
        "A field is a key, a colon, a space and a value. Without the space, the colon is part "
        "of the text.",
    ),
    _rule(
        "I017",
        "indentation",
        f"{_YAML} § 6.1",
        "The number of spaces before a line says to what it belongs: fields of one thing start "
        "in the same column, deeper than the thing's own key.",
    ),
    _rule(
        "I018",
        "text needs quotes",
        f"{_YAML} § 7.3.3",
        "A text without quotes may not begin with one of YAML's signs, nor hold a colon "
        "followed by a space.",
    ),
    _rule(
        "I019",
        "unknown escape",
        f"{_YAML} § 5.7",
        "Within double quotes a backslash begins an escape such as `\\n`. Single quotes take "
        "every sign as it is.",
    ),
    _rule(
        "I020",
        "not YAML",
        _YAML,
        "The file breaks YAML's rules at the place shown.",
    ),
    _rule(
        "I021",
        "key written twice",
        f"{_YAML} § 3.2.1.3",
        "The same key stands twice in one place. Most YAML readers keep the last and lose the "
        "first in silence; here neither is preferred.",
    ),
    _rule(
        "I022",
        "anchor, alias or merge key",
        f"{_YAML} § 7.1",
        "References inside a file (`&name`, `*name`, `<<`) are refused: they hide what a field "
        "holds from whoever reads a merge request, and a few lines of them can stand for "
        "billions of values. What many things share belongs into the estate's defaults.",
    ),
    _rule(
        "I023",
        "tag",
        f"{_YAML} § 6.8.2",
        "A tag (`!!str`, `!!python/…`) tells a reader to make something special of a value. The "
        "inventory knows texts, numbers, true and false, lists and fields, and needs none.",
    ),
    _rule(
        "I024",
        "directive or second document",
        f"{_YAML} § 9.2",
        "One file holds one document, without `%` directives.",
    ),
    _rule(
        "I025",
        "key is not a text",
        f"{_YAML} § 10.3",
        "Keys are ids and names. A key that YAML reads as a number, as true or false or as "
        "nothing needs quotes; a list or a set of fields can't be a key.",
    ),
    _rule(
        "I026",
        "not a finite number",
        f"{_YAML} § 10.3.2",
        "Infinity and not-a-number have no meaning for a quantity of an estate.",
    ),
    _rule(
        "I027",
        "number too long",
        "IEEE 754",
        "Numbers of more than 18 digits are not exact in most programs that exchange data "
        "with the inventory. A long code is a text and stands in quotes.",
    ),
    _rule(
        "I028",
        "ambiguous number",
        f"{_YAML} § 10.3.2",
        "`01053`, `0x1f`, `0o17` and `28e5` are other numbers, or texts, to other YAML readers: "
        "an INSEE code would lose its first zero, and an id become a number. Quotes make a "
        "text, a plain decimal number makes a number.",
    ),
    _rule(
        "I029",
        "nested too deeply",
        "maille",
        "The inventory nests a dozen levels at most; 50 is where reading stops.",
    ),
    _rule(
        "I030",
        "too many values",
        "maille",
        "A file may hold 200,000 keys and values, forty times a commune of 150 cameras.",
    ),
    _rule(
        "I031",
        "too many errors in one file",
        "maille",
        "Reading stops after 50 errors in one file: the rest would mostly follow from them.",
    ),
)

READING_RULES: Mapping[str, RuleInfo] = MappingProxyType({rule.code: rule for rule in _RULES})
