"""What is wrong with the inputs of a resource, property by property."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

if TYPE_CHECKING:
    from collections.abc import Collection

    from pydantic_core import ErrorDetails

    from maille.ceph.model import Part
    from maille.infra.provider.resource import Values


def faults_of(model: type[Part], given: Values, unknown: Collection[str]) -> list[tuple[str, str]]:
    """Give each bad property and why; one whose value is still unknown is left for later."""
    try:
        model.model_validate(given)
    except ValidationError as error:
        found = [_fault(one) for one in error.errors()]
        return [(name, why) for name, why in found if name.partition(".")[0] not in unknown]
    return []


_A_KEY = "[key]"
"""How pydantic says that not a value of a map is wrong, but its key."""


def _fault(error: ErrorDetails) -> tuple[str, str]:
    name = ".".join(str(part) for part in error["loc"] if part != _A_KEY)
    if error["type"] == "missing":
        return name, "is missing"
    if error["type"] == "extra_forbidden":
        return name, "is no property of this resource"
    message = error["msg"]
    return name, f"{message[0].lower()}{message[1:]}, not {error['input']!r}"
