"""Whatever a file holds: findings, each at a place inside the file, and never an exception."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from maille.inventory.source import Document, parse_document
from maille.report import render_json, render_junit, render_sarif, render_text

COMMUNE = (Path(__file__).parents[2] / "golden" / "errors" / "right-commune.yaml").read_text()
LINES = COMMUNE.splitlines(keepends=True)
PIECES = st.sampled_from(
    [
        *("{", "}", "[", "]", ",", ":", ": ", "- ", "? ", "#", "|", ">", "%", "@", "`", "!", "&a "),
        *("*a", "<<: ", "'", '"', "\\", "\t", "\n", "\r", "\0", "  ", "---\n", "...\n", "!!str "),
        *("\u00a0", "\u200b", "\u202e", "\ufeff", "\U0001f600", "é", "~", ".nan", "01", "0x1f"),
        *("<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", "%YAML 1.1\n", "9" * 30, "1e999"),
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Break a good file in a few places: lines dropped, doubled, moved; signs put in."""
    lines = list(LINES)
    for _ in range(draw(st.integers(0, 3))):
        index = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "swap", "indent"])):
            case "drop" if len(lines) > 1:
                del lines[index]
            case "double":
                lines.insert(index, lines[index])
            case "swap":
                lines[index], lines[0] = lines[0], lines[index]
            case _:
                lines[index] = " " * draw(st.integers(1, 5)) + lines[index]
    text = "".join(lines)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 6)))
        text = text[:start] + draw(PIECES | st.text(max_size=3)) + text[end:]
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(draw(st.integers(0, 2))):
        if data:
            data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data)


def check(data: bytes) -> Document:
    """Read and report; every place must lie inside the text."""
    document = parse_document(data, shown_as="f.yaml")
    assert document.tree is not None or document.findings
    for finding in document.findings:
        place = finding.place
        assert place.file == "f.yaml"
        assert finding.what
        assert finding.how
        if place.line:
            assert 1 <= place.line <= len(document.lines)
            assert 1 <= place.column <= len(document.lines[place.line - 1]) + 1
    render_text(document.findings, colour=True, width=40)
    render_json(document.findings)
    render_junit(document.findings, rules={})
    render_sarif(document.findings, rules={}, version="0")
    return document


@given(st.binary(max_size=400))
@settings(max_examples=examples(300))
def test_random_bytes(data: bytes) -> None:
    """Survive anything."""
    check(data)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
@settings(max_examples=examples(300))
def test_random_text(text: str) -> None:
    """Survive any text."""
    check(text.encode())


@given(st.lists(PIECES | st.sampled_from(["a", "b: ", "\n  ", "1"]), max_size=40).map("".join))
@settings(max_examples=examples(500))
def test_random_signs(text: str) -> None:
    """Survive any sequence of YAML's own signs."""
    check(text.encode())


@given(mutated())
@settings(max_examples=examples(500), suppress_health_check=[HealthCheck.too_slow])
@example(b"\xef\xbb\xbf")
@example(b"a: \xef\xbb\xbf")
@example(b"\n\n[\n\n\n")
@example(b"a: 'x\r\n\r\n")
@example(b"? ? ? a\n: : b")
@example(b"a: \x85")
def test_broken_communes(data: bytes) -> None:
    """Survive any broken file, and find every value of those that can be read."""
    document = check(data)
    if document.tree is not None:
        for key in document.tree:
            assert document.locate((key,), key=True).line
