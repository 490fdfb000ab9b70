"""The estate as a batch meets it: what is there, and where it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from maille.inventory.source import Document, Mount, Sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.inventory.load import Loaded
    from maille.inventory.reading.fault import Path
    from maille.inventory.schema.commune import Camera, Commune
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.rollout import Nomad


@dataclass(frozen=True)
class Existing:
    """An estate that could be loaded, with its sources."""

    estate: Estate
    loaded: Loaded

    @classmethod
    def of(cls, loaded: Loaded) -> Existing:
        """Take what was loaded; raises InventoryError if nothing can be judged by it."""
        return cls(loaded.estate or loaded.whole(), loaded)

    def document(self, insee: str) -> Document | None:
        """Give the file of a commune, None if there is none."""
        mount = self.loaded.sources.mounts.get(("communes", insee))
        return mount.document if mount else None

    def is_refused(self, insee: str) -> bool:
        """Say whether a commune has a file that is wrong already."""
        return ("communes", insee) in self.loaded.refused

    def fields(self, insee: str) -> dict[str, Any]:
        """Give the fields of a commune as they hold, defaults among them."""
        commune = self.estate.communes.get(insee)
        return commune.model_dump(mode="json") if commune else {}

    @cached_property
    def homes(self) -> Mapping[str, Path]:
        """Where each camera is: its path in the estate's tree, by its id."""
        found: dict[str, Path] = {nomad: ("nomads", nomad) for nomad in self.estate.nomads}
        for insee, commune in self.estate.communes.items():
            for key, cabinet in commune.cabinets.items():
                for camera in cabinet.cameras:
                    found[camera] = ("communes", insee, "cabinets", key, "cameras", camera)
        return found

    @cached_property
    def serials(self) -> Mapping[str, Path]:
        """Where each camera is, by its serial number."""
        found = ((self.camera(home).serial, home) for home in self.homes.values())
        return {serial: home for serial, home in found if serial}

    def home_of(self, device: str) -> Path | None:
        """Give where the camera is that a label names, by its id in any case or its serial."""
        return self.homes.get(device.lower()) or self.serials.get(device)

    def camera(self, home: Path) -> Camera | Nomad:
        """Give the camera that is at a path of `homes`."""
        match home:
            case ("communes", insee, _, cabinet, _, name):
                return self.estate.communes[str(insee)].cabinets[str(cabinet)].cameras[str(name)]
        return self.estate.nomads[str(home[-1])]

    def changed(
        self,
        communes: Mapping[str, tuple[Commune, Document]],
        nomads: Mapping[str, Nomad] = MappingProxyType({}),
    ) -> Loaded:
        """Give the estate with some communes and nomads in the place of what they were."""
        together = {**self.estate.communes, **{key: one for key, (one, _) in communes.items()}}
        estate = self.estate.model_copy(
            update={
                "communes": dict(sorted(together.items())),
                "nomads": {**self.estate.nomads, **nomads},
            }
        )
        mounts = {**self.loaded.sources.mounts}
        for insee, (_, document) in communes.items():
            mounts["communes", insee] = Mount(document)
        sources = Sources(self.loaded.sources.root, mounts)
        return replace(self.loaded, estate=estate, sources=sources)
