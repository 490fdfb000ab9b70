"""Pools of numbers around those that run: as tight as need be, with room to grow.

Prefixes of one pool are joined as far as nothing of another pool lies between them, then
widened. VLAN pools are ranges that do not touch each other; what lies outside of its range is
pinned all the same.
"""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_PRIVATE: Final = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_ROOM: Final[Mapping[str, int]] = {
    "video": 18,
    "management": 20,
    "centre": 22,
    "transit": 24,
    "loopbacks": 24,
}
"""Prefix length up to which a pool is widened."""
_SPARE: Final[Mapping[str, str]] = {
    "video": "10.64.0.0/16",
    "management": "10.65.0.0/18",
    "centre": "10.65.64.0/22",
    "transit": "10.65.72.0/24",
    "loopbacks": "10.65.73.0/24",
}
"""What a pool is where nothing of it runs."""
_VLAN_ROOM: Final = 50
_LAST_VLAN: Final = 1001
"""Beyond it platforms take ids for themselves; a pool goes there only if ids that run do."""


def prefix_pools(running: Mapping[str, Iterable[IPv4Network]]) -> dict[str, list[IPv4Network]]:
    """Give pools that hold what runs and do not overlap; `running` is by pool."""
    own: dict[str, list[IPv4Network]] = {}
    for name in _ROOM:
        before = [net for nets in own.values() for net in nets]
        mine = sorted(set(running.get(name, ())))
        own[name] = [net for net in mine if not any(net.overlaps(other) for other in before)]
    pools: dict[str, list[IPv4Network]] = {}
    for name in _ROOM:
        others = [net for other in _ROOM if other != name for net in own[other]]
        others += [net for done in pools.values() for net in done]
        joined = _joined(own[name], others)
        pools[name] = _disjoint(_widened(net, others, _ROOM[name]) for net in joined)
    for name in _ROOM:
        if not pools[name]:
            pools[name] = [_spare(name, [net for done in pools.values() for net in done])]
    return pools


def _joined(own: Sequence[IPv4Network], others: Sequence[IPv4Network]) -> list[IPv4Network]:
    """Cover networks by the fewest that hold none of the others."""
    if not own:
        return []
    root = own[0]
    while not all(net.subnet_of(root) for net in own):
        root = root.supernet()
    alone = _is_private(root) and not any(root.overlaps(net) for net in others)
    if alone or root in own:
        return [root]
    halves = ([net for net in own if net.subnet_of(half)] for half in root.subnets())
    return [net for half in halves for net in _joined(half, others)]


def _widened(net: IPv4Network, others: Sequence[IPv4Network], length: int) -> IPv4Network:
    """Widen a network as long as it meets no other pool."""
    while net.prefixlen > length:
        wider = net.supernet()
        if not _is_private(wider) or any(wider.overlaps(other) for other in others):
            break
        net = wider
    return net


def _disjoint(nets: Iterable[IPv4Network]) -> list[IPv4Network]:
    """Leave out networks that lie inside another one, and keep the order of addresses."""
    found: list[IPv4Network] = []
    for net in sorted(nets, key=lambda net: (net.prefixlen, net)):
        if not any(net.subnet_of(kept) for kept in found):
            found.append(net)
    return sorted(found)


def _spare(name: str, others: Sequence[IPv4Network]) -> IPv4Network:
    wanted = IPv4Network(_SPARE[name])
    area = IPv4Network("10.0.0.0/8")
    while any(wanted.overlaps(other) for other in others):
        following = int(wanted.broadcast_address) + 1
        start = following if following <= int(area.broadcast_address) else int(area[0])
        wanted = IPv4Network((start, wanted.prefixlen))
    return wanted


def _is_private(net: IPv4Network) -> bool:
    return any(net.subnet_of(private) for private in _PRIVATE)


def vlan_pools(
    access: Iterable[int], centre: Iterable[int], transit: int | None, nowhere: Iterable[int]
) -> dict[str, str | int]:
    """Give the VLAN pools.

    Args:
        access: ids of communes' segments that run.
        centre: ids of the centre's segments.
        transit: the tag of VRF VIDEO, if that of MGMT is the next one.
        nowhere: ids that lead nowhere, the black hole first.
    """
    taken = {*access, *centre, *nowhere}
    blackhole, native = _special(list(nowhere), taken)
    reserved = {1, *range(1002, 1006), blackhole, native}
    done: list[range] = []
    spans: dict[str, range] = {}
    if transit and not {transit, transit + 1} & reserved:
        spans["transit"] = range(transit, transit + 2)
        done.append(spans["transit"])
    for name, ids, barred in (
        ("access", set(access), reserved | set(centre)),
        ("centre", set(centre), reserved),
    ):
        spans[name] = _span(ids, done, barred)
        done.append(spans[name])
    if "transit" not in spans:
        spans["transit"] = _span(set(), [*done, *(range(i, i + 1) for i in taken)], reserved)
    names = ("access", "centre", "transit")
    return {
        **{name: f"{spans[name][0]}-{spans[name][-1]}" for name in names},
        "blackhole": blackhole,
        "native": native,
    }


def _special(nowhere: list[int], taken: set[int]) -> tuple[int, int]:
    """Give the black hole and the native VLAN, the usual ones where none is known."""
    free = (i for i in range(999, 1, -1) if i not in taken)
    blackhole = nowhere[0] if nowhere else next(free)
    native = next((i for i in nowhere if i != blackhole), None) or next(free)
    return blackhole, native


def _span(ids: set[int], done: Sequence[range], reserved: set[int]) -> range:
    """Give the free range that holds most of some ids, with room behind them."""
    barred = reserved | {i for span in done for i in span}
    last = max((_LAST_VLAN, *ids))
    runs: list[list[int]] = [[]]
    for vlan in range(2, last + 1):
        if vlan in barred:
            runs.append([])
        else:
            runs[-1].append(vlan)
    best = max(runs, key=lambda run: (sum(i in ids for i in run), len(run)))
    mine = [i for i in best if i in ids]
    if not mine:
        return range(best[0], min(best[0] + _VLAN_ROOM, best[-1] + 1))
    return range(mine[0], min(mine[-1] + _VLAN_ROOM, best[-1]) + 1)
