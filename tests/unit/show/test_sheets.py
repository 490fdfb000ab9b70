"""What is told of each kind of thing: whole, true, and with the line that it comes from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.estates import COMPLETE, INVENTORY, ROOT, built, copy, maille, replace

from maille.errors import UsageError
from maille.rules.registry import BLUEPRINT_RULES, ESTATE_RULES
from maille.show.find import sheets
from maille.show.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.check.built import Built
    from maille.show.sheet import Fact, Sheet

GOLDEN = ROOT / "tests" / "golden" / "show"


@pytest.fixture(scope="module")
def complete() -> Built:
    return built(COMPLETE)


@pytest.fixture(scope="module")
def chartres() -> Built:
    return built(INVENTORY / "chartres")


def facts(sheet: Sheet) -> dict[str, Fact]:
    return {fact.label: fact for part in sheet.sections for fact in part.facts}


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("camera", "28085-0001"),
        ("nomad", "n-03"),
        ("commune", "28085"),
        ("switch-in-a-ring", "28085-epars"),
        ("switch-routed", "agg-1"),
        ("link-of-a-ring", "boucle-sud/1"),
        ("link-spur", "28085-jardin--28085-epars"),
        ("link-routed", "sud-core-1"),
        ("cable", "f-0001"),
        ("ring", "boucle-sud"),
        ("segment", "28085/boucle-sud/cameras"),
        ("site", "sud"),
        ("recorder", "recorder-1"),
        ("convention", "etat-2024"),
        ("wave", "second"),
        ("attachment-point", "28085/epars/kiosque"),
    ],
)
def test_a_sheet(name: str, word: str, assert_golden: Callable[[str, Path], None]) -> None:
    answer = maille("show", COMPLETE.name, word, cwd=COMPLETE.parent)

    assert (answer.returncode, answer.stderr) == (0, "")
    text = re.sub(r"(\.yaml):\d+", r"\1:N", answer.stdout)
    assert_golden(text, GOLDEN / f"{name}.txt")
    path = re.compile(r"\[\S+\]$")  # stays whole, however long
    assert [line for line in text.splitlines() if len(path.sub("", line)) > 100] == []


class TestOrigins:
    def test_every_line_that_is_named_holds_the_value(self, complete: Built) -> None:
        """A number of the lock stands, as a text, in the very line that the sheet names."""
        checked = 0
        for word in (*complete.blueprint.cameras, *complete.blueprint.switches):
            for fact in (fact for sheet in sheets(complete, word) for fact in _all(sheet)):
                if fact.label not in {"address", "management", "MAC", "host name", "subvolume"}:
                    continue
                place = re.fullmatch(r"(.+):(\d+)", fact.origin)
                if place and not fact.value.startswith("not enrolled"):
                    line = Path(place[1]).read_text("utf-8").split("\n")[int(place[2]) - 1]
                    assert fact.value.split("/")[0] in line, (word, fact)
                    checked += 1
        assert checked > 40

    def test_a_measured_rate_replaces_the_estimate(self, tmp_path: Path) -> None:
        estate = copy(INVENTORY / "malataverne", tmp_path)
        file = estate / "communes" / "26169-malataverne.yaml"
        before = facts(sheets(built(estate), "26169-0001")[0])["bitrate"]
        replace(file, "      26169-0001: {", "      26169-0001: {measured_mbps: 3.25, ")
        after = facts(sheets(built(estate), "26169-0001")[0])["bitrate"]

        assert "(estimated)" in before.value
        assert "Mbit/s ×" in before.origin
        assert after.value == "3.25 Mbit/s (measured)"
        line = int(after.origin.rpartition(":")[2])
        assert "measured_mbps: 3.25" in file.read_text("utf-8").split("\n")[line - 1]

    def test_retention_is_told_from_where_it_is_wished(self, tmp_path: Path) -> None:
        estate = copy(INVENTORY / "malataverne", tmp_path)
        file = estate / "communes" / "26169-malataverne.yaml"
        assert "estate.yaml" in facts(sheets(built(estate), "26169-0001")[0])["kept"].origin
        with file.open("a", encoding="utf-8") as stream:
            stream.write("retention: {days: 9}\n")

        kept = facts(sheets(built(estate), "26169-0001")[0])["kept"]

        assert kept.value == "9 days"
        assert "26169-malataverne.yaml" in kept.origin


def _all(sheet: Sheet) -> list[Fact]:
    return [fact for part in sheet.sections for fact in part.facts]


class TestNumbers:
    @pytest.mark.parametrize(
        "word",
        ["b8:a4:4f:15:40:01", "B8-A4-4F-15-40-01", "b8a4.4f15.4001", "10.28.2.4"],
    )
    def test_a_camera_by_its_addresses(self, chartres: Built, word: str) -> None:
        (sheet,) = sheets(chartres, word)

        assert (sheet.kind, sheet.id) == ("camera", "28085-0001")

    @pytest.mark.parametrize(
        ("word", "held"),
        [
            ("10.28.0.64", "nobody: it is the address of the segment itself"),
            ("10.28.0.65", "gateway of the segment (virtual, VRRP)"),
            ("10.28.0.66", "agg-sud-1, own address of the gateway"),
            ("10.28.0.67", "agg-ouest-2, own address of the gateway"),
            ("10.28.0.80", "nobody: it is free"),
            ("10.28.0.95", "nobody: it is the broadcast address"),
            ("10.29.144.42", "core-1 on link coeur, VRF VIDEO"),
            ("10.29.144.43", "core-2 on link coeur, VRF VIDEO"),
        ],
    )
    def test_any_other_address(self, chartres: Built, word: str, held: str) -> None:
        (sheet,) = sheets(chartres, word)

        assert (sheet.kind, facts(sheet)["held by"].value) == ("address", held)

    def test_an_address_of_a_pool_that_no_segment_has(self, chartres: Built) -> None:
        (sheet,) = sheets(chartres, "10.28.200.7")

        assert facts(sheet)["held by"].value == "nobody: it is free"
        assert "segment" not in facts(sheet)
        assert facts(sheet)["pool"].value == "video: 10.28.0.0/16"

    def test_a_prefix_tells_what_is_in_it_and_what_it_is_in(self, chartres: Built) -> None:
        (sheet,) = sheets(chartres, "10.28.5.0/25")

        assert facts(sheet)["block"].value == "10.28.5.0/25 of Lucé (28218)"
        assert {"10.28.5.0/26", "10.28.5.64/28"} <= facts(sheet).keys()
        assert sheets(chartres, "10.28.0.64/27")[0].kind == "segment"

    @pytest.mark.parametrize("word", ["vlan101", "VLAN 101", "101"])
    def test_a_vlan_is_every_segment_that_has_it(self, chartres: Built, word: str) -> None:
        found = sheets(chartres, word)
        expected = [s.id for s in chartres.blueprint.segments.values() if s.vlan == 101]

        assert [sheet.id for sheet in found] == expected
        assert len(expected) > 1

    def test_vlans_that_are_no_segment(self, chartres: Built) -> None:
        assert "free everywhere" in facts(sheets(chartres, "vlan899")[0])["pool"].value
        assert "link" in facts(sheets(chartres, "vlan930")[0])["transit VIDEO"].value

    def test_a_vlan_by_its_name_and_a_commune_by_its_subvolume(self, chartres: Built) -> None:
        assert sheets(chartres, "CAM-28024-COURONNE-SUD")[0].id == "28024/couronne-sud/cameras"
        assert sheets(chartres, "chartres-28085")[0].id == "28085"

    def test_addresses_of_a_segment_are_counted(self, chartres: Built) -> None:
        (sheet,) = sheets(chartres, "28024/couronne-sud/cameras")

        assert facts(sheet)["free"].value == "21 of 30"
        assert facts(sheet)["10.28.0.68"].value == "28024-0001"


class TestWords:
    def test_what_means_several_things_is_all_of_them(self, chartres: Built) -> None:
        assert {sheet.kind for sheet in sheets(chartres, "coeur")} == {"link", "pair"}

    @pytest.mark.parametrize("word", ["Lucé", "luce", "LUCE", "28218"])
    def test_a_commune_by_its_name(self, chartres: Built, word: str) -> None:
        assert [(sheet.kind, sheet.id) for sheet in sheets(chartres, word)] == [
            ("commune", "28218")
        ]

    @pytest.mark.parametrize(
        ("word", "what", "how"),
        [
            ("28085-9001", "id `28085-9001` unknown", "did you mean `28085-0091`"),
            ("10.99.1.1", "`10.99.1.1` is in no segment and in no pool", "`pools`"),
            ("10.99.0.0/16", "`10.99.0.0/16` is in no segment and in no pool", "`pools`"),
            ("vlan4000", "VLAN 4000 is in no segment and in no pool", "`pools`"),
            ("999.1.1.1", "id `999.1.1.1` unknown", "are known"),
            ("10.0.0.0/99", "id `10.0.0.0/99` unknown", ""),
            ("", "id `` unknown", "are known"),
        ],
    )
    def test_what_is_nothing(self, chartres: Built, word: str, what: str, how: str) -> None:
        with pytest.raises(UsageError) as refused:
            sheets(chartres, word)

        assert refused.value.what == what
        assert how in refused.value.how

    def test_nothing_at_all_is_asked_for(self) -> None:
        answer = maille("show", COMPLETE)

        assert answer.returncode == 2
        assert "write an id behind the estate" in answer.stderr


class TestWays:
    def test_a_way_leads_link_by_link_to_the_recorder(self, chartres: Built) -> None:
        blueprint, ways = chartres.blueprint, Ways(chartres.blueprint)
        for camera in blueprint.cameras.values():
            hops = ways.of_camera(camera)
            reached = {camera.switch}
            for hop in hops:
                assert hop.tail in reached, (camera.id, hop)
                ends = blueprint.links[hop.link]
                assert {hop.tail, hop.head} == {ends.a.switch, ends.b.switch}
                reached.add(hop.head)
            host = blueprint.estate.centre.recorders[camera.recorder].host
            assert reached & {switch for switch, _ in blueprint.hosts[host].ports}

    def test_what_the_cameras_send_on_their_ways_is_the_load(self, complete: Built) -> None:
        """On links without equal ways, the streams that pass are the load of the link."""
        blueprint, ways = complete.blueprint, Ways(complete.blueprint)
        sent: dict[str, float] = {}
        for camera in blueprint.cameras.values():
            for hop in ways.of_camera(camera):
                if "equal" not in hop.how:
                    sent[hop.link] = sent.get(hop.link, 0) + camera.bitrate.mbps
        rings = {link.id for link in blueprint.links.values() if link.role in {"ring", "spur"}}
        assert sent.keys() & rings
        for link in rings:
            assert sent.get(link, 0) == pytest.approx(complete.capacity.normal[link].load_mbps)

    def test_a_link_says_whether_it_forwards(self, complete: Built) -> None:
        now = {
            link: facts(sheets(complete, link)[0])["now"].value
            for link in ("boucle-sud/0", "boucle-sud/1", "boucle-sud/2", "sud-core-1")
        }

        assert now["boucle-sud/0"] == "forwards, agg-1 is nearer to the root"
        assert [link for link in now if now[link].startswith("blocked")] == [
            link
            for link in now
            if link.startswith("boucle") and complete.capacity.normal[link].load_mbps == 0
        ]
        assert now["sud-core-1"].startswith("routed")


class TestRules:
    def test_every_rule_is_on_a_sheet_but_those_on_names_and_analytics(self) -> None:
        on_none = {rule.info.code for rule in ESTATE_RULES if not rule.judges}
        on_none |= {rule.info.code for rule in BLUEPRINT_RULES if not rule.judges}

        assert on_none == {"I301", "I302", "I303", "G012"}

    @pytest.mark.parametrize(
        "name", ["L002", "L007", "L013", "N013", "N025", "P001", "F005", "G005"]
    )
    def test_what_a_rule_finds_stands_on_the_sheet_of_what_it_is_about(
        self, name: str, tmp_path: Path
    ) -> None:
        case = yaml.safe_load((ROOT / "tests/golden/rules" / f"{name}.yaml").read_text("utf-8"))
        estate = copy(INVENTORY / case["estate"], tmp_path)
        for edit in case["edits"]:
            file = tmp_path / edit["file"]
            text = file.read_text("utf-8")
            file.write_text(text.replace(edit["replace"], edit["with"]), "utf-8")
        found = built(estate)
        finding = next(one for one in found.findings if one.code == name)

        about = finding.subject.partition("/")[0] if name == "G005" else finding.subject
        (first, *_) = sheets(found, about)
        shown = facts(first)

        assert shown[name].value.startswith("FOUND")
        assert sum(fact.value.startswith("FOUND") for fact in _all(first)) < len(_all(first)) / 2
