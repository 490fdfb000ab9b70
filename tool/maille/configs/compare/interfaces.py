"""Interfaces: the order in which a port may change while traffic and cameras hang on it.

A port that turns into something else, or changes the way it is protected, is shut before and
opened at the very end. An interface that changes its VRF gets its addresses back at once. An
address moves only after its former holder has let it go.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from maille.configs.compare.dialect import Phase, compiled, phase_of, place_of
from maille.configs.compare.steps import Placed, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.configs.compare.change import Change
    from maille.configs.compare.dialect import Dialect, Path
    from maille.configs.compare.tree import Tree

Network: TypeAlias = "ipaddress.IPv4Network"
SHUT = "shutdown"
OPEN = "no shutdown"
NO_ADDRESS = "no ip address"
"""On both platforms this takes every IPv4 address of the interface away."""

_TRUNKS = {"trunk", "dynamic"}
"""A port that negotiated its trunk may carry the session: it is never shut to become a trunk."""

_ADDRESS = re.compile(r"ip address (\d\S+?)(?:[ /](\d\S*))?(?: secondary)?$", re.ASCII)
_PRIMARY = re.compile(r"ip address \S+(?: \d\S*)?$")
_MODE = re.compile(r"switchport mode (\S+)")


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface in a comparison: what it holds before and after."""

    header: str
    exists: bool
    before: Tree
    after: Tree
    role_before: str
    role_after: str

    @property
    def is_port(self) -> bool:
        """Say whether this is a port that can be shut; an SVI is none."""
        return self.role_after != ""

    @property
    def converted(self) -> bool:
        """Say whether a port turns into something else: access, trunk, routed, member."""
        return self.role_before != self.role_after

    @property
    def closes(self) -> bool:
        """Say whether the interface is open before and shut after."""
        return SHUT in self.after and SHUT not in self.before

    @property
    def opens(self) -> bool:
        """Say whether the interface is shut before and open after."""
        return SHUT in self.before and SHUT not in self.after

    @property
    def is_uplink(self) -> bool:
        """Say whether the way to the switch may lead over this port now."""
        return self.role_before not in ("access", "")


def read(header: str, change: Change) -> Interface:
    """Collect what the changes of an interface depend on."""
    before, after = change.start.get(header, {}), change.target.get(header, {})
    is_port = compiled(change.dialect.ports.physical).match(header)
    roles = [_role(each, change) if is_port else "" for each in (before, after)]
    return Interface(header, header in change.start, before, after, *roles)


def _role(lines: Tree, change: Change) -> str:
    if any(line.startswith("channel-group ") for line in lines):
        return "member"
    if "no switchport" in lines or (change.routed and "switchport" not in lines):
        return "routed"
    modes = (_MODE.match(line) for line in lines)
    return next((mode[1] for mode in modes if mode), change.dialect.ports.default_role)


def phase(port: Interface, dialect: Dialect) -> int:
    """Give the phase in which an interface changes."""
    if port.is_uplink and (port.converted or port.closes):
        return Phase.UPLINKS
    return phase_of(dialect, port.header)


def placed(port: Interface, steps: Iterable[Step], dialect: Dialect) -> Iterator[Placed]:
    """Give an interface's steps in the order and the phases in which they do no harm."""
    steps = [step for step in steps if step.command not in (SHUT, OPEN)]
    steps += _given_back(port, steps, dialect)
    steps.sort(key=lambda step: place_of(dialect, (*step.section, step.command)[:2]))
    when = phase(port, dialect)
    fenced = _fenced(port, dialect)
    if port.closes or fenced:
        early_or_late = _closing(port, steps) if port.closes else None
        yield Placed(early_or_late or when, Step((port.header,), SHUT))
    yield from (Placed(when, step) for step in steps)
    if port.opens or fenced:
        yield Placed(Phase.UNSHUT, Step((port.header,), OPEN))


def readdressed_last(
    port: Interface, placed: Iterable[Placed], dialect: Dialect
) -> Iterator[Placed]:
    """Put a new address at the very end where it replaces the one the session may come over.

    Not where anything else is bound to it: a virtual address must lie in the new network.
    """
    placed = list(placed)
    bound = compiled(dialect.ports.dropped_with_vrf)
    vrf = compiled(dialect.ports.vrf)
    commands = [_on_interface(step).removeprefix("no ") for _, step in placed]
    alone = sum(bool(bound.match(each) or vrf.match(each)) for each in commands) == 1
    held = any(_PRIMARY.match(line) for line in port.before)
    for when, step in placed:
        last = alone and held and not port.is_port and _PRIMARY.match(step.command)
        yield Placed(Phase.READDRESS if last else when, step)


def _on_interface(step: Step) -> str:
    """Give the line of the interface that a step is about: itself, or what it stands below."""
    return (*step.section, step.command)[1]


def _closing(port: Interface, steps: list[Step]) -> Phase | None:
    """Give the phase of its own in which a port is shut for good, if it has one."""
    if port.role_before == "access":
        return Phase.CLOSE
    return Phase.LAST if port.is_uplink and not steps else None


def _fenced(port: Interface, dialect: Dialect) -> bool:
    """Say whether an open port must be shut while it changes, though it ends up open.

    Between two ways to admit a device it would be open to any, and while the old one speaks
    the new one may be refused.
    """
    if not port.is_port or not port.exists or SHUT in port.before or SHUT in port.after:
        return False
    if port.converted:
        return {port.role_before, port.role_after} != _TRUNKS
    before, after = (_admission(lines, dialect) for lines in (port.before, port.after))
    return bool(before - after and after - before) and not port.is_uplink


def _admission(lines: Tree, dialect: Dialect) -> set[str]:
    admits = compiled(dialect.ports.admission)
    return {found[0] for line in lines if (found := admits.match(line))}


def _given_back(port: Interface, steps: list[Step], dialect: Dialect) -> list[Step]:
    """Repeat the lines that the device drops when an interface changes its VRF."""
    vrf = compiled(dialect.ports.vrf)
    if not any(vrf.match(step.command.removeprefix("no ")) for step in steps):
        return []
    return _repeated(port, steps, dialect)


def after_release(port: Interface, steps: Iterable[Step], dialect: Dialect) -> list[Step]:
    """Give the steps of an interface whose addresses were taken away before its turn."""
    kept = [step for step in steps if not step.command.startswith(NO_ADDRESS)]
    return kept + _repeated(port, kept, dialect)


def _repeated(port: Interface, steps: Iterable[Step], dialect: Dialect) -> list[Step]:
    """Give the steps for all that is bound to the addresses, as far as they are not there yet."""
    said = set(steps)
    bound = compiled(dialect.ports.dropped_with_vrf)
    lines = (
        step
        for line, below in port.after.items()
        if bound.match(line)
        for step in _whole((port.header,), line, below)
    )
    return [step for step in lines if step not in said]


def _whole(section: Path, line: str, below: Tree) -> Iterator[Step]:
    """Give the steps that set a line and all that stands below it."""
    if not below:
        yield Step(section, line)
    for text, inside in below.items():
        yield from _whole((*section, line), text, inside)


def networks(lines: Tree, dialect: Dialect) -> set[tuple[str, Network]]:
    """Give the VRFs and networks of an interface's addresses."""
    vrfs = (compiled(dialect.ports.vrf).match(line) for line in lines)
    vrf = next((found["name"] for found in vrfs if found), "")
    addresses = (_ADDRESS.match(line) for line in lines if line.startswith("ip address "))
    return {(vrf, network) for found in addresses if found and (network := _network(found))}


def _network(found: re.Match[str]) -> Network | None:
    try:
        return ipaddress.IPv4Network(f"{found[1]}/{found[2] or 32}", strict=False)
    except ValueError:  # an address no device has stored: it collides with nothing
        return None


def collide(one: set[tuple[str, Network]], other: set[tuple[str, Network]]) -> bool:
    """Say whether two interfaces could not hold these networks at the same time."""
    return any(
        vrf == other_vrf and network.overlaps(other_network)
        for vrf, network in one
        for other_vrf, other_network in other
    )
