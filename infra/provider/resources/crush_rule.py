"""`ceph:index:CrushRule`."""

from __future__ import annotations

from maille.ceph import rules
from maille.ceph.model import CrushRule
from maille.infra.provider.handler import Handler

HANDLER = Handler(
    type_name="ceph:index:CrushRule",
    about="Where the chunks or copies of a pool lie.",
    model=CrushRule,
    kind=rules.RULE,
    id_fields=("name",),
    delete=lambda cluster, value, _losing: rules.delete(cluster, value.name),
)
