"""JSON Schema for editors: one document a kind of file, made from the models.

Editors' YAML servers read draft 7, so what pydantic writes in the 2020-12 dialect is put into
that one. A field that names an entry of the catalogue is offered the ids that there are. An
id that the editor doesn't know yet is no error there: `maille check` knows better.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from maille.inventory.schema.files import KINDS
from maille.inventory.schema.refs import REFERS_TO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.inventory.schema.catalogue import Catalogue
    from maille.inventory.schema.files import FileKind

Schema = dict[str, Any]
Ids = dict[str, list[str]]
"""Known ids by what they name, as references call it: `camera model`."""

SCHEMA_FOLDER = ".schema"
"""Where the schemas lie, beside the estates or inside one."""

DRAFT = "http://json-schema.org/draft-07/schema#"


def schemas(catalogue: Catalogue) -> dict[str, str]:
    """Give every schema as text, by the name of its file: `commune.json`."""
    ids = {
        "camera model": sorted(catalogue.cameras),
        "switch model": sorted(catalogue.switches),
        "optic": sorted(catalogue.optics),
        "server model": sorted(catalogue.servers),
    }
    names, definitions = _definitions(ids)
    return {
        f"{kind.name}.json": _text(_document(kind, names[kind.model.__name__], definitions))
        for kind in KINDS
    }


def _text(document: Schema) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _definitions(ids: Ids) -> tuple[dict[str, str], dict[str, Schema]]:
    """Give the definition's name of each model of a file, and all definitions, in draft 7."""
    models = {kind.model for kind in KINDS}
    found, raw = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/definitions/{model}"
    )
    names = {model.__name__: _referred(found[model, "validation"]) for model in models}
    return names, {name: _draft7(definition, ids) for name, definition in raw["$defs"].items()}


def _draft7(node: Any, ids: Ids) -> Any:  # noqa: ANN401  # any part of a JSON document
    """Put a part of a schema into draft 7."""
    if isinstance(node, list):
        return [_draft7(part, ids) for part in node]
    if not isinstance(node, dict):
        return node
    out = {key: _draft7(value, ids) for key, value in node.items() if not _is_noise(key, value)}
    if "prefixItems" in out:
        out["items"] = out.pop("prefixItems")
    if "patternProperties" in out:
        out["additionalProperties"] = False
    if isinstance(out.get("description"), str):
        out["description"] = " ".join(out["description"].split())
    return _reference(out, ids) if REFERS_TO in out else out


def _is_noise(key: str, value: object) -> bool:
    """Say whether a part only repeats the field's name, or says that it may be left out."""
    return (key in {"title", "propertyNames"} and not _is_field(value)) or (
        key == "default" and value is None
    )


def _is_field(value: object) -> bool:
    """Say whether a value describes a field that happens to be called `title`."""
    return isinstance(value, dict) and bool({"type", "anyOf", "$ref"} & value.keys())


def _reference(node: Schema, ids: Ids) -> Schema:
    """Say what a reference names; offer the ids of the catalogue."""
    kind = node[REFERS_TO]
    plain = {key: node[key] for key in ("type", "pattern") if key in node}
    described = {"description": node.get("description", f"Names the {kind}.")}
    if kind not in ids:
        return described | plain
    return described | {"anyOf": [{"enum": ids[kind]}, plain]}


def _document(kind: FileKind, name: str, definitions: Mapping[str, Schema]) -> Schema:
    top = dict(definitions[name])
    if kind.fields:
        top["description"] = f"`{kind.glob}`."
        top["properties"] = {field: top["properties"][field] for field in kind.fields}
        top["required"] = [field for field in top.get("required", ()) if field in kind.fields]
    needed = sorted(_reachable(top, definitions))
    return {
        "$schema": DRAFT,
        "title": f"maille: {kind.glob}",
        **top,
        "definitions": {name: definitions[name] for name in needed},
    }


def _reachable(start: Schema, definitions: Mapping[str, Schema]) -> set[str]:
    """Give the definitions that a schema needs, itself or by way of others."""
    found: set[str] = set()
    ahead = list(_references(start))
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += _references(definitions[name])
    return found


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield _referred(node)
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for part in node:
            yield from _references(part)


def _referred(node: Mapping[str, Any]) -> str:
    """Give the name of the definition that `$ref` points to."""
    return str(node["$ref"]).rpartition("/")[2]
