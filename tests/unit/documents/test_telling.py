"""What rules find is told in the language of the book: every sentence that a book can show."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from tests.estates import ROOT

from maille.documents.blocks import Sentence
from maille.documents.telling import Telling
from maille.tongue import phrases, tongue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CASES = ROOT / "tests" / "golden" / "rules"
WHAT = re.compile(r"\S+?:\S*  (?:\S+  )?(?P<what>.*?)  \[(?:\w+ )?(?P<code>\w+)\]")
STOP = {"I301", "I302", "I303"}
"""Names that lead nowhere: no blueprint can be made, and no book of it."""
FIELD = re.compile(r"\{[a-z_0-9]+\}")
SOURCES = ("rules", "allocation", "check", "inventory/suggest.py")
LEAST_LETTERS = 5


def said() -> Iterator[tuple[str, str]]:
    """Give (code, sentence) of all cases of rules: what is wrong, and how it is mended."""
    for file in sorted(CASES.glob("*.txt")):
        code, after_caret = "", False
        for line in file.read_text(encoding="utf-8").splitlines():
            if found := WHAT.fullmatch(line):
                code = found["code"]
                yield code, found["what"]
            elif after_caret and line.startswith("    "):
                yield code, line.strip()
            after_caret = line.strip() == "^"


@pytest.fixture(scope="module")
def french() -> Telling:
    return Telling(tongue("fr"))


def test_every_sentence_of_a_book_is_told_in_french(french: Telling) -> None:
    sentences = {text for code, text in said() if code not in STOP}
    assert len(sentences) > 150
    missing = sorted(text for text in sentences if french(text).english)
    assert missing == [], "add them to locale/fr/LC_MESSAGES/findings.po"


def test_values_are_kept_and_written_as_in_france(french: Telling) -> None:
    told = french("the authorisation 28-2025-0115 ends on 2026-12-01, in 9 days").text
    assert told == "l’autorisation 28-2025-0115 expire le 1er décembre 2026, dans 9 jours"
    told = french("link a/0 loses 27.2 dB (measured, 61.6 km), its optics bear 9.5 dB").text
    assert "27,2 dB (mesuré, 61,6 km)" in told
    sentence = "link a/0 carries 700 of 1000 Mbit/s (70 %) in the normal state; 60 % is the limit"
    nbsp = "\N{NO-BREAK SPACE}"
    assert french(sentence).text == (
        f"la liaison a/0 porte 700 Mbit/s sur 1000 (70{nbsp}%) en état normal{nbsp};"
        f" la limite est de 60{nbsp}%"
    )


def test_an_id_that_looks_like_a_word_is_not_translated(french: Telling) -> None:
    assert french("camera link records sound").text == "la caméra link enregistre le son"
    assert french("wave `planned` was due on 2026-01-01 and is planned").text == (
        "la vague `planned` était due le 1er janvier 2026\N{NO-BREAK SPACE}; son état est"
        "\N{NO-BREAK SPACE}: prévu"
    )


def test_values_end_where_they_end(french: Telling) -> None:
    told = french(
        "after the loss of cable a b 6 segment(s) have two masters, and answers may go to the"
        " wrong one: x, y"
    )
    assert told.text.startswith("après la perte du câble a b, 6 segment(s) à deux maîtres")


def test_what_nobody_translated_stays_english_and_says_so(french: Telling) -> None:
    assert french("the moon is full") == Sentence("the moon is full", english=True)
    assert Telling(tongue("en"))("the moon is full") == Sentence("the moon is full")


def test_a_part_of_a_sentence_never_stands_for_the_whole(french: Telling) -> None:
    assert french("link a/0 is on fire").english


def templates(folder: Path) -> Iterator[str]:
    """Give every text of some sources as a pattern; what is filled in takes anything."""
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.py"))
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            texts = [str(it.value) if isinstance(it, ast.Constant) else None for it in parts]
            if sum(len(text or "") for text in texts) >= LEAST_LETTERS:
                yield "".join(".+" if text is None else re.escape(text) for text in texts)


def test_no_sentence_is_kept_that_no_rule_says() -> None:
    package = ROOT / "tool" / "maille"
    known = re.compile("|".join({it for part in SOURCES for it in templates(package / part)}))
    texts = [text for _, text in said()]

    def is_said(sentence: str) -> bool:
        pattern = re.compile(".+".join(map(re.escape, FIELD.split(sentence))))
        return bool(known.fullmatch(sentence)) or any(map(pattern.fullmatch, texts))

    stale = [it.said for it in phrases("fr") if not it.places and not is_said(it.said)]
    assert stale == []


def test_translations_keep_their_values() -> None:
    for phrase in phrases("fr"):
        assert sorted(FIELD.findall(phrase.told)) == sorted(FIELD.findall(phrase.said)), phrase


def test_no_french_line_breaks_before_its_punctuation() -> None:
    assert [it.told for it in phrases("fr") if re.search(" [:;?!»%]|« ", it.told)] == []
