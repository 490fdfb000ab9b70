"""The provider's schema, from the models of its resources: what other programs generate from."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from maille.infra.provider.health_gate import Gate, HealthGate
from maille.infra.provider.registry import HANDLERS
from maille.infra.provider.session import FIELDS
from maille.infra.provider.values import camel

if TYPE_CHECKING:
    from maille.ceph.model import Part

Schema = dict[str, Any]


def schema() -> Schema:
    """Give the schema of the package, as Pulumi's package schema has it."""
    config = {name: {"type": "string", "description": about} for name, about in FIELDS.items()}
    resources = {
        type_name: _resource(
            handler.model, handler.about, dict.fromkeys(handler.output_fields, _TEXT)
        )
        for type_name, handler in HANDLERS.items()
    }
    return {
        "name": "ceph",
        "version": version("maille"),
        "description": "Pools, file systems, subvolumes and keys of a Ceph cluster.",
        "license": "Apache-2.0",
        "config": {"variables": config},
        "provider": {"inputProperties": config, "requiredInputs": ["conf", "owner"]},
        "resources": {
            Gate.type_name: _resource(HealthGate, "Passed only by a cluster that is fit.", {}),
            **resources,
        },
    }


_TEXT: Schema = {"type": "string"}


def _resource(model: type[Part], about: str, outputs: Schema) -> Schema:
    found = model.model_json_schema()
    inputs = {camel(name): _property(field) for name, field in found["properties"].items()}
    required = [camel(name) for name in found.get("required", ())]
    return {
        "description": about,
        "inputProperties": inputs,
        "requiredInputs": required,
        "properties": inputs | outputs,
        "required": required + list(outputs),
    }


def _property(field: Schema) -> Schema:
    """Give one property's type; what may be absent is just not required."""
    choice = next((one for one in field.get("anyOf", ()) if one.get("type") != "null"), field)
    if choice.get("type") == "object":
        return {"type": "object", "additionalProperties": {"type": "string"}}
    return {"type": choice.get("type", "string")}
