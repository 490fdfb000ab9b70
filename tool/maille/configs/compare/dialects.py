"""The platforms that can be compared."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from maille.errors import UsageError

if TYPE_CHECKING:
    from maille.configs.compare.dialect import Dialect

PLATFORMS = ("arista_eos", "cisco_ios")
"""Each is a folder beside this file, with a module `dialect` that holds its `DIALECT`."""


@cache
def dialect_of(platform: str) -> Dialect:
    """Give the rules of a platform.

    Raises:
        UsageError: there are none.
    """
    if platform not in PLATFORMS:
        known = ", ".join(PLATFORMS)
        raise UsageError(f"platform `{platform}` cannot be compared", f"known are {known}")
    module = import_module(f"maille.configs.compare.{platform}.dialect")
    dialect: Dialect = module.DIALECT
    return dialect
