"""The platforms and their dialects: a folder of templates each, a template a dialect.

    templates/<platform>/<dialect>.j2     the whole configuration of a switch
    templates/<platform>/parts/           what it is made of

What stands there can be named in the catalogue; how it is written is the driver's business
(`maille.configs.platforms`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIX = ".j2"


def templates_folder() -> Path:
    """Give the folder of the templates that come with the package."""
    return Path(__file__).parent / "templates"


@cache
def dialects() -> Mapping[str, tuple[str, ...]]:
    """Give the dialects of every platform."""
    found = {
        folder.name: tuple(sorted(file.stem for file in folder.glob(f"*{SUFFIX}")))
        for folder in sorted(templates_folder().iterdir())
        if folder.is_dir()
    }
    return MappingProxyType({name: known for name, known in found.items() if known})
