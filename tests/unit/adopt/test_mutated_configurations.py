"""Whatever became of the texts on their way: no exception, a draft that reads, nothing silent."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.estates import AS_OF
from tests.unit.adopt.estates import GOLDEN, adopted, catalogue, running

from maille.adopt.drafting.yaml_text import document
from maille.adopt.locking import refused
from maille.adopt.report import as_document, as_markdown
from maille.allocation.settle import settle
from maille.inventory.source import parse_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.adopt.adopt import Adopted, Adoption


@cache
def originals() -> dict[str, Mapping[str, str]]:
    folders = {"reference": "*.cfg", "adopt/bourg/running": "SW-COEUR*.cfg"}
    found: dict[str, Mapping[str, str]] = {
        name: {
            file.name: file.read_text(encoding="utf-8")
            for file in sorted((GOLDEN / name).glob(pattern))
        }
        for name, pattern in folders.items()
    }
    return found | {"malataverne": running("malataverne")}


@cache
def all_lines() -> tuple[str, ...]:
    texts = (text for files in originals().values() for text in files.values())
    return tuple(dict.fromkeys(line for text in texts for line in text.splitlines()))


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, max(len(lines) - 1, 0)))
        line = lines[at] if lines else ""
        other = draw(st.sampled_from(all_lines()))
        match draw(st.sampled_from(("cut", "drop", "insert", "swap", "numbers", "noise", "end"))):
            case "cut":
                lines[at : at + 1] = [line[: draw(st.integers(0, len(line)))]]
            case "drop":
                del lines[at : at + draw(st.integers(1, 30))]
            case "insert":
                lines.insert(at, other)
            case "swap":
                lines[at : at + 1] = [other]
            case "numbers":
                number = draw(st.sampled_from(("0", "1", "255", "4095", "99999999999", "")))
                words = [number if word.isdigit() else word for word in line.split(" ")]
                lines[at : at + 1] = [" ".join(words)]
            case "noise":
                lines.insert(at, draw(st.text(max_size=40)))
            case "end":
                del lines[at:]
    return "\n".join(lines)


@st.composite
def folders(draw: st.DrawFn) -> dict[str, str]:
    texts = originals()[draw(st.sampled_from(sorted(originals())))]
    return {
        name: draw(mutated(text)) if draw(st.booleans()) else text
        for name, text in texts.items()
        if draw(st.integers(0, 9))
    }


@settings(max_examples=60, deadline=None)
@given(folders())
def test_mutated_folders_never_break_and_lose_nothing_in_silence(texts: dict[str, str]) -> None:
    adoption = adopted(texts)
    json.dumps(as_document(adoption))
    assert as_markdown(adoption, "x", "fr")
    if adoption.adopted is None:
        assert not adoption.whole or not texts
        return
    assert_sound(adoption, adoption.adopted)


def assert_sound(adoption: Adoption, draft: Adopted) -> None:
    lost = refused(draft.plan.numbers, draft.lock)
    told = {finding.subject for finding in adoption.findings if finding.code == "I508"}
    assert {subject.id for subject, _ in lost} <= told
    settled = settle(draft.draft.estate, draft.lock, as_of=AS_OF)
    assert settled.changes == ()
    for path, tree in draft.draft.trees.items():
        read = parse_document(draft.draft.texts(".schema", "en")[path].encode(), shown_as=path)
        assert read.findings == ()
        assert read.tree == json.loads(json.dumps(tree)), path


KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(str.isprintable)
VALUES = st.one_of(
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.text(st.characters(codec="utf-8"), max_size=20).filter(str.isprintable),
)
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        VALUES,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3), st.dictionaries(KEYS, inner, max_size=3)
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=200, deadline=None)
@given(TREES)
def test_what_is_written_is_read_again(tree: dict[str, object]) -> None:
    text = document("schema.json", "A comment.", tree)
    read = parse_document(text.encode(), shown_as="x.yaml")
    assert read.findings == ()
    assert read.tree == tree


def test_the_catalogue_of_the_samples_is_there() -> None:
    assert catalogue().switches
