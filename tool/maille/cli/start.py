"""The first of our modules in a process: Ctrl-C while the others are read ends it without a word.

Python would print where in its imports it was.
"""

from __future__ import annotations

import signal


def run() -> None:
    """Run the command line of this process and end it."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # ignored in the background of a shell: so it stays
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from maille.cli.main import run as run_command

    signal.signal(signal.SIGINT, before)
    run_command()
