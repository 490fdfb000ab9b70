"""Put libyaml's complaints into words that help somebody who has never heard of YAML.

libyaml says where its grammar broke, which is often one step after the mistake. Each
function here and in the modules beside looks at the lines around the spot, finds the likely
mistake and points at it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from maille.inventory.reading.complaint import Complaint, Surroundings, complaint_of, first_word
from maille.inventory.reading.fault import cut
from maille.inventory.reading.syntax_block import (
    dash_in_line,
    missing_colon,
    no_dash,
    no_key,
    unexpected_colon,
)
from maille.inventory.reading.syntax_flow import bad_flow, no_value, open_quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from yaml import YAMLError

    from maille.inventory.reading.fault import Fault


def translated(error: YAMLError, lines: Sequence[str], around: Surroundings) -> Fault:
    """Give the fault that stands for libyaml's `error`; its place lies inside the text."""
    complaint = complaint_of(error, lines, around)
    explain = _EXPLANATIONS.get(complaint.problem, _other)
    fault = explain(complaint)
    path = around.path
    if fault.code == "I015" and path and isinstance(path[-1], int):
        path = path[:-1]  # a bracket concerns the list, not its next item
    return replace(fault, path=path)


def _bad_start(c: Complaint) -> Fault:
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


def _escape(c: Complaint) -> Fault:
    """Explain a backslash inside double quotes."""
    shown = c.rest[:2]
    how = "use single quotes, or write the backslash twice"
    return c.fault("I019", f"`{shown}` has no meaning within double quotes", how)


def _escape_digits(c: Complaint) -> Fault:
    """Explain an escape by number that names no character."""
    what = "the number after the backslash names no character"
    return c.fault("I019", what, "write the character itself")


def _after_block_sign(c: Complaint) -> Fault:
    """Explain text on the line of `|` or `>`, or in a directive."""
    if c.context.startswith("while scanning a block scalar"):
        sign = c.char(c.start)
        what = f"the text after `{sign}` begins on the next line"
        return c.fault("I018", what, f'move it there, or quote a text that begins with "{sign}"')
    return _directive(c)


def _tab(c: Complaint) -> Fault:
    """Explain a tab that libyaml itself stumbled over."""
    return c.fault("I010", "a tab stands where only spaces may", "replace it by spaces")


def _question_mark(c: Complaint) -> Fault:
    """Explain `?` where it would begin a key of several lines."""
    return c.fault("I018", "a text can't begin with `? `", "put it in quotes")


def _directive(c: Complaint) -> Fault:
    """Refuse a line that begins with `%`."""
    return c.fault("I024", "a line that begins with `%` is a directive", "delete the line")


def _after_end(c: Complaint) -> Fault:
    """Explain content behind the end of the document."""
    what = "the document has ended before this line"
    return c.fault("I024", what, "delete `...`, or the brackets around all that comes before")


def _tag(c: Complaint) -> Fault:
    """Explain a text that begins with an exclamation mark."""
    word = first_word(c.text(c.start.line)[c.start.column - 1 :])
    what = f"`{word}` is a tag, which the inventory has no use for"
    return c.fault("I023", what, "put a text that begins with `!` in quotes", c.start)


def _other(c: Complaint) -> Fault:
    """Pass on what has no words of its own."""
    if "tag" in c.context:
        return _tag(c)
    if "directive" in c.context:
        return _directive(c)
    what = f"this is not YAML: {c.problem}"
    return c.fault("I020", what, "write `key: value`, texts with signs in quotes")


_EXPLANATIONS: dict[str, Callable[[Complaint], Fault]] = {
    "mapping values are not allowed in this context": unexpected_colon,
    "could not find expected ':'": missing_colon,
    "found character that cannot start any token": _bad_start,
    "did not find expected alphabetic or numeric character": _bad_start,
    "found unexpected ':'": _bad_start,
    "did not find expected key": no_key,
    "did not find expected '-' indicator": no_dash,
    "did not find expected ',' or '}'": bad_flow,
    "did not find expected ',' or ']'": bad_flow,
    "did not find expected node content": no_value,
    "found unexpected end of stream": open_quote,
    "found unexpected document indicator": open_quote,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape_digits,
    "found invalid Unicode character escape code": _escape_digits,
    "did not find expected comment or line break": _after_block_sign,
    "found an indentation indicator equal to 0": _after_block_sign,
    "found a tab character that violates indentation": _tab,
    "found a tab character where an indentation space is expected": _tab,
    "block sequence entries are not allowed in this context": dash_in_line,
    "mapping keys are not allowed in this context": _question_mark,
    "found unknown directive name": _directive,
    "found incompatible YAML document": _directive,
    "did not find expected <document start>": _after_end,
    "found undefined tag handle": _tag,
}
