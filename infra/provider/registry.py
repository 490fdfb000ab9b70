"""The resources that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.infra.provider.health_gate import Gate
from maille.infra.provider.managed import Managed
from maille.infra.provider.resources import (
    client,
    crush_rule,
    erasure_code_profile,
    file_system,
    pool,
    subvolume,
    subvolume_group,
)

if TYPE_CHECKING:
    from maille.infra.provider.resource import Resource

HANDLERS = {
    module.HANDLER.type_name: module.HANDLER
    for module in (
        erasure_code_profile,
        crush_rule,
        pool,
        file_system,
        subvolume_group,
        subvolume,
        client,
    )
}
RESOURCES: dict[str, Resource] = {
    Gate.type_name: Gate(),
    **{type_name: Managed(handler) for type_name, handler in HANDLERS.items()},
}
