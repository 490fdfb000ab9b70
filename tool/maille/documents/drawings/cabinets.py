"""A cabinet as a drawing: its switch port by port, what hangs on each, and where it leads."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from maille.documents.drawings.dot import (
    ACCENT,
    BAD,
    BAD_PANEL,
    CAMERA_PANEL,
    INK,
    PANEL,
    PPMS_PANEL,
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

    from maille.blueprint.model import Blueprint, Camera, Port, Switch
    from maille.tongue import Tongue

_SWITCH, _ENDS = "switch", "ends"


def cabinet_graph(
    blueprint: Blueprint, switch: Switch, blocked: Mapping[str, str], tongue: Tongue
) -> str:
    """Draw a cabinet: ports with their segment and power, cameras, points and neighbours."""
    return graph(
        _Cabinet(blueprint, switch, blocked, tongue).lines(),
        rankdir="LR",
        nodesep=0.08,
        ranksep=0.55,
        pad=0.1,
    )


class _Cabinet:
    def __init__(
        self, blueprint: Blueprint, switch: Switch, blocked: Mapping[str, str], tongue: Tongue
    ) -> None:
        self.blueprint, self.switch = blueprint, switch
        self.blocked, self.tongue = blocked, tongue

    def lines(self) -> Iterator[str]:
        ports = list(enumerate(self.switch.ports))
        yield f"{_SWITCH} {attributes(label=self._body())}"
        for number, port in ports:
            if port.far_switch:
                yield from self._neighbour(number, port, port.far_switch)
        hanging = [(number, port) for number, port in ports if port.camera or port.point]
        if hanging:
            yield f"{_ENDS} {attributes(label=table(*map(self._hanging, hanging), border=0))}"
            yield from (self._cord(number, port) for number, port in hanging)

    def _body(self) -> str:
        model = self.switch.model
        head = row(f'<TD COLSPAN="3" BGCOLOR="{PANEL}">{bold(self.switch.hostname)}</TD>')
        what = row(f'<TD COLSPAN="3">{small(model.title)}</TD>')
        return table(head, what, *self._rows(), colour=ACCENT)

    def _rows(self) -> Iterator[str]:
        """Give a row a port; spare ports that follow each other share one."""
        numbered = list(enumerate(self.switch.ports))
        for spare, ports in groupby(numbered, key=lambda entry: entry[1].kind == "spare"):
            if spare:
                yield self._spares([port for _, port in ports])
            else:
                yield from (self._row(number, port) for number, port in ports)

    def _spares(self, ports: list[Port]) -> str:
        name = short_port(ports[0].name)
        if len(ports) > 1:
            name += f" – {short_port(ports[-1].name)}"
        free = self.tongue.gettext("free, shut")
        return row(cell(small(name), align="LEFT"), f'<TD COLSPAN="2">{small(free)}</TD>')

    def _row(self, number: int, port: Port) -> str:
        blocks = port.link is not None and self.blocked.get(port.link) == self.switch.id
        panel = BAD_PANEL if blocks else self._panel(port)
        return row(
            cell(
                small(short_port(port.name), INK), port=f"w{number}", align="LEFT", background=panel
            ),
            cell(
                small(self._carries(port, blocks=blocks), BAD if blocks else SOFT), background=panel
            ),
            cell(small(self._power(port)), port=f"e{number}", align="RIGHT", background=panel),
        )

    def _panel(self, port: Port) -> str:
        if port.segment is None:
            return ""
        function = self.blueprint.segments[port.segment].function
        return PPMS_PANEL if function == "ppms" else CAMERA_PANEL

    def _carries(self, port: Port, *, blocks: bool) -> str:
        if blocks:
            return self.tongue.gettext("blocks")
        if port.segment is not None:
            segment = self.blueprint.segments[port.segment]
            text = f"VLAN {segment.vlan}"
            return f"{text} PPMS" if segment.function == "ppms" else text
        if port.link is not None:
            count = len(self.blueprint.links[port.link].segments)
            return self.tongue.ngettext(
                "trunk, {count} VLAN", "trunk, {count} VLANs", count
            ).format(count=count)
        return ""

    def _power(self, port: Port) -> str:
        if port.camera is None:
            return ""
        worst_w = self.blueprint.cameras[port.camera].model.worst_w
        return f"{self.tongue.short(worst_w, 1)} W"

    def _neighbour(self, number: int, port: Port, far: str) -> Iterator[str]:
        other = self.blueprint.switches[far]
        label = table(
            row(cell(bold(other.place))),
            row(cell(small(f"{other.hostname} · {short_port(port.far_port or '')}"))),
            colour=SOFT,
        )
        page = f"../{switch_page(self.blueprint, far)}"
        node = quoted(f"far {number}")
        yield f"{node} {attributes(label=label, URL=page, tooltip=other.hostname)}"
        stops = port.link in self.blocked
        yield f"{node} -> {_SWITCH}:w{number}:w " + attributes(
            style="dashed" if stops else None, color=BAD if stops else ACCENT, penwidth=1.5
        )

    def _hanging(self, numbered: tuple[int, Port]) -> str:
        number, port = numbered
        if port.camera:
            first, second = self._camera(port, self.blueprint.cameras[port.camera])
        else:
            first, second = self._free_point(port.point or "")
        return row(cell(bold(first), port=f"c{number}", align="LEFT")) + row(
            cell(small(second), align="LEFT")
        )

    def _camera(self, port: Port, camera: Camera) -> tuple[str, str]:
        _ = self.tongue.gettext
        state = "" if camera.connected else _("planned")
        if port.shutdown and camera.mac is None:
            state = _("not enrolled: port shut")
        first = " · ".join((camera.id, *([_("nomad")] if camera.nomad else [])))
        return first, " · ".join(filter(None, (camera.place, camera.model.title, state)))

    def _free_point(self, ident: str) -> tuple[str, str]:
        point = self.blueprint.points[ident]
        what = self.tongue.gettext("attachment point, free")
        return ident.rpartition("/")[2], f"{point.entry.place} · {what}"

    def _cord(self, number: int, port: Port) -> str:
        idle = port.shutdown or port.camera is None
        return f"{_SWITCH}:e{number}:e -> {_ENDS}:c{number}:w " + attributes(
            style="dashed" if idle else None
        )
