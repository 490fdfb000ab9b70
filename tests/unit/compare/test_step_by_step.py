"""Any two configurations: one leads to the other and back, and no line between does harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.compare import watch
from tests.unit.compare.device import Device
from tests.unit.compare.switches import Switch, switches, thorough

from maille.configs.compare import compare

DIALECTS = [
    pytest.param("cisco_ios", True, id="ios-xe"),
    pytest.param("cisco_ios", False, id="ios-15"),
    pytest.param("arista_eos", True, id="eos"),
]


NEVER = re.compile(
    r" *(?:no switchport trunk allowed|default interface|no spanning-tree( mode)?$|no aaa new-model"
    r"|spanning-tree mode none|no ip default-gateway \S+|(no )?(license|boot) )"
)
"""What no change of these switches may ever send."""


def device(switch: Switch) -> Device:
    return Device(switch.platform, switch.text(), numbers=switch.numbers)


@pytest.mark.parametrize(("platform", "numbers"), DIALECTS)
@thorough
@given(data=st.data())
def test_any_change_goes_step_by_step_and_back(
    data: st.DataObject, platform: str, *, numbers: bool
) -> None:
    before = data.draw(switches(platform, numbers=numbers), "before")
    after = data.draw(switches(platform, numbers=numbers), "after")
    start, target = device(before), device(after)

    comparison = compare(platform, start.show(), after.text())
    arrived = watch.send(start, comparison.remediation, target)
    again = compare(platform, arrived.show(), after.text())
    back = watch.send(arrived, comparison.rollback, start)

    for lines in (comparison.remediation, comparison.rollback):
        assert [line for line in lines if NEVER.match(line)] == []
    assert (again.missing, again.unexpected, again.remediation) == ((), (), ())
    assert sorted(arrived.show().splitlines()) == sorted(target.show().splitlines())
    assert sorted(back.show().splitlines()) == sorted(start.show().splitlines())
