"""The platforms: one file each, which holds a `DRIVER`. A file that is there is a platform."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.configs.platforms.base import Driver


@cache
def drivers() -> Mapping[str, Driver]:
    """Give every platform's driver by its name."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    known = (getattr(module, "DRIVER", None) for module in modules)
    return MappingProxyType({driver.name: driver for driver in known if driver})
