"""Drawings: what is in them, one process for all, and what becomes of hostile names."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from maille.documents.book import book
from maille.documents.drawings import dot
from maille.documents.drawings.cabinets import cabinet_graph
from maille.documents.drawings.rings import ring_graph
from maille.documents.tree import blocked_ends
from maille.errors import MailleError, RenderError
from maille.tongue import tongue

if TYPE_CHECKING:
    from maille.check.built import Built

ENGLISH = tongue("en")


def texts(svg: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<text [^>]*>([^<]*)</text>", svg)]


def test_a_ring_shows_members_in_order_ports_lengths_and_what_blocks(chartres: Built) -> None:
    blueprint = chartres.blueprint
    ring = blueprint.rings["chartres-centre"]
    source = ring_graph(blueprint, ring, blocked_ends(blueprint), ENGLISH)
    seen = texts(dot.draw({"ring": source})["ring"])
    for member in ring.members:
        assert any(member in text for text in seen)
    for ident in ring.links:
        strand = blueprint.links[ident].strands[0]
        length = f"{ENGLISH.short(strand.length_km)} km · {', '.join(strand.cables)}"
        assert length in seen
    assert len([text for text in seen if text.endswith("· blocks")]) == 1


@pytest.mark.parametrize("count", range(6))
def test_rings_of_any_size_are_drawn_with_all_their_links(chartres: Built, count: int) -> None:
    blueprint = chartres.blueprint
    whole = blueprint.rings["chartres-centre"]
    ring = replace(whole, members=whole.members[:count], links=whole.links[: count + 1])
    svg = dot.draw({"ring": ring_graph(blueprint, ring, {}, ENGLISH)})["ring"]
    assert sum(" km · " in text for text in texts(svg)) == count + 1


def test_a_cabinet_shows_ports_cameras_segments_and_power(chartres: Built) -> None:
    blueprint = chartres.blueprint
    switch = blueprint.switches["28085-marche"]
    svg = dot.draw({"it": cabinet_graph(blueprint, switch, {}, ENGLISH)})["it"]
    seen = texts(svg)
    cameras = [port.camera for port in switch.ports if port.camera]
    assert [text for text in seen if text in cameras] == cameras
    assert {"Gi1/3", "VLAN 100", "60 W", "Te1/1"} <= set(seen)
    assert any("free, shut" in text for text in seen)


def test_a_camera_that_is_not_enrolled_is_told_of(complete: Built) -> None:
    blueprint = complete.blueprint
    camera = next(it for it in blueprint.cameras.values() if it.switch and it.mac is None)
    switch = blueprint.switches[camera.switch or ""]
    svg = dot.draw({"it": cabinet_graph(blueprint, switch, {}, ENGLISH)})["it"]
    assert any("not enrolled: port shut" in text for text in texts(svg))


def test_drawings_have_no_ids_that_could_meet(chartres: Built) -> None:
    blueprint = chartres.blueprint
    switch = blueprint.switches["28085-marche"]
    svg = dot.draw({"it": cabinet_graph(blueprint, switch, {}, ENGLISH)})["it"]
    assert " id=" not in svg


def test_all_drawings_of_a_book_are_one_process(complete: Built) -> None:
    with mock.patch.object(subprocess, "run", wraps=subprocess.run) as run:
        book(complete)
    assert run.call_count == 1


def test_without_graphviz_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MailleError, match="apt-get install graphviz"):
        dot.draw({"it": dot.graph(["a"])})


def test_what_graphviz_refuses_is_told() -> None:
    with pytest.raises(RenderError, match="Graphviz refused a drawing: Error"):
        dot.draw({"good": dot.graph(["a"]), "bad": dot.graph(["->"])})


@pytest.mark.parametrize(
    "name",
    ['"', "\\", '\\" -> b [', "<b>&amp;</b>", "]", "line\nbreak", "<TABLE>", "é – \N{SNOWMAN}"],
)
def test_hostile_names_stay_names(name: str) -> None:
    label = dot.table(dot.row(dot.cell(dot.bold(name))))
    nodes = [
        f"{dot.quoted(name)} {dot.attributes(label=label)}",
        f"plain {dot.attributes(label=name, URL='x.html', tooltip=name)}",
    ]
    svg = dot.draw({"it": dot.graph(nodes)})["it"]
    assert svg.count('class="node"') == 2
    assert texts(svg).count(" ".join(name.split())) == 2
