"""What the description of a port says: a neighbour, a camera, a place.

People write descriptions in many ways; what is looked for are host names that are known, words
like `to` and `vers`, ids and the names of ports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from maille.adopt.names import full_port, host_key, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from maille.inventory.schema.commune import View

Use: TypeAlias = Literal["camera", "point", "ppms", "unused", ""]

_WORDS: Final = re.compile(r"[^\s,;()\[\]|<>=]+")
_TOWARDS: Final = frozenset({"to", "vers", "towards", "->", "-->", "from", "depuis"})
_HOST_LIKE: Final = re.compile(r"(?=.*\d)[A-Za-z][A-Za-z0-9_.-]{2,62}", re.ASCII)
_RING: Final = re.compile(r"\b(?:ring|anneau|boucle) +([A-Za-z0-9][\w-]*)", re.IGNORECASE)
_RING_LINK: Final = re.compile(r"([a-z0-9][a-z0-9-]*)/\d+ to ")
_CABLE: Final = re.compile(r"\b(?:cable|câble|fo|fibre) +([A-Za-z]*-?\d[\w-]*)", re.IGNORECASE)

_UNUSED: Final = re.compile(
    r"^\W*(?:unused|not used|spare|free|libre|non utilis[ée]e?|r[ée]serve|dispo\w*|vide|closed)\b",
    re.IGNORECASE,
)
_PPMS: Final = re.compile(r"\bppms\b", re.IGNORECASE)
_POINT: Final = re.compile(
    r"\b(?:attachment point|point d'attache|point|nomades?|nomad)\b", re.IGNORECASE
)
_NOMAD: Final = re.compile(r"\bnomade?s? ([\w-]*\d[\w-]*)", re.IGNORECASE)
_POINT_ID: Final = re.compile(r"\bpoint \S+/([a-z0-9][a-z0-9-]*)(?= |$)")
_POINT_PREFIX: Final = re.compile(
    r"^(?:attachment )?point (?:\S+/\S+ )?(?:d'attache )?", re.IGNORECASE
)
_CAMERA: Final = re.compile(
    r"\b(?:cam(?:[ée]ra)?s?|vid[ée]o|cctv|ptz|d[oô]me|lapi)\d*\b", re.IGNORECASE
)
_CAMERA_ID: Final = re.compile(r"\b[0-9][0-9AB][0-9]{3}-[0-9]{2,6}\b")
_CAMERA_NAME: Final = re.compile(
    r"\bcam[ée]ra[ :]+([\w-]*\d[\w-]{2,})|\b(cam[-_]?[\w-]*\d[\w-]*)", re.IGNORECASE
)

_VIEWS: Final[tuple[tuple[str, View], ...]] = (
    (r"lapi|plaque|lpr|anpr|plate", "plate"),
    (r"[ée]cole|school|coll[èe]ge|lyc[ée]e|cr[èe]che", "school"),
    (r"gare|station|arr[êe]t|quai", "station"),
    (r"parking|stationnement|car.?park", "car-park"),
    (r"place|square|parvis|march[ée]", "square"),
    (r"entr[ée]e|entrance|porte|gate|acc[èe]s", "entrance"),
    (r"mairie|salle|gymnase|b[âa]timent|building|stade", "building"),
)


@dataclass(frozen=True, slots=True)
class Far:
    """The other end of a cable, as a description names it."""

    host: str
    """Key of the host."""
    port: str
    """Whole name of its port, empty if it is not told."""


def far_end(text: str, own: str, hosts: Collection[str]) -> Far | None:
    """Find who is at the other end; a host that is not known needs a port behind its name."""
    words: list[str] = _WORDS.findall(text.replace(":", " "))
    for index, word in enumerate(words):
        key = host_key(word)
        if key in hosts and key != own:
            return Far(key, _port_behind(words[index + 1 :]))
    for index, word in enumerate(words[1:], start=1):
        if words[index - 1].lower() in _TOWARDS and _HOST_LIKE.fullmatch(word):
            port = _port_behind(words[index + 1 :])
            if port and host_key(word) != own and not full_port(word):
                return Far(host_key(word), port)
    return None


def _port_behind(words: Sequence[str]) -> str:
    """Give the first port among the words behind a host's name."""
    for word in words[:4]:
        if port := full_port(word.strip("-.")):
            return port
    return ""


def ring_in(text: str) -> str:
    """Give the id of a ring that a description names, empty if it names none."""
    found = _RING.search(text) or _RING_LINK.match(text)
    return slug(found[1]) if found else ""


def cable_in(text: str) -> str:
    """Give the label of a cable that a description names."""
    found = _CABLE.search(text)
    return found[1] if found else ""


def use_in(text: str) -> Use:
    """Say what hangs on a port, as far as its description tells."""
    if not text or _UNUSED.match(text):
        return "unused"
    if _PPMS.search(text):
        return "ppms"
    if _CAMERA_ID.search(text) and not text.startswith("point "):
        return "camera"
    if _POINT.search(text):
        return "point"
    return "camera" if _CAMERA.search(text) else ""


def camera_id_in(text: str) -> str:
    """Give the id that a camera is called by, empty if it has none."""
    if found := _CAMERA_ID.search(text):
        return slug(found[0])
    named = _CAMERA_NAME.search(text)
    return slug(named[1] or named[2]) if named else ""


def point_id_in(text: str) -> str:
    """Give the id of an attachment point, empty if it has none."""
    found = _POINT_ID.search(text)
    return found[1] if found else ""


def nomad_in(text: str) -> str:
    """Give the id of the nomad camera that hangs on a port, empty if the text names none."""
    found = _NOMAD.search(text)
    return slug(found[1]) if found else ""


def place_in(text: str) -> str:
    """Give what is left of a description without ids and the words for the device."""
    plain = _POINT_PREFIX.sub("", text)
    plain = _CAMERA_NAME.sub("", _CAMERA_ID.sub("", plain))
    plain = re.sub(r"^\W*(?:cam(?:[ée]ra)?|ppms)\b", "", plain, flags=re.IGNORECASE)
    plain = re.sub(r",? *(?:MAC not enrolled|nomade? \S+)$", "", plain)
    return plain.strip(" ,;:-_/")


def view_in(text: str) -> View:
    """Guess what a camera looks at from the words about its place; a road by default."""
    for words, view in _VIEWS:
        if re.search(words, text, re.IGNORECASE):
            return view
    return "road"
