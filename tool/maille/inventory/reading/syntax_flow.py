"""What goes wrong within a line: quotes, brackets and commas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.inventory.reading.complaint import Complaint, Written, first_word, indent_of

if TYPE_CHECKING:
    from maille.inventory.reading.fault import Fault

_CLOSERS = {"{": "}", "[": "]"}


def after_quote(c: Complaint, last: Written) -> Fault:
    """Explain text after a closing quote: a quote inside the text, or one forgotten."""
    quote = last.quote
    if last.start.line < last.end.line:
        what = f"the text that begins here is not closed before line {last.end.line}"
        return c.fault("I014", what, f"close it with {quote}", last.start)
    what = f"`{first_word(c.rest)}` stands after the closing {quote}"
    if quote == "'":
        how = "write an apostrophe twice, or the text in double quotes"
    else:
        how = "put the whole text in single quotes, or delete the inner ones"
    return c.fault("I014", what, how)


def bad_flow(c: Complaint) -> Fault:
    """Explain a `{` or `[` whose content goes wrong before its end."""
    opener, found = c.char(c.start), c.char(c.spot)
    closer = _CLOSERS.get(opener, "}")
    if c.at_end:
        what = f"this `{opener}` is never closed"
        return c.fault("I015", what, f"close it with `{closer}`", c.start)
    if found and found in "}]":
        what = f"`{found}` closes the `{opener}` of line {c.start.line}, column {c.start.column}"
        return c.fault("I015", what, f"write `{closer}`")
    outside = indent_of(c.text(c.spot.line)) <= indent_of(c.text(c.start.line))
    if c.spot.line > c.start.line and outside:
        what = f"this `{opener}` is not closed before line {c.spot.line}"
        return c.fault("I015", what, f"close it with `{closer}`", c.start)
    last = c.around.last
    if last and last.quote and (last.end == c.spot or last.start.line < last.end.line):
        return after_quote(c, last)
    what = f"a comma or `{closer}` is missing before this"
    how = "put commas between the parts; a text with `: ` or a comma needs quotes"
    return c.fault("I015", what, how)


def no_value(c: Complaint) -> Fault:
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


def open_quote(c: Complaint) -> Fault:
    """Explain a quote that nothing closes."""
    quote = c.char(c.start)
    return c.fault("I014", "the text that begins here is not closed", f"add a {quote}", c.start)
