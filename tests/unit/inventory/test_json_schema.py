"""JSON Schemas for editors: current, true to the samples, and strict where the models are."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from pathlib import Path

import jsonschema
import pytest

from maille.inventory.catalogue import read_catalogue
from maille.inventory.json_schema import DRAFT, schemas
from maille.inventory.schema.files import KINDS
from maille.inventory.source import read_document

ROOT = Path(__file__).parents[3]
INVENTORY = ROOT / "inventory"
COMMITTED = INVENTORY / ".schema"
SAMPLES = sorted(
    file
    for folder in INVENTORY.iterdir()
    if folder.name == "catalogue" or (folder / "estate.yaml").is_file()
    for kind in KINDS
    for file in folder.glob(kind.glob.removeprefix("catalogue/"))
)
MODELINE = "# yaml-language-server: $schema="


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return schemas(read_catalogue(INVENTORY))


@pytest.fixture(scope="module")
def commune(texts: dict[str, str]) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads(texts["commune.json"]))


def name_of(file: Path) -> str:
    return str(file.relative_to(INVENTORY))


def tree_of(file: Path) -> object:
    return read_document(file, shown_as=file.name).tree


def test_the_committed_schemas_are_current(texts: dict[str, str]) -> None:
    committed = {file.name: file.read_text(encoding="utf-8") for file in COMMITTED.iterdir()}
    assert committed == texts, "run `maille schema inventory`"


def test_each_schema_is_one(texts: dict[str, str]) -> None:
    for text in texts.values():
        document = json.loads(text)
        assert document["$schema"] == DRAFT
        jsonschema.Draft7Validator.check_schema(document)


@pytest.mark.parametrize("file", SAMPLES, ids=name_of)
def test_a_sample_satisfies_the_schema_its_first_line_names(file: Path) -> None:
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith(MODELINE)
    schema = (file.parent / first.removeprefix(MODELINE)).resolve()
    assert schema.parent == COMMITTED
    validator = jsonschema.Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(tree_of(file))] == []


def test_the_settings_of_vs_code_give_each_file_its_schema() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    globs = settings["yaml.schemas"]
    for file in SAMPLES:
        path = str(file.relative_to(ROOT))
        named = file.read_text(encoding="utf-8").partition("\n")[0].rpartition("/")[2]
        found = [Path(schema).name for schema, glob in globs.items() if fnmatch(path, glob)]
        assert found == [named], path


def least_commune(**more: object) -> dict[str, object]:
    return {"commune": "Exemple", "insee": "28001", **more}


def messages(validator: jsonschema.Draft7Validator, tree: object) -> list[str]:
    return [error.message for error in validator.iter_errors(tree)]


def test_an_editor_tells_a_misspelt_field(commune: jsonschema.Draft7Validator) -> None:
    assert messages(commune, least_commune()) == []
    assert "cabinet" in messages(commune, least_commune(cabinet={}))[0]


@pytest.mark.parametrize(
    "tree",
    [
        least_commune(insee="2800"),
        least_commune(insee=28001),
        least_commune(position=[48.4]),
        least_commune(sectors={"Hyper Centre": {"title": "x", "priority": 1}}),
        least_commune(sectors={"centre": {"title": "x", "priority": 4}}),
        {"commune": "Exemple"},
    ],
)
def test_an_editor_refuses_what_the_models_refuse(
    commune: jsonschema.Draft7Validator, tree: dict[str, object]
) -> None:
    assert messages(commune, tree)


def test_ids_of_the_catalogue_are_offered_and_new_ones_accepted(texts: dict[str, str]) -> None:
    camera = json.loads(texts["commune.json"])["definitions"]["Camera"]
    model = camera["properties"]["model"]
    assert "p1465-le" in model["anyOf"][0]["enum"]
    validator = jsonschema.Draft7Validator(model)
    assert validator.is_valid("a-model-of-tomorrow")
    assert not validator.is_valid("Not An Id")


def test_a_file_of_the_network_holds_its_own_tables_only(texts: dict[str, str]) -> None:
    validator = jsonschema.Draft7Validator(json.loads(texts["sites.json"]))
    assert validator.is_valid({"sites": {}})
    assert not validator.is_valid({"rings": {}})


def test_fields_explain_themselves(texts: dict[str, str]) -> None:
    properties = json.loads(texts["commune.json"])["definitions"]["Camera"]["properties"]
    assert properties["owner"]["anyOf"][0]["description"] == "Names the owner."
    assert "shut" in properties["mac"]["description"]
