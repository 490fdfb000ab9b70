"""Part the cables at cabinets that are new on a ring.

Where a cabinet goes into a ring, the cable that passed by ends in it, and another one leaves
it: otherwise both ways of the cabinet would run through one cable, and one digger would cut
both. The first part keeps the id.
"""

from __future__ import annotations

import copy
from itertools import chain, product
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, NamedTuple

from maille.batch.codes import finding
from maille.batch.commune_files import changed_file
from maille.batch.prepared import defeated
from maille.batch.yaml_edit import CannotEdit
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.batch.drafts import Draft
    from maille.batch.existing import Existing
    from maille.batch.yaml_edit import Order
    from maille.errors import Finding, Place
    from maille.inventory.reading.fault import Path
    from maille.inventory.schema.network import Strand
    from maille.inventory.source import Document

_SMALLEST_KM = 0.001


class NewMember(NamedTuple):
    """A cabinet that is new on a ring; `name` says where it is, `place` where it was asked for."""

    switch: str
    name: str
    ring: str
    at_km: float
    place: Place


class _Section(NamedTuple):
    """A section of a ring's route that a cabinet falls into."""

    at: int
    """Its place in the route."""
    cable: str
    km: float
    inside_km: float
    """From its beginning to the cabinet."""
    is_first: bool
    is_last: bool


def split_at(existing: Existing, members: Iterable[NewMember]) -> tuple[list[Draft], list[Finding]]:
    """Part the cable at each new cabinet, where it runs nowhere else; tell where it does."""
    splitter = _Splitter(existing)
    for member in sorted(members, key=lambda one: (one.ring, one.at_km)):
        splitter.split(member)
    try:
        return splitter.drafts(), splitter.findings
    except CannotEdit as reason:
        return [], [*splitter.findings, defeated(reason)]


class _Splitter:
    """The files of the network while cables are parted in them."""

    def __init__(self, existing: Existing) -> None:
        self._existing = existing
        self._files: dict[str, tuple[Document, dict[str, Any]]] = {}
        self._origins: dict[str, str] = {}
        self.findings: list[Finding] = []

    def split(self, member: NewMember) -> None:
        """Part the cable at one cabinet."""
        section = self._section(member)
        if section is None:
            return
        if others := sorted(self._carries(section.cable) - {f"ring `{member.ring}`"}):
            what = f"both ways of `{member.switch}` run through cable `{section.cable}`"
            how = f"part it by hand in network/, for it carries {', '.join(others)} as well"
            self.findings.append(finding("I419", what, how, member.place))
        else:
            self._part(member, section)

    def drafts(self) -> list[Draft]:
        """Give the files that changed; raises CannotEdit."""
        return [
            changed_file(document, tree, _orderer(tree))
            for document, tree in self._files.values()
            if tree != document.tree
        ]

    def _table(self, path: Path) -> tuple[dict[str, Any], str]:
        """Give the fields of the file that holds a path, to be changed, and the table's name."""
        found = self._existing.loaded.sources.document(path)
        if found is None:
            raise LookupError(f"{path} stands in no file")
        document, inside = found
        fresh = (document, copy.deepcopy(document.tree) or {})
        return self._files.setdefault(document.shown_as, fresh)[1], str(inside[0])

    def _route(self, ring: str) -> list[dict[str, Any]]:
        tree, table = self._table(("network", "rings", ring))
        route: list[dict[str, Any]] = tree[table][ring]["route"]
        return route

    def _section(self, member: NewMember) -> _Section | None:
        """Find the section that the cabinet falls into; none if it sits where two meet."""
        if member.ring not in self._existing.estate.network.rings:
            return None
        route = self._route(member.ring)
        begin = 0.0
        for index, section in enumerate(route):
            inside = member.at_km - begin
            begin += section["km"]
            if _SMALLEST_KM <= inside <= section["km"] - _SMALLEST_KM:
                last = index == len(route) - 1
                return _Section(index, section["cable"], section["km"], inside, not index, last)
        return None

    def _carries(self, cable: str) -> set[str]:
        """Say what runs through a cable; a ring that does so twice counts as another one."""
        estate = self._existing.estate
        links = estate.network.links.items()
        found = {f"link `{key}`" for key, link in links if _runs_through(cable, link.strands)}
        for insee, commune in estate.communes.items():
            spurs = ((key, cabinet.spur) for key, cabinet in commune.cabinets.items())
            found |= {
                f"the spur of `{cabinet_switch(insee, key)}`"
                for key, spur in spurs
                if spur and _runs_through(cable, (spur.strand,))
            }
        for ring in estate.network.rings:
            sections = [section["cable"] for section in self._route(ring)].count(cable)
            found |= {f"ring `{ring}`", f"ring `{ring}` again"} if sections > 1 else set()
            found |= {f"ring `{ring}`"} if sections else set()
        return found

    def _part(self, member: NewMember, section: _Section) -> None:
        """Make two cables of one: the part that keeps the id keeps the duct of a site's end."""
        origin = self._origins.get(section.cable, section.cable)
        tree, table = self._table(("network", "cables", origin))
        cables: dict[str, Any] = tree[table]
        old = cables[section.cable]
        new = next(name for name in _names(section.cable) if name not in cables)
        self._origins[new] = origin
        near = {**old, "length_km": _km(section.inside_km)}
        far = {**old, "length_km": _km(old["length_km"] - section.inside_km)}
        near["title"], far["title"] = _titles(str(old["title"]), member.name)
        keeps_far = section.is_last and not section.is_first
        kept, other = (far, near) if keeps_far else (near, far)
        if section.is_first != section.is_last:
            other.pop("duct", None)
        parts = {section.cable: kept, new: other}
        tree[table] = _replaced(cables, section.cable, parts)
        lengths = (_km(section.inside_km), _km(section.km - section.inside_km))
        names = (new, section.cable) if keeps_far else (section.cable, new)
        self._route(member.ring)[section.at : section.at + 1] = [
            {"cable": name, "km": length} for name, length in zip(names, lengths, strict=True)
        ]
        what = f"cable `{section.cable}` is parted at `{member.switch}`, its other part is `{new}`"
        how = "look at their lengths and titles, and at the duct if there is one"
        self.findings.append(finding("I418", what, how, member.place))


def _runs_through(cable: str, strands: Iterable[Strand]) -> bool:
    return any(cable in strand.cables for strand in strands)


def _km(length: float) -> float:
    rounded = round(length, 3)
    return int(rounded) if rounded.is_integer() else rounded


def _names(cable: str) -> Iterator[str]:
    """Give ids for the rest of a cable: `-b`, `-c`, … `-bb`."""
    for length in range(1, 4):
        for letters in product(ascii_lowercase[1:], repeat=length):
            yield f"{cable}-{''.join(letters)}"


def _titles(title: str, member: str) -> tuple[str, str]:
    """Give the titles of the two parts: `from - to` is parted too."""
    begin, dash, end = title.rpartition(" - ")
    return (f"{begin} - {member}", f"{member} - {end}") if dash else (title, f"{title}, {member}")


def _replaced(tree: dict[str, Any], name: str, parts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Give the fields with several in the place of one."""
    return dict(
        chain.from_iterable(
            parts.items() if key == name else [(key, value)] for key, value in tree.items()
        )
    )


def _orderer(tree: dict[str, Any]) -> Order:
    """Order the entries of a file as they stand in its fields."""
    return lambda path: list(tree[str(path[0])]) if len(path) == 1 else []
