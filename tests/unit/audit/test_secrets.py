"""Secrets that switches have stored never appear in any output, whichever way it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.estates import COMPLETE, maille
from tests.unit.audit.batches import write_running

if TYPE_CHECKING:
    from pathlib import Path

IOS, EOS = "28085-epars", "agg-1"

IOS_LINES = """\
enable password 7 SESAME01
username eve privilege 15 secret 9 $9$SESAME02$x
username bob password 0 my SESAME03
snmp-server community SESAME04 RO
snmp-server community SESAME05 RW
snmp-server host 203.0.113.1 SESAME06
tacacs-server host 203.0.113.2 key 7 SESAME07
radius server MALLORY
 key SESAME08
key chain OSPF
 key 1
  key-string 7 SESAME09
crypto isakmp key SESAME10 address 0.0.0.0
line vty 0 4
 password 7 SESAME11
interface Vlan666
 ip ospf message-digest-key 1 md5 7 SESAME12
 vrrp 1 authentication text SESAME13
ntp authentication-key 66 md5 SESAME14 7
archive
 path ftp://maille:SESAME15@203.0.113.3/x
"""
EOS_LINES = """\
enable password sha512 $6$SESAME21$x
username eve privilege 15 secret sha512 $6$SESAME22$x
snmp-server community SESAME23 ro
snmp-server user eve g v3 localized f5717f auth sha SESAME24 priv aes SESAME25
radius-server host 203.0.113.4 key 7 SESAME26
ntp authentication-key 66 sha1 7 SESAME27
mac security
   profile MALLORY
      key 0abc 7 SESAME28
daemon TerminAttr
   exec /usr/bin/TerminAttr -cvauth=key,SESAME29
   no shutdown
"""

WAYS = [
    ["--quiet"],
    ["--summary"],
    ["--switch", IOS],
    ["--json"],
    ["--format", "json"],
    ["--format", "junit"],
    ["--format", "sarif"],
]


@pytest.fixture
def running(tmp_path: Path) -> Path:
    """Give what runs, full of secrets: added ones, and what is stored in place of references."""
    folder = write_running(COMPLETE, tmp_path / "running")
    for name, lines in ((IOS, IOS_LINES), (EOS, EOS_LINES)):
        file = folder / f"{name}.cfg"
        text = file.read_text("utf-8").replace("<secret:env:", "SESAME")
        assert text.endswith("\nend\n")
        file.write_text(f"{text.removesuffix('end' + chr(10))}{lines}end\n", "utf-8")
    return folder


@pytest.mark.parametrize("words", WAYS, ids=" ".join)
def test_no_report_shows_a_secret(running: Path, words: list[str]) -> None:
    answer = maille("audit", "config", COMPLETE, "--running", running, *words)

    assert answer.returncode == 1
    assert "SESAME" not in answer.stdout + answer.stderr


def test_what_holds_a_secret_is_told_all_the_same(running: Path) -> None:
    answer = maille("audit", "config", COMPLETE, "--running", running)

    for line in (
        "snmp-server community <hidden> RO",
        "username eve privilege 15 secret 9 <hidden>",
        "crypto isakmp key <hidden> address 0.0.0.0",
        "exec /usr/bin/TerminAttr -cvauth=key,<hidden>",
    ):
        assert f" {line}\n" in answer.stdout


def test_no_remediation_holds_a_secret(running: Path, tmp_path: Path) -> None:
    mend = tmp_path / "mend"

    maille("audit", "config", COMPLETE, "--running", running, "--remediation", mend)

    written = [file for file in mend.rglob("*") if file.is_file()]
    assert {file.name for file in written} >= {f"{IOS}.cfg", f"{EOS}.cfg"}
    assert all("SESAME" not in file.read_text("utf-8") for file in written)
    assert "\n! by hand: no snmp-server community <hidden>" in (mend / f"{IOS}.cfg").read_text()


def test_a_file_that_cannot_be_judged_shows_none_either(running: Path) -> None:
    for name in (IOS, EOS):
        file = running / f"{name}.cfg"
        file.write_text(file.read_text("utf-8").removesuffix("end\n"), "utf-8")

    for words in (["--quiet"], ["--json"]):
        answer = maille("audit", "config", COMPLETE, "--running", running, *words)
        assert "SESAME" not in answer.stdout + answer.stderr


def test_stored_forms_of_what_is_intended_are_no_drift(tmp_path: Path) -> None:
    folder = write_running(COMPLETE, tmp_path / "running")
    for file in folder.iterdir():
        text = file.read_text("utf-8")
        file.write_text(text.replace("<secret:env:", "0A1B2C").replace(">", ""), "utf-8")

    answer = maille("audit", "config", COMPLETE, "--running", folder)

    assert (answer.returncode, answer.stderr) == (0, "")
