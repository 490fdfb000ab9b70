"""Secrets at the edge: what a reference stands for, asked at the time of use.

A reference is `env:NAME`, `file:/path` or `command:program argument`. Values are neither kept
nor logged; errors name the reference and never what it gave.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from maille.errors import MailleError

_PATIENCE_S = 30


class SecretError(MailleError):
    """A secret could not be had."""


def resolve(reference: str) -> str:
    """Give the value of a reference, without the line break at its end.

    Raises:
        SecretError: there is no such variable, file or program, or it gave nothing.
    """
    kind, _, rest = reference.partition(":")
    value = _READERS[kind](rest, reference) if kind in _READERS else ""
    if kind not in _READERS:
        raise SecretError(
            f"`{reference}` is no reference to a secret",
            "write env:NAME, file:/path or command:program argument",
        )
    if not value:
        raise SecretError(f"the secret `{reference}` is empty", "set it, then try again")
    return value


def located(reference: str, folder: Path) -> str:
    """Give the same reference, for whoever runs elsewhere: its paths begin at the root.

    Of a command those words are paths that name a file in the folder: `command:cat keys/admin`.
    """
    kind, _, rest = reference.partition(":")
    if kind == "file":
        return f"file:{folder / rest}"
    if kind != "command":
        return reference
    try:
        words = shlex.split(rest)
    except ValueError:
        return reference  # an open quote: told when it is resolved
    return f"command:{shlex.join(_located(word, folder) for word in words)}"


def _located(word: str, folder: Path) -> str:
    return str(folder / word) if word and (folder / word).is_file() else word


def _from_environment(name: str, reference: str) -> str:
    if name not in os.environ:
        raise SecretError(f"the secret `{reference}` is not set", f"export {name} for this command")
    return os.environ[name]


def _from_file(path: str, reference: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise SecretError(
            f"the secret `{reference}` cannot be read: {reason}", "see to the file and its rights"
        ) from None


def _from_command(line: str, reference: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # the inventory's author names the program
            shlex.split(line), capture_output=True, timeout=_PATIENCE_S, check=True
        )
        return done.stdout.decode("utf-8").rstrip("\r\n")
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        reason = {
            subprocess.CalledProcessError: "its command failed",
            subprocess.TimeoutExpired: f"its command took more than {_PATIENCE_S} s",
            UnicodeDecodeError: "its command gave no text",
        }.get(type(error), "its command cannot be run")
        raise SecretError(
            f"the secret `{reference}` cannot be had: {reason}", "run the command by hand"
        ) from None


_READERS = {"env": _from_environment, "file": _from_file, "command": _from_command}
