"""Whatever is broken in an estate's files: findings at places that exist, never an exception."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from maille.check.run import check
from maille.inventory.load import load
from maille.report import render_text

if TYPE_CHECKING:
    from collections.abc import Callable

INVENTORY = Path(__file__).parents[3] / "inventory"
ESTATE = INVENTORY / "malataverne"
AS_OF = date(2026, 11, 22)
FILES = sorted(path.relative_to(INVENTORY) for path in ESTATE.rglob("*.yaml"))
VALUES = (
    *("", "yes", "~", "-1", "0.5", "1e9", "[]", "{}", "[1, 2]", "{a: b}", '""', '"\\n"', "x y"),
    *("2025-02-30", "31/12/2025", "*a", "&a b", "!!str 1", ".nan", "9" * 40, "'", "a: b", "É"),
)


def with_value(line: str, value: str) -> str:
    """Give the field of a line another value."""
    key, colon, _ = line.partition(":")
    return f"{key}{colon} {value}\n"


CHANGES: dict[str, Callable[[str, str], str]] = {
    "value": with_value,
    "drop": lambda _line, _value: "",
    "double": lambda line, _value: line + line,
    "deeper": lambda line, _value: "  " + line,
    "shallower": lambda line, _value: line.removeprefix("  "),
    "rename": lambda line, _value: line.replace(":", "s:", 1),
    "shorten": lambda line, _value: line[: len(line) // 2] + "\n",
    "add": lambda line, value: f"{line}{' ' * (len(line) - len(line.lstrip()))}more: {value}\n",
}


def changed(text: str, draw: st.DrawFn) -> str:
    """Change one line of a text."""
    lines = text.splitlines(keepends=True)
    index = draw(st.integers(0, len(lines) - 1))
    change = CHANGES[draw(st.sampled_from(sorted(CHANGES)))]
    lines[index] = change(lines[index], draw(st.sampled_from(VALUES)))
    return "".join(lines)


@st.composite
def mutations(draw: st.DrawFn) -> dict[Path, str]:
    """Give a few files of the estate with a few lines changed."""
    texts: dict[Path, str] = {}
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(FILES))
        texts[name] = changed(texts.get(name) or (INVENTORY / name).read_text(), draw)
    return texts


@given(mutations())
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_broken_estates(texts: dict[Path, str]) -> None:
    """Load what can be loaded, and tell the rest."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "catalogue").symlink_to(INVENTORY / "catalogue")
        shutil.copytree(ESTATE, root / ESTATE.name)
        for name, text in texts.items():
            (root / name).write_text(text)
        loaded = load(root / ESTATE.name)
        assert loaded.estate is not None or loaded.findings
        for finding in loaded.findings:
            assert finding.what
            assert finding.how
            place = finding.place
            assert place.file
            if place.line:
                assert place.line <= len(Path(place.file).read_text().splitlines())
        render_text(check(root / ESTATE.name, AS_OF).findings)


@given(st.data())
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_entry_that_is_gone(data: st.DataObject) -> None:
    """Take one line out, with all that stands below it, and judge what is left by every rule."""
    name = data.draw(st.sampled_from([file for file in FILES if "allocations" not in file.parts]))
    lines = (INVENTORY / name).read_text().splitlines(keepends=True)
    first = data.draw(st.integers(0, len(lines) - 1))
    deep = len(lines[first]) - len(lines[first].lstrip())
    below = takewhile(
        lambda line: not line.strip() or len(line) - len(line.lstrip()) > deep, lines[first + 1 :]
    )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "catalogue").symlink_to(INVENTORY / "catalogue")
        shutil.copytree(ESTATE, root / ESTATE.name)
        del lines[first : first + 1 + len(list(below))]
        (root / name).write_text("".join(lines))
        found = check(root / ESTATE.name, AS_OF)
    assert found.findings
    render_text(found.findings)
