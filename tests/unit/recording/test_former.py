"""A former pool: what it holds counts once, and keys reach it as they reach the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.estates import INVENTORY, built

from maille.ceph.facts import Facts, Osd
from maille.ceph.promises import Promise
from maille.ceph.usage import Usage
from maille.layout.build import layout_of
from maille.layout.coded import pool_of, rule_of
from maille.layout.model import FormerPool
from maille.recording.drift.reaching import reaches
from maille.recording.former import Left, with_former
from maille.recording.leaving import hold_back
from maille.recording.preflight.judge import judge, raw_elsewhere
from maille.recording.stack.changes import Outcome
from maille.recording.terms.as_document import as_document
from maille.recording.terms.as_text import as_text

if TYPE_CHECKING:
    from maille.layout.model import Layout

SHARE = "chartres-28085"
FORMER = "chartres-ec-2-2"
GIB = 1 << 30


@pytest.fixture(scope="module")
def wanted() -> Layout:
    return layout_of(built(INVENTORY / "chartres").blueprint)


@pytest.fixture(scope="module")
def left(wanted: Layout) -> Left:
    code = wanted.profile.model_copy(update={"name": FORMER, "k": 2})
    pool = pool_of(code, pg_num=64, quota_bytes=10**14, estate="chartres")
    former = FormerPool(profile=code, rule=rule_of(code), pool=pool)
    return Left(former, objects=1234, stored_bytes=5 * 10**12)


def facts_of(raw_bytes: int) -> Facts:
    osds = tuple(
        Osd(n, f"host{n}", device_class, size, 0, up=True, taken=True, placement_groups=0)
        for n in range(8)
        for device_class, size in (("hdd", raw_bytes // 8), ("ssd", GIB))
    )
    return Facts("0" * 36, 16, "16.2.15", osds, 3, (), 0.85, 0.9, 0.95)


def test_what_a_former_pool_holds_is_room_that_the_new_one_does_not_need(
    wanted: Layout, left: Left
) -> None:
    both = with_former(wanted, (left,))
    stored = wanted.quota_bytes // 2
    promised = [Promise(FORMER, "hdd", used_bytes=2 * stored, quotas_bytes=0)]
    new = (wanted.quota_bytes - stored) * 1.5  # 4 + 2
    enough = int((new + 2 * stored) / wanted.fill_target * 8 / 7) + 8 * GIB
    assert _short(both, enough, promised) == []
    (told,) = _short(both, int(enough * 0.98), promised)
    assert "in former pools" in told
    assert raw_elsewhere(both, promised) == 0


def _short(layout: Layout, raw_bytes: int, promised: list[Promise]) -> list[str]:
    found = judge(layout, facts_of(raw_bytes), {}, promised)
    return [one.what for one in found if one.code == "R004"]


@pytest.mark.parametrize(
    ("clause", "reached"),
    [
        (f"allow r pool={FORMER}", True),
        ("allow r tag maille owner=chartres", True),
        (f"allow r namespace=fsvolumens_{SHARE} tag maille owner=chartres", True),
        ("allow r namespace=fsvolumens_other-* tag maille owner=chartres", False),
        ("allow r tag maille owner=other", False),
        ("allow rw tag cephfs data=enregistrements", True),
        ("allow rw tag cephfs data=*", True),
        ("allow rw tag cephfs data=other", False),
    ],
)
def test_a_key_reaches_a_former_pool_by_its_name_or_by_a_tag(
    wanted: Layout, left: Left, clause: str, *, reached: bool
) -> None:
    assert reaches({"osd": clause}, with_former(wanted, (left,))) is reached


def test_a_pool_named_by_nobody_any_more_is_not_ours(wanted: Layout) -> None:
    assert not reaches({"osd": f"allow r pool={FORMER}"}, wanted)


def test_the_pool_takes_a_tenth_more_than_the_shares_that_are_kept(wanted: Layout) -> None:
    assert wanted.data_pool.quota_bytes == round(wanted.quota_bytes * 1.1)
    before = 3 * wanted.subvolumes[SHARE].quota_bytes
    usage = Usage(SHARE, "/x", before, before - 1, 1, 0, empty=False)
    kept, held = hold_back(wanted, {SHARE: usage}, frozenset({SHARE}))
    assert held
    assert kept.data_pool.quota_bytes == round(kept.quota_bytes * 1.1)
    assert kept.data_pool.quota_bytes > wanted.data_pool.quota_bytes


def test_what_is_left_is_told_to_people_and_to_programs(wanted: Layout, left: Left) -> None:
    outcome = Outcome((), 7, 0.1)
    text = as_text(outcome, wanted, (), left=(left,))
    assert "new files go to chartres-ec-4-2 (4 + 2)" in text
    assert f"  ! pool {FORMER} (2 + 2): 5.00 TB in 1,234 objects are left" in text
    assert as_document(outcome, wanted, (), left=(left,))["former_pools"] == [
        {"name": FORMER, "k": 2, "m": 2, "objects": 1234, "stored_bytes": 5 * 10**12, "kept": None}
    ]
