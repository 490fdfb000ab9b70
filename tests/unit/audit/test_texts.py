"""Running configurations as they come: what can be judged, and what is said of the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.audit.texts import (
    MAX_DEPTH,
    MAX_LINE_CHARS,
    MAX_LINES,
    RunningText,
    Unusable,
    running_text,
    without_secrets,
)

CONFIG = "hostname epars\ninterface Vlan10\n description gate\nend\n"


def usable(content: bytes) -> RunningText:
    found = running_text("x.cfg", content)
    assert isinstance(found, RunningText), found
    return found


def refused(content: bytes) -> str:
    found = running_text("x.cfg", content)
    assert isinstance(found, Unusable)
    assert found.how
    return found.what


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "the file is no text"),
        (CONFIG.encode("utf-16"), "the file is UTF-16"),
        (CONFIG.encode("utf-16-le"), "the file is no text"),
        (b"hostname a\n --More-- \x08\x08\x08 interface b\nend\n", "line 2 holds control char"),
        (b"hostname a\n\x1b[2Jinterface b\nend\n", "line 2 holds control characters"),
        (b"hostname a\n\x0binterface b\nend\n", "line 2 holds control characters"),
        (b"hostname a\n" + b"x" * (MAX_LINE_CHARS + 1), "line 2 has 8,193 characters"),
        (b"hostname a\n" + b"!\n" * MAX_LINES, "20,002 lines are more than any switch has"),
        (
            b"hostname a\n" + b"".join(b" " * n + b"x\n" for n in range(MAX_DEPTH + 1)),
            "line 42 is indented more deeply than any device does",
        ),
        (b"<html><body>hostname a</body></html>", "the file is no configuration"),
        (b"% Authorization failed.\n", "the file is no configuration"),
        (b"interfaces {\n    ge-0/0/0 { }\n}\n", "the file is no configuration"),
    ],
)
def test_what_cannot_be_judged_is_told(content: bytes, what: str) -> None:
    assert refused(content).startswith(what)


@pytest.mark.parametrize(
    "content",
    [
        CONFIG.encode(),
        CONFIG.encode("utf-8-sig"),
        CONFIG.replace("\n", "\r\n").encode(),
        CONFIG.replace("\n", "\r").encode(),
        ("epars#show running-config\nBuilding configuration...\n\n" + CONFIG).encode(),
        CONFIG.replace(" description", "\tdescription").encode(),
    ],
)
def test_one_text_in_many_wrappings(content: bytes) -> None:
    found = usable(content)

    assert found.hostname == "epars"
    assert "interface Vlan10\n description gate\nend\n" in found.text


SESSION = (
    "***** interface Vlan1: authorised staff only *****\n\n"
    "epars>enable\nepars#terminal length 0\nepars#show running-config\n"
    "Building configuration...\n\nCurrent configuration : 12345 bytes\n!\n"
)


def test_what_a_session_shows_before_the_answer_is_no_configuration() -> None:
    """The banner of the login would be told as drift, and undone line by line."""
    text = usable((SESSION + CONFIG + "\nepars#exit\n").encode()).text

    assert "authorised" not in text
    assert "terminal length" not in text
    assert text.split("\n").index("hostname epars") == SESSION.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        CONFIG.replace("gate", "epars#show run"),
        CONFIG.replace("interface", "banner motd ^C\nepars#show run\n^C\ninterface"),
        SESSION + CONFIG + SESSION + CONFIG,
    ],
)
def test_a_prompt_inside_of_a_configuration_hides_nothing(text: str) -> None:
    assert "hostname epars\n" in usable(text.encode()).text


def test_accents_are_read_in_either_encoding() -> None:
    for encoding in ("utf-8", "latin-1"):
        content = CONFIG.replace("gate", "entrée").encode(encoding)
        assert "description entrée" in usable(content).text


def test_the_host_name_is_not_taken_from_a_banner() -> None:
    text = "banner motd ^C\nhostname mallory\n^C\nhostname epars\nend\n"

    assert usable(text.encode()).hostname == "epars"
    assert usable(b"banner motd\nhostname mallory\nEOF\ninterface x\nend\n").hostname == ""


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\u202e", "\u200b", "\x9b"])
def test_no_character_makes_a_line_of_its_own_or_moves_the_cursor(sign: str) -> None:
    text = usable(f"hostname a\n description x{sign} shutdown\nend\n".encode()).text

    assert text.splitlines() == text.split("\n")[:-1]
    assert "description x\N{REPLACEMENT CHARACTER} shutdown" in text


def test_secrets_are_taken_out_where_a_text_is_read() -> None:
    content = b"hostname a\nenable secret 9 $9$SESAME$x\nline vty 0 4\n password 7  SESAME\nend\n"

    found = usable(content)

    assert "SESAME" not in repr(found)
    assert "\n password 7 <hidden>\n" in found.text


def test_the_fingerprint_is_that_of_the_file() -> None:
    # printf 'hostname a\n' | sha256sum
    assert usable(b"hostname a\n").sha256 == (
        "8b82824703f13400fa0aa9c89d27c3520471c3c19e07a4dc88b0ab044ef7974e"
    )


@pytest.mark.parametrize("line", [" ip  address 10.0.0.1  255.0.0.0", "! a  comment", ""])
def test_lines_without_secrets_stay_as_they_are(line: str) -> None:
    assert without_secrets(line) == line


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    found = running_text("x", b"hostname a\n" + content)

    if isinstance(found, RunningText):
        assert all(line.isprintable() for line in found.text.split("\n"))
