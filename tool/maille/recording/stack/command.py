"""The engine as a process: a session of its own, and an end in good order.

Ctrl-C reaches every process of a terminal at once. An engine that is cut off so, and with it the
provider in the middle of a call, would leave more to mend than it has to: so it gets a session of
its own, and is told once to stop, which lets it finish what it has begun.
"""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pulumi.automation import CommandResult, PulumiCommand
from pulumi.automation.errors import create_command_error

from maille.errors import MailleError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Engine(PulumiCommand):
    """Runs `pulumi`; `stopping` is called when Ctrl-C was pressed, and it ends."""

    def __init__(self, root: Path | None, stopping: Callable[[], None]) -> None:
        """Find the program below `root`, or on the PATH.

        Raises:
            MailleError: it was found before, and does not run now.
        """
        try:
            super().__init__(root=str(root) if root else None, skip_version_check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise MailleError(
                f"the engine ended before it began: {error}",
                "see what it is: `maille storage engine`; then run it again",
            ) from None
        self._stopping = stopping

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: Any = None,  # noqa: ANN401  # a callback of the Automation API
        on_error: Any = None,  # noqa: ANN401  # as above
    ) -> CommandResult:
        """Run a command of the engine to its end.

        Raises:
            CommandError: it failed.
            KeyboardInterrupt: Ctrl-C was pressed; the engine has ended.
        """
        with subprocess.Popen(  # noqa: S603  # the engine, with words of our own
            [self.command, "--non-interactive", *args],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env=self._environment(additional_env),
            encoding="utf-8",
            start_new_session=True,
        ) as process:
            out, err = self._finished(process)
        for callback, text in ((on_output, out), (on_error, err)):
            for line in text.splitlines() if callback else ():
                callback(line)
        result = CommandResult(stdout=out.rstrip(), stderr=err.rstrip(), code=process.returncode)
        if result.code:
            raise create_command_error(result)
        return result

    def _environment(self, additional: Mapping[str, str]) -> dict[str, str]:
        found = {**os.environ, **additional, "PULUMI_AUTOMATION_API": "true"}
        if Path(self.command).is_absolute():  # its own plugins go before others
            found["PATH"] = os.pathsep.join([str(Path(self.command).parent), found["PATH"]])
        return found

    def _finished(self, process: subprocess.Popen[str]) -> tuple[str, str]:
        try:
            return process.communicate()
        except KeyboardInterrupt:
            self._stopping()
            process.send_signal(signal.SIGINT)
            try:
                process.communicate()
            except KeyboardInterrupt:
                os.killpg(process.pid, signal.SIGKILL)
            raise
