"""Models of this estate alone: cameras that nobody has identified, switches drafted from ports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from maille.adopt.drafting.communes import UNIDENTIFIED, placeholder_model
from maille.adopt.drafting.yaml_text import Inline, entries
from maille.inventory.schema.catalogue import CameraModel, Catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.adopt.drafting.plan import Plan
    from maille.adopt.models import Recognised
    from maille.inventory.schema.catalogue import Entry

_WATTS: Final[tuple[tuple[Literal["none", "af", "at"], float], ...]] = (
    ("none", 0.1),
    ("af", 15.4),
    ("at", 30.0),
)
"""What a switch sets aside for each placeholder; without PoE it feeds nothing."""


def placeholder_cameras() -> dict[str, CameraModel]:
    """Give the placeholders for cameras, by the PoE that they take."""
    return {
        UNIDENTIFIED[poe]: CameraModel(
            title="Camera that is not identified yet",
            maker="unknown",
            source="none: name its model in the commune's file",
            estimates=("kind", "resolution", "max_fps", "codecs", "worst_w", "temperature_c"),
            kind="fixed",
            resolution=(1920, 1080),
            max_fps=25,
            codecs=("h264", "h265"),
            poe=poe,
            worst_w=watts,
            temperature_c=(-40.0, 60.0),
            rtsp_path="/",
        )
        for poe, watts in _WATTS
    }


def with_extras(base: Catalogue, models: Iterable[Recognised]) -> Catalogue:
    """Give a catalogue with all placeholders, and the models drafted from ports."""
    drafted = {known.id: known.model for known in models if known.drafted}
    return base.model_copy(
        update={
            "cameras": {**base.cameras, **placeholder_cameras()},
            "switches": {**base.switches, **drafted},
        }
    )


def extra_models(plan: Plan, base: Catalogue) -> Catalogue:
    """Give the models that the draft uses and the catalogue lacks."""
    cameras = {
        placeholder_model(plan, each)
        for each in plan.uses.all
        if each.kind == "cameras" or each.nomad
    } - base.cameras.keys()
    placed = {*plan.survey.cabinets, *plan.survey.indoors}
    used = {known.id for host, known in plan.survey.models.items() if host in placed}
    switches = used - base.switches.keys()
    return Catalogue(
        cameras={key: plan.catalogue.cameras[key] for key in sorted(cameras)},
        switches={key: plan.catalogue.switches[key] for key in sorted(switches)},
    )


def catalogue_texts(extra: Catalogue) -> dict[str, str]:
    """Give the entries of extra models by table, as they stand below its key."""
    tables: dict[str, Mapping[str, Entry]] = {"cameras": extra.cameras, "switches": extra.switches}
    return {
        name: entries({key: _tree(entry) for key, entry in table.items()})
        for name, table in tables.items()
        if table
    }


def _tree(entry: Entry) -> dict[str, Any]:
    found = entry.model_dump(exclude_defaults=True)
    return {
        key: Inline(value) if isinstance(value, dict) else value for key, value in found.items()
    }
