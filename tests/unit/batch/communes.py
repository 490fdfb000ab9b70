"""Any communes that a batch can describe, as hypothesis draws them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from maille.batch.choices import CHOICES
from maille.batch.values import tidy
from maille.inventory.reading.text import hidden
from maille.inventory.schema.commune import Commune

INSEE_CODES = ("01001", "26170", "26171", "2A004", "97101")

IDS = st.from_regex(r"[a-z][a-z0-9-]{0,7}", fullmatch=True)
TEXTS = st.one_of(
    st.sampled_from(["Place des Épars", "yes", "0123", "1e3", "=1+1", "a: b", "# 1", '"', "é;à"]),
    st.text(min_size=1, max_size=12),
).map(tidy)


def _is_fit(text: str) -> bool:
    """Say whether a text may stand in a cell: one that is seen, and that no spreadsheet eats."""
    try:
        scrambled = text.encode("cp1252").decode() != text
    except UnicodeError:
        scrambled = False
    return bool(text) and not hidden(text) and not scrambled and not text.startswith("#")


WORDS = TEXTS.filter(_is_fit)
MASKS = st.lists(WORDS.filter(lambda text: ";" not in text), max_size=2)
DAYS = st.dates(date(2000, 1, 2), date(2040, 1, 1)).map(str)
POSITIONS = st.tuples(st.floats(-90, 90), st.floats(-180, 180)).map(
    lambda pair: [round(part, 6) for part in pair]
)
MACS = st.integers(0, 2**40 - 1).map(lambda number: f"00{number:010x}")
WHOLES = st.integers(0, 10**6)
RINGS = st.fixed_dictionaries(
    {"ring": st.just("village"), "at_km": st.floats(0, 5).map(lambda km: round(km, 3))}
)
SPURS = st.fixed_dictionaries(
    {
        "spur": st.fixed_dictionaries(
            {
                "parent": st.just("26169-ecole"),
                "capacity_mbps": st.integers(1, 1000),
                "strand": st.fixed_dictionaries(
                    {"length_km": st.integers(1, 9)},
                    optional={"cables": st.just(["nord", "sud"]), "optic": st.just("1000base-lx")},
                ),
            },
            optional={"medium": st.sampled_from(sorted(CHOICES["medium"]))},
        )
    }
)
CAMERAS = st.fixed_dictionaries(
    {
        "model": st.sampled_from(["p1465-le", "q1700-le"]),
        "place": WORDS,
        "view": st.sampled_from(sorted(CHOICES["view"])),
    },
    optional={
        "masks": MASKS,
        "private_space": st.booleans(),
        "profile": st.just("rue"),
        "owner": st.just("commune"),
        "position": POSITIONS,
        "height_m": st.integers(1, 20),
        "in_service": DAYS,
        "wave": st.just("entrees"),
    },
)
POINTS = st.fixed_dictionaries(
    {"place": WORDS},
    optional={"position": POSITIONS, "poe": st.sampled_from(sorted(CHOICES["poe"]))},
)
POWERS = st.fixed_dictionaries(
    {"supply": st.just("poste-mairie")},
    optional={"second_supply": st.just("poste-ecole"), "ups_minutes": WHOLES},
)
CABINETS = st.builds(
    lambda fields, way: {**fields, **way},
    st.fixed_dictionaries(
        {
            "place": WORDS,
            "position": POSITIONS,
            "switch": st.just("ie-3300-8p2s"),
            "power": POWERS,
        },
        optional={
            "street": st.booleans(),
            "temperature_c": st.just([-5, 45.5]),
            "in_service": DAYS,
            "owner": st.just("commune"),
            "ppms": st.fixed_dictionaries(
                {"site": st.sampled_from(sorted(CHOICES["ppms"])), "pupils": WHOLES}
            ),
        },
    ),
    st.one_of(RINGS, SPURS),
)
HEADS = st.fixed_dictionaries(
    {"commune": WORDS},
    optional={
        "population": WHOLES,
        "position": POSITIONS,
        "zone": IDS,
        "wave": st.just("village"),
        "member": st.fixed_dictionaries({"since": DAYS, "convention": st.just("commune-2014")}),
        "authorisation": st.fixed_dictionaries(
            {
                "number": WORDS,
                "granted": DAYS,
                "expires": DAYS,
                "retention_max_days": st.integers(1, 30),
            }
        ),
        "owner": st.just("commune"),
        "contract": st.just("maintenance"),
    },
)


@st.composite
def communes(draw: st.DrawFn, *, points: bool = True) -> list[Commune]:
    """Draw a few communes; `points` gives their cabinets attachment points as well."""
    found = []
    macs = iter(draw(st.lists(MACS, min_size=12, max_size=12, unique=True)))
    for insee in draw(st.lists(st.sampled_from(INSEE_CODES), min_size=1, max_size=2, unique=True)):
        tree: dict[str, Any] = {**draw(HEADS), "insee": insee, "cabinets": {}}
        number = 0
        for name in draw(st.lists(IDS, max_size=2, unique=True)):
            cabinet: dict[str, Any] = {**draw(CABINETS), "cameras": {}}
            for camera in draw(st.lists(CAMERAS, max_size=3)):
                number += 1
                label = {"mac": next(macs), "serial": f"S{insee}{number}"}
                marked = camera | (label if draw(st.booleans()) else {})
                cabinet["cameras"][f"{insee.lower()}-{number:04d}"] = marked
            if points:
                cabinet["attachment_points"] = draw(st.dictionaries(IDS, POINTS, max_size=2))
            tree["cabinets"][name] = cabinet
        found.append(Commune.model_validate(tree))
    return found
