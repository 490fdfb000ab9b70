"""Layouts of small estates that hypothesis draws, some of their communes no members."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from tests.estates import COMPLETE
from tests.strategies import CATALOGUE, Sketch, sketches
from tests.unit.allocation.helpers import AS_OF

from maille.allocation.lock import Lock
from maille.allocation.settle import settle
from maille.blueprint.build import build
from maille.inventory.load import load
from maille.inventory.schema.estate import Estate

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from maille.blueprint.model import Blueprint

CABLE = {"title": "cable", "fibres": 12, "length_km": 10.0}
LEFT = {"since": "2020-01-01", "until": "2024-12-31", "convention": "convention"}


@cache
def _models() -> dict[str, Any]:
    """Give the catalogue of the sketches, with one server and one optic of a real one."""
    known = load(COMPLETE).whole().catalogue
    server, optic = known.servers["ceph-hdd-12"], known.optics["1000base-lx"]
    more = {"servers": {"ceph": server.model_dump()}, "optics": {"lx": optic.model_dump()}}
    return CATALOGUE | more


def blueprint_of(sketch: Sketch, lock: Lock | None = None) -> Blueprint:
    """Build a sketch, with the numbers of a lock where it has some."""
    sketch.network["cables"] = {"cable": CABLE}
    estate = Estate.model_validate({"catalogue": _models(), **vars(sketch)})
    return build(estate, settle(estate, lock or Lock(), as_of=AS_OF).lock, AS_OF)


@st.composite
def memberships(draw: DrawFn) -> Sketch:
    """Draw an estate with ports for all; some communes have left, some never came."""
    sketch = draw(sketches(cabinets=2, cameras=4))
    for commune in sketch.communes.values():
        for cabinet in commune["cabinets"].values():
            cabinet["switch"] = "edge-24"
        member = draw(st.sampled_from(("now", "now", "left", "never")))
        if member == "left":
            commune["member"] = LEFT
        elif member == "never":
            commune["member"] = None
    return sketch
