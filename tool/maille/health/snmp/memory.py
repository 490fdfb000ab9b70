"""Engine ids from one look to the next, in a file: by them a replaced device is known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from maille.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def read_engines(path: Path) -> dict[str, bytes]:
    """Give the engine ids of the look before; none if there was none, or its file is damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {str(key): bytes.fromhex(text) for key, text in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_engines(path: Path, engines: Mapping[str, bytes]) -> None:
    """Keep engine ids for the next look; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shown = {key: engine.hex() for key, engine in sorted(engines.items())}
    write_atomically(path, json.dumps(shown, indent=1) + "\n")
