"""The record as a page of its own, for a printer: nothing is fetched to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from maille.platforms import templates_folder

if TYPE_CHECKING:
    from maille.holds.slip.sheet import Sheet

TEMPLATE = "slip.html"


def as_html(sheet: Sheet) -> str:
    """Write a record as HTML."""
    environment = Environment(
        loader=FileSystemLoader(templates_folder() / "holds"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE).render(sheet=sheet)
