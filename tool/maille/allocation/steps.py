"""The steps of settling: each one settles all numbers of one kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maille.allocation.addresses import AddressSpace
from maille.allocation.centre import site_switches
from maille.allocation.claims import give_claims, keep_claims, settle_claims
from maille.allocation.communes import port_order, vlan_order
from maille.allocation.names import NameSpace
from maille.allocation.ports import PortSpace
from maille.allocation.segments import Block, SegmentSpace, give_segments
from maille.allocation.sockets import switches_of
from maille.allocation.strays import hold_strays
from maille.allocation.vlans import VlanSpace

if TYPE_CHECKING:
    from maille.allocation.addresses import SegmentName
    from maille.allocation.draft import Draft
    from maille.allocation.drafts import Drafts
    from maille.allocation.settling import Settling
    from maille.allocation.spans import Stretch

_OF_MANAGEMENT: Final = frozenset({"mgmt", "loopback_mgmt"})
"""Parts of an entry in VRF MGMT: they come behind all of VRF VIDEO."""


def settle_vlans(drafts: Drafts, run: Settling) -> None:
    """Settle VLAN ids: the centre's first, then function by function."""
    claims = [draft.claims[0] for draft in drafts.shared.segments]
    own = [draft.claims[0] for commune in drafts.communes for draft in commune.segments]
    claims += sorted(own, key=vlan_order)
    space = VlanSpace(run.estate.settings.pools.vlans)
    settle_claims(claims, space, run.quarantined("vlan"), run.notes)


def settle_prefixes(drafts: Drafts, run: Settling) -> SegmentSpace:
    """Settle all prefixes: pools first, then segments inside blocks."""
    quarantine = run.quarantined("prefix")
    blocks = [draft.claims[0] for commune in drafts.communes for draft in commune.blocks]
    keep_claims(blocks, run.prefixes, quarantine, run.notes)
    direct = [draft.claims[1] for draft in drafts.shared.segments]
    for draft in (*drafts.shared.switches, *drafts.shared.transit):
        direct += [claim for claim in draft.claims if claim.where in run.prefixes.pools]
    direct.sort(key=lambda claim: (claim.owner[1] in _OF_MANAGEMENT, claim.owner))
    waiting = keep_claims(direct, run.prefixes, (), run.notes)
    space = SegmentSpace(_blocks(drafts, run), run.prefixes)
    hold_strays(drafts, space, run)
    give_claims(waiting, run.prefixes, quarantine, run.notes)
    claims = [draft.claims[1] for commune in drafts.communes for draft in commune.segments]
    inside = run.quarantined("segment")
    give_segments(keep_claims(claims, space, inside, run.notes), space, inside, run.notes)
    return space


def _blocks(drafts: Drafts, run: Settling) -> dict[tuple[str, str], list[Block]]:
    found: dict[tuple[str, str], list[Block]] = {}
    for commune in drafts.communes:
        for draft in commune.blocks:
            claim = draft.claims[0]
            if claim.number:
                where = (commune.insee, claim.where)
                found.setdefault(where, []).append(Block(draft.subject.key, claim.number))
    for record in run.records:
        for part in record.parts if record.entry.section == "blocks" else ():
            where = (record.scope, str(record.entry.numbers.get("pool", "video")))
            sleeping = Block(record.entry.key, part.freed.number, dormant=True)
            found.setdefault(where, []).append(sleeping)
    return found


def settle_ports(drafts: Drafts, run: Settling) -> None:
    """Settle ports; sockets come first, as a link has less choice than a camera."""
    sockets = sorted(
        drafts.shared.sockets,
        key=lambda draft: (
            getattr(draft.detail, "patient", True),
            -getattr(draft.detail, "speed_mbps", 0),
            draft.subject,
        ),
    )
    attached = [draft for commune in drafts.communes for draft in commune.attachments]
    in_turn = [*sockets, *sorted(attached, key=port_order)]
    space = PortSpace(switches_of(run.estate, run.members))
    claims = [draft.claims[0] for draft in in_turn]
    settle_claims(claims, space, run.quarantined("port"), run.notes)


def settle_addresses(drafts: Drafts, run: Settling) -> None:
    """Settle addresses; those of a segment that a command has moved may move with it."""
    segments: dict[SegmentName, Stretch] = {}
    moved: set[SegmentName] = set()
    for draft in drafts.segments():
        name = (draft.subject.scope, draft.subject.key)
        if (number := draft.claims[1].number) is not None:
            segments[name] = number
        if draft.moved:
            moved.add(name)
    in_turn: list[Draft] = [*drafts.shared.firewall, *drafts.shared.hosts]
    in_turn += drafts.shared.switches
    for commune in drafts.communes:
        in_turn += [*commune.switches, *commune.attachments]
    claims = [draft.claims[-1] for draft in in_turn]
    claims = [claim for claim in claims if claim.owner[1] in {"address", "management"}]
    for claim in claims if moved else ():
        claim.movable = claim.movable or claim.where in moved
    space = AddressSpace(segments)
    settle_claims(claims, space, run.quarantined("address"), run.notes)


def settle_names(drafts: Drafts, run: Settling) -> None:
    """Settle the host names of access switches."""
    routed = [switch for switch, entry in site_switches(run) if entry.role != "access"]
    access = [*drafts.shared.switches]
    for commune in drafts.communes:
        access += commune.switches
    claims = [draft.claims[0] for draft in access if draft.claims[0].owner[1] == "hostname"]
    settle_claims(claims, NameSpace(routed), run.quarantined("name"), run.notes)
