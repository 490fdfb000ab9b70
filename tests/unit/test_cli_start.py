"""Ctrl-C before the command line is there."""

from __future__ import annotations

import signal
import subprocess
import sys

STRUCK_IN_IMPORTS = """
import os, signal, sys

class Strike:
    def find_spec(self, name, path=None, target=None):
        if name == "maille.cli.edge":
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, {before})
sys.meta_path.insert(0, Strike())
sys.argv = ["maille", "--version"]
from maille.cli.start import run
run()
"""


def struck(before: str) -> subprocess.CompletedProcess[str]:
    script = STRUCK_IN_IMPORTS.format(before=before)
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )


def test_ctrl_c_during_the_imports_ends_it_without_a_traceback() -> None:
    ended = struck("signal.default_int_handler")
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, "", "")


def test_a_command_in_the_background_of_a_shell_ignores_ctrl_c() -> None:
    ended = struck("signal.SIG_IGN")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("maille ")
