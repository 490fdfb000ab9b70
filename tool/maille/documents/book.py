"""The estate book: one static site, written from a blueprint and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.documents.context import Context
from maille.documents.drawings.backbone import backbone_graph
from maille.documents.drawings.cabinets import cabinet_graph
from maille.documents.drawings.dot import draw
from maille.documents.drawings.rings import ring_graph
from maille.documents.drawings.storage import storage_graph
from maille.documents.html import Entry, Writer
from maille.documents.pages.capacity import NEED_FILE, capacity_page
from maille.documents.pages.communes import commune_page_of, communes_page
from maille.documents.pages.conventions import conventions_page
from maille.documents.pages.findings import findings_page
from maille.documents.pages.labels import labels_page_of
from maille.documents.pages.lists import (
    FOLDER,
    addresses_page,
    cabling_page,
    cameras_page,
    everything_page,
    materials_page,
    spreadsheets,
)
from maille.documents.pages.overview import map_page, overview_page
from maille.documents.pages.places import cabinet_drawing, cabinet_page, places_page, site_page
from maille.documents.pages.rings import BACKBONE, network_page, ring_drawing, ring_page_of
from maille.documents.pages.storage import STORAGE, storage_page
from maille.documents.plots.need import need_plot
from maille.documents.plots.svg import standalone
from maille.documents.spreadsheets import sheet
from maille.documents.telling import Telling
from maille.documents.tree import blocked_ends
from maille.layout.build import layout_of
from maille.sizing.forecast import forecast
from maille.sizing.sizing import size
from maille.spreadsheet import as_csv, as_workbook
from maille.tongue import tongue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from markupsafe import Markup

    from maille.blueprint.model import Blueprint, Camera
    from maille.check.built import Built
    from maille.documents.blocks import Page
    from maille.tongue import Tongue

Files = dict[str, str | bytes]
"""Content by path, seen from the book's front."""


def book(built: Built, drawer: Callable[[Mapping[str, str]], Mapping[str, Markup]] = draw) -> Files:
    """Write the book of an estate in its own language: content by path, `index.html` first.

    The same estate gives the same bytes. `drawer` turns graphs in the DOT language into SVG;
    Graphviz does it, in one process, and is all that this needs of the world.
    """
    context = context_of(built, drawer)
    front = list(_front(context))
    home = Entry(context.tongue.gettext("Overview"), front[0].path)
    navigation = [home, *(Entry(page.title, page.path) for page in front[1:])]
    title = built.blueprint.estate.settings.title
    writer = Writer(context.tongue, title, context.as_of, navigation)
    pages: Files = {page.path: writer.write(page) for page in (*front, *_sheets(context))}
    return pages | dict(_files(context))


def context_of(
    built: Built, drawer: Callable[[Mapping[str, str]], Mapping[str, Markup]] = draw
) -> Context:
    """Compute what all pages are written from, drawings included."""
    blueprint = built.blueprint
    words = tongue(blueprint.estate.settings.language)
    blocked = blocked_ends(blueprint)
    return Context(
        built=built,
        tongue=words,
        telling=Telling(words),
        drawings=drawer(dict(_graphs(blueprint, blocked, words))),
        blocked=blocked,
        sizing=size(blueprint),
        forecast=forecast(blueprint),
        on_switch=_on_switch(blueprint),
    )


def _on_switch(blueprint: Blueprint) -> dict[str, tuple[Camera, ...]]:
    found: dict[str, list[Camera]] = {}
    for camera in blueprint.cameras.values():
        if camera.switch:
            found.setdefault(camera.switch, []).append(camera)
    return {
        switch: tuple(sorted(cameras, key=lambda camera: camera.position or 0))
        for switch, cameras in found.items()
    }


def _graphs(
    blueprint: Blueprint, blocked: Mapping[str, str], words: Tongue
) -> Iterator[tuple[str, str]]:
    yield BACKBONE, backbone_graph(blueprint, words)
    yield STORAGE, storage_graph(blueprint, layout_of(blueprint), words)
    for ring in blueprint.rings.values():
        yield ring_drawing(ring.id), ring_graph(blueprint, ring, blocked, words)
    for switch in blueprint.switches.values():
        if switch.cabinet:
            yield cabinet_drawing(switch.id), cabinet_graph(blueprint, switch, blocked, words)


def _front(context: Context) -> Iterator[Page]:
    """Give the pages of the navigation, in its order."""
    yield overview_page(context)
    yield map_page(context)
    yield communes_page(context)
    yield cameras_page(context)
    yield conventions_page(context)
    yield network_page(context)
    yield places_page(context)
    yield addresses_page(context)
    yield cabling_page(context)
    yield materials_page(context)
    yield capacity_page(context)
    yield storage_page(context)
    yield findings_page(context)
    yield everything_page(context)


def _sheets(context: Context) -> Iterator[Page]:
    """Give the pages of single things."""
    blueprint = context.blueprint
    for share in blueprint.communes.values():
        yield commune_page_of(context, share)
        yield labels_page_of(context, share)
    for ring in blueprint.rings.values():
        yield ring_page_of(context, ring)
    for switch in blueprint.switches.values():
        if switch.cabinet:
            yield cabinet_page(context, switch)
    for site in blueprint.estate.network.sites:
        yield site_page(context, site)


def _files(context: Context) -> Iterator[tuple[str, str | bytes]]:
    """Give workbooks, CSV files and the plot that stand beside the pages."""
    for name, listed in spreadsheets(context).items():
        sheets = {each.key: sheet(each.title, each.table) for each in listed}
        yield f"{FOLDER}/{name}.xlsx", as_workbook([*sheets.values()], context.as_of)
        for key, one in sheets.items():
            yield f"{FOLDER}/{name}-{key}.csv", as_csv(one)
    yield NEED_FILE, standalone(need_plot(context.forecast, context.tongue))
