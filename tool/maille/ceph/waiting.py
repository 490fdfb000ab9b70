"""Waiting for what a cluster does by itself, with an end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from maille.ceph.errors import CephError

if TYPE_CHECKING:
    from collections.abc import Callable

_STEP_S = 0.2


def wait_until(done: Callable[[], bool], patience_s: float, what: str) -> None:
    """Ask again and again until something is done.

    Raises:
        CephError: it is not done in time; `what` says what is not.
    """
    end = time.monotonic() + patience_s
    while not done():
        if time.monotonic() > end:
            raise CephError(
                f"{what}, after {patience_s:.0f} s", "it goes on by itself; try again later"
            )
        time.sleep(_STEP_S)
