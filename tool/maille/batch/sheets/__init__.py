"""The sheets of a batch, in their order."""

from __future__ import annotations

from maille.batch.sheets.cabinets import CABINETS
from maille.batch.sheets.cameras import CAMERAS
from maille.batch.sheets.communes import COMMUNES
from maille.batch.sheets.points import POINTS

__all__ = ["CABINETS", "CAMERAS", "COMMUNES", "FLAT_SHEETS", "POINTS", "SHEETS"]

SHEETS = (COMMUNES, CABINETS, CAMERAS, POINTS)
FLAT_SHEETS = (COMMUNES, CABINETS, CAMERAS)
"""What a line of a table may describe."""
