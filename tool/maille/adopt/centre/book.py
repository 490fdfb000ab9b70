"""The segments of the centre, those that run and those that have to be made up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from maille.adopt.centre.model import CentreSegment
from maille.adopt.codes import TO_FILL_IN, finding
from maille.adopt.names import slug, unique
from maille.adopt.segments import is_management, of_centre

if TYPE_CHECKING:
    from ipaddress import IPv4Address

    from maille.adopt.centre.model import Vrf
    from maille.adopt.segments import Known, Segments, VlanOf
    from maille.adopt.survey import Survey
    from maille.errors import Finding

_NO_HOSTS: Final = 5
"""Addresses of a prefix that no host gets: network, three gateways, broadcast."""
_MOST_HOSTS: Final = 4096
"""More hosts than that are a mask gone wrong."""
_UNKNOWN_HOSTS: Final = 8
"""For how many hosts a segment is drafted whose prefix no configuration knows."""


class SegmentBook:
    """Finds segments of the centre by VLAN, address or id."""

    def __init__(self, survey: Survey, found: Segments) -> None:
        """Take the VLANs that are the centre's."""
        self._taken: set[str] = set()
        self.findings: list[Finding] = []
        self.all = [self._segment(at, vlan) for at, vlan in of_centre(survey, found).items()]

    def of_vlan(self, vlan: int | None) -> CentreSegment | None:
        """Give the segment of a VLAN."""
        return next((each for each in self.all if vlan and each.vlan == vlan), None)

    def of_address(self, address: IPv4Address) -> CentreSegment | None:
        """Give the segment that an address lies in."""
        return next((each for each in self.all if each.prefix and address in each.prefix), None)

    def by_id(self, ident: str) -> CentreSegment:
        """Give a segment by its id."""
        return next(each for each in self.all if each.id == ident)

    def made_up(self, ident: str, title: str, vrf: Vrf) -> CentreSegment:
        """Add a segment that the draft needs and nobody has seen."""
        segment = CentreSegment(unique(ident, self._taken), title, vrf, _UNKNOWN_HOSTS)
        self.all.append(segment)
        self.fill_in(f"segment `{segment.id}` of the centre is made up: {title}")
        return segment

    def fill_in(self, what: str) -> None:
        """Note something that people have to correct."""
        self.findings.append(finding(TO_FILL_IN, what, "correct it in centre.yaml"))

    def _segment(self, at: VlanOf, vlan: Known) -> CentreSegment:
        name = re.sub(r"^csi[-_]", "", vlan.name, flags=re.IGNORECASE)
        prefix = vlan.prefix if vlan.gateways else None
        hosts = _UNKNOWN_HOSTS
        if prefix:
            hosts = min(max(prefix.num_addresses - _NO_HOSTS, 1), _MOST_HOSTS)
        vrf: Literal["VIDEO", "MGMT", "none"] = "none"
        if vlan.gateways:
            vrf = "MGMT" if is_management(vlan) else "VIDEO"
        ident = unique(slug(name, f"vlan-{at.vlan}"), self._taken)
        return CentreSegment(ident, vlan.name or f"VLAN {at.vlan}", vrf, hosts, at, prefix, vlan)
