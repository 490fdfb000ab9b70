"""The sheet of attachment points for nomad cameras."""

from __future__ import annotations

from maille.batch.columns import Column, Key, Kind, Sheet
from maille.batch.language import Words
from maille.batch.sheets.common import CABINET, INSEE, REMARK, position
from maille.inventory.schema.commune import AttachmentPoint

POINTS = Sheet(
    Words("Points d'attache", "Attachment points"),
    Words("point d'attache", "attachment point"),
    AttachmentPoint,
    (
        REMARK,
        INSEE,
        CABINET,
        Column(
            (),
            Kind.ID,
            Words("Point d'attache", "Attachment point"),
            Words(
                "Port préparé pour une caméra nomade ; identifiant.",
                "A port prepared for a nomad camera; its id.",
            ),
            Words("parvis", "parvis"),
            required=True,
            key=Key.ITEM,
            width=18,
        ),
        Column(
            ("place",),
            Kind.TEXT,
            Words("Emplacement", "Place"),
            Words("Où il se trouve.", "Where it is."),
            Words("candélabre du parvis", "lamp post on the forecourt"),
            required=True,
            width=30,
        ),
        *position(Words("Du point", "Of the point"), required=False),
        Column(
            ("poe",),
            Kind.CHOICE,
            Words("PoE", "PoE"),
            Words("« at » (30 W) si la cellule est vide.", "“at” (30 W) if the cell is empty."),
            Words("at", "at"),
            among="poe",
            width=9,
        ),
    ),
    below="attachment_points",
)
