"""What goes wrong between lines: colons, dashes and indentation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maille.inventory.reading.complaint import Complaint, Spot, first_word, indent_of
from maille.inventory.reading.fault import cut
from maille.inventory.reading.syntax_flow import after_quote

if TYPE_CHECKING:
    from maille.inventory.reading.fault import Fault

_MAX_KEY = 1024
"""libyaml's own limit, in characters."""
_LOOK_BACK = 200
"""How many lines above a wrongly indented one are looked at."""
_KEY_LINE = re.compile(r"""\s*(- +)*("[^"]*"|'[^']*'|[^\s#"'{}\[\],:]+):(\s|$)""")
_GLUED_COLON = re.compile(r"\s*(?:- +)*[\w.-]+(:)[^\s:/]")
_GLUED_DASH = re.compile(r"\s*(?:- +)*-([^\s-])")
_FIRST_VALUE = re.compile(r"\s*(?:- +)*(?P<key>[^\s:#{}\[\],\"']+) *: +(?P<value>[^#]*[^\s#])")


def unexpected_colon(c: Complaint) -> Fault:
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
        Spot(c.spot.line, indent_of(c.text(c.spot.line)) + 1),
    )


def _long_key(c: Complaint, spot: Spot) -> Fault:
    """Explain a key beyond libyaml's limit."""
    return c.fault("I016", f"the key has more than {_MAX_KEY} characters", "shorten it", spot)


def _second_colon(c: Complaint) -> Fault:
    """Explain `key: some: text`."""
    how = "put the text in quotes, or the second field on a line of its own"
    value = _FIRST_VALUE.match(c.text(c.spot.line))
    if value and not set("\"'{}[]") & set(value["value"]):
        how = f'put the text in quotes: {cut(value["key"])}: "{cut(value["value"])}"'
    return c.fault("I018", "a second colon in the line: a text with `: ` needs quotes", how)


def _without_colon(c: Complaint, spot: Spot) -> Fault:
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


def missing_colon(c: Complaint) -> Fault:
    """Explain a key that libyaml waited to see a colon after."""
    return _without_colon(c, c.start)


def no_key(c: Complaint) -> Fault:
    """Explain whatever stands where the next field of a block should begin."""
    char = c.char(c.spot)
    if not c.before.strip(" -"):
        if char == ":":
            return c.fault("I016", "the key before the colon is missing", "write `key: value`")
        depths = _depths_above(c)
        here = indent_of(c.text(c.spot.line))
        if here not in depths:
            return _misfit(c, here, depths)
        if char == "-":
            what = "a list item (`- `) stands among the fields of one thing"
            return c.fault("I017", what, "indent it below the key it belongs to")
    if char and char in "}]":
        return c.fault("I015", f"this `{char}` closes nothing", "delete it")
    if c.around.last and c.around.last.quote:
        return after_quote(c, c.around.last)
    what = f"`{first_word(c.rest)}` can't follow here"
    return c.fault("I020", what, "begin a new line for it, or put the whole text in quotes")


def _depths_above(c: Complaint) -> list[int]:
    """Give the indentations that a line at this spot could have, the deepest first."""
    depths: list[int] = []
    for number in range(c.spot.line - 1, max(0, c.spot.line - _LOOK_BACK), -1):
        line = c.text(number)
        if line.strip() and not line.lstrip().startswith("#"):
            depth = indent_of(line)
            if not depths or depth < depths[-1]:
                depths.append(depth)
    return depths


def _misfit(c: Complaint, here: int, depths: list[int]) -> Fault:
    """Explain a line whose indentation fits none of the blocks above it."""
    allowed = " or ".join(str(depth) for depth in reversed(depths)) or "0"
    what = f"the line is indented by {here} space{'s' if here != 1 else ''}, like none above it"
    return c.fault("I017", what, f"indent it by {allowed}")


def no_dash(c: Complaint) -> Fault:
    """Explain a line among list items that is none."""
    if c.around.last and c.around.last.quote and c.before.strip():
        return after_quote(c, c.around.last)
    if (char := c.char(c.spot)) and char in "}]":
        return c.fault("I015", f"this `{char}` closes nothing", "delete it")
    what = "this line is no item of the list above it"
    return c.fault("I017", what, "begin it with `- `, or indent it like its neighbours")


def dash_in_line(c: Complaint) -> Fault:
    """Explain `key: - item`."""
    return c.fault(
        "I017",
        "a list item stands on the line of its key",
        "begin each item on a line of its own with `- `, or write [a, b]",
    )
