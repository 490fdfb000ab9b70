"""Text of the inventory as a configuration may hold it: one line, plain letters, no commands.

Devices read lines: a line break in a description would end it and begin a command, `!` begins
a comment, `?` asks for help, a banner ends at its delimiter, and `<secret:…>` is resolved at
the time of a push. So whatever people wrote is brought down to a small set of characters.
"""

from __future__ import annotations

import re
import unicodedata
from textwrap import wrap

from maille.errors import RenderError

BANNER_WIDTH = 72
END_OF_BANNER = "EOF"
"""On EOS, a line of its own."""

_SPELT = str.maketrans(
    {
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "’": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "“": "'",
        "”": "'",
        '"': "'",
        "«": "'",
        "»": "'",
        "–": "-",
        "—": "-",
        "…": "...",
        "×": "x",
        "€": "EUR",
        "°": "deg",
        "%": "pct",
        "<": "(",
        ">": ")",
        "|": "/",
        "\\": "/",
    }
)
_PLAIN = re.compile(r"[A-Za-z0-9 .,:;/()_+='@&#-]*")
_ODD = re.compile(r"[^A-Za-z0-9 .,:;/()_+='@&#-]+")
_BREAK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LINE = re.compile(r"[\x20-\x7e]+")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PATH = re.compile(r"[A-Za-z0-9:/._-]+")


def plain(text: str, limit: int) -> str:
    """Give a text in ASCII, on one line, at most `limit` characters long.

    Accents go, other signs become a full stop; runs of blanks are one blank.
    """
    if not _PLAIN.fullmatch(text):
        spelt = unicodedata.normalize("NFKD", text.translate(_SPELT))
        bare = "".join(sign for sign in spelt if not unicodedata.combining(sign))
        text = _ODD.sub(".", _BREAK.sub(" ", bare))
    return " ".join(text.split())[:limit].rstrip()


def banner_lines(text: str) -> tuple[str, ...]:
    """Give a text as lines of a banner, none of which ends it."""
    lines = wrap(plain(text, limit=500), BANNER_WIDTH - 1)
    return tuple(f"{line}." if line == END_OF_BANNER else line for line in lines)


def name(text: str, what: str) -> str:
    """Give a text that stands as one word of a command.

    Raises:
        RenderError: it is not one word of letters, digits, `.`, `-` and `_`.
    """
    if not _WORD.fullmatch(text):
        raise RenderError(f"{what} `{plain(text, 60)}` is not one plain word", "rename it")
    return text


def path(text: str, what: str) -> str:
    """Give a text that stands as a path on a device.

    Raises:
        RenderError: it holds blanks or signs that a path does not.
    """
    if not _PATH.fullmatch(text):
        raise RenderError(f"{what} `{plain(text, 60)}` is no path", "write it like flash:archive")
    return text


def verbatim(text: str, what: str) -> str:
    """Give a line that is rendered as it stands: it must be one line, and no end of the text.

    Raises:
        RenderError: it holds a line break or a control character, or it is `end` or `!`.
    """
    if not _LINE.fullmatch(text):
        raise RenderError(
            f"{what} holds `{plain(text, 60)}`, which is not one line of ASCII text",
            "write one line each, without accents",
        )
    if text.strip() in {"end", "exit", "!", ""} or text.lstrip().startswith(("banner ", "!")):
        raise RenderError(
            f"{what} holds `{text.strip()}`, which ends or hides what follows",
            "leave it out",
        )
    return text.rstrip()
