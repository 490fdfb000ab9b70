"""The recordings of one estate: everything that its layout names, in the order of its making."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
from pulumi import ResourceOptions

from maille.infra.components.resources import Thing
from maille.layout.caps import caps_of

if TYPE_CHECKING:
    from maille.ceph.model import Part
    from maille.infra.components.resources import CephProvider
    from maille.layout.model import FormerPool, Layout, ServiceClient


class Recordings(pulumi.ComponentResource):
    """Pools, file system, groups, subvolumes and keys of an estate."""

    def __init__(self, layout: Layout, ceph: CephProvider) -> None:
        """Register all resources below one component."""
        super().__init__("maille:recording:Recordings", layout.estate)
        self._layout = layout
        self._ceph = ceph
        self._paths: dict[str, pulumi.Output[str]] = {}
        self.things: list[Thing] = []
        """All that is registered, in its order."""
        gate = self._thing("HealthGate", "gate", _gate(layout))
        groups = self._storage(gate)
        self._subvolumes(groups)
        for client in layout.clients.values():
            self._client(client, groups)
        self.register_outputs({"subvolumes": len(layout.subvolumes)})

    def _storage(self, gate: Thing) -> dict[str, Thing]:
        layout = self._layout
        profile = self._thing("ErasureCodeProfile", layout.profile.name, layout.profile, gate)
        rules = {
            rule.name: self._thing("CrushRule", rule.name, rule, profile if rule.profile else gate)
            for rule in layout.rules
        }
        first = [
            self._thing("Pool", pool.name, pool, rules[pool.rule])
            for pool in (layout.metadata_pool, layout.default_pool)
        ]
        filesystem = self._thing("FileSystem", layout.filesystem.name, layout.filesystem, *first)
        # After the file system, so that it goes before it: a pool leaves a file system first.
        pool = layout.data_pool
        data = self._thing("Pool", pool.name, pool, rules[pool.rule], profile, filesystem)
        for former in layout.former:
            self._former(former, gate, filesystem)
        return {
            group.name: self._thing("SubvolumeGroup", group.name, group, filesystem, data)
            for group in layout.groups
        }

    def _former(self, former: FormerPool, gate: Thing, filesystem: Thing) -> None:
        profile = self._thing("ErasureCodeProfile", former.profile.name, former.profile, gate)
        rule = self._thing("CrushRule", former.rule.name, former.rule, profile)
        self._thing("Pool", former.pool.name, former.pool, rule, profile, filesystem)

    def _subvolumes(self, groups: dict[str, Thing]) -> None:
        for share in self._layout.subvolumes.values():
            made = self._thing(
                "Subvolume", share.name, share.wish, groups[share.group], outputs=("path",)
            )
            self._paths[share.name] = made.path

    def _client(self, client: ServiceClient, groups: dict[str, Thing]) -> None:
        named = [grant.subvolume for grant in client.grants if grant.subvolume]
        folders = pulumi.Output.all(**{name: self._paths[name] for name in named})
        caps = folders.apply(lambda paths: caps_of(client, self._layout, paths))
        self._thing(
            "Client",
            client.entity,
            {"entity": client.entity, "caps": caps},
            *(groups[grant.group] for grant in client.grants),
            outputs=("fingerprint",),
        )

    def _thing(
        self,
        kind: str,
        name: str,
        wanted: Part | dict[str, Any],
        *after: Thing,
        outputs: tuple[str, ...] = (),
    ) -> Thing:
        options = ResourceOptions(parent=self, provider=self._ceph, depends_on=list(after))
        self.things.append(Thing(kind, name, wanted, options, outputs))
        return self.things[-1]


def _gate(layout: Layout) -> dict[str, Any]:
    return {
        "name": layout.estate,
        "device_class": layout.profile.device_class,
        "hosts": layout.profile.k + layout.profile.m,
        "raw_bytes": layout.raw_needed_bytes,
    }
