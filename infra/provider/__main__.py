"""Serve the provider: `python -m maille.infra.provider ENGINE_ADDRESS`."""

from __future__ import annotations

import sys
from importlib.metadata import version

from pulumi.provider.experimental.server import main

from maille.infra.provider.provider import CephProvider

if __name__ == "__main__":
    main(sys.argv[1:], version("maille"), CephProvider())
