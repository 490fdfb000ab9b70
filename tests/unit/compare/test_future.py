"""hier_config's own prediction: running with the differences is intended, and back again.

This is the level below the commands, before differences are put into an order; what the
commands do, `test_step_by_step.py` shows on a model of the device.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.compare.switches import Routed, switches, thorough

from maille.configs.compare.canonical import canonical
from maille.configs.compare.dialects import dialect_of
from maille.configs.compare.plan import differences, hconfig
from maille.configs.compare.tree import parse

if TYPE_CHECKING:
    from hier_config import HConfig, HConfigChild
    from tests.unit.compare.switches import Switch

    from maille.configs.compare.dialect import Dialect
    from maille.configs.compare.tree import Tree


def tree_of(config: HConfig | HConfigChild) -> Tree:
    return {child.text: tree_of(child) for child in config.children}


def stored(switch: Switch, dialect: Dialect) -> Tree:
    """Give a drawn switch without routed ports.

    The prediction takes `no switchport` for the end of every line that begins with `switchport`.
    """
    ports = (None if isinstance(port, Routed) else port for port in switch.ports)
    text = replace(switch, ports=tuple(ports)).text()
    return canonical(parse(text, dialect, "drawn"), dialect, routed_by_default=False)


@pytest.mark.parametrize("platform", ["cisco_ios", "arista_eos"])
@thorough
@given(data=st.data())
def test_differences_lead_to_the_target_and_back(data: st.DataObject, platform: str) -> None:
    dialect = dialect_of(platform)
    start, target = (stored(data.draw(switches(platform, numbers=True)), dialect) for _ in range(2))

    there = hconfig(start, dialect).future(differences(start, target, dialect))
    back = there.future(differences(target, start, dialect))

    assert tree_of(there) == target
    assert tree_of(back) == start
