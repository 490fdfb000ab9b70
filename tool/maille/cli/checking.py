"""The step that most commands begin with: an estate is checked, and whoever waits sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from maille.check.run import Checked
    from maille.cli.shell import Shell


def checked(shell: Shell, estate: Path, as_of: date, name: str = "") -> Checked:
    """Check an estate, with progress; `name` is what the user calls its folder."""
    from maille.check.run import check

    with shell.progress(f"checking {name or estate}"):
        return check(estate, as_of)
