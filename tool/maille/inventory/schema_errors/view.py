"""What the schema says about one path: its fields, choices, bounds and examples.

The JSON Schema of the model is read, not the model's annotations: references, unions and
containers look alike there whatever Python they were written in, and the names are those
that stand in the file.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from maille.inventory.reading.fault import Path

_Node: TypeAlias = dict[str, Any]
_BRANCHES = ("anyOf", "oneOf", "allOf")


class SchemaView:
    """A JSON Schema, asked by paths of the data."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        """Take a schema with its definitions under `$defs`."""
        self._root = dict(schema)
        self._definitions = schema.get("$defs", {})

    def fields(self, path: Path) -> dict[str, _Node]:
        """Give the fields that may stand at `path`, of all alternatives together."""
        found: dict[str, _Node] = {}
        for node in self._at(path):
            for name, field in node.get("properties", {}).items():
                found.setdefault(name, field)
        return found

    def required(self, path: Path) -> list[str]:
        """Give the names of the fields that must stand at `path`, in each alternative."""
        lists = [node.get("required", ()) for node in self._at(path) if "properties" in node]
        return [name for name in lists[0] if all(name in other for other in lists)] if lists else []

    def choices(self, path: Path) -> list[Any]:
        """Give the values that `path` may take, if they are few and named."""
        found: list[Any] = []
        for node in self._at(path):
            found += [*node.get("enum", ()), *([node["const"]] if "const" in node else ())]
        return found

    def lookup(self, path: Path, keyword: str) -> Any:  # noqa: ANN401 - any JSON
        """Give the first value that the schema has for `keyword` at `path`, or None."""
        return next((node[keyword] for node in self._at(path) if keyword in node), None)

    def example(self, path: Path) -> Any:  # noqa: ANN401 - any JSON
        """Give an example of what may stand at `path`, or None."""
        examples = self.lookup(path, "examples")
        return examples[0] if examples else None

    def _at(self, path: Path) -> list[_Node]:
        """Give all alternatives for what stands at `path`."""
        nodes = list(self._expanded(self._root))
        for step in path:
            nodes = [
                deeper
                for node in nodes
                for child in _children(node, step)
                for deeper in self._expanded(child)
            ]
        return nodes

    def _expanded(self, node: _Node) -> Iterator[_Node]:
        """Follow references and open alternatives; what a field adds to a reference comes first."""
        yield node
        if "$ref" in node:
            yield from self._expanded(self._definitions.get(node["$ref"].rpartition("/")[2], {}))
        for keyword in _BRANCHES:
            for branch in node.get(keyword, ()):
                yield from self._expanded(branch)


def _children(node: _Node, step: str | int) -> Iterator[_Node]:
    """Give the schemas of what stands under one key or index of `node`."""
    if isinstance(step, int):
        first = node.get("prefixItems", ())
        if step < len(first):
            yield first[step]
        elif isinstance(node.get("items"), dict):
            yield node["items"]
        return
    if step in (fields := node.get("properties", {})):
        yield fields[step]
        return
    yield from node.get("patternProperties", {}).values()
    if isinstance(node.get("additionalProperties"), dict):
        yield node["additionalProperties"]


@cache
def view_of(model: type[BaseModel]) -> SchemaView:
    """Give the view of a model; it is made once."""
    return SchemaView(model.model_json_schema())
