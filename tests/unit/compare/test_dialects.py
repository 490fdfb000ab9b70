"""The tables of the platforms: whole, readable, and free of what must never be sent."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import maille.configs.compare
from maille.configs.compare import PLATFORMS
from maille.configs.compare.dialects import dialect_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAIN = {"name", "reason", "family", "entry", "kind", "default_role", "routed_by_default"}
"""Fields that hold words and no patterns."""


def patterns(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from patterns(each)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in PLAIN:
                yield from patterns(getattr(value, field.name))


def test_every_folder_is_a_platform() -> None:
    package = Path(maille.configs.compare.__file__).parent

    assert sorted(file.parent.name for file in package.glob("*/dialect.py")) == list(PLATFORMS)
    assert [dialect_of(name).name for name in PLATFORMS] == list(PLATFORMS)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_pattern_of_a_platform_can_be_read(platform: str) -> None:
    dialect = dialect_of(platform)
    driver = type(dialect.driver)
    tables = (driver.replaced, driver.cut, driver.instead)

    found = {*patterns(dialect), *patterns(tables)}

    assert len(found) > 200
    for pattern in found:
        re.compile(pattern)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_use_of_a_list_says_which(platform: str) -> None:
    for use in dialect_of(platform).acl_uses:
        assert "name" in re.compile(use.lineage[-1]).groupindex


@pytest.mark.parametrize("platform", PLATFORMS)
def test_everything_left_alone_has_a_reason(platform: str) -> None:
    dialect = dialect_of(platform)

    assert all(never.reason for never in dialect.not_ours)
    assert all(shown.reason for shown in dialect.shown)
