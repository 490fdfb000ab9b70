"""The templates give every kind of line of the hand-written references, and few others.

Names, addresses and numbers are blanked, so that the small estate can be held against the
references, which describe another one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maille.configs.render import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.blueprint.model import Blueprint

REFERENCES = Path(__file__).parents[2] / "golden" / "reference"

BLANKED = (
    (r"<secret:[^>]*>", "SECRET"),
    (r"-[0-9a-f]{8}\b", "-DIGEST"),
    (r"(?i)\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b", "MAC"),
    (r"\b\d+\.\d+\.\d+\.\d+/\d+", "PREFIX"),
    (r"\b\d+\.\d+\.\d+\.\d+\b", "IP"),
    (r"\bhost IP\b|\bIP IP\b|\bIP\b", "PREFIX"),
    (r"\b(description|location|contact|hostname|name|domain-name|dns domain|path) .*", r"\1"),
    (r"\b[0-9a-f]{18}\b", "ENGINE"),
    (r"\b(Vlan|Ethernet|Port-Channel)[\d/]+(\.\d+)?", r"\1"),
    (r"\b\d+(?:[,-]\d+)*\b", "N"),
)

WITHOUT_IN_OURS = {
    # The school's cameras take the place of the reference's PPMS device, and send RTP over UDP.
    "ip access-group PPMS-N-DIGEST in",
    "ip access-list extended PPMS-N-DIGEST",
    # In the small estate RTP over UDP goes with one commune, steering with both.
    "ip access-group VIDEO-N-UDP-DIGEST in",
    "ip access-list extended VIDEO-N-UDP-DIGEST",
    "ip access-group VIDEO-N-PTZ-DIGEST in",
    "ip access-list extended VIDEO-N-PTZ-DIGEST",
    # The class of RTP names its ports as the port list does; a relay names whom it serves.
    "N permit udp any PREFIX",
    "permit udp any PREFIX",
    "N permit tcp PREFIX eq rtsp any",
    # The strongest algorithm of the model is taken.
    (
        "snmp-server user maille-poller MAILLE-POLLER v3 localized ENGINE auth sha256 SECRET"
        " priv aes SECRET"
    ),
}
WITHOUT_IN_REFERENCE = {
    # Costs are written where a port's own is another than the plan's.
    "spanning-tree mst N cost N",
    "spanning-tree cost N",
    "ip ospf cost N",
    # Spurs, secondaries, bundles towards access switches: the references have none.
    "spanning-tree guard root",
    "spanning-tree guard loop",
    "no passive-interface Port-Channel",
    # What one switch alone has.
    "ip dhcp snooping database flash:snoop.db",
    "load-interval N",
}


def kinds(text: str) -> set[str]:
    """Give the lines of a text with names and numbers blanked, without those of banners."""
    found: set[str] = set()
    in_banner = False
    for raw in text.splitlines():
        line = raw.strip()
        if in_banner or not line or line == "!":
            in_banner = in_banner and line not in {"^C", "EOF"}
            continue
        in_banner = line.startswith("banner ")
        for pattern, blank in BLANKED:
            line = re.sub(pattern, blank, line)
        found.add(line)
    return found


@pytest.fixture(scope="module")
def ours(
    complete: Blueprint, with_access: Callable[[str], Blueprint]
) -> Callable[[tuple[str, ...]], set[str]]:
    blueprints = (complete, with_access("dot1x"), with_access("static_mac"))
    renderers = [Renderer(blueprint) for blueprint in blueprints]

    def lines(switches: tuple[str, ...]) -> set[str]:
        texts = (each.configuration(s).text for each in renderers for s in switches)
        return {line for text in texts for line in kinds(text)}

    return lines


CASES = [
    ("ie-3300", ("28085-epars", "28110-ecole")),
    ("ie-2000", ("28110-mairie", "28085-gare")),
    ("agg", ("agg-1", "agg-2")),
    ("core", ("core-1", "core-2")),
    ("c9500", ("agg-3", "agg-4")),
    ("720dp", ("28110-halle", "28110-moulin")),
]


@pytest.mark.parametrize(("reference", "switches"), CASES)
def test_every_kind_of_line_of_a_reference_is_rendered(
    reference: str, switches: tuple[str, ...], ours: Callable[[tuple[str, ...]], set[str]]
) -> None:
    wanted = kinds((REFERENCES / f"{reference}.cfg").read_text(encoding="utf-8"))
    assert wanted - ours(switches) - WITHOUT_IN_OURS == set()


@pytest.mark.parametrize(("reference", "switches"), CASES)
def test_nothing_else_is_rendered(
    reference: str, switches: tuple[str, ...], ours: Callable[[tuple[str, ...]], set[str]]
) -> None:
    known = kinds((REFERENCES / f"{reference}.cfg").read_text(encoding="utf-8"))
    new = ours(switches) - known - WITHOUT_IN_REFERENCE
    lists = re.compile(r"(?:N )?permit |ip access-(?:list|group) |snmp-server user ")
    assert {line for line in new if not lists.match(line)} == set()


def test_no_exception_is_idle(ours: Callable[[tuple[str, ...]], set[str]]) -> None:
    missing, new = set(), set()
    for reference, switches in CASES:
        known = kinds((REFERENCES / f"{reference}.cfg").read_text(encoding="utf-8"))
        missing |= known - ours(switches)
        new |= ours(switches) - known
    assert missing >= WITHOUT_IN_OURS
    assert new >= WITHOUT_IN_REFERENCE
