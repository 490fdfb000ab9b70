"""Render an estate, adopt what was rendered: every number is the same again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.estates import AS_OF
from tests.unit.adopt.estates import (
    FOLDERS,
    adopted,
    catalogue,
    draft_of,
    essence,
    read,
    rendered,
    running,
)

from maille.adopt.communes import Table, Town
from maille.adopt.locking import refused
from maille.allocation.lock import Lock
from maille.allocation.settle import settle
from maille.allocation.verify import verify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.adopt.adopt import Adoption

NOT_PINNABLE = {"sockets", "transit"}


@pytest.fixture(params=FOLDERS, scope="module")
def sample(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def adoption(sample: str) -> Adoption:
    return adopted(running(sample), base=catalogue(sample))


def test_everything_is_placed(adoption: Adoption) -> None:
    assert [str(finding.what) for finding in adoption.findings if finding.fails] == []
    assert adoption.whole
    assert draft_of(adoption).kept == len(draft_of(adoption).plan.numbers)


def test_the_draft_renders_what_runs(sample: str, adoption: Adoption) -> None:
    before, after = read(running(sample).values()), rendered(draft_of(adoption))
    assert after.keys() == before.keys()
    for host, device in before.items():
        assert essence(after[host]) == essence(device), host


def test_settling_the_draft_changes_nothing(adoption: Adoption) -> None:
    draft = draft_of(adoption)
    settled = settle(draft.draft.estate, draft.lock, as_of=AS_OF)
    assert settled.changes == ()
    assert verify(draft.draft.estate, draft.lock, AS_OF) == ()


def test_pins_alone_give_the_numbers_that_can_be_pinned(adoption: Adoption) -> None:
    draft = draft_of(adoption)
    settled = settle(draft.draft.estate, Lock(), as_of=AS_OF)
    lost = {(key[0].section, key[1]) for key in refused(draft.plan.numbers, settled.lock)}
    assert {section for section, part in lost if part != "hostname"} <= NOT_PINNABLE
    assert not [finding.what for finding in settled.findings if finding.fails]


def test_what_runs_is_deployed(adoption: Adoption) -> None:
    draft = draft_of(adoption)
    for each in draft.plan.uses.all:
        insee = draft.plan.survey.cabinets[each.host].insee
        if each.kind == "cameras" and each.address:
            entry = draft.lock.communes[insee].cameras[each.ident]
            assert (entry.state, entry.address) == ("deployed", each.address)


def in_other_words(texts: Mapping[str, str]) -> dict[str, str]:
    """Take away all that maille alone would have written: names, descriptions, locations.

    Neighbours are told by LLDP in their place, and cameras by the one word of their house.
    """
    hosts = {file.removesuffix(".cfg"): f"sw{n:03}" for n, file in enumerate(sorted(texts), 1)}
    return {f"{hosts[f.removesuffix('.cfg')]}.txt": _foreign(t, hosts) for f, t in texts.items()}


def _foreign(text: str, hosts: Mapping[str, str]) -> str:
    lines, neighbours = [], []
    port = ""
    for line in text.splitlines():
        if found := re.match(r"interface (\S+)$", line):
            port = found[1]
        if found := re.match(r" +description .* to (\S+) ([A-Z]\w+[\d/]+)(?:,|$)", line):
            neighbours.append(f"Local Intf: {port}\nPort id: {found[2]}\n")
            neighbours.append(f"System Name: {hosts[found[1]]}.video.example\n")
            continue
        if re.match(r" +description (?:camera|attachment)", line):
            line = " description vidéo"  # noqa: PLW2901 — the line in other words
        elif re.match(r" +description (?!unused|\S+, |ceph)", line):
            continue
        line = re.sub(r"name PPMS-\S+", "name ALARMES-PPMS", line)  # noqa: PLW2901
        line = re.sub(r"name CAM-\S+", "name VIDEO", line)  # noqa: PLW2901
        line = re.sub(r"name MGMT-\S+", "name ADMIN", line)  # noqa: PLW2901
        line = re.sub(r"^hostname (\S+)", lambda m: f"hostname {hosts[m[1]]}", line)  # noqa: PLW2901
        if not line.startswith("snmp-server location"):
            lines.append(line)
    return "\n".join([*lines, "#show lldp neighbors detail", *neighbours]) + "\n"


def test_other_words_and_lldp_give_the_same_numbers() -> None:
    texts = running("malataverne")
    hosts = dict(enumerate(sorted(texts), 1))
    insee = "26169"
    patterns = tuple((f"sw{n:03}", insee) for n, f in hosts.items() if f.startswith(insee))
    table = Table(patterns, {insee: Town(insee, "Malataverne")})
    foreign = in_other_words(texts)
    adoption = adopted(foreign, table)
    assert [finding.what for finding in adoption.findings if finding.code == "I508"] == []
    draft = draft_of(adoption)
    assert len(draft.plan.survey.cabinets) == len(patterns)
    assert len(draft.plan.survey.rings) == 1
    assert draft.kept == len(draft.plan.numbers)
    before, after = read(foreign.values()), rendered(draft)
    for host in draft.plan.survey.cabinets:
        name = draft.plan.survey.devices[host].hostname
        assert essence(after[name]).interfaces == essence(before[name]).interfaces
