"""What values a file gives: YAML 1.2, less its surprises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from maille.inventory.source import parse_document

COMMUNE = (Path(__file__).parents[2] / "golden" / "errors" / "right-commune.yaml").read_text()


def value_of(text: str) -> Any:  # noqa: ANN401
    """Read one plain value."""
    document = parse_document(f"field: {text}\n".encode(), shown_as="f.yaml")
    assert document.tree is not None, document.findings
    assert not document.findings
    return document.tree["field"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("true", True),
        ("False", False),
        ("tRUE", "tRUE"),
        ("2025-02-30", "2025-02-30"),
        ("12:30:45", "12:30:45"),
        ("00:11:22:33:44:55", "00:11:22:33:44:55"),
        ("1_000", "1_000"),
        ("28085-0001", "28085-0001"),
        ("2A004", "2A004"),
        ("0b11", "0b11"),
        ("0", 0),
        ("-15", -15),
        ("+4", 4),
        ("0.5", 0.5),
        (".5", 0.5),
        ("-5.", -5.0),
        ("1e", "1e"),
        ("0.0", 0.0),
        ("999999999999999999", 999999999999999999),
        ("", None),
        ("~", None),
        ("null", None),
        ("nil", "nil"),
        ("'30'", "30"),
        ('"true"', "true"),
        ("=", "="),
    ],
)
def test_plain_value(text: str, value: object) -> None:
    """Read what the core schema says, and keep the type."""
    read = value_of(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("01053", "I028"),
        ("-007", "I028"),
        ("0x1f", "I028"),
        ("0o17", "I028"),
        (".nan", "I026"),
        ("-.inf", "I026"),
        ("1e999", "I028"),
        ("28085e1", "I028"),
        ("-1.5E-3", "I028"),
        ("01.5", "I028"),
        ("1234567890123456789", "I027"),
        ("0.1234567890123456789", "I027"),
    ],
)
def test_refused_number(text: str, code: str) -> None:
    """Refuse what other readers take for another number, and what is none."""
    document = parse_document(f"field: {text}\n".encode(), shown_as="f.yaml")
    assert [finding.code for finding in document.findings] == [code]
    assert document.is_broken(("field",))


def test_commune_is_read_as_pyyaml_reads_it() -> None:
    """Agree with PyYAML's own loader where no surprise is involved."""
    document = parse_document(COMMUNE.encode(), shown_as="f.yaml")
    expected = yaml.safe_load(re.sub(r"(\d{4}-\d\d-\d\d)", r'"\1"', COMMUNE))
    assert document.findings == ()
    assert document.tree == expected


class _WithoutAliases(yaml.SafeDumper):
    """Write a value twice rather than refer to it."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """Never refer."""
        return True


WORDS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=30).filter(
    str.isprintable
)
NUMBERS = st.integers(-(10**17), 10**17) | st.integers(-1000, 1000).map(lambda n: n / 8)
# PyYAML leaves texts without quotes that are numbers since YAML 1.2.
NO_NUMBERS = WORDS.filter(lambda text: text[:1] not in set("+-.0123456789"))


def fields(texts: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Give plain data as deep as it comes, its keys and texts taken from `texts`."""
    keys = texts.filter(bool)
    values = st.recursive(
        st.none() | st.booleans() | NUMBERS | texts,
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=5),
        max_leaves=20,
    )
    return st.dictionaries(keys, values, min_size=1, max_size=6)


@given(fields(NO_NUMBERS), st.booleans())
def test_what_is_written_is_read_again(data: dict[str, object], flow: bool) -> None:  # noqa: FBT001
    """Read any plain data back, in block and in flow style."""
    written = yaml.dump(
        data, Dumper=_WithoutAliases, allow_unicode=True, default_flow_style=flow, width=10**6
    )
    document = parse_document(written.encode(), shown_as="f.yaml")
    assert document.findings == ()
    assert document.tree == data


@given(fields(WORDS))
def test_json_is_yaml(data: dict[str, object]) -> None:
    """Read any JSON, as YAML 1.2 promises."""
    document = parse_document(json.dumps(data, ensure_ascii=False).encode(), shown_as="f.yaml")
    assert document.findings == ()
    assert document.tree == data


def test_broken_values_keep_the_rest() -> None:
    """Keep all that is right, and the first of two values, when something is refused."""
    text = COMMUNE.replace("    ring: chartres-sud\n", "    ring: chartres-sud\n    ring: *other\n")
    text = text.replace("zone: urban", "zone: !!str urban").replace("30}", ".nan}")
    document = parse_document(text.encode(), shown_as="f.yaml")
    assert document.tree is not None
    assert document.tree["cabinets"]["epars"]["ring"] == "chartres-sud"
    assert document.tree["commune"] == "Chartres"
    assert document.is_broken(("zone",))
    assert document.is_broken(("cabinets", "epars", "power", "ups_minutes"))
    assert not document.is_broken(("cabinets", "epars", "power"))
    assert not document.is_broken(("commune",))
    assert document.is_broken(("cabinets", "epars", "ring"), key=True)
