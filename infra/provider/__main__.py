"""Serve the provider: `python -m maille.infra.provider ENGINE_ADDRESS`."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from importlib.metadata import version

from pulumi.provider.experimental.server import main

from maille.infra.provider.provider import CephProvider

_STEP_S = 0.2


def end_with(engine: int) -> None:
    """End this process when the engine that started it has ended, however it did."""
    while os.getppid() == engine:
        time.sleep(_STEP_S)
    os._exit(1)


def end_idle(provider: CephProvider) -> None:
    """End this process as soon as no call is under way.

    The engine asks for it by SIGINT when it is done, and waits for seconds before it kills. On
    Ctrl-C in a terminal the signal comes too; then the calls that are under way finish first.
    """
    while provider.calls:
        time.sleep(_STEP_S)
    os._exit(0)


if __name__ == "__main__":
    served = CephProvider()
    signal.signal(
        signal.SIGINT, lambda *_: threading.Thread(target=end_idle, args=(served,)).start()
    )
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    main(sys.argv[1:], version("maille"), served)
