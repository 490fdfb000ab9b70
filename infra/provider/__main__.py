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


if __name__ == "__main__":
    # Ctrl-C is for the engine, which then lets every call finish.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    main(sys.argv[1:], version("maille"), CephProvider())
