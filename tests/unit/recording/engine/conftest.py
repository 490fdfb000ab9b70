"""Every test of the engine has a PATH and a cache of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.recording.engine.places import Places, places_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Give them, in force for this process as well."""
    made = places_in(tmp_path)
    monkeypatch.setenv("PATH", str(made.path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(made.xdg_cache))
    return made
