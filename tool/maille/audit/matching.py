"""Which running configuration belongs to which switch. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from maille.audit.texts import RunningText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.audit.texts import Unusable
    from maille.blueprint.model import Switch

_ENDINGS = ("-confg", "-config", "-running")
"""What tools put behind a host name, before any suffix."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The files of a folder by switch."""

    texts: Mapping[str, tuple[RunningText, ...]] = field(default_factory=dict)
    """More than one text for a switch cannot be judged."""
    unusable: Mapping[str, tuple[Unusable, ...]] = field(default_factory=dict)
    misnamed: tuple[tuple[RunningText, str], ...] = ()
    """Texts whose file is named after another switch than the one they are of, and that one."""
    strays: tuple[RunningText | Unusable, ...] = ()
    """What belongs to no switch."""


def match(switches: Iterable[Switch], found: Iterable[RunningText | Unusable]) -> Matched:
    """Match by the host name in the text, else by the file's name; case does not count."""
    known: dict[str, str] = {}
    for switch in switches:
        known |= {switch.id.lower(): switch.id, switch.hostname.lower(): switch.id}
    texts: dict[str, tuple[RunningText, ...]] = {}
    unusable: dict[str, tuple[Unusable, ...]] = {}
    misnamed: list[tuple[RunningText, str]] = []
    strays: list[RunningText | Unusable] = []
    for each in found:
        by_file = next((known[name] for name in _names(each.file) if name in known), None)
        if not isinstance(each, RunningText):
            if by_file is None:
                strays.append(each)
            else:
                unusable[by_file] = (*unusable.get(by_file, ()), each)
            continue
        switch_id = known.get(each.hostname.lower(), by_file)
        if switch_id is None:
            strays.append(each)
            continue
        texts[switch_id] = (*texts.get(switch_id, ()), each)
        if by_file not in (None, switch_id):
            misnamed.append((each, by_file))
    return Matched(texts, unusable, tuple(misnamed), tuple(strays))


def _names(file: str) -> Iterator[str]:
    """Give the host names that a file may be named after: `x.example.net-confg.txt`, `x`."""
    name = PurePath(file).name.lower()
    while name:
        yield name
        yield from (name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending))
        name = name.rpartition(".")[0]
