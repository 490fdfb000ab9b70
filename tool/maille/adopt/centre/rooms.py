"""The ports of the centre's rooms that lead to no switch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maille.adopt.codes import PORT_NOT_PLACED, finding
from maille.adopt.descriptions import use_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.adopt.device import Interface
    from maille.adopt.survey import Survey
    from maille.errors import Finding

_FIREWALL: Final = re.compile(
    r"fire-?wall|pare-?feu|\bfw\b|\basa\b|forti|stormshield|palo|check-?point", re.IGNORECASE
)


def open_ports(survey: Survey) -> Iterator[tuple[str, Interface]]:
    """Give every such port that is in use, with its switch by host."""
    cabled = survey.ends()
    for host in sorted(survey.indoors):
        pair = survey.pair_of(host)
        if host not in survey.devices or pair is None or pair.id != survey.gateways.centre:
            continue
        for port in survey.ports(host):
            used = use_in(port.description) != "unused" or port.access_vlan
            if used and (host, port.name) not in cabled and not port.shutdown and not port.lag:
                yield host, port


def leads_to_firewall(port: Interface) -> bool:
    """Say whether a port is described as that of the firewall."""
    return bool(_FIREWALL.search(port.description))


def carried(port: Interface) -> frozenset[int]:
    """Give the VLANs of a port."""
    if port.mode == "trunk":
        return port.allowed or frozenset()
    return frozenset({port.access_vlan} if port.access_vlan else ())


def not_placed(survey: Survey, host: str, port: Interface, why: str) -> Finding:
    """Tell of a port that has no place in the draft."""
    device = survey.devices[host]
    return finding(
        PORT_NOT_PLACED,
        f"{port.name} is not in the draft: {why}",
        "describe what hangs on it in centre.yaml",
        device.place(port.line),
        device.hostname,
        device.text(port.line),
    )
