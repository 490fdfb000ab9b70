"""How many examples a property is tried on: few at every change, many when there is time.

An ordinary run tries the same examples every time, so that it fails for what a change did and
for nothing else. `make test-long` tries many more, others each time.
"""

from __future__ import annotations

import os

from hypothesis import settings

LONG = os.environ.get("MAILLE_TEST_LONG", "") not in {"", "0"}
_TIMES = 20

settings.register_profile("ordinary", derandomize=True, deadline=None)
settings.register_profile("long", deadline=None, max_examples=100 * _TIMES, print_blob=True)


def examples(ordinary: int) -> int:
    """Give the number of examples, from that of an ordinary run."""
    return ordinary * _TIMES if LONG else ordinary
