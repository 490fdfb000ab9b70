"""Columns that several sheets have."""

from __future__ import annotations

from maille.batch.columns import Column, Key, Kind
from maille.batch.language import Words

HELP_TITLE = Words("Lisez-moi", "Read me")
LISTS_TITLE = Words("Listes", "Lists")
EXAMPLE_INSEE = "00000"
"""The code of the example row: no commune has it, so that no real row is taken for it."""
EXAMPLE = Words("exemple", "example")

REMARK = Column(
    (),
    Kind.REMARK,
    Words("Remarque", "Remark"),
    Words(
        "Libre, jamais importée. La ligne marquée « exemple » est ignorée.",
        "Free, never imported. The row marked “example” is ignored.",
    ),
    EXAMPLE,
    width=12,
)
INSEE = Column(
    (),
    Kind.INSEE,
    Words("Code INSEE", "INSEE code"),
    Words(
        "Les cinq caractères de l'INSEE (28085), pas le code postal.",
        "The five characters of INSEE (28085), not the postal code.",
    ),
    Words(EXAMPLE_INSEE, EXAMPLE_INSEE),
    required=True,
    key=Key.COMMUNE,
    width=14,
)
CABINET = Column(
    (),
    Kind.ID,
    Words("Armoire", "Cabinet"),
    Words(
        "Identifiant qui ne change jamais : minuscules, chiffres, tirets.",
        "An id that never changes: lower-case letters, digits, hyphens.",
    ),
    Words("mairie", "mairie"),
    required=True,
    key=Key.CABINET,
    width=18,
)
NOTHING = Words("", "")


def position(subject: Words, *, required: bool, example: bool = False) -> tuple[Column, Column]:
    """Make the two columns of a position."""
    titles = (Words("Latitude", "Latitude"), Words("Longitude", "Longitude"))
    places = (Words("48,4010", "48.4010"), Words("1,5020", "1.5020"))
    texts = (
        Words(f"{subject.fr}, degrés décimaux, WGS 84.", f"{subject.en}, decimal degrees, WGS 84."),
        Words(f"{subject.fr}, à l'est positive.", f"{subject.en}, east is positive."),
    )
    north, east = (
        Column(
            ("position", index),
            Kind.NUMBER,
            titles[index],
            texts[index],
            places[index] if example else NOTHING,
            required=required,
            width=11,
        )
        for index in range(2)
    )
    return north, east
