"""Configurations that somebody has changed: the drift is found, and what is sent mends it."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.estates import COMPLETE
from tests.unit.audit.batches import audited, rendered
from tests.unit.audit.whole import Whole
from tests.unit.compare.device import RejectedError

from maille.audit.device import State, by_hand
from maille.configs.platforms import drivers

SWITCHES = ["28085-epars", "28085-gare", "28110-mairie", "acces-1", "agg-1", "core-1"]
"""Of the small estate: IOS-XE, IOS 15 and EOS, at the edge and as gateways."""

GLOBAL = (
    "ip http secure-server",
    "logging host 203.0.113.9",
    "username mallory privilege 15 secret 9 $9$sesame$sesame",
    "ntp server 203.0.113.5",
    "vlan 666\n name MALLORY",
    "ip access-list extended MALLORY\n 10 permit ip any any",
)
"""What somebody may have typed on IOS."""

GLOBAL_EOS = (
    "logging host 203.0.113.9",
    "username mallory privilege 15 secret sha512 $6$sesame",
    "ntp server 203.0.113.5",
    "vlan 666\n   name MALLORY",
    "ip access-list MALLORY\n   10 permit ip any any",
)

NUMBERED = re.compile(
    r"^( *(?:exec-timeout|logging buffered|ip ssh time-out|deadtime|timeout|retransmit|idle-timeout"
    r"|errdisable recovery interval|connection limit) )(\d+)",
    re.MULTILINE,
)
"""Settings with a number that somebody may have turned."""

DROPPABLE = re.compile(
    r"\n *(?:switchport block unicast|storm-control .*|spanning-tree (?:bpduguard|guard|portfast).*"
    r"|shutdown|ip verify source|ip access-group .*|udld port.*|logging host .*|ntp server .*"
    r"|no ip http server|service .*|ip source binding .*|login on-\w+ log|description .*"
    r"|exec-timeout .*|access-class .*)\n"
)
"""Lines that somebody may have taken away."""


def platform_of(switch: str) -> str:
    return drivers()[rendered(COMPLETE)[switch].switch.model.platform].compare


def device(switch: str, text: str) -> Whole:
    intended = rendered(COMPLETE)[switch]
    return Whole(platform_of(switch), text, numbers=intended.switch.model.dialect != "ios15")


class Change(NamedTuple):
    """A text that takes the place of another one; what is added comes before the end."""

    old: str
    new: str

    def applied(self, text: str) -> str:
        return text.replace(self.old, self.new, 1)


def possible(switch: str) -> st.SearchStrategy[Change]:
    """Give the changes that somebody may make of a switch."""
    text = rendered(COMPLETE)[switch].text
    rogue = GLOBAL_EOS if platform_of(switch) == "arista_eos" else GLOBAL
    kinds = [st.sampled_from(rogue).map(lambda line: Change("\nend\n", f"\n{line}\nend\n"))]
    if gone := [Change(found[0], "\n") for found in DROPPABLE.finditer(text)]:
        kinds.append(st.sampled_from(gone))
    if turned := [(found[0], found[1]) for found in NUMBERED.finditer(text)]:
        numbers = st.integers(1, 99)
        kinds.append(
            st.builds(
                lambda old, n: Change(old[0], f"{old[1]}{n}"), st.sampled_from(turned), numbers
            )
        )
    return st.one_of(kinds)


@pytest.mark.parametrize("switch", SWITCHES)
def test_the_model_keeps_a_whole_configuration(switch: str) -> None:
    found = audited(COMPLETE, switch, device(switch, rendered(COMPLETE)[switch].text).show())

    assert found.comparison
    assert (found.comparison.missing, found.comparison.unexpected) == ((), ())


@pytest.mark.parametrize("switch", SWITCHES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_drift_is_found_and_mended(data: st.DataObject, switch: str) -> None:
    intended = running = rendered(COMPLETE)[switch].text
    for change in data.draw(st.lists(possible(switch), min_size=1, max_size=4), "changes"):
        running = change.applied(running)
    assume(running != intended)
    try:
        box = device(switch, running)
    except RejectedError:
        assume(False)

    found = audited(COMPLETE, switch, box.show())
    assert found.comparison
    assert not found.comparison.in_sync
    assert not any(by_hand(command) for command in found.comparison.remediation)
    for command in found.comparison.remediation:
        box.send(command)
    again = audited(COMPLETE, switch, box.show())

    assert again.comparison
    assert (again.comparison.missing, again.comparison.unexpected) == ((), ())
    assert again.state is State.IN_SYNC
    assert not again.failed
