"""From one canonical tree to another: the commands, in an order in which none does harm.

hier_config, on the platform's driver, says what differs and how each line is negated. What
that gives is then put into the commands that change a device without an unsafe state between
them, and each command into its phase.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hier_config import HConfig

from maille.configs.compare import acls, interfaces, release, vlan_lists
from maille.configs.compare.dialect import Phase, any_matches, matches, phase_of, place_of
from maille.configs.compare.steps import Placed, Step, commands, in_order
from maille.configs.compare.tree import banner_command

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hier_config import HConfigChild

    from maille.configs.compare.change import Change
    from maille.configs.compare.dialect import Dialect, Path
    from maille.configs.compare.interfaces import Interface
    from maille.configs.compare.release import Turn
    from maille.configs.compare.tree import Tree


def plan(change: Change) -> tuple[str, ...]:
    """Give the commands that lead from one configuration to the other."""
    if change.start == change.target:
        return ()
    return commands(in_order(_placed(change)), change.dialect.indent)


def _placed(change: Change) -> Iterator[Placed]:
    replaced, settled = acls.replacements(change.start, change.target, change.dialect)
    yield from replaced
    rest = replace(
        change,
        start=_without(_without_gone(change), settled),
        target=_without(change.target, settled),
    )
    delta = differences(rest.start, rest.target, rest.dialect)
    ports = _ports(rest, delta)
    turn = release.turn(rest, list(ports.values()))
    early = [*release.names(rest), *release.processes(rest), *turn.steps]
    yield from early
    said = {step for _, step in early}
    yield from (each for each in _top_level(rest, delta) if each.step not in said)
    yield from _interfaces(rest, delta, ports, turn)


def _without(tree: Tree, headers: Iterable[str]) -> Tree:
    return {header: below for header, below in tree.items() if header not in headers}


def _without_gone(change: Change) -> Tree:
    """Leave out what the device drops of itself once a line of the target is there."""
    gone = [
        lineage
        for lineage, line in change.dialect.gone_with
        if line in change.target and line not in change.start
    ]
    if not gone:
        return change.start
    return {
        header: {
            text: inside for text, inside in below.items() if not any_matches(gone, (header, text))
        }
        for header, below in change.start.items()
    }


def differences(start: Tree, target: Tree, dialect: Dialect) -> HConfig:
    """Give what hier_config says must be sent, before it is ordered and made safe.

    Sections that are equal are left out before: they are most of a configuration.
    """
    same = {header for header, below in start.items() if below and target.get(header) == below}
    return hconfig(_without(start, same), dialect).config_to_get_to(
        hconfig(_without(target, same), dialect)
    )


def hconfig(tree: Tree, dialect: Dialect) -> HConfig:
    """Give a tree as hier_config's own."""
    config = HConfig(dialect.driver)
    _fill(config, tree)
    return config


def _fill(parent: HConfig | HConfigChild, tree: Tree) -> None:
    for text, below in tree.items():
        _fill(parent.add_child(text, check_if_present=False), below)


def _is_interface(child: HConfigChild) -> bool:
    return child.text.startswith("interface ")


def _top_level(change: Change, delta: HConfig) -> Iterator[Placed]:
    for child in delta.children:
        if not _is_interface(child):
            for step in _steps(change, (), child):
                yield Placed(_phase(change, (*step.section, step.command)), step)


def _phase(change: Change, path: Path) -> int:
    """Give the phase of a command; what a leaving line keeps out comes after it is gone."""
    for lineage, line in change.dialect.gone_with:
        if line in change.start and matches(lineage, path):
            return Phase.LAST
    return phase_of(change.dialect, path[0], stays=path[0] in change.target)


def _ports(change: Change, delta: HConfig) -> dict[str, Interface]:
    headers = (child.text for child in delta.children if _is_interface(child))
    return {header: interfaces.read(header, change) for header in headers}


def _interfaces(
    change: Change, delta: HConfig, ports: Mapping[str, Interface], turn: Turn
) -> Iterator[Placed]:
    changed = {child.text: child for child in delta.children if _is_interface(child)}
    for header in turn.order:
        steps = list(_steps(change, (), changed[header]))
        if header in turn.stripped:
            steps = interfaces.after_release(ports[header], steps, change.dialect)
        placed = interfaces.placed(ports[header], steps, change.dialect)
        if header not in turn.contested:
            placed = interfaces.readdressed_last(ports[header], placed, change.dialect)
        yield from placed


def _steps(change: Change, section: Path, child: HConfigChild) -> Iterator[Step]:
    """Give the commands for a line of the delta and all below it, each section in order."""
    path = (*section, child.text)
    if child.children:
        inner = sorted(
            child.children, key=lambda each: place_of(change.dialect, (*path, each.text))
        )
        for each in inner:
            yield from _steps(change, path, each)
    elif any_matches(change.dialect.opens, path):
        yield Step(path, "")
    else:
        yield from (Step(section, command) for command in _commands(change, section, child.text))


def _commands(change: Change, section: Path, text: str) -> list[str]:
    """Give the commands for one line of the delta, as the device takes them."""
    if text.startswith("banner "):
        return [banner_command(text, change.dialect)]
    if section and (kind := acls.kind_of(section[0], change.dialect)):
        return [acls.entry_command(kind, text)]
    listed = vlan_lists.commands(change, section, text)
    return [text] if listed is None else listed
