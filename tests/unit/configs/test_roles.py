"""What a dialect cannot write is told by the check, before a build stops at it (N031)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.configs.conftest import DAY, FOLDER

from maille.check.run import check
from maille.platforms import dialects, roles
from maille.rules import limits

if TYPE_CHECKING:
    from maille.platforms import Role


@pytest.mark.parametrize(
    ("role", "switch", "field"),
    [("cameras", "28085-epars", "switch: ie-3300-8p2s"), ("gateways", "core-1", "model: 7020sr")],
)
def test_a_role_without_templates_is_told_at_the_model(
    role: Role, switch: str, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        limits, "roles", lambda platform, dialect: roles(platform, dialect) - {role}
    )
    told = [finding for finding in check(FOLDER, DAY).findings if finding.code == "N031"]
    finding = next(each for each in told if each.subject == switch)
    assert finding.place is not None
    assert finding.place.line is not None
    line = (FOLDER.parent / finding.place.file).read_text(encoding="utf-8").splitlines()
    assert field in line[finding.place.line - 1]
    assert f"to carry {role}" in finding.what
    assert finding.how == "add a model that can to the catalogue"


def test_every_dialect_says_what_it_can_write() -> None:
    for platform, names in dialects().items():
        for name in names:
            assert roles(platform, name) <= {"cameras", "gateways"}
