"""From a layout to resources: what `pulumi up` and `maille storage up` both run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.infra.components.recordings import Recordings
from maille.infra.components.resources import CephProvider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.layout.model import Layout


def recordings(layout: Layout, access: Mapping[str, Any]) -> None:
    """Register the recordings of an estate.

    Args:
        layout: what is to be there.
        access: the provider's settings: `conf`, and `client`, `key`, `adopt`, `erase` if given.
    """
    ceph = CephProvider("ceph", {"owner": layout.estate, **access})
    Recordings(layout, ceph)
