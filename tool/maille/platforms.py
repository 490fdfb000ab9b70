"""The platforms and their dialects: a folder of templates each, a template a dialect.

    templates/<platform>/<dialect>.j2     the whole configuration of a switch
    templates/<platform>/roles.yaml       what each dialect can write: cameras, gateways
    templates/<platform>/parts/           what they are made of

What stands there can be named in the catalogue; how it is written is the driver's business
(`maille.configs.platforms`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Literal["cameras", "gateways"]

SUFFIX = ".j2"
ROLES = "roles.yaml"


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


@cache
def roles(platform: str, dialect: str) -> frozenset[Role]:
    """Give what a dialect's templates can write beside the layer-2 part of a switch."""
    file = templates_folder() / platform / ROLES
    return frozenset(yaml.safe_load(file.read_text(encoding="utf-8"))[dialect])
