"""The file of the centre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maille.adopt.drafting.yaml_text import Inline
from maille.allocation.subject import SHARED, Subject

if TYPE_CHECKING:
    from maille.adopt.centre.model import CentreHost, CentreSegment
    from maille.adopt.drafting.network import NetworkDraft
    from maille.adopt.drafting.plan import Plan

RECORDER_MBPS = 1000
"""Placeholder for what a recorder takes in."""
RECORDER = "recorder-1"


def centre_tree(plan: Plan, network: NetworkDraft) -> dict[str, Any]:
    """Give the tree of `centre.yaml`."""
    draft = plan.centre
    hosts = {host.id: _host(plan, host) for host in draft.hosts}
    recorders = [host.id for host in draft.hosts if host.role == "recorder"]
    if not recorders:
        recorders = [RECORDER]
        hosts[RECORDER] = Inline(
            title="Recorder", role="recorder", segment=_segment_of_recorders(plan)
        )
    return {
        "title": "Centre de supervision",
        "kind": "CSU",
        "pair": network.centre_pair,
        "management_segment": draft.management_segment,
        "premises": [Inline(site=network.centre_site, since=str(plan.wish.today))],
        "hours": Inline(opens="00:00", closes="24:00"),
        "segments": {segment.id: _segment(plan, segment) for segment in draft.segments},
        "hosts": hosts,
        "recorders": {
            host: Inline(
                host=host, access="cephfs", retention_owner="vms", capacity_mbps=RECORDER_MBPS
            )
            for host in recorders
        },
        "firewall": {
            "title": "Pare-feu",
            "site": network.centre_site,
            "legs": {vrf: _leg(plan, vrf, leg.segment) for vrf, leg in draft.legs.items()},
        },
    }


def _segment(plan: Plan, segment: CentreSegment) -> Inline:
    tree = Inline(title=segment.title, vrf=segment.vrf, hosts=segment.hosts)
    subject = Subject(SHARED, "segments", segment.id)
    if pins := plan.pins(subject, vlan="vlan", prefix="prefix"):
        tree["pins"] = Inline(pins)
    return tree


def _host(plan: Plan, host: CentreHost) -> Inline:
    tree = Inline(title=host.title[:200], role=host.role, segment=host.segment)
    if host.count > 1:
        tree["count"] = host.count
    tree |= plan.pins(Subject(SHARED, "hosts", host.id), address="address")
    if host.attached_to:
        tree["attached_to"] = [plan.survey.indoors[switch] for switch in host.attached_to]
    return tree


def _leg(plan: Plan, vrf: str, segment: str) -> Inline:
    return Inline(segment=segment, **plan.pins(Subject(SHARED, "firewall", vrf), address="address"))


def _segment_of_recorders(plan: Plan) -> str:
    """Choose a segment for a recorder that nobody has seen: one of VIDEO that is no leg's."""
    legs = {leg.segment for leg in plan.centre.legs.values()}
    video = [each.id for each in plan.centre.segments if each.vrf == "VIDEO"]
    return next((each for each in video if each not in legs), plan.centre.legs["VIDEO"].segment)
