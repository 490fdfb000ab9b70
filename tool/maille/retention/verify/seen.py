"""What the last check saw of every camera: against it the next one tells what was put in later."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from maille.files import write_atomically
from maille.retention.journal import time_text
from maille.retention.verify.judge import Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from maille.retention.verify.judge import Verdict

NAME = "seen.json"


def load(folder: Path) -> dict[str, Seen]:
    """Read what was seen; nothing where no check was made, or its file cannot be read."""
    try:
        document = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return {
            camera: Seen(_time(one["at"]), _time(one["newest"]), int(one["segments"]))
            for camera, one in document.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def save(
    folder: Path, before: Mapping[str, Seen], verdicts: Iterable[Verdict], now: datetime
) -> None:
    """Write what is seen now over what was seen before, of the cameras that were looked at."""
    found = {one.camera: seen for one in verdicts if (seen := one.seen(now))}
    document = {
        camera: {
            "at": time_text(seen.at),
            "newest": time_text(seen.newest),
            "segments": seen.segments,
        }
        for camera, seen in sorted({**before, **found}.items())
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / NAME, json.dumps(document, indent=1) + "\n")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
