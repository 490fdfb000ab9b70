"""The sheet of cameras."""

from __future__ import annotations

from maille.batch.columns import Column, Key, Kind, Sheet
from maille.batch.language import Words
from maille.batch.sheets.common import CABINET, INSEE, NOTHING, REMARK, position
from maille.inventory.schema.commune import Camera

CAMERAS = Sheet(
    Words("Caméras", "Cameras"),
    Words("caméra", "camera"),
    Camera,
    (
        REMARK,
        INSEE,
        CABINET,
        Column(
            (),
            Kind.ID,
            Words("Caméra", "Camera"),
            Words(
                "Identifiant qui ne change jamais : 28085-0001.",
                "An id that never changes: 28085-0001.",
            ),
            Words("00000-0001", "00000-0001"),
            required=True,
            key=Key.ITEM,
        ),
        Column(
            ("model",),
            Kind.NAME,
            Words("Modèle", "Model"),
            Words("Modèle du catalogue.", "A model of the catalogue."),
            NOTHING,
            required=True,
            among="camera model",
            width=16,
        ),
        Column(
            ("place",),
            Kind.TEXT,
            Words("Emplacement", "Place"),
            Words("Où elle est fixée.", "Where it hangs."),
            Words("façade, angle nord", "façade, north corner"),
            required=True,
            width=30,
        ),
        Column(
            ("view",),
            Kind.CHOICE,
            Words("Vue", "View"),
            Words("Ce qu'elle regarde : le profil suit.", "What it looks at: the profile follows."),
            Words("place", "square"),
            required=True,
            among="view",
            width=12,
        ),
        Column(
            ("masks",),
            Kind.TEXTS,
            Words("Masques", "Masks"),
            Words("Floutages, séparés par « ; ».", "Privacy masks, parted by “;”."),
            Words("fenêtres nord; jardin", "north windows; garden"),
            width=26,
        ),
        Column(
            ("private_space",),
            Kind.FLAG,
            Words("Espace privé en vue", "Private space in view"),
            Words(
                "« oui » si la cellule est vide : il faut alors des masques.",
                "Yes if the cell is empty: masks are then required.",
            ),
            NOTHING,
            width=17,
        ),
        Column(
            ("profile",),
            Kind.NAME,
            Words("Profil", "Profile"),
            Words("À la place de celui de la vue.", "In place of the view's."),
            NOTHING,
            among="profile",
        ),
        Column(
            ("sector",),
            Kind.ID,
            Words("Secteur", "Sector"),
            Words("Secteur sensible de la commune.", "A sensitive sector of the commune."),
            NOTHING,
        ),
        Column(
            ("owner",),
            Kind.NAME,
            Words("Propriétaire", "Owner"),
            Words("Si ce n'est pas celui de l'armoire.", "If it is not the cabinet's."),
            NOTHING,
            among="owner",
        ),
        *position(Words("De la caméra", "Of the camera"), required=False),
        Column(
            ("height_m",),
            Kind.NUMBER,
            Words("Hauteur (m)", "Height (m)"),
            Words("Au-dessus du sol.", "Above the ground."),
            NOTHING,
            width=12,
        ),
        Column(
            ("serial",),
            Kind.TEXT,
            Words("N° de série", "Serial no."),
            Words("Lu sur l'étiquette.", "Read from the label."),
            NOTHING,
            width=16,
        ),
        Column(
            ("mac",),
            Kind.MAC,
            Words("Adresse MAC", "MAC address"),
            Words(
                "Vide tant que la caméra n'est pas livrée : son port reste fermé.",
                "Empty until the camera is there: its port stays shut.",
            ),
            NOTHING,
            width=19,
        ),
        Column(
            ("in_service",),
            Kind.DAY,
            Words("En service le", "In service on"),
            Words("Vide tant qu'elle est prévue.", "Empty as long as it is planned."),
            NOTHING,
        ),
        Column(
            ("wave",),
            Kind.NAME,
            Words("Vague", "Wave"),
            Words("Si ce n'est pas celle de la commune.", "If it is not the commune's."),
            NOTHING,
            among="wave",
        ),
    ),
    below="cameras",
)
