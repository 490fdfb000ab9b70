"""Running configuration against intended: what differs, and commands that mend it safely.

    >>> comparison = compare("cisco_ios", running, intended)

What differs is found by hier_config on drivers of our own; what is sent is ordered so that
after no single line a trunk carries more than before or after, an applied access list is empty
or undefined, an address is gone that stays, a port is open before it is protected, or anything
changed that is not ours. Text in, value out: nothing here reads a file, a clock or a device.

Neither compared nor sent are remarks of access lists and the numbers of their entries, which
devices keep or not: entries are compared by their order, and sent with numbers.

A platform is a folder: `driver.py` (hier_config's rules), `order.py` (when a line is sent),
`lines.py` (whose a line is), put together in `dialect.py` and named in `dialects.py`.
"""

from __future__ import annotations

from maille.configs.compare.comparison import Comparison, Foreign, compare
from maille.configs.compare.dialects import PLATFORMS
from maille.configs.compare.report import ConfigLine
from maille.configs.compare.secrets import PLACEHOLDER
from maille.configs.compare.tree import ConfigTextError

__all__ = [
    "PLACEHOLDER",
    "PLATFORMS",
    "Comparison",
    "ConfigLine",
    "ConfigTextError",
    "Foreign",
    "compare",
]
