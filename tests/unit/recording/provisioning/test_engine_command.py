"""The engine as a process, before anything is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maille.errors import MailleError
from maille.recording.stack.command import Engine

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("script", "told"),
    [("#!/bin/sh\nkill -9 $$\n", "SIGKILL"), ("#!/none\n", "No such file")],
    ids=["killed", "cannot be run"],
)
def test_an_engine_that_is_killed_at_once_is_told_of(
    tmp_path: Path, script: str, told: str
) -> None:
    program = tmp_path / "bin" / "pulumi"
    program.parent.mkdir()
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    with pytest.raises(MailleError, match=told) as error:
        Engine(tmp_path, lambda: None)
    assert "maille storage engine" in error.value.how
