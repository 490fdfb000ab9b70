"""The error that ends a command, as a block of text for a person."""

from __future__ import annotations

import shutil

from typer import style

from maille.errors import InventoryError, MailleError
from maille.report.caret import harmless
from maille.report.text import render_text

_INDENT = "    "
_PIPE_WIDTH_CHARS = 100


def error_block(error: MailleError, *, colour: bool) -> str:
    """Give an error's place, what is wrong and how to mend it; an inventory's findings.

    What is waived is left out: it ends no command. Texts may repeat what stands in a file or
    what a device said: they are made harmless.
    """
    if isinstance(error, InventoryError):
        width = shutil.get_terminal_size((_PIPE_WIDTH_CHARS, 0)).columns
        counting = [finding for finding in error.findings if finding.waiver is None]
        return render_text(counting, colour=colour, width=width).rstrip()
    label = style("error", fg="red", bold=True) if colour else "error"
    where = f"{error.place}: " if error.place else ""
    what, *more = f"{where}{error.what}\n{error.how}".rstrip().splitlines()
    lines = [f"{label}: {harmless(what)}", *(_INDENT + harmless(line) for line in more)]
    return "\n".join(lines)
