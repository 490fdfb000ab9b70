"""Reading what a device prints, and what somebody pasted with it."""

from __future__ import annotations

import pytest

from maille.configs.compare import ConfigTextError, compare
from maille.configs.compare.dialects import dialect_of
from maille.configs.compare.tree import Tree, banner_command, parse, walk


def read(text: str, platform: str = "cisco_ios") -> Tree:
    return parse(text, dialect_of(platform), "running")


def test_lines_stand_under_the_line_they_are_indented_below() -> None:
    text = "policy-map P\n class C\n  set dscp cs5\n class D\ninterface Vlan1\n no ip address\nend"

    assert list(walk(read(text))) == [
        ("policy-map P",),
        ("policy-map P", "class C"),
        ("policy-map P", "class C", "set dscp cs5"),
        ("policy-map P", "class D"),
        ("interface Vlan1",),
        ("interface Vlan1", "no ip address"),
    ]


def test_a_section_may_go_on_further_out_than_it_began() -> None:
    text = "class-map match-any C\n  description D\n match dscp cs5\nhostname h\nend"

    assert read(text) == {
        "class-map match-any C": {"description D": {}, "match dscp cs5": {}},
        "hostname h": {},
    }


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_prompts_headers_comments_and_what_comes_after_are_no_configuration(ending: str) -> None:
    lines = (
        "sw1#show running-config",
        "Building configuration...",
        "",
        "Current configuration : 123 bytes",
        "! NVRAM config last updated at 02:15:07",
        "hostname sw1",
        "!",
        "vrf definition V",
        " !",
        " address-family ipv4",
        " exit-address-family",
        "end",
        "",
        "sw1#exit",
    )

    assert read(ending.join(lines)) == {
        "hostname sw1": {},
        "vrf definition V": {"address-family ipv4": {}},
    }


@pytest.mark.parametrize(
    "text", ["", "hostname sw1\n", "hostname sw1\n end\n", "banner motd ^C\nend\n"]
)
def test_a_text_that_is_cut_short_is_refused(text: str) -> None:
    with pytest.raises(ConfigTextError, match="intended configuration is cut short"):
        compare("cisco_ios", "end", text)
    with pytest.raises(ConfigTextError, match="running configuration is cut short"):
        compare("cisco_ios", text, "end")


@pytest.mark.parametrize("mark", [" --More-- ", "--More--\b\b\b", "\x1b[7m", "\x00"])
def test_a_text_with_marks_of_a_pager_is_refused(mark: str) -> None:
    with pytest.raises(ConfigTextError, match=r"marks of a pager or of a terminal.* line 2"):
        read(f"hostname sw1\n{mark}\nend")


def test_a_mark_of_byte_order_and_letters_of_french_are_no_marks_of_a_pager() -> None:
    text = "\ufeffhostname sw1\nsnmp-server location Place des Épars – 1er étage\nend"

    assert list(read(text)) == ["hostname sw1", "snmp-server location Place des Épars – 1er étage"]


@pytest.mark.parametrize(
    "banner",
    [
        "banner login ^C\nKeep out.\n  Really.\n^C",
        "banner login #\nKeep out.\n  Really.\n#",
        "banner login ^CKeep out.\n  Really.^C",
        "banner login \x03\nKeep out.  \n  Really.\n\x03",
    ],
)
def test_a_banner_is_its_text_whatever_stands_around_it(banner: str) -> None:
    assert list(read(f"{banner}\nhostname h\nend")) == [
        "banner login\nKeep out.\n  Really.",
        "hostname h",
    ]


def test_a_banner_of_eos_ends_with_eof() -> None:
    text = "banner motd\n! no comment\nend\nEOF\nhostname h\nend"

    assert list(read(text, "arista_eos")) == ["banner motd\n! no comment\nend", "hostname h"]


@pytest.mark.parametrize("platform", ["cisco_ios", "arista_eos"])
@pytest.mark.parametrize("body", ["plain", "mail csi@video.example, #1, 100%", "one\n\n  three"])
def test_a_banner_that_is_sent_reads_as_the_same_banner(platform: str, body: str) -> None:
    line = f"banner login\n{body}"

    command = banner_command(line, dialect_of(platform))

    assert list(read(f"{command}\nend", platform)) == [line]


def test_banners_are_replaced_and_removed_without_their_text() -> None:
    one, two = (f"banner motd ^C\n{text}\n^C\nend" for text in ("one", "two"))

    assert compare("cisco_ios", one, two).remediation == ("banner motd @\ntwo\n@",)
    assert compare("cisco_ios", one, "end").remediation == ("no banner motd",)
