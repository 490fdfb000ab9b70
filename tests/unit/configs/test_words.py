"""What people write reaches a device as plain text on one line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.configs import words
from maille.errors import RenderError


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Place des Épars, côté cœur", "Place des Epars, cote coeur"),
        ("l’école — 12 %", "l'ecole - 12 pct"),
        ("two\nlines\r\nand\ttabs", "two lines and tabs"),
        ("line\u2028separator\u0085", "line separator"),
        ('say "hi" <now> | 5°C', "say 'hi' (now) / 5degC"),
        ("help? yes! ^C", "help. yes. .C"),
        ("<secret:env:HOME>", "(secret:env:HOME)"),
        ("  a   b  ", "a b"),
        ("中文 name", ". name"),
    ],
)
def test_text_is_brought_to_plain_ascii(text: str, plain: str) -> None:
    assert words.plain(text, 100) == plain


@given(st.text(), st.integers(1, 80))
def test_any_text_is_one_short_line_of_harmless_signs(text: str, limit: int) -> None:
    plain = words.plain(text, limit)
    assert len(plain) <= limit
    assert re.fullmatch(r"[A-Za-z0-9 .,:;/()_+='@&#-]*", plain)
    assert plain == " ".join(plain.split())


@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    once = words.plain(text, 500)
    assert words.plain(once, 500) == once


@given(st.text(min_size=1) | st.sampled_from(["EOF", "^C", "a" * 70 + " EOF", "EOF\nEOF"]))
def test_lines_of_a_banner_fit_and_end_nothing(text: str) -> None:
    for line in words.banner_lines(text):
        assert len(line) <= words.BANNER_WIDTH
        assert line.strip() != "EOF"
        assert "^C" not in line


@pytest.mark.parametrize("text", ["", "two words", "a\nb", "-x", "name!", "nom-é", "a;b"])
def test_a_name_is_one_plain_word(text: str) -> None:
    with pytest.raises(RenderError, match="not one plain word"):
        words.name(text, "the host name")


@pytest.mark.parametrize("text", ["end", " end ", "exit", "!", "! note", "banner login x", "  "])
def test_a_line_of_ones_own_cannot_end_or_hide_what_follows(text: str) -> None:
    with pytest.raises(RenderError, match="ends or hides"):
        words.verbatim(text, "extra_config")


@pytest.mark.parametrize("text", ["a\nb", "a\x00", "é", "a\x1b[0m", ""])
def test_a_line_of_ones_own_is_one_line_of_ascii(text: str) -> None:
    with pytest.raises(RenderError, match="not one line of ASCII"):
        words.verbatim(text, "extra_config")


def test_a_line_of_ones_own_keeps_its_indentation() -> None:
    assert words.verbatim(" load-interval 30 ", "extra_config") == " load-interval 30"
