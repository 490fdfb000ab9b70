"""Values of the blueprint as they are told to people, and what differs between two of them."""

from __future__ import annotations

from typing import NamedTuple

from maille.blueprint.model import LinkEnd, Strand, TransitNet


class FieldChange(NamedTuple):
    """A field of something, before and after.

    Of a field that holds many values, `removed` and `added` say which ones left and came, and
    `before` and `after` are empty; so is a value that is not there.
    """

    field: str
    before: str = ""
    after: str = ""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def difference(field: str, was: object, now: object) -> FieldChange:
    """Tell how a field differs; both values are known to be unequal."""
    if isinstance(was, tuple) and isinstance(now, tuple) and len(was) + len(now) > 2:
        removed = tuple(told(each) for each in was if each not in now)
        added = tuple(told(each) for each in now if each not in was)
        if removed or added:
            return FieldChange(field, removed=removed, added=added)
    return FieldChange(field, told(was), told(now))


def told(value: object) -> str:
    """Write a value of the blueprint or of the inventory in one line."""
    if value is None:
        return ""
    if isinstance(value, LinkEnd):
        return _link_end(value)
    if isinstance(value, Strand):
        return _strand(value)
    if isinstance(value, TransitNet):
        return f"{value.vrf} {value.prefix} in VLAN {value.vlan}"
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(told(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {told(each)}" for key, each in value.items())
    return str(value)


def _link_end(end: LinkEnd) -> str:
    parts = [f"{end.switch} {' + '.join(end.ports)}"]
    if end.stp_cost:
        parts.append(f"path cost {end.stp_cost}")
    if end.lag is not None:
        parts.append(f"bundle {end.lag}")
    return ", ".join(parts)


def _strand(strand: Strand) -> str:
    parts = [f"{strand.length_km:g} km"]
    if strand.loss_db is not None:
        parts.append(f"{strand.loss_db:.1f} dB{' measured' if strand.loss_measured else ''}")
    if optics := " / ".join(dict.fromkeys(filter(None, (strand.optic_a, strand.optic_b)))):
        parts.append(optics)
    return f"{' + '.join(strand.cables) or 'no cable'}: {', '.join(parts)}"
