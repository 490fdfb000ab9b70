"""EOS: everything the comparison knows of it, in one value."""

from __future__ import annotations

from maille.configs.compare.arista_eos import lines, order
from maille.configs.compare.arista_eos.driver import VLAN_LISTS, EosDriver
from maille.configs.compare.dialect import Dialect

DIALECT = Dialect(
    name="arista_eos",
    driver=EosDriver(),
    indent=3,
    delimited_banners=False,
    pairs_as_range=True,
    unique_vlan_names=False,
    numbered_acls=False,
    noise=lines.NOISE,
    flat=r"(?!)",
    not_ours=lines.NOT_OURS,
    shown=lines.SHOWN,
    hidden=lines.HIDDEN,
    routed_by_default="switchport default mode routed",
    fixed=lines.FIXED,
    opens=lines.OPENS,
    unprovable=r"(?!)",
    stored_extra=r"localized \S+ ",
    gone_with=(),
    vlan_lists=VLAN_LISTS,
    acl_kinds=lines.ACL_KINDS,
    acl_uses=lines.ACL_USES,
    defines=lines.DEFINES,
    uses=lines.USES,
    ports=lines.PORTS,
    phases=order.PHASES,
    places=order.PLACES,
)
