"""A source line with a caret under one of its characters, as a terminal shows them.

What the line holds was written by somebody else: control characters are replaced, so that
a file can't drive the terminal of whoever checks it.
"""

from __future__ import annotations

import unicodedata

_TAB_WIDTH = 4
_ELLIPSIS = "…"
_SHOWN_BEFORE = 60
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def harmless(text: str) -> str:
    """Replace what would move the cursor, hide or turn the text."""
    if text.isprintable():
        return text
    return "".join(char if _is_shown(char) else _REPLACEMENT for char in text)


def with_caret(line_text: str, column: int, *, width: int) -> list[str]:
    """Give the line, and below it the caret under `column` (from 1), at most `width` wide.

    A line that is too long is cut around the caret. A column beyond the line's end by more
    than one gets no caret.
    """
    offset = column - 1
    if not line_text.strip():
        return []
    if offset < 0 or offset > len(line_text):
        return [_cut_end(_expanded(line_text), width)]
    before, after = _expanded(line_text[:offset]), _expanded(line_text[offset:])
    if _width(before) + _width(after) > width:
        keep = min(_SHOWN_BEFORE, width // 2)
        before = _cut_begin(before, keep)
        after = _cut_end(after, width - _width(before))
    return [before + after, " " * _width(before) + "^"]


def _expanded(text: str) -> str:
    """Show a tab as spaces and what is invisible as a replacement."""
    return harmless(text.replace("\t", " " * _TAB_WIDTH))


def _is_shown(char: str) -> bool:
    """Say whether a character takes its place on the screen; all kinds of spaces do."""
    return char.isprintable() or unicodedata.category(char) == "Zs"


def _width(text: str) -> int:
    """Count the columns of a terminal that a text takes."""
    if text.isascii():
        return len(text)
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    """Give 0 for marks set over the letter before, 2 for wide letters, else 1."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _cut_end(text: str, width: int) -> str:
    """Keep the beginning of a text."""
    if _width(text) <= width:
        return text
    kept = ""
    for char in text:
        if _width(kept) + _char_width(char) > width - 1:
            break
        kept += char
    return kept + _ELLIPSIS


def _cut_begin(text: str, width: int) -> str:
    """Keep the end of a text."""
    if _width(text) <= width:
        return text
    kept = ""
    for char in reversed(text):
        if _width(kept) + _char_width(char) > width - 1:
            break
        kept = char + kept
    return _ELLIPSIS + kept
