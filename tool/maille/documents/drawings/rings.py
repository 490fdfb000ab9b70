"""A ring as a drawing: down on one side and up on the other, closed over its pair."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from maille.documents.drawings.dot import (
    ACCENT,
    BAD,
    BAD_PANEL,
    INK,
    PANEL,
    PAPER,
    SOFT,
    attributes,
    bold,
    cell,
    graph,
    quoted,
    row,
    small,
    table,
)
from maille.documents.naming import short_port, switch_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maille.blueprint.model import Blueprint, Link, Ring, Switch
    from maille.tongue import Tongue


def ring_graph(blueprint: Blueprint, ring: Ring, blocked: Mapping[str, str], tongue: Tongue) -> str:
    """Draw a ring: members in order with their ports, cables and lengths, what blocks, spurs."""
    return graph(
        _Ring(blueprint, ring, blocked, tongue).lines(), nodesep=0.9, ranksep=0.32, pad=0.1
    )


class _Ring:
    def __init__(
        self, blueprint: Blueprint, ring: Ring, blocked: Mapping[str, str], tongue: Tongue
    ) -> None:
        self.blueprint, self.ring, self.blocked, self.tongue = blueprint, ring, blocked, tongue
        pair = blueprint.pairs[ring.pair]
        self.ends = (pair.primary, *ring.members, pair.secondary)
        self.left = self.ends[: (len(self.ends) + 1) // 2]
        self.right = self.ends[: len(self.left) - 1 : -1]
        communes = {blueprint.switches[member].commune for member in ring.members}
        self.several = len(communes) > 1
        self.cameras: dict[str | None, int] = {}
        for camera in blueprint.cameras.values():
            self.cameras[camera.switch] = self.cameras.get(camera.switch, 0) + 1

    def lines(self) -> Iterator[str]:
        for switch in self.ends:
            yield self._node(switch)
        yield f"{{rank=same; {quoted(self.ends[0])}; {quoted(self.ends[-1])}}}"
        if len(self.left) == len(self.right) > 1:
            yield f"{{rank=same; {quoted(self.left[-1])}; {quoted(self.right[-1])}}}"
        yield from self._peer()
        for link, (near, far) in zip(self.ring.links, pairwise(self.ends), strict=True):
            yield self._edge(self.blueprint.links[link], near, far)
        yield from self._spurs()

    def _node(self, switch: str) -> str:
        found = self.blueprint.switches[switch]
        gateway = switch in {self.ends[0], self.ends[-1]}
        top, bottom = self._ports(found)
        words = self._words(found, gateway=gateway)
        label = table(
            *(row(part) for part in (top, *map(cell, words), bottom) if part),
            colour=ACCENT if gateway else SOFT,
            background=PANEL if gateway else PAPER,
        )
        page = f"../{switch_page(self.blueprint, switch)}"
        return f"{quoted(switch)} {attributes(label=label, URL=page, tooltip=found.hostname)}"

    def _words(self, switch: Switch, *, gateway: bool) -> tuple[str, ...]:
        """Give the lines of a node; the commune's name where the ring passes several."""
        _ = self.tongue.gettext
        if gateway:
            part = _("primary, root") if switch.id == self.ends[0] else _("secondary")
            return bold(switch.place), small(f"{switch.hostname} · {part}")
        count = self.cameras.get(switch.id, 0)
        cameras = self.tongue.ngettext("{count} camera", "{count} cameras", count)
        what = small(f"{switch.hostname} · {cameras.format(count=self.tongue.number(count))}")
        if not self.several:
            return bold(switch.place), what
        commune = self.blueprint.estate.communes[switch.commune or ""].commune
        return bold(commune), small(switch.place, INK), what

    def _ports(self, switch: Switch) -> tuple[str, str]:
        """Give the cells above and below: the ports towards the neighbours on the ring."""
        position = self.ends.index(switch.id)
        before = self.ring.links[position - 1] if position > 0 else None
        after = self.ring.links[position] if position < len(self.ring.links) else None
        above, below = (before, after) if switch.id in self.left else (after, before)
        return self._port(switch, above, "above"), self._port(switch, below, "below")

    def _port(self, switch: Switch, link: str | None, port: str) -> str:
        if link is None:
            return ""
        found = self.blueprint.links[link]
        name = short_port((found.a if found.a.switch == switch.id else found.b).ports[0])
        if self.blocked.get(link) == switch.id:
            words = f"{name} · {self.tongue.gettext('blocks')}"
            return cell(small(words, BAD), port=port, background=BAD_PANEL)
        return cell(small(name), port=port)

    def _edge(self, link: Link, near: str, far: str) -> str:
        """Draw downwards on both sides, so that Graphviz ranks both alike."""
        down = near in self.left
        start, end = (near, far) if down else (far, near)
        across = near in self.left and far in self.right and len(self.left) == len(self.right)
        strand = link.strands[0]
        words = " · ".join((f"{self.tongue.short(strand.length_km)} km", *strand.cables))
        label = table(row(cell(small(words))), border=0)
        stops = link.id in self.blocked
        tail, head = ("below", "below") if across else ("below", "above")
        if not self.ring.members:
            return f"{quoted(start)} -> {quoted(end)} {attributes(label=label, constraint='false')}"
        return (
            f"{quoted(start)}:{tail}:s -> {quoted(end)}:{head}:{'s' if across else 'n'} "
            + attributes(
                label=label,
                style="dashed" if stops else None,
                color=BAD if stops else None,
                constraint="false" if across else None,
            )
        )

    def _peer(self) -> Iterator[str]:
        first, last = self.ends[0], self.ends[-1]
        for link in self.blueprint.links.values():
            if link.role == "peer" and {link.a.switch, link.b.switch} == {first, last}:
                yield f"{quoted(first)} -> {quoted(last)} " + attributes(
                    label=link.id, constraint="false", penwidth=2, color=ACCENT
                )
                return

    def _spurs(self) -> Iterator[str]:
        for link in self.blueprint.links.values():
            if link.role == "spur" and link.ring == self.ring.id:
                child = self.blueprint.switches[link.a.switch]
                words = map(cell, self._words(child, gateway=False))
                label = table(*map(row, words), colour=SOFT)
                length = f"{self.tongue.short(link.strands[0].length_km)} km"
                yield f"{quoted(child.id)} " + attributes(
                    label=label,
                    URL=f"../{switch_page(self.blueprint, child.id)}",
                    tooltip=child.hostname,
                )
                yield f"{quoted(link.b.switch)} -> {quoted(child.id)} " + attributes(
                    label=table(row(cell(small(length))), border=0), style="dotted"
                )
