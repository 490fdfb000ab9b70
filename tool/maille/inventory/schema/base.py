"""What every model of the inventory is made of: the base class and the scalar types.

Models are frozen and refuse unknown keys. Scalars are strict: a number is not read out of a
text, and `yes` is no truth value. Dates, addresses and prefixes are written as text and
parsed here, so that a wrong one is told at its place.
"""

from __future__ import annotations

import contextlib
import re
from datetime import date, time
from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from maille.inventory.schema.docstrings import field_docstrings

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

from maille.inventory.dates import not_a_day
from maille.inventory.reading.fault import cut

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Model(BaseModel):
    """A frozen record of the inventory; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe each field by the text below it."""
        found = handler(core_schema)
        fields = handler.resolve_ref_schema(found).get("properties", {})
        for name, text in field_docstrings(cls).items():
            if name in fields:
                fields[name].setdefault("description", text)
        return found


def wrong(what: str, how: str, code: str = "I048") -> PydanticCustomError:
    """Make the error of a validator: what is wrong and how to mend it, told as they stand."""
    return PydanticCustomError("maille", "{what}", {"what": what, "how": how, "code": code})


def _text(value: object, meaning: str, example: str) -> str:
    if not isinstance(value, str):
        shown = "nothing" if value is None else f"`{value}`"
        raise wrong(f"{shown} is not {meaning}", f"write {meaning} as text, like {example}")
    return value


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    text = _text(value, "a date", "2025-03-31")
    if _DAY.fullmatch(text):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(text)
    raise wrong(*not_a_day(cut(text)), code="I046")


def _clock(value: object) -> time:
    """Read a time of day; `24:00` is the end of the day and is kept as 00:00."""
    if isinstance(value, time):
        return value
    text = _text(value, "a time of day", '"07:30"')
    try:
        hour, minute = (int(part) for part in text.split(":"))
        return time(hour % 24 if (hour, minute) == (24, 0) else hour, minute)
    except ValueError:
        raise wrong(f"`{text}` is not a time of day", 'write hours:minutes: "07:30"') from None


def _address(value: object) -> IPv4Address:
    if isinstance(value, IPv4Address):
        return value
    text = _text(value, "an IPv4 address", "10.28.0.10")
    try:
        return IPv4Address(text)
    except ValueError:
        raise wrong(f"`{text}` is not an IPv4 address", "write it like 10.28.0.10") from None


def _prefix(value: object) -> IPv4Network:
    if isinstance(value, IPv4Network):
        return value
    text = _text(value, "an IPv4 prefix", "10.28.0.0/24")
    try:
        return IPv4Network(text)
    except ValueError:
        try:
            meant = IPv4Network(text, strict=False)
        except ValueError:
            raise wrong(f"`{text}` is not an IPv4 prefix", "write it like 10.28.0.0/24") from None
        raise wrong(
            f"`{text}` has bits set behind its prefix length", f"the network is {meant}"
        ) from None


def _mac(value: object) -> str:
    text = _text(value, "a MAC address", '"ac:cc:8e:00:00:01"')
    digits = text.lower().replace(":", "").replace("-", "").replace(".", "")
    if len(digits) != 12 or any(c not in "0123456789abcdef" for c in digits):
        raise wrong(f"`{text}` is not a MAC address", 'write it like "ac:cc:8e:00:00:01"')
    if int(digits[:2], 16) & 1:
        raise wrong(f"`{text}` is a group address, no device has it", "read the MAC from the label")
    return ":".join(digits[i : i + 2] for i in range(0, 12, 2))


def _secret(value: object) -> str:
    text = _text(value, "a reference to a secret", "env:MAILLE_SNMP_AUTH")
    kind, _, rest = text.partition(":")
    if kind not in {"env", "file", "command"} or not rest:
        raise wrong(
            "a secret stands here in clear, or its reference is unknown",
            "name where it is kept: env:NAME, file:/path or command:program argument",
        )
    return text


class Position(NamedTuple):
    """A place on earth, WGS 84, in degrees."""

    latitude: float
    longitude: float


def _position(value: object) -> Position:
    if isinstance(value, Position):
        return value
    numbers = list(value) if isinstance(value, (list, tuple)) else []
    if len(numbers) != 2 or not all(type(part) in {int, float} for part in numbers):
        raise wrong("a position is two numbers", "write [latitude, longitude]: [48.4471, 1.5057]")
    latitude, longitude = float(numbers[0]), float(numbers[1])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise wrong(
            f"[{latitude}, {longitude}] is no place on earth",
            "write [latitude, longitude] in degrees: [48.4471, 1.5057]",
        )
    return Position(latitude, longitude)


def _json(kind: str, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


_AS_TEXT = PlainSerializer(str, return_type=str)

Day = Annotated[date, BeforeValidator(_day), _AS_TEXT, _json("string", format="date")]
Clock = Annotated[
    time, BeforeValidator(_clock), _AS_TEXT, _json("string", pattern="^[0-2][0-9]:[0-5][0-9]$")
]
Address = Annotated[
    IPv4Address, BeforeValidator(_address), _AS_TEXT, _json("string", format="ipv4")
]
Prefix = Annotated[
    IPv4Network,
    BeforeValidator(_prefix),
    _AS_TEXT,
    _json("string", pattern=r"^[0-9.]+/[0-9]+$", examples=["10.28.0.0/24"]),
]
Mac = Annotated[
    str,
    BeforeValidator(_mac),
    _json("string", pattern="^[0-9A-Fa-f.:-]+$", examples=["ac:cc:8e:00:00:01"]),
]
SecretRef = Annotated[
    str,
    BeforeValidator(_secret),
    _json("string", pattern="^(env|file|command):.+", examples=["env:MAILLE_SNMP_AUTH"]),
]
LatLon = Annotated[
    Position,
    BeforeValidator(_position),
    _json("array", items={"type": "number"}, minItems=2, maxItems=2, examples=[[48.4471, 1.5057]]),
]

Flag = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True, ge=0, le=10**12)]
UnixId = Annotated[int, Field(strict=True, ge=0, lt=2**31)]
Count = Annotated[int, Field(strict=True, ge=1, le=10**9)]
Number = Annotated[float, Field(strict=True, ge=0, le=1e12, allow_inf_nan=False)]
Positive = Annotated[float, Field(strict=True, gt=0, le=1e12, allow_inf_nan=False)]
Signed = Annotated[float, Field(strict=True, ge=-1e6, le=1e6, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
VlanId = Annotated[int, Field(strict=True, ge=1, le=4094)]

Text = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=500)]
"""A line for people. Line breaks are refused where it is rendered into a configuration."""

Id = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^[a-z0-9][a-z0-9-]{0,47}$"),
]
"""A key that never changes: lower-case letters, digits and hyphens."""

Insee = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^(0[1-9]|[1-8][0-9]|9[0-8]|2[AB])[0-9]{3}$"),
    Field(examples=["28085"]),
]
"""The five characters that INSEE gives a commune, quoted."""
