"""The chapter on storage: whose share is how large and why, in numbers that can be checked."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from markupsafe import Markup
from tests import estates

from maille.documents.book import context_of
from maille.documents.drawings import dot
from maille.documents.drawings.storage import storage_graph
from maille.documents.pages.storage import storage_page
from maille.documents.tables.storage import formula_table, keys_table, losses_table, shares_table
from maille.layout.build import layout_of
from maille.layout.names import client
from maille.tongue import tongue

if TYPE_CHECKING:
    from maille.check.built import Built
    from maille.documents.blocks import Table
    from maille.documents.context import Context


@pytest.fixture(scope="module")
def context(chartres: Built) -> Context:
    """Give Chartres in English, and without drawings."""
    return replace(
        context_of(chartres, lambda graphs: dict.fromkeys(graphs, Markup())), tongue=tongue("en")
    )


def column(table: Table, title: str) -> list[object]:
    """Give a column's values as texts or numbers."""
    number = [one.title for one in table.columns].index(title)
    return [getattr(row.cells[number], "text", row.cells[number]) for row in table.rows]


def test_every_commune_has_its_share_and_the_quotas_add_up(context: Context) -> None:
    layout = layout_of(context.blueprint)
    table = shares_table(context, layout)
    assert set(column(table, "Subvolume")) == set(layout.subvolumes)
    keys = set(column(table, "Key of the recorder")) - {None}
    assert keys == {one for one in layout.clients if one.endswith(".recorder")}
    assert sum(map(float, column(table, "Quota, TB"))) == pytest.approx(layout.quota_bytes / 1e12)  # type: ignore[arg-type]
    (days,) = set(column(table, "Days")) - {None}
    assert days == 15


def test_the_formula_gives_what_it_says(context: Context) -> None:
    table = formula_table(context, layout_of(context.blueprint))
    need, quota, all_of_them, behind, there = column(table, "TB")
    numbers = str(column(table, "Numbers")[1])
    factors = [float(one.replace(",", "")) for one in re.findall(r"[\d.,]+", numbers)]
    rate, seconds, days, eight, margin = factors
    assert rate * 1e6 * seconds * days / eight * margin / 1e12 == pytest.approx(quota, rel=1e-3)
    assert float(str(need)) < float(str(quota)) < float(str(all_of_them))
    assert float(str(behind)) == pytest.approx(float(str(all_of_them)) * 6 / 4 / 0.8 * 7 / 6)
    assert float(str(behind)) <= float(str(there))


def test_the_loss_of_a_host_heals_and_that_of_two_stops_recording(context: Context) -> None:
    table = losses_table(context)
    assert column(table, "Hosts left") == [7, 6, 5]
    assert column(table, "Recording goes on") == ["yes", "yes", "until one is back"]
    assert column(table, "Heals") == [None, "yes", "no"]


def test_what_erases_sees_no_image(context: Context) -> None:
    table = keys_table(context, layout_of(context.blueprint))
    images = dict(zip(column(table, "Service"), column(table, "Images"), strict=True))
    assert images["erasure"] == "none"
    counts = dict(zip(column(table, "Service"), column(table, "Keys"), strict=True))
    assert counts["recorder, of its own share alone"] == 64


def test_the_drawing_leads_from_keys_to_disks(context: Context) -> None:
    layout = layout_of(context.blueprint)
    source = storage_graph(context.blueprint, layout, context.tongue)
    svg = dot.draw({"it": source})["it"]
    seen = {unescape(text) for text in re.findall(r"<text [^>]*>([^<]*)</text>", svg)}
    assert {pool.name for pool in layout.pools} | {group.name for group in layout.groups} <= seen
    assert {one.recorder for one in layout.subvolumes.values()} - {None} <= seen
    assert {"exporter", "verifier", "expirer", "1", "7", "to heal on"} <= seen


@pytest.mark.parametrize("name", ["chalon", "malataverne", "cecos"])
def test_other_estates_have_the_chapter_too(name: str) -> None:
    other = context_of(
        estates.built(estates.INVENTORY / name), lambda graphs: dict.fromkeys(graphs, Markup())
    )
    page = storage_page(other)
    assert [part.anchor for part in page.sections] == ["shares", "sizes", "losses", "keys"]
    named = str(page.sections)
    for share in layout_of(other.blueprint).subvolumes.values():
        assert share.title in named or share.commune is None
        assert share.commune is None or client(share.name, "recorder") in named
