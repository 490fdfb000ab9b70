"""Between the engine's property values and plain ones; names are camelCase on its side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pulumi.provider.experimental.property_value import Computed, PropertyValue
from pulumi.runtime.rpc import UNKNOWN


def camel(name: str) -> str:
    """Give the engine's name of a field: `failure_domain` is `failureDomain`."""
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


def snake(name: str) -> str:
    """Give our name of a property: the inverse of `camel`."""
    return re.sub(r"[A-Z]", lambda found: f"_{found[0].lower()}", name)


def unknown(value: PropertyValue) -> bool:
    """Say whether a value is only known once another resource is there."""
    inner = value.value
    if isinstance(inner, Computed) or inner == UNKNOWN:
        return True
    if isinstance(inner, Mapping):
        return any(unknown(one) for one in inner.values())
    return isinstance(inner, tuple) and any(unknown(one) for one in inner)


def plain(value: PropertyValue) -> Any:  # noqa: ANN401  # whatever a program gave
    """Give a value as Python has it; whole numbers, which arrive as floats, as whole."""
    inner = value.value
    if isinstance(inner, float) and inner.is_integer():
        return int(inner)
    if isinstance(inner, tuple):
        return [plain(one) for one in inner]
    if isinstance(inner, Mapping):
        return {key: plain(one) for key, one in inner.items()}
    return inner


def wrapped(value: Any) -> PropertyValue:  # noqa: ANN401  # as above
    """Give a plain value to the engine, wrapped all the way down."""
    if isinstance(value, dict):
        return PropertyValue({key: wrapped(one) for key, one in value.items()})
    if isinstance(value, (list, tuple)):
        return PropertyValue([wrapped(one) for one in value])
    if isinstance(value, int) and not isinstance(value, bool):
        return PropertyValue(float(value))
    return PropertyValue(value)


def known(properties: Mapping[str, PropertyValue]) -> dict[str, Any]:
    """Give the properties that are known, by our names."""
    return {
        snake(name): plain(value)
        for name, value in properties.items()
        if not unknown(value) and value.value is not None
    }


def outward(values: Mapping[str, Any]) -> dict[str, PropertyValue]:
    """Give plain values to the engine, by its names; what is None is left out."""
    return {camel(name): wrapped(value) for name, value in values.items() if value is not None}
