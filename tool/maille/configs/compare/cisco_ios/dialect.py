"""IOS 15 and IOS-XE: everything the comparison knows of them, in one value."""

from __future__ import annotations

from maille.configs.compare.cisco_ios import lines, order
from maille.configs.compare.cisco_ios.driver import VLAN_LISTS, IosDriver
from maille.configs.compare.dialect import Dialect

DIALECT = Dialect(
    name="cisco_ios",
    driver=IosDriver(),
    indent=1,
    delimited_banners=True,
    pairs_as_range=False,
    unique_vlan_names=True,
    numbered_acls=True,
    noise=lines.NOISE,
    flat=r"key-string ",
    not_ours=lines.NOT_OURS,
    shown=lines.SHOWN,
    hidden=lines.HIDDEN,
    routed_by_default="",
    fixed=lines.FIXED,
    opens=lines.OPENS,
    unprovable=lines.UNPROVABLE,
    stored_extra=r"(?!)",
    gone_with=lines.GONE_WITH,
    vlan_lists=VLAN_LISTS,
    acl_kinds=lines.ACL_KINDS,
    acl_uses=lines.ACL_USES,
    defines=lines.DEFINES,
    uses=lines.USES,
    ports=lines.PORTS,
    phases=order.PHASES,
    places=order.PLACES,
)
