"""`maille audit config`, as a user runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.estates import COMPLETE, ROOT, copy, maille
from tests.unit.audit.batches import rendered, write_running

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

GOLDEN = ROOT / "tests" / "golden" / "audit"
IOS, OLD_IOS, EOS = "28085-epars", "28085-gare", "agg-1"


def change(file: Path, *pairs: tuple[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder to stand in, in which `fetched` holds what should run."""
    monkeypatch.chdir(tmp_path)
    write_running(COMPLETE, tmp_path / "fetched")
    return tmp_path


@pytest.fixture
def fetched(folder: Path) -> Path:
    """Give a batch in which something is wrong in every way there is."""
    running = folder / "fetched"
    change(
        running / f"{IOS}.cfg",
        ("hostname ", "license udi pid IE-3300-8P2S sn FOC0000\nhostname "),
        (" switchport block unicast\n", ""),
        ("no ip http server", "ip http server"),
        ("\nend\n", "\nsnmp-server community public RO\nlogging host 203.0.113.9\nend\n"),
    )
    change(
        running / f"{OLD_IOS}.cfg",
        (
            "\ninterface Vlan1\n",
            "\ninterface GigabitEthernet1/9\n description m\u202ey\n!\ninterface Vlan1\n",
        ),
    )
    change(running / f"{EOS}.cfg", ("permit", "deny"), ("   mac hmac-sha2-512 ", "   mac "))
    (running / "28085-jardin.cfg").unlink()
    change(running / "28110-ecole.cfg", ("\nend\n", "\n"))
    (running / "28110-mairie.cfg").write_bytes(b"\x00\x01\x02")
    shutil.copy(running / "28110-stade.cfg", running / "28110-stade.old")
    (running / "core-1.cfg").rename(running / "old-core-2.cfg")
    (running / "core-2.cfg").rename(running / "core-1.cfg")
    (running / "unknown").write_text("hostname nobody\ninterface Vlan1\nend\n", "utf-8")
    (running / "notes.txt").write_text("call the fibre people\n", "utf-8")
    other_model = rendered(COMPLETE)["acces-1"].text.replace("interface Ethernet", "interface Et")
    (running / "acces-1.cfg").write_text(other_model, "utf-8")
    return running


def audit(*words: str) -> subprocess.CompletedProcess[str]:
    return maille("audit", "config", COMPLETE, "--running", "fetched", *words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("batch.txt", []),
        ("summary.txt", ["--summary"]),
        ("one-switch.txt", ["--switch", IOS]),
        ("commune.txt", ["--commune", "Ailleurs", "--summary"]),
        ("batch.xml", ["--format", "junit"]),
    ],
)
@pytest.mark.usefixtures("fetched")
def test_what_is_told(
    name: str, words: list[str], assert_golden: Callable[[str, Path], None]
) -> None:
    answer = audit(*words)

    assert (answer.returncode, answer.stderr) == (1, "")
    assert_golden(answer.stdout, GOLDEN / name)


def test_an_empty_folder_is_no_drift(folder: Path) -> None:
    (folder / "nothing").mkdir()
    answer = maille("audit", "config", COMPLETE, "--running", "nothing")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "nothing: it is empty" in answer.stderr


@pytest.mark.usefixtures("fetched")
def test_what_is_told_to_programs() -> None:
    document = json.loads(audit("--json").stdout)
    devices = {device["switch"]: device for device in document["devices"]}
    changed = devices[IOS]

    assert document["schema"] == "maille.audit-config/1"
    assert set(document) == {"schema", "fails", "states", "devices", "findings"}
    assert set(changed) == {
        "switch",
        "hostname",
        "commune",
        "model",
        "state",
        "file",
        "sha256",
        "fault",
        "comparison",
        "unplanned_open",
        "unprovable",
        "failed_controls",
    }
    assert set(changed["comparison"]) == {"missing", "unexpected", "remediation", "left_alone"}
    assert changed["comparison"]["missing"][0] == {
        "parents": ["interface GigabitEthernet1/5"],
        "line": "switchport block unicast",
    }
    assert {"command": "no snmp-server community <hidden>", "by_hand": True} in (
        changed["comparison"]["remediation"]
    )
    assert changed["comparison"]["left_alone"][0].keys() == {"parents", "line", "reason"}
    failed = {control["id"]: control for control in changed["failed_controls"]}
    assert failed["H203"]["sources"]
    assert {"where": "", "what": "holds `ip http server`"} in failed["H203"]["failures"]
    assert devices["28085-jardin"]["comparison"] is None
    assert devices["28085-jardin"]["fault"]


@pytest.mark.usefixtures("fetched")
def test_what_is_told_to_ci_systems() -> None:
    log = json.loads(audit("--format", "sarif").stdout)
    (run,) = log["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    unexpected = next(
        result for result in run["results"] if "203.0.113.9" in result["message"]["text"]
    )
    (location,) = unexpected["locations"]

    assert all("shortDescription" in rule for rule in rules.values())
    assert {"D001", "D002", "D003", "D005", "D010", "D011", "D012", "D013", "D014", "H203"} <= (
        rules.keys()
    )
    assert location["physicalLocation"]["artifactLocation"]["uri"] == f"fetched/{IOS}.cfg"
    line = location["physicalLocation"]["region"]["startLine"]
    text = Path(f"fetched/{IOS}.cfg").read_text("utf-8").split("\n")
    assert text[line - 1] == "logging host 203.0.113.9"

    suites = ET.fromstring(audit("--format", "junit").stdout)  # noqa: S314  # what we have written
    assert suites.get("name") == "maille audit config"
    assert int(suites.get("failures", "0")) > 5


@pytest.mark.usefixtures("fetched")
class TestRemediation:
    def test_it_mends_what_is_sent(self) -> None:
        audit("--remediation", "mend")
        commands = Path(f"mend/{IOS}.cfg").read_text("utf-8").split("\n")

        assert {file.name for file in Path("mend").glob("*.cfg")} == {f"{IOS}.cfg", f"{EOS}.cfg"}
        assert commands[0] == f"! {IOS}: from what runs to what is intended"
        assert "no logging host 203.0.113.9" in commands
        assert "! by hand: no snmp-server community <hidden>" in commands

    def test_a_second_audit_replaces_it_as_a_whole(self) -> None:
        audit("--remediation", "mend")
        shutil.copy(f"mend/{EOS}.cfg", "kept")
        Path(f"fetched/{EOS}.cfg").write_text(rendered(COMPLETE)[EOS].text, "utf-8")

        answer = audit("--remediation", "mend")

        assert answer.stderr == "commands for 1 switch in mend\n"
        assert {file.name for file in Path("mend").glob("*.cfg")} == {f"{IOS}.cfg"}

    @pytest.mark.parametrize("where", ["fetched", "./fetched/../fetched"])
    def test_it_never_replaces_what_is_audited(self, where: str) -> None:
        before = sorted(Path("fetched").iterdir())

        answer = audit("--remediation", where)

        assert answer.returncode == 2
        assert "holds the running configurations" in answer.stderr
        assert sorted(Path("fetched").iterdir()) == before

    def test_it_never_replaces_the_work_of_others(self) -> None:
        Path("work").mkdir()
        Path("work/thesis.txt").write_text("ten years", "utf-8")

        answer = audit("--remediation", "work")

        assert answer.returncode == 2
        assert "holds files that maille did not write" in answer.stderr
        assert Path("work/thesis.txt").read_text("utf-8") == "ten years"


@pytest.mark.usefixtures("fetched")
class TestParts:
    def test_a_part_is_judged_by_itself(self) -> None:
        answer = audit("--switch", "acces-2", "--switch", "agg-2")

        assert "2 switches: 2 in sync" in answer.stdout
        assert "unknown" not in answer.stdout
        assert audit("--switch", "acces-2").returncode == 0

    @pytest.mark.parametrize(
        ("words", "remedy"),
        [
            (["--switch", "28085-epar"], "did you mean `28085-epars`?"),
            (["--commune", "Ailleur"], "did you mean `Ailleurs`?"),
        ],
    )
    def test_a_slip_gets_a_remedy(self, words: list[str], remedy: str) -> None:
        answer = audit(*words)

        assert answer.returncode == 2
        assert remedy in answer.stderr

    def test_there_must_be_a_folder(self) -> None:
        answer = maille("audit", "config", COMPLETE, "--running", "fetch")

        assert answer.returncode == 2
        assert "there are no running configurations at fetch: no such folder" in answer.stderr


class TestAcceptedInWriting:
    @pytest.fixture
    def estate(self, folder: Path) -> Path:
        change(folder / "fetched" / f"{IOS}.cfg", ("no ip http server\n", ""))
        return copy(COMPLETE, folder / "inventory")

    def accept(self, estate: Path, until: str, *rules: str) -> None:
        entries = [
            f"  - {{rule: {rule}, subject: {IOS}, reason: a test bench, until: {until}}}\n"
            for rule in rules
        ]
        (estate / "waivers.yaml").write_text(f"waivers:\n{''.join(entries)}", "utf-8")

    def test_a_waiver_accepts_drift_and_controls(self, estate: Path) -> None:
        command = ("audit", "config", estate, "--running", "fetched")
        assert maille(*command).returncode == 1
        self.accept(estate, "2027-06-30", "D001", "H203")

        answer = maille(*command)

        assert answer.returncode == 0
        assert answer.stdout.rstrip().endswith("controls fail on 1, 2 findings waived")

    def test_a_waiver_that_has_ended_accepts_nothing(self, estate: Path) -> None:
        self.accept(estate, "2026-01-01", "D001", "H203")

        assert maille("audit", "config", estate, "--running", "fetched").returncode == 1
        assert "it ended on 2026-01-01" in maille("check", estate).stdout

    def test_the_check_leaves_such_waivers_to_the_audit(self, estate: Path) -> None:
        self.accept(estate, "2027-06-30", "D001", "H203")

        assert "W020" not in maille("check", estate).stdout


def test_every_code_is_explained() -> None:
    for code, title in (("D002", "running line that is not intended"), ("H115", "Unknown unicast")):
        assert title in maille("check", "--explain", code).stdout
