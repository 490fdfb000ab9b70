"""Finds every reference in a tree of models, by the types of their fields.

Which fields of a model hold references, or models that may, is worked out once a model class.
"""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from maille.inventory.schema.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    FieldPath = tuple[str | int, ...]


class Reference(NamedTuple):
    """A field that names something: where it stands, the kind of thing, the name."""

    path: FieldPath
    kind: str
    name: str


class _Shape(NamedTuple):
    """What a type holds: a reference of some kind, or models, in a container or not."""

    kind: str | None


def references(value: BaseModel, path: FieldPath = ()) -> Iterator[Reference]:
    """Give every reference below a model, with its path."""
    for name, shape in _plan(type(value)):
        yield from _below(getattr(value, name), shape, (*path, name))


def _below(value: object, shape: _Shape, path: FieldPath) -> Iterator[Reference]:
    if isinstance(value, str):
        if shape.kind:
            yield Reference(path, shape.kind, value)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _below(item, shape, (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _below(item, shape, (*path, index))
    elif isinstance(value, BaseModel):
        yield from references(value, path)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, _Shape], ...]:
    """Give the fields of a model that are worth a look."""
    plan = []
    for name, info in model.model_fields.items():
        kinds, models = _contents(Annotated[info.annotation, *info.metadata, None])
        if kinds or models:
            plan.append((name, _Shape(next(iter(kinds), None))))
    return tuple(plan)


def _contents(annotation: object) -> tuple[set[str], set[type[BaseModel]]]:
    """Give the kinds of references and the models that occur in a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return set(), {annotation} if _plan(annotation) else set()
    kinds: set[str] = set()
    models: set[type[BaseModel]] = set()
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        kinds = {extra.kind for extra in arguments[1:] if isinstance(extra, Ref)}
        arguments = arguments[:1]
    elif get_origin(annotation) is dict:
        arguments = arguments[1:]
    elif get_origin(annotation) not in {tuple, Union, UnionType}:
        arguments = ()
    for argument in arguments:
        more_kinds, more_models = _contents(argument)
        kinds |= more_kinds
        models |= more_models
    return kinds, models
