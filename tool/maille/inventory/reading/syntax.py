"""Put libyaml's complaints into words that help somebody who has never heard of YAML.

libyaml says where its grammar broke, which is often one step after the mistake. Each
function here looks at the lines around the spot, finds the likely mistake and points at it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yaml.error import MarkedYAMLError

from maille.inventory.reading.fault import Fault, Path, cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from yaml import YAMLError

_MAX_KEY = 1024
"""libyaml's own limit, in characters."""
_LOOK_BACK = 200
"""How many lines above a wrongly indented one are looked at."""
_CLOSERS = {"{": "}", "[": "]"}
_KEY_LINE = re.compile(r"""\s*(- +)*("[^"]*"|'[^']*'|[^\s#"'{}\[\],:]+):(\s|$)""")
_GLUED_COLON = re.compile(r"\s*(?:- +)*[\w.-]+(:)[^\s:/]")
_GLUED_DASH = re.compile(r"\s*(?:- +)*-([^\s-])")
_FIRST_VALUE = re.compile(r"\s*(?:- +)*(?P<key>[^\s:#{}\[\],\"']+) *: +(?P<value>[^#]*[^\s#])")


@dataclass(frozen=True, slots=True)
class Spot:
    """A line and a column, from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Written:
    """From where to where a text is written, and its quote, empty if it has none."""

    start: Spot
    end: Spot
    quote: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What had been read when the grammar broke.

    `path` is the field being read, `brackets` are the open `{` and `[`, the innermost last,
    `last` is the value or key before the spot.
    """

    path: Path
    brackets: tuple[Spot, ...]
    last: Written | None


@dataclass(frozen=True, slots=True)
class _Complaint:
    """One complaint of libyaml, with everything needed to look around it."""

    lines: Sequence[str]
    around: Surroundings
    problem: str
    context: str
    spot: Spot
    start: Spot

    def text(self, line: int) -> str:
        """Give a line, empty beyond the end."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def char(self, spot: Spot) -> str:
        """Give the character at a spot, empty at the end of a line."""
        return self.text(spot.line)[spot.column - 1 : spot.column]

    def fault(self, code: str, what: str, how: str, spot: Spot | None = None) -> Fault:
        """Make a fault at `spot`, by default where the grammar broke."""
        at = spot or self.spot
        return Fault(code, at.line, at.column, what, how)

    @property
    def at_end(self) -> bool:
        """Say whether the file ended where more was expected."""
        return not any(line.strip() for line in (self.rest, *self.lines[self.spot.line :]))

    @property
    def before(self) -> str:
        """Give what stands before the spot in its line."""
        return self.text(self.spot.line)[: self.spot.column - 1]

    @property
    def rest(self) -> str:
        """Give what stands in the line from the spot on."""
        return self.text(self.spot.line)[self.spot.column - 1 :]


def translated(error: YAMLError, lines: Sequence[str], around: Surroundings) -> Fault:
    """Give the fault that stands for libyaml's `error`; its place lies inside the text."""
    complaint = _complaint(error, lines, around)
    explain = _EXPLANATIONS.get(complaint.problem, _other)
    fault = explain(complaint)
    path = around.path
    if fault.code == "I015" and path and isinstance(path[-1], int):
        path = path[:-1]  # a bracket concerns the list, not its next item
    return replace(fault, path=path)


def _complaint(error: YAMLError, lines: Sequence[str], around: Surroundings) -> _Complaint:
    """Collect the parts of an error, its marks as spots inside the text."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return _Complaint(lines, around, str(error), "", Spot(1, 1), Spot(1, 1))
    marks = [error.problem_mark, error.context_mark or error.problem_mark]
    spot, start = (_inside(Spot(mark.line + 1, mark.column + 1), lines) for mark in marks)
    return _Complaint(lines, around, error.problem or "", error.context or "", spot, start)


def _inside(spot: Spot, lines: Sequence[str]) -> Spot:
    """Move the end of the stream, a line that isn't there, to the end of the last line."""
    if spot.line <= len(lines) and (lines[spot.line - 1] or spot.line < len(lines)):
        return spot
    last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)
    return Spot(last, len(lines[last - 1]) + 1) if lines else Spot(1, 1)


def _unexpected_colon(c: _Complaint) -> Fault:
    """Explain a colon where no key can stand."""
    if c.spot.column > _MAX_KEY:
        return _long_key(c, c.spot)
    if _KEY_LINE.match(c.before + " "):
        return _second_colon(c)
    above = c.spot.line - 1
    if c.around.last and c.around.last.start.line < c.spot.line:
        begun = c.around.last.start
        if not c.text(begun.line)[: begun.column - 1].strip():
            return _without_colon(c, begun)
        above = begun.line
    return c.fault(
        "I017",
        f"this line is indented deeper than line {above}, whose field has its value already",
        f"indent it like line {above}, or leave the value on line {above} out",
        Spot(c.spot.line, _indent(c.text(c.spot.line)) + 1),
    )


def _long_key(c: _Complaint, spot: Spot) -> Fault:
    """Explain a key beyond libyaml's limit."""
    return c.fault("I016", f"the key has more than {_MAX_KEY} characters", "shorten it", spot)


def _second_colon(c: _Complaint) -> Fault:
    """Explain `key: some: text`."""
    how = "put the text in quotes, or the second field on a line of its own"
    value = _FIRST_VALUE.match(c.text(c.spot.line))
    if value and not set("\"'{}[]") & set(value["value"]):
        how = f'put the text in quotes: {cut(value["key"])}: "{cut(value["value"])}"'
    return c.fault("I018", "a second colon in the line: a text with `: ` needs quotes", how)


def _without_colon(c: _Complaint, spot: Spot) -> Fault:
    """Explain a line that should be `key: value` and has no colon that counts."""
    line = c.text(spot.line)
    if line.find(":") > _MAX_KEY:
        return _long_key(c, spot)
    if glued := _GLUED_COLON.match(line):
        how = f"write `{cut(line[: glued.end(1)].strip())} {cut(line[glued.end(1) :].strip())}`"
        at = Spot(spot.line, glued.end(1))
        return c.fault("I016", "a space is missing after the colon", how, at)
    if glued := _GLUED_DASH.match(line):
        at = Spot(spot.line, glued.start(1))
        return c.fault("I016", "a space is missing after the dash", "write `- ` and the item", at)
    what = "this line has no `key: value`"
    return c.fault("I016", what, "put a colon and a space after the key", spot)


def _missing_colon(c: _Complaint) -> Fault:
    """Explain a key that libyaml waited to see a colon after."""
    return _without_colon(c, c.start)


def _bad_start(c: _Complaint) -> Fault:
    """Explain a text that begins with a sign of YAML's own."""
    char = c.char(c.start)
    if char == "\t":
        return c.fault("I010", "a tab stands where only spaces may", "replace it by spaces")
    rest = c.text(c.start.line)[c.start.column - 1 :]
    end = r"[,\]}]|\s#" if c.around.brackets else r"\s#"
    text = re.split(end, rest, maxsplit=1)[0].strip()
    what = f"a text can't begin with {char}"
    how = "put it in quotes" if '"' in text else f'put it in quotes: "{cut(text)}"'
    return c.fault("I018", what, how, c.start)


def _no_key(c: _Complaint) -> Fault:
    """Explain whatever stands where the next field of a block should begin."""
    char = c.char(c.spot)
    if not c.before.strip(" -"):
        if char == ":":
            return c.fault("I016", "the key before the colon is missing", "write `key: value`")
        depths = _depths_above(c)
        here = _indent(c.text(c.spot.line))
        if here not in depths:
            return _misfit(c, here, depths)
        if char == "-":
            what = "a list item (`- `) stands among the fields of one thing"
            return c.fault("I017", what, "indent it below the key it belongs to")
    if char and char in "}]":
        return c.fault("I015", f"this `{char}` closes nothing", "delete it")
    if c.around.last and c.around.last.quote:
        return _after_quote(c, c.around.last)
    what = f"`{_word(c.rest)}` can't follow here"
    return c.fault("I020", what, "begin a new line for it, or put the whole text in quotes")


def _depths_above(c: _Complaint) -> list[int]:
    """Give the indentations that a line at this spot could have, the deepest first."""
    depths: list[int] = []
    for number in range(c.spot.line - 1, max(0, c.spot.line - _LOOK_BACK), -1):
        line = c.text(number)
        if line.strip() and not line.lstrip().startswith("#"):
            depth = _indent(line)
            if not depths or depth < depths[-1]:
                depths.append(depth)
    return depths


def _misfit(c: _Complaint, here: int, depths: list[int]) -> Fault:
    """Explain a line whose indentation fits none of the blocks above it."""
    allowed = " or ".join(str(depth) for depth in reversed(depths)) or "0"
    what = f"the line is indented by {here} space{'s' if here != 1 else ''}, like none above it"
    return c.fault("I017", what, f"indent it by {allowed}")


def _after_quote(c: _Complaint, last: Written) -> Fault:
    """Explain text after a closing quote: a quote inside the text, or one forgotten."""
    quote = last.quote
    if last.start.line < last.end.line:
        what = f"the text that begins here is not closed before line {last.end.line}"
        return c.fault("I014", what, f"close it with {quote}", last.start)
    what = f"`{_word(c.rest)}` stands after the closing {quote}"
    if quote == "'":
        how = "write an apostrophe twice, or the text in double quotes"
    else:
        how = "put the whole text in single quotes, or delete the inner ones"
    return c.fault("I014", what, how)


def _no_dash(c: _Complaint) -> Fault:
    """Explain a line among list items that is none."""
    if c.around.last and c.around.last.quote and c.before.strip():
        return _after_quote(c, c.around.last)
    if (char := c.char(c.spot)) and char in "}]":
        return c.fault("I015", f"this `{char}` closes nothing", "delete it")
    what = "this line is no item of the list above it"
    return c.fault("I017", what, "begin it with `- `, or indent it like its neighbours")


def _flow(c: _Complaint) -> Fault:
    """Explain a `{` or `[` whose content goes wrong before its end."""
    opener, found = c.char(c.start), c.char(c.spot)
    closer = _CLOSERS.get(opener, "}")
    if c.at_end:
        what = f"this `{opener}` is never closed"
        return c.fault("I015", what, f"close it with `{closer}`", c.start)
    if found and found in "}]":
        what = f"`{found}` closes the `{opener}` of line {c.start.line}, column {c.start.column}"
        return c.fault("I015", what, f"write `{closer}`")
    outside = _indent(c.text(c.spot.line)) <= _indent(c.text(c.start.line))
    if c.spot.line > c.start.line and outside:
        what = f"this `{opener}` is not closed before line {c.spot.line}"
        return c.fault("I015", what, f"close it with `{closer}`", c.start)
    last = c.around.last
    if last and last.quote and (last.end == c.spot or last.start.line < last.end.line):
        return _after_quote(c, last)
    what = f"a comma or `{closer}` is missing before this"
    how = "put commas between the parts; a text with `: ` or a comma needs quotes"
    return c.fault("I015", what, how)


def _no_value(c: _Complaint) -> Fault:
    """Explain a place where a value had to come and something else did."""
    if c.at_end and c.around.brackets:
        spot = c.around.brackets[-1]
        opener = c.char(spot)
        what = f"this `{opener}` is never closed"
        return c.fault("I015", what, f"close it with `{_CLOSERS.get(opener, '}')}`", spot)
    char = c.char(c.spot)
    if char == ",":
        what = "a value is missing before this comma"
        if not c.around.brackets:
            what = "a text can't begin with a comma"
        return c.fault("I018", what, "delete the comma, or put the text in quotes")
    if char and char in "}]":
        return c.fault("I015", f"this `{char}` closes nothing", "delete it, or open it before")
    return c.fault("I020", "a value is missing here", "write the value, or delete the key")


def _open_quote(c: _Complaint) -> Fault:
    """Explain a quote that nothing closes."""
    quote = c.char(c.start)
    return c.fault("I014", "the text that begins here is not closed", f"add a {quote}", c.start)


def _escape(c: _Complaint) -> Fault:
    """Explain a backslash inside double quotes."""
    shown = c.rest[:2]
    how = "use single quotes, or write the backslash twice"
    return c.fault("I019", f"`{shown}` has no meaning within double quotes", how)


def _escape_digits(c: _Complaint) -> Fault:
    """Explain an escape by number that names no character."""
    what = "the number after the backslash names no character"
    return c.fault("I019", what, "write the character itself")


def _after_block_sign(c: _Complaint) -> Fault:
    """Explain text on the line of `|` or `>`, or in a directive."""
    if c.context.startswith("while scanning a block scalar"):
        sign = c.char(c.start)
        what = f"the text after `{sign}` begins on the next line"
        return c.fault("I018", what, f'move it there, or quote a text that begins with "{sign}"')
    return _directive(c)


def _tab(c: _Complaint) -> Fault:
    """Explain a tab that libyaml itself stumbled over."""
    return c.fault("I010", "a tab stands where only spaces may", "replace it by spaces")


def _dash_in_line(c: _Complaint) -> Fault:
    """Explain `key: - item`."""
    return c.fault(
        "I017",
        "a list item stands on the line of its key",
        "begin each item on a line of its own with `- `, or write [a, b]",
    )


def _question_mark(c: _Complaint) -> Fault:
    """Explain `?` where it would begin a key of several lines."""
    return c.fault("I018", "a text can't begin with `? `", "put it in quotes")


def _directive(c: _Complaint) -> Fault:
    """Refuse a line that begins with `%`."""
    return c.fault("I024", "a line that begins with `%` is a directive", "delete the line")


def _after_end(c: _Complaint) -> Fault:
    """Explain content behind the end of the document."""
    what = "the document has ended before this line"
    return c.fault("I024", what, "delete `...`, or the brackets around all that comes before")


def _tag(c: _Complaint) -> Fault:
    """Explain a text that begins with an exclamation mark."""
    word = _word(c.text(c.start.line)[c.start.column - 1 :])
    what = f"`{word}` is a tag, which the inventory has no use for"
    return c.fault("I023", what, "put a text that begins with `!` in quotes", c.start)


def _other(c: _Complaint) -> Fault:
    """Pass on what has no words of its own."""
    if "tag" in c.context:
        return _tag(c)
    if "directive" in c.context:
        return _directive(c)
    what = f"this is not YAML: {c.problem}"
    return c.fault("I020", what, "write `key: value`, texts with signs in quotes")


def _indent(line: str) -> int:
    """Count the spaces before a line."""
    return len(line) - len(line.lstrip(" "))


def _word(text: str) -> str:
    """Give the first word of a text."""
    words = text.split(maxsplit=1)
    return cut(words[0]) if words else ""


_EXPLANATIONS: dict[str, Callable[[_Complaint], Fault]] = {
    "mapping values are not allowed in this context": _unexpected_colon,
    "could not find expected ':'": _missing_colon,
    "found character that cannot start any token": _bad_start,
    "did not find expected alphabetic or numeric character": _bad_start,
    "found unexpected ':'": _bad_start,
    "did not find expected key": _no_key,
    "did not find expected '-' indicator": _no_dash,
    "did not find expected ',' or '}'": _flow,
    "did not find expected ',' or ']'": _flow,
    "did not find expected node content": _no_value,
    "found unexpected end of stream": _open_quote,
    "found unexpected document indicator": _open_quote,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape_digits,
    "found invalid Unicode character escape code": _escape_digits,
    "did not find expected comment or line break": _after_block_sign,
    "found an indentation indicator equal to 0": _after_block_sign,
    "found a tab character that violates indentation": _tab,
    "found a tab character where an indentation space is expected": _tab,
    "block sequence entries are not allowed in this context": _dash_in_line,
    "mapping keys are not allowed in this context": _question_mark,
    "found unknown directive name": _directive,
    "found incompatible YAML document": _directive,
    "did not find expected <document start>": _after_end,
    "found undefined tag handle": _tag,
}
