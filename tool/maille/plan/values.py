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
    """Write a value of the blueprint in one line."""
    if value is None:
        return ""
    if isinstance(value, LinkEnd):
        return f"{value.switch} {' + '.join(value.ports)}"
    if isinstance(value, Strand):
        loss = "" if value.loss_db is None else f", {value.loss_db:.1f} dB"
        return f"{' + '.join(value.cables) or 'no cable'}: {value.length_km:g} km{loss}"
    if isinstance(value, TransitNet):
        return f"{value.vrf} {value.prefix} in VLAN {value.vlan}"
    if isinstance(value, tuple):
        return ", ".join(told(each) for each in value)
    return str(value)
