"""Reads the controls from `controls.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from maille.configs.hardening.model import Check, Column, Control, Waiver

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def controls() -> tuple[Control, ...]:
    """Give every control, in the order of their ids."""
    text = (files("maille.configs.hardening") / "controls.yaml").read_text(encoding="utf-8")
    document = yaml.load(text, Loader=_LOADER)  # noqa: S506  # a safe loader, of our own file
    return tuple(_control(entry) for entry in document["controls"])


def _control(entry: Mapping[str, Any]) -> Control:
    return Control(
        id=entry["id"],
        title=entry["title"],
        sources=tuple(entry["sources"]),
        columns={name: _column(column) for name, column in entry["dialects"].items()},
    )


def _column(entry: Mapping[str, Any]) -> Column:
    if "waiver" in entry:
        return Column(waiver=_waiver(entry))
    otherwise = {"waiver": entry["otherwise"], **entry} if "otherwise" in entry else None
    return Column(
        checks=tuple(_check(check) for check in entry["checks"]),
        otherwise=_waiver(otherwise) if otherwise else None,
        lacking=tuple((name, _waiver(why)) for name, why in entry.get("lacking", {}).items()),
    )


def _waiver(entry: Mapping[str, Any]) -> Waiver:
    return Waiver(entry["waiver"], tuple(entry.get("compensated_by", ())))


def _check(entry: Mapping[str, Any]) -> Check:
    only = entry.get("only", ())
    return Check(
        scope=entry["scope"],
        section=entry.get("section", ""),
        only=frozenset([only] if isinstance(only, str) else only),
        is_default=entry["kind"] == "default",
        present=tuple(entry.get("present", ())),
        absent=tuple(entry.get("absent", ())),
        one_of=tuple(tuple(alternative) for alternative in entry.get("one_of", ())),
        unlisted=tuple(entry.get("unlisted", ())),
    )
