"""What a change makes critical: links that come above their limit, and the failure that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.estates import INVENTORY, built, copy, replace

from maille.plan.as_text import as_text
from maille.plan.plan import plan

if TYPE_CHECKING:
    from maille.check.built import Built
    from maille.plan.plan import Plan

CAMERA = "28128-0001"
LOUD_MBPS = 520.0
"""With what its ring carries after a cut already, above 60 % of 1,000 Mbit/s; alone below."""


@pytest.fixture(scope="module")
def before() -> Built:
    return built(INVENTORY / "chartres")


@pytest.fixture(scope="module")
def found(before: Built, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    estate = copy(INVENTORY / "chartres", tmp_path_factory.mktemp("loud"))
    file = estate / "communes" / "28128-dangers.yaml"
    replace(file, f"{CAMERA}: {{", f"{CAMERA}: {{measured_mbps: {LOUD_MBPS}, ")
    return plan(before, built(estate))


def test_the_fullest_links_come_first_and_name_their_worst_failure(
    before: Built, found: Plan
) -> None:
    after = [rise.after_percent for rise in found.rises]
    ring = before.blueprint.switches["28128-eglise"].ring
    ends = {link.a.switch for link in before.blueprint.links.values() if link.ring == ring}

    assert after == sorted(after, reverse=True)
    assert after[0] > 60
    assert found.rises[0].link.split(" -- ")[0] in ends
    assert all(rise.failure for rise in found.rises[:2])
    assert all(rise.after_percent - rise.before_percent >= 1 for rise in found.rises)


def test_what_becomes_true_names_the_failure_that_breaks_the_limit(found: Plan) -> None:
    new = [finding for finding in found.findings.new if finding.code == "N014"]

    assert new
    assert all("after the loss of" in finding.what for finding in new)
    assert "\n  [N014] " in as_text(found, diffs=False).partition("\nbecomes true\n")[2]


def test_capacity_stands_before_and_after(found: Plan) -> None:
    figures = {figure.name: figure for figure in found.figures}

    assert figures["after a failure"].before < 60 < figures["after a failure"].after
    assert figures["bitrate"].after - figures["bitrate"].before == pytest.approx(LOUD_MBPS, abs=20)
    assert figures["storage: need"].after > figures["storage: need"].before


def test_of_a_commune_only_what_is_found_on_it(found: Plan) -> None:
    assert found.findings.new
    assert found.of("28085").findings.empty
