"""The provider's resources as a Pulumi program writes them.

Inputs are those of the schema, by our names; a property that is still an output is passed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from maille.infra.provider.values import camel

if TYPE_CHECKING:
    from maille.ceph.model import Part


class CephProvider(pulumi.ProviderResource):
    """A cluster, and for whom it is used."""

    def __init__(self, name: str, inputs: dict[str, Any]) -> None:
        """Register the provider with its configuration."""
        super().__init__("ceph", name, {camel(key): value for key, value in inputs.items()})


class Thing(pulumi.CustomResource):
    """One resource on a cluster; `path`, `fingerprint` and the like are its outputs."""

    path: pulumi.Output[str]

    def __init__(
        self,
        kind: str,
        name: str,
        wanted: Part | dict[str, Any],
        options: pulumi.ResourceOptions,
        outputs: tuple[str, ...] = (),
    ) -> None:
        """Register it: `Thing("Pool", "…", pool, options)`."""
        given = wanted if isinstance(wanted, dict) else wanted.model_dump(exclude_none=True)
        inputs = {camel(key): value for key, value in given.items()}
        super().__init__(f"ceph:index:{kind}", name, inputs | dict.fromkeys(outputs), options)
