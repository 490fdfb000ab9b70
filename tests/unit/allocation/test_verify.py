"""What verifying finds: after two branches are merged, and when a lock is tampered with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.strategies import Sketch, sketches
from tests.unit.allocation.helpers import AS_OF, codes, deployed, settled
from tests.unit.allocation.histories import entries_of, merged_locks

from maille.allocation.lock import Lock
from maille.allocation.settle import settle
from maille.allocation.verify import verify

if TYPE_CHECKING:
    from maille.errors import Finding


def found_in(sketch: Sketch, lock: Lock) -> tuple[Finding, ...]:
    return verify(sketch.estate(), lock, AS_OF)


def branched() -> tuple[Sketch, Lock, Lock, Lock]:
    """Let two branches add a commune each; give the merged inventory and the three locks."""
    base = Sketch()
    locks = [settled(base).lock]
    for insee in ("28001", "28002"):
        branch = base.copy()
        branch.commune(insee)
        branch.cabinet(insee, "mairie", cameras=2)
        locks.append(settled(branch).lock)
    for insee in ("28001", "28002"):
        base.commune(insee)
        base.cabinet(insee, "mairie", cameras=2)
    return base, locks[0], locks[1], locks[2]


def test_settled_lock_has_nothing_to_tell() -> None:
    sketch = Sketch()
    sketch.commune("28001")
    sketch.cabinet("28001", "mairie", cameras=3)
    assert found_in(sketch, settled(sketch).lock) == ()


def test_merged_branches_are_told_with_both_places() -> None:
    sketch, base, ours, theirs = branched()
    found = found_in(sketch, merged_locks(base, ours, theirs))
    twice = {finding.what: finding for finding in found if finding.code == "A002"}
    vlan = (
        "VLAN 100 is given to segment 28002/nord/cameras, planned, and to segment"
        " 28001/nord/cameras, planned (allocations/28001.lock.yaml, segments.nord/cameras)"
    )
    assert vlan in twice
    assert twice[vlan].place.file == "allocations/28002.lock.yaml"
    assert any("10.0.0.4 is given to camera 28002-0001" in what for what in twice)


def test_settling_merged_branches_renumbers_the_later_one() -> None:
    sketch, base, ours, theirs = branched()
    found = settled(sketch, merged_locks(base, ours, theirs))
    assert not found.findings
    assert found.lock.communes["28001"] == ours.communes["28001"]
    assert found_in(sketch, found.lock) == ()


def test_deployed_branch_keeps_its_numbers_against_a_planned_one() -> None:
    sketch, base, ours, theirs = branched()
    only = sketch.copy()
    del only.communes["28001"]
    theirs = deployed(only, theirs)
    found = settled(sketch, merged_locks(base, ours, theirs))
    assert not found.findings
    assert found.lock.communes["28002"] == theirs.communes["28002"]


def test_two_deployed_branches_need_a_decision() -> None:
    sketch, base, ours, theirs = branched()
    halves = []
    for insee, lock in (("28002", ours), ("28001", theirs)):
        only = sketch.copy()
        del only.communes[insee]
        halves.append(deployed(only, lock))
    merged = merged_locks(deployed(Sketch(), base), *halves)
    found = settled(sketch, merged)
    assert {code for code, _ in codes(found)} == {"A002"}
    assert all("--move" in finding.how for finding in found.findings)
    assert not found.changes
    decided = settled(sketch, merged, move=("28002",))
    assert not decided.findings
    assert decided.lock.communes["28001"] == merged.communes["28001"]
    kept = decided.lock.communes["28002"].quarantine
    assert not kept, "what 28001 holds is not 28002's to come back to"


@given(sketch=sketches(), data=st.data())
@settings(max_examples=examples(150), deadline=None)
def test_any_tampering_is_found(sketch: Sketch, data: st.DataObject) -> None:
    lock = settled(sketch).lock
    before = found_in(sketch, lock)
    tree = lock.model_dump(mode="json")
    name, section, key, entry = data.draw(st.sampled_from(list(entries_of(lock))))
    file = tree["shared"] if name == "shared" else tree["communes"][name]
    fields = [field for field in type(entry).model_fields if field not in UNJUDGED]
    field = data.draw(st.sampled_from([*fields, "entry"]))
    if field == "entry":
        del file[section][key]
    else:
        file[section][key][field] = _another(file[section][key][field])
    assert found_in(sketch, Lock.model_validate(tree)) != before


UNJUDGED = {"state", "kind", "hostname", "recorder", "count", "pool"}
"""What may have any value that is not taken, and what other fields depend on."""


def _another(value: Any) -> Any:  # noqa: ANN401 — any number
    """Give a number that cannot be right."""
    if isinstance(value, int):
        return 1001 if value < 1001 else 1
    if "/" in str(value) and str(value)[0].isdigit():
        return "192.0.2.0/30"
    return "192.0.2.1" if str(value)[0].isdigit() and "." in str(value) else "elsewhere"


def test_stale_lock_names_what_is_missing() -> None:
    sketch = Sketch()
    sketch.commune("28001")
    sketch.cabinet("28001", "mairie", cameras=1)
    lock = settled(sketch).lock
    sketch.camera("28001", "mairie")
    (found,) = found_in(sketch, lock)
    assert found.code == "A001"
    assert "camera 28001-0002 has no numbers yet" in found.what
    assert found.place.file == "allocations/28001.lock.yaml"


def test_damaged_quarantine_is_an_error_with_its_place() -> None:
    from maille.allocation.lock import CommuneLock, Quarantined
    from maille.errors import AllocationError

    numbers: dict[str, str | int] = {"address": "10.0.0"}
    entry = Quarantined(section="cameras", key="x", numbers=numbers, since=AS_OF)
    lock = Lock(communes={"28001": CommuneLock(commune="28001", quarantine=(entry,))})
    with pytest.raises(AllocationError, match=r"28001\.lock\.yaml.*cameras x is damaged"):
        settle(Sketch().estate(), lock, as_of=AS_OF)
