"""The bill of materials: what stands, what is to come, and spares.

Spares are an assumption of this tool, stated wherever they are shown: 5 % of each model of
switch, camera and transceiver, at least one. Servers have none: a Ceph cluster heals on the
hosts that are left, recorders and services are planned in excess.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maille.documents.blocks import Code, Column, Row, Table
from maille.documents.words import CATEGORY, word
from maille.topology.service import begun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.blueprint.model import Blueprint
    from maille.inventory.schema.catalogue import Entry
    from maille.tongue import Tongue

SPARE_SHARE: Final = 0.05
_SPARED: Final = frozenset({"switch", "camera", "optic"})


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the bill: one model, its pieces (or kilometres, of cables)."""

    category: str
    model: str
    title: str
    maker: str
    in_place: float
    to_come: float
    price_eur: float | None

    @property
    def total(self) -> float:
        """Give what there is in the end, spares aside."""
        return self.in_place + self.to_come

    @property
    def spares(self) -> int:
        """Give the spares to keep: 5 % of the model, at least one."""
        if self.category not in _SPARED or not self.total:
            return 0
        return max(1, math.ceil(self.total * SPARE_SHARE - 1e-9))

    @property
    def cost_eur(self) -> float | None:
        """Give the price of what is to be bought, spares included; None without a price."""
        if self.price_eur is None:
            return None
        return self.price_eur * (self.to_come + self.spares)


def materials(blueprint: Blueprint) -> tuple[Item, ...]:
    """Count what the estate is made of, by category and model."""
    catalogue = blueprint.estate.catalogue
    return (
        *_items("switch", catalogue.switches, _switches(blueprint)),
        *_items("camera", catalogue.cameras, _cameras(blueprint)),
        *_items("optic", catalogue.optics, _optics(blueprint)),
        *_items("server", catalogue.servers, _servers(blueprint)),
        *_cables(blueprint),
    )


Piece = tuple[str, bool, int]
"""A model, whether it is in place, and how many pieces."""


def _items(category: str, models: Mapping[str, Entry], pieces: Iterable[Piece]) -> Iterator[Item]:
    in_place: Counter[str] = Counter()
    to_come: Counter[str] = Counter()
    for model, there, count in pieces:
        (in_place if there else to_come)[model] += count
    for model in sorted(in_place.keys() | to_come.keys()):
        entry = models[model]
        yield Item(
            category,
            model,
            entry.title,
            entry.maker,
            in_place[model],
            to_come[model],
            entry.price_eur,
        )


def _switches(blueprint: Blueprint) -> Iterator[Piece]:
    for switch in blueprint.switches.values():
        yield switch.model_id, switch.in_service, 1


def _cameras(blueprint: Blueprint) -> Iterator[Piece]:
    for camera in blueprint.cameras.values():
        yield camera.model_id, camera.connected or camera.nomad, 1


def _optics(blueprint: Blueprint) -> Iterator[Piece]:
    """Two a strand, one at each end; of a direct-attach cable, one for both."""
    optics, switches = blueprint.estate.catalogue.optics, blueprint.switches
    for link in blueprint.links.values():
        for strand in link.strands:
            ends = ((link.a.switch, strand.optic_a), (link.b.switch, strand.optic_b))
            for number, (switch, optic) in enumerate(ends):
                whole = optic is not None and optics[optic].medium == "dac"
                if optic is not None and not (whole and number):
                    yield optic, switches[switch].in_service, 1


def _servers(blueprint: Blueprint) -> Iterator[Piece]:
    for host in blueprint.estate.centre.hosts.values():
        if host.model:
            yield host.model, begun(host.in_service, blueprint.as_of), host.count


def _cables(blueprint: Blueprint) -> Iterator[Item]:
    """Add up the kilometres of cable by the number of fibres."""
    km: dict[int, float] = {}
    for cable in blueprint.estate.network.cables.values():
        km[cable.fibres] = km.get(cable.fibres, 0.0) + cable.length_km
    for fibres, length_km in sorted(km.items()):
        yield Item("cable", str(fibres), str(fibres), "", round(length_km, 3), 0, None)


def materials_table(items: Iterable[Item], tongue: Tongue) -> Table:
    """Write the bill as a table; of cables, kilometres by the number of fibres.

    Prices have columns where one is known.
    """
    _ = tongue.gettext
    items = tuple(items)
    priced = any(item.price_eur is not None for item in items)
    prices = (Column(_("Unit price, € net"), "number", 2), Column(_("To buy, € net"), "number", 2))
    return Table(
        name=_("Bill of materials"),
        columns=(
            Column(_("Category")),
            Column(_("Model"), "code"),
            Column(_("Product")),
            Column(_("Maker")),
            Column(_("In place"), "number"),
            Column(_("To come"), "number"),
            Column(_("In all"), "number"),
            Column(_("Spares"), "number"),
            Column(_("Unit")),
            *(prices if priced else ()),
        ),
        rows=tuple(_row(item, tongue, priced=priced) for item in items),
    )


def _in_words(tongue: Tongue, text: str) -> str:
    """Translate what the catalogue describes in words; names of products stay what they are."""
    return tongue.gettext(text) if text else ""


def _row(item: Item, tongue: Tongue, *, priced: bool) -> Row:
    cable = item.category == "cable"
    title, maker = (_in_words(tongue, text) for text in (item.title, item.maker))
    if cable:
        title = tongue.gettext("Cable of {count} fibres").format(count=item.model)
    return Row(
        (
            word(tongue, CATEGORY, item.category),
            None if cable else Code(item.model),
            title,
            maker,
            item.in_place,
            item.to_come,
            item.total,
            item.spares,
            "km" if cable else tongue.gettext("piece"),
            *((item.price_eur, item.cost_eur) if priced else ()),
        )
    )
