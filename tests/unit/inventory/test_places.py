"""Places: the line and the column of any value, of any key, of what is missing."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from maille.errors import Finding, Place, Severity
from maille.inventory.source import Document, Mount, Sources, parse_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.reading.fault import Path as FieldPath

COMMUNE = (Path(__file__).parents[2] / "golden" / "errors" / "right-commune.yaml").read_text()
DOCUMENT = parse_document(COMMUNE.encode(), shown_as="communes/28085-chartres.yaml")
CAMERA = ("cabinets", "epars", "cameras", "28085-0001")


def text_at(document: Document, place: Place) -> str:
    """Give what stands at a place, to the end of its line."""
    return document.lines[place.line - 1][place.column - 1 :]


def all_paths(value: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Any]]:  # noqa: ANN401
    """Give the path of every value below `value`."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in steps:
        yield (*path, step), inner
        if isinstance(inner, (dict, list)):
            yield from all_paths(inner, (*path, step))


def test_every_key_is_found() -> None:
    """Point each key out, wherever it stands."""
    for path, _ in all_paths(DOCUMENT.tree):
        if isinstance(path[-1], str):
            assert text_at(DOCUMENT, DOCUMENT.locate(path, key=True)).startswith(path[-1])


def test_every_plain_text_is_found() -> None:
    """Point each text out that is written as it is read."""
    texts = [(path, value) for path, value in all_paths(DOCUMENT.tree) if isinstance(value, str)]
    found = [text_at(DOCUMENT, DOCUMENT.locate(path)).strip("\"'") for path, _ in texts]
    wrong = [
        (path, value, at)
        for (path, value), at in zip(texts, found, strict=True)
        if not at.startswith(value) and path[-1] != "place"
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("path", "line", "column", "name"),
    [
        (("insee",), 3, 8, "insee"),
        ((*CAMERA, "view"), 17, 62, "cabinets.epars.cameras.28085-0001.view"),
        (("cabinets", "epars", "position", 1), 11, 25, "cabinets.epars.position[1]"),
        (("cabinets", "ecole-pasteur", "place"), 20, 12, "cabinets.ecole-pasteur.place"),
        (("cabinets", "ecole-pasteur", "ppms"), 23, 10, "cabinets.ecole-pasteur.ppms"),
        (("cabinets", "ecole-pasteur", "tags", 0), 25, 9, "cabinets.ecole-pasteur.tags[0]"),
        (("cabinets", "ecole-pasteur", "tags", 1, "view"), 27, 15, None),
    ],
)
def test_place_of_a_value(path: FieldPath, line: int, column: int, name: str | None) -> None:
    """Give line, column and dotted path."""
    place = DOCUMENT.locate(path)
    assert (place.line, place.column) == (line, column)
    assert name is None or place.path == name
    assert place.file == "communes/28085-chartres.yaml"


def test_fields_are_placed_at_their_key_and_flow_at_its_bracket() -> None:
    """Point at `cabinets:` for the whole block, at `{` for a set of fields in one line."""
    assert text_at(DOCUMENT, DOCUMENT.locate(("cabinets",))) == "cabinets:"
    assert text_at(DOCUMENT, DOCUMENT.locate(("cabinets", "epars"))) == "epars:"
    assert text_at(DOCUMENT, DOCUMENT.locate(CAMERA)).startswith("{model")


def test_what_is_missing_is_placed_at_the_nearest_key() -> None:
    """Point at the key of the parent that exists; a file's own fields are missing at its top."""
    assert text_at(DOCUMENT, DOCUMENT.locate(("cabinets", "epars", "gateway"))) == "epars:"
    assert text_at(DOCUMENT, DOCUMENT.locate(("cabinets", "x", "y", 3))) == "cabinets:"
    missing = DOCUMENT.locate(("population",))
    assert (missing.line, missing.column, missing.path) == (2, 1, "population")


def test_a_file_that_could_not_be_read_is_meant_as_a_whole() -> None:
    """Claim no line in a file whose structure isn't known."""
    broken = parse_document(b"a: [", shown_as="f.yaml")
    assert broken.locate(("a",)) == Place("f.yaml", path="a")


def test_keys_that_need_quotes_get_them() -> None:
    """Write a path so that it names one thing only."""
    document = parse_document(b'"10.0.0.1": {"a b": {"": 1}}\n', shown_as="f.yaml")
    assert document.locate(("10.0.0.1", "a b", "")).path == '"10.0.0.1"."a b".""'


ESTATE = parse_document(b"name: Chartres\nretention: {days: 15}\n", shown_as="estate.yaml")
RINGS = parse_document(b"chartres-sud:\n  pair: agg-1\n", shown_as="network/rings.yaml")
SOURCES = Sources(
    "inventory/chartres",
    {
        ("estate",): Mount(ESTATE),
        ("communes", "28085"): Mount(DOCUMENT),
        ("network", "rings"): Mount(RINGS),
        ("retention",): Mount(ESTATE, ("retention",)),
    },
)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("estate", "retention", "days"), "estate.yaml:2:19"),
        (("communes", "28085", "zone"), "communes/28085-chartres.yaml:4:7"),
        (("network", "rings", "chartres-sud", "pair"), "network/rings.yaml:2:9"),
        (("network", "rings", "chartres-nord"), "network/rings.yaml:1:1"),
        (("retention", "days"), "estate.yaml:2:19"),
        (("communes", "28999"), "inventory/chartres"),
        ((), "inventory/chartres"),
    ],
)
def test_logical_paths_lead_to_files(path: FieldPath, place: str) -> None:
    """Find the file that holds a branch of the estate; what no file holds is the estate's."""
    assert str(SOURCES.locate(path)) == place


def test_a_finding_gets_its_place_and_line() -> None:
    """Complete what a rule found at a logical path."""
    finding = Finding("N012", Severity.ERROR, "the ring has one way only", subject="chartres-sud")
    placed = SOURCES.placed(finding, ("network", "rings", "chartres-sud", "pair"))
    assert placed.place == Place("network/rings.yaml", 2, 9, "chartres-sud.pair")
    assert placed.line_text == "  pair: agg-1"
    assert placed.subject == "chartres-sud"


def test_sources_travel_between_processes() -> None:
    """Survive pickling, so that a pool of processes can place its findings."""
    again = pickle.loads(pickle.dumps(SOURCES))  # noqa: S301
    assert again.locate(("estate", "name")) == SOURCES.locate(("estate", "name"))
