"""Where the command line ends: every exception becomes a clear message and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import typer

from maille.cli.terminal import wants_colour
from maille.errors import ExitCode, MailleError

if TYPE_CHECKING:
    from collections.abc import Callable

INTERRUPTED = 130
"""What a shell reports for a program that Ctrl-C ended."""
_NO_RIGHT = "see who may write there, or name another place"
_REMEDIES = {
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: _NO_RIGHT,
    errno.ENOENT: "see whether it is spelled right, and whether the folder that it is in exists",
    errno.EISDIR: "name a file in this folder",
    errno.EEXIST: "a file stands where a folder is needed: name another place",
    errno.ENOTDIR: "a file stands where a folder is needed: name another place",
    errno.ENOSPC: "make room there, or name another place",
    errno.EDQUOT: "make room there, or name another place",
}
"""What to do about what the operating system refuses most."""


def guarded(command: Callable[[], object]) -> int:
    """Run a command and give its exit code; no traceback, unless MAILLE_DEBUG asks for it.

    What Typer itself ends (usage errors, `typer.Exit`, a reader that closed the pipe) passes
    through as `SystemExit`.
    """
    try:
        command()
    except MailleError as error:
        return told(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("MAILLE_DEBUG"):
            raise
        return told(_refusal(error) if isinstance(error, OSError) else _accident(error))
    return ExitCode.DONE


def told(error: MailleError) -> int:
    """Tell what ended a command, and give the exit code."""
    from maille.cli.blocks import error_block

    colour = wants_colour(sys.stderr)
    typer.echo(error_block(error, colour=colour), err=True, color=colour)
    return error.exit_code


def _refusal(error: OSError) -> MailleError:
    """Tell what the operating system refused: no right, no space, no such file.

    Where a file was to be moved, its new place is told: the user knows nothing of the old one.
    """
    named = error.filename2 or error.filename
    subject = f"{named}: " if named else ""
    return MailleError(f"{subject}{error.strerror or error}", _REMEDIES.get(error.errno or 0, ""))


def _accident(error: Exception) -> MailleError:
    """Tell of a fault in maille itself, and keep the details for whoever mends it."""
    from maille.cli.crash import write_report

    kept = write_report(error)
    how = f"the details are in {kept}" if kept else "MAILLE_DEBUG=1 shows where"
    return MailleError(f"maille failed: {type(error).__name__}: {error}", how)
