"""What is known of the streams a person reads: colours, and characters they can show."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def wants_colour(stream: TextIO) -> bool:
    """Say whether to colour: on a terminal, unless NO_COLOR or a dumb one speaks against it."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


def tolerate_poor_encodings() -> None:
    """Let a stream that cannot show a character show a substitute instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
