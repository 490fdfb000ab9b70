"""A file is changed where it has to be, and nowhere else."""

from __future__ import annotations

import copy
import re
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.unit.batch.batches import INVENTORY

from maille.batch.fields import field_order
from maille.batch.trees import Move, after_moves
from maille.batch.yaml_edit import CannotEdit, edited, moved
from maille.inventory.source import parse_document

if TYPE_CHECKING:
    from pathlib import Path

    from maille.inventory.reading.fault import Path as FieldPath

FILES = sorted(INVENTORY.glob("*/communes/*.yaml"))
SOME = [file for file in FILES if file.stat().st_size < 12_000][::3]


def read(text: str) -> dict[str, Any]:
    document = parse_document(text.encode(), shown_as="x.yaml")
    assert document.tree is not None, text
    assert not [finding for finding in document.findings if finding.fails], text
    return document.tree


def change(text: str, path: FieldPath, value: object) -> str:
    """Set one field in a text."""
    before = read(text)
    after = copy.deepcopy(before)
    at: Any = after
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    result = edited(text, before, after, field_order)
    assert read(result) == after
    return result


@pytest.mark.parametrize(
    ("text", "path", "value", "result"),
    [
        ("zone: rural   # far out\n", ("zone",), "urban", "zone: urban   # far out\n"),
        ('zone: "rural"\n', ("zone",), "urban", 'zone: "urban"\n'),
        ("zone: 'rural'\n", ("zone",), "a: b", 'zone: "a: b"\n'),
        ("zone:\n  rural\n", ("zone",), "urban", "zone:\n  urban\n"),
        ("zone: >\n  rural\n  town\n\n# next\na: 1\n", ("zone",), "x", "zone: x\n\n# next\na: 1\n"),
        ("a: 1\nzone:\n", ("zone",), "urban", "a: 1\nzone: urban\n"),
        ("zone: rural", ("population",), 5, "population: 5\nzone: rural"),
        ("commune: A", ("zone",), "urban", "commune: A\nzone: urban"),
        (
            "commune: A\n# what follows is sure\nmember: {since: 1}\n",
            ("zone",),
            "urban",
            "commune: A\nzone: urban\n# what follows is sure\nmember: {since: 1}\n",
        ),
        ("position: [1, 2]\n", ("position",), [1, 3], "position: [1, 3]\n"),
        (
            "position:\n- 1   # a\n- 2 # b\n",
            ("position",),
            [1, 3],
            "position:\n- 1   # a\n- 3 # b\n",
        ),
        ("call: [a, b]  # c\n", ("call",), ["a"], "call: [a]  # c\n"),
        ("call:\n  - a # 1\n  - b # 2\n", ("call",), ["b"], "call:\n  - b # 2\n"),
        ("call:\n  - a # 1\n", ("call",), ["a", "b"], "call:\n  - a # 1\n  - b\n"),
        (
            "call:\n  - a\n# x\nzone: b\n",
            ("call",),
            ["c", "a"],
            "call:\n  - c\n  - a\n# x\nzone: b\n",
        ),
        ("call:\n  - a\n  - b", ("call",), ["a", "b", "c"], "call:\n  - a\n  - b\n  - c"),
        (
            "member: {since: 1,  convention: b }\n",
            ("member", "since"),
            2,
            "member: {since: 2,  convention: b }\n",
        ),
        (
            "member: {since: 1, }\n",
            ("member", "convention"),
            "b",
            "member: {since: 1, convention: b, }\n",
        ),
        (
            "member: {\n  since: 1  # x\n}\n",
            ("member", "convention"),
            "b",
            "member: {\n  since: 1, convention: b  # x\n}\n",
        ),
        (
            "member: {convention: b}\n",
            ("member", "since"),
            1,
            "member: {since: 1, convention: b}\n",
        ),
        ("member: {}\n", ("member", "since"), 1, "member: {since: 1}\n"),
        (
            "member:\n    since: 1\n",
            ("member", "convention"),
            "b",
            "member:\n    since: 1\n    convention: b\n",
        ),
        (
            "cabinets:\n  a:\n    cameras: {}   # none yet\n    place: b\n",
            ("cabinets", "a", "cameras"),
            {"x-1": {"model": "m"}},
            "cabinets:\n  a:\n    cameras:   # none yet\n      x-1: {model: m}\n    place: b\n",
        ),
        (
            "cabinets:\n  a: {place: b}\n",
            ("cabinets", "a", "cameras"),
            {"x-1": {"model": "m"}},
            "cabinets:\n  a: {place: b, cameras: {x-1: {model: m}}}\n",
        ),
        (
            "cabinets:\n  a:\n    place: b\n  c:\n    place: d\n",
            ("cabinets", "e"),
            {"place": "f"},
            "cabinets:\n  a:\n    place: b\n  c:\n    place: d\n  e:\n    place: f\n",
        ),
    ],
)
def test_one_change(text: str, path: FieldPath, value: object, result: str) -> None:
    assert change(text, path, value) == result


def test_new_camera_stands_behind_the_last_one_and_before_comments() -> None:
    text = dedent("""\
        cabinets:
            a:
                cameras:
                    x-1: {model: m}
                    # spare
            # b follows
            b:
                place: c
        """)
    new = "            x-2: {model: o}\n"
    before, after = text.split("            # spare\n")
    result = change(text, ("cabinets", "a", "cameras", "x-2"), {"model": "o"})
    assert result == f"{before}{new}            # spare\n{after}"


def test_new_cabinet_is_parted_as_the_others_are() -> None:
    text = dedent("""\
        cabinets:
          a:
            place: b

          # the other one
          c:
            place: d

        events: {}
        """)
    new = "\n  e:\n    place: f\n"
    result = change(text, ("cabinets", "e"), {"place": "f"})
    assert result == text.replace("\nevents", f"{new}\nevents")


def test_nothing_is_taken_out_in_silence() -> None:
    text = "zone: rural\nwave: one\n"
    with pytest.raises(CannotEdit, match="wave"):
        edited(text, read(text), {"zone": "rural"}, field_order)


def move(text: str) -> str:
    """Move camera x from cabinet a to cabinet b."""
    source, target = ("cabinets", "a", "cameras", "x"), ("cabinets", "b", "cameras")
    result = moved(text, source, target)
    assert read(result) == after_moves(read(text), [Move(source, target)])
    return result


def test_camera_moves_with_its_line() -> None:
    text = dedent("""\
        cabinets:
          a:
            cameras:
              x: {model: m}  # 1
              y: {model: o}
          b:
            cameras:
              z: {}
        """)
    line = "      x: {model: m}  # 1\n"
    assert move(text) == text.replace(line, "") + line


def test_last_camera_moves_into_a_cabinet_without_any() -> None:
    text = dedent("""\
        cabinets:
          a:
            cameras:  # of a
              x:
                model: m
          b:
              cameras: {}""")
    result = dedent("""\
        cabinets:
          a:
            cameras: {}  # of a
          b:
              cameras:
                x:
                  model: m""")
    assert move(text) == result


def test_camera_among_others_on_one_line_is_not_moved() -> None:
    text = "cabinets: {a: {cameras: {x: {}, y: {}}}, b: {cameras: {z: {}}}}\n"
    with pytest.raises(CannotEdit):
        moved(text, ("cabinets", "a", "cameras", "x"), ("cabinets", "b", "cameras"))


VALUES = st.one_of(
    st.sampled_from(["a", "Place: neuve", "yes", "0123", "é # b", "{", '"', "\\"]),
    st.integers(0, 99),
    st.booleans(),
    st.lists(st.sampled_from(["a", "b", "c"]), max_size=3),
)


@settings(max_examples=examples(120), deadline=None)
@given(data=st.data())
def test_any_changes_of_real_files_leave_all_else(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SOME)).read_text(encoding="utf-8")
    before = read(text)
    after = copy.deepcopy(before)
    for _ in range(data.draw(st.integers(1, 6))):
        _change_somewhere(after, data)
    result = edited(text, before, after, field_order)
    assert read(result) == after
    assert comments(result) == comments(text)
    assert edited(result, after, after, field_order) == result
    assert kept(text, result), "a line that has not changed is gone"


def _change_somewhere(tree: Any, data: st.DataObject) -> None:  # noqa: ANN401
    """Set or add a field anywhere in a tree."""
    at = tree
    while True:
        inner = [key for key, value in at.items() if isinstance(value, dict) and value]
        if not inner or data.draw(st.booleans()):
            break
        at = at[data.draw(st.sampled_from(inner))]
    plain = [key for key, value in at.items() if not isinstance(value, dict)]
    names = st.sampled_from([*plain, "zone", "mac", "masks", "new-one"])
    name = data.draw(names)
    if not isinstance(at.get(name), dict):
        at[name] = data.draw(VALUES)


def comments(text: str) -> list[str]:
    return re.findall(r"(?:^|\s)(# [^\"\n]*)$", text, flags=re.MULTILINE)


def kept(before: str, after: str) -> bool:
    """Say whether the text begins as before: the first lines of a file are never changed."""
    return before.splitlines()[:3] == after.splitlines()[:3]


@pytest.mark.parametrize("file", FILES[::5], ids=lambda file: file.stem)
def test_new_camera_adds_one_line_to_any_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    tree = read(text)
    for cabinet, fields in tree.get("cabinets", {}).items():
        if not fields.get("cameras"):
            continue
        camera = {"model": "p1465-le", "place": "gate", "view": "road"}
        result = change(text, ("cabinets", cabinet, "cameras", "new-0001"), camera)
        added = [line for line in result.splitlines() if "new-0001" in line]
        assert len(result.splitlines()) == len(text.splitlines()) + 1
        assert added == ["      new-0001: {model: p1465-le, place: gate, view: road}"]
