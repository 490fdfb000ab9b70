"""The flow matrix (matrice de flux) as a table: what the firewall and an auditor ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.sessions import ONE_WAY
from maille.spreadsheet import Sheet

if TYPE_CHECKING:
    from ipaddress import IPv4Network

    from maille.blueprint.model import Blueprint, Flow
    from maille.spreadsheet import Plain

COLUMNS = (
    "source",
    "source_prefixes",
    "destination",
    "destination_prefixes",
    "protocol",
    "ports",
    "direction",
    "crosses_firewall",
    "why",
)


def flow_sheet(blueprint: Blueprint) -> Sheet:
    """Give every flow, in the direction in which it is opened; what is not there is denied."""
    return Sheet("Flow matrix", COLUMNS, [_row(flow) for flow in blueprint.flows])


def _row(flow: Flow) -> tuple[Plain, ...]:
    return (
        flow.source,
        _prefixes(flow.source_prefixes),
        flow.destination,
        _prefixes(flow.destination_prefixes),
        flow.protocol,
        flow.ports or ("echo" if flow.protocol == "icmp" else "any"),
        _direction(flow),
        flow.crosses_firewall,
        flow.why,
    )


def _direction(flow: Flow) -> str:
    one_way = flow.protocol == "udp" and flow.ports in ONE_WAY
    return "source to destination only" if one_way else "opened by the source, answers return"


def _prefixes(prefixes: tuple[IPv4Network, ...]) -> str:
    return ", ".join(str(prefix) for prefix in prefixes)
