"""What lies beside the files: where each is imported, in which order, and what is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.documents.netbox.form import Form

README: Final = "README.md"

MENU: Final[Mapping[str, str]] = {
    "sites": "Organization > Sites",
    "locations": "Organization > Locations",
    "racks": "Racks > Racks",
    "manufacturers": "Devices > Manufacturers",
    "platforms": "Devices > Platforms",
    "device-roles": "Devices > Device Roles",
    "device-types": "Devices > Device Types",
    "devices": "Devices > Devices",
    "vrfs": "IPAM > VRFs",
    "vlan-groups": "IPAM > VLAN Groups",
    "vlans": "IPAM > VLANs",
    "prefixes": "IPAM > Prefixes",
    "interfaces": "Devices > Interfaces",
    "cables": "Connections > Cables",
    "mac-addresses": "Devices > MAC Addresses",
    "primary-ip-addresses": "IPAM > IP Addresses",
    "ip-addresses": "IPAM > IP Addresses",
}
"""Where NetBox imports each file."""

_HEAD = """\
# {title}: import into NetBox

For NetBox 4.5 or later, the first that takes the VLANs of interfaces from a file; columns and
values are those of the import forms of 4.7. Import the files in the order of their numbers: a
row names only what stands in a file before, or above it in its own. In NetBox open the menu
entry, *Import*, *Upload File*, and leave format and delimiter at *Auto-detect*.

| File | Menu entry | Rows |
|---|---|---|
"""

_TAIL = """
Nothing is imported if one row of a file is wrong; NetBox names the row. A row of something that
NetBox has already (a manufacturer, a role, a VRF) is refused: take it out of the file, provided
that the name is the same. NetBox finds VRFs and devices by their names alone, so import two
estates into one NetBox only where these differ.

What the inventory does not know is assumed or left out: racks have 42 units and devices no
position in them, interfaces of cameras and hosts are of type `other`, the addresses of gateways
(role VRRP) belong to no interface. Lengths of cables are metres of fibre, links over radio and
leased lines are cables whose description says so.

The files say what was there on {day}. They are written anew by `maille build`; NetBox is not
read, and what is changed there is not seen here.
"""


def readme(numbered: Mapping[str, Form], title: str, day: str) -> str:
    """Write the page: files by their names, the estate's title, the day as `2026-11-22`."""
    lines = (
        f"| `{file}` | {MENU[form.name]} | {len(form.rows)} |\n" for file, form in numbered.items()
    )
    return _HEAD.format(title=title) + "".join(lines) + _TAIL.format(day=day)
