"""The newest segment of every camera, where recordings are provisioned: read from the cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from pathlib import Path

    from maille.blueprint.model import Blueprint


def newest_segments(
    blueprint: Blueprint, estate: Path, conf: Path | None, communes: Collection[str], at: datetime
) -> Mapping[str, float | None]:
    """Give the age in seconds of the newest segment of each camera in service; None: it has none.

    A share whose files a recorder's own software keeps is left out.

    Raises:
        CephOutOfReachError: monitors, manager or metadata servers do not answer.
    """
    from maille.cli.storage.options import Via, opened, reach_of
    from maille.layout.build import layout_of
    from maille.layout.scale import parse_scale
    from maille.recording.stack.place import FOLDER
    from maille.recording.status.reading import read
    from maille.retention.promise import areas_of

    layout = layout_of(blueprint, parse_scale("1"))
    areas = {area.subvolume: area for area in areas_of(blueprint)}
    reach = reach_of(blueprint.estate.settings.storage.access, Via(conf), estate)
    with opened(reach) as cluster:
        seen = read(layout, areas, cluster, estate / FOLDER, at, 1, communes)
    found: dict[str, float | None] = {}
    for name, share in seen.shares.items():
        area = areas.get(name)
        for camera in area.promises if area and area.ours else ():
            if blueprint.cameras[camera].connected:
                there = share.cameras.get(camera)
                end = there.newest_end if there else None
                found[camera] = None if end is None else (at - end).total_seconds()
    return found
