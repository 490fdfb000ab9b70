"""From a layout to resources: what `pulumi up` and `maille storage up` both run."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from maille.infra.components.recordings import Recordings
from maille.infra.components.resources import CephProvider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.layout.model import Layout


def recordings(layout: Layout, access: Mapping[str, Any]) -> Recordings:
    """Register the recordings of an estate.

    Args:
        layout: what is to be there.
        access: the provider's settings: `conf`, and `client`, `key`, `adopt`, `erase` if given.
    """
    ceph = CephProvider("ceph", {"owner": layout.estate, **access})
    return Recordings(layout, ceph)


async def registered(made: Recordings) -> None:
    """Wait until the engine has answered for every resource, or for one that it was wrong.

    The SDK waits, too, but looks at all that are open whenever one is done: of 1,300 resources
    that takes as long as making them. What failed it raises itself afterwards.
    """
    answers = [asyncio.ensure_future(thing.urn.future()) for thing in made.things]
    await asyncio.wait(answers, return_when=asyncio.FIRST_EXCEPTION)
