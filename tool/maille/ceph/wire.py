"""How a daemon is asked and what it answers: JSON both ways."""

from __future__ import annotations

import json
from typing import Any

from maille.ceph.errors import refused


def request(prefix: str, args: dict[str, object]) -> str:
    """Give a command as daemons take it; what is None is left out.

    A name that Python keeps for itself is given with an underscore behind: `class_`.
    """
    given = {key.rstrip("_"): value for key, value in args.items() if value is not None}
    return json.dumps({"prefix": prefix, "format": "json", **given})


def answered(cluster: str, daemon: str, prefix: str, answer: tuple[int, bytes, str]) -> Any:  # noqa: ANN401  # JSON of that command
    """Read an answer: its JSON, its text if it is none, None if it is empty.

    Raises:
        CephOutOfReachError: there was none in time.
        CephError: the command was refused.
    """
    number, out, said = answer
    if number:
        raise refused(cluster, daemon, prefix, number, said)
    text = out.decode("utf-8", "replace").strip()
    try:
        return json.loads(text) if text else None
    except json.JSONDecodeError:
        return text
