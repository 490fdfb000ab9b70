"""Which communes anything is provisioned for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from maille.inventory.schema.commune import Commune
    from maille.inventory.schema.estate import Estate


def is_member(commune: Commune, as_of: date) -> bool:
    """Say whether a commune is provisioned: it has joined or will, and has not left.

    The day `until` is still one of membership, the last.
    """
    member = commune.member
    return member is not None and (member.until is None or as_of <= member.until)


def members_of(estate: Estate, as_of: date) -> dict[str, Commune]:
    """Give the communes that are provisioned, in the order of their codes."""
    return {
        insee: estate.communes[insee]
        for insee in sorted(estate.communes)
        if is_member(estate.communes[insee], as_of)
    }
