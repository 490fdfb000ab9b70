"""Which rules apply to a thing, and whether each is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maille.rules.registry import ALL_CODES
from maille.show.sheet import Fact, Section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.check.built import Built
    from maille.errors import Finding

APPLYING: Final[Mapping[str, str]] = {
    "camera": (
        "L003 L004 L007 L008 L009 L010 L011 L012 L013 W007 W008 W010 W012"
        " G013 N018 N025 N026 P001 P002 P003"
    ),
    "nomad": "L014 L009 L010 L011 L012 L013 W001 W002 W003 W004 W005 W010 N025 N026",
    "attachment point": "W002 W004 P001",
    "commune": (
        "L001 L002 L003 L004 L005 L006 G001 G002 G010 G013 W009 W011 N034"
        " C001 C002 C003 S002 S005 S008"
    ),
    "wave": "L008 W006 W007 W011",
    "convention": "G001 G003 G004 G005 G006 G007 G008 G009 G011",
    "switch": (
        "N001 N002 N007 N008 N015 N016 N020 N021 N022 N023 N024 N026 N027 N031 P001 P003 P004 C003"
    ),
    "link": "N005 N006 N013 N014 N016 N020 N035 F001 F002 F003 F004",
    "ring": "N002 N003 N013 N014 N020 N029 N030 N033 F001 F002 F003 F004",
    "pair": "N004 N005 N015 N019 N029 P004",
    "segment": "N009 N010 N028 N032",
    "cable": "N016 N019 N020 N033 F005",
    "site": "N011 N016 N017 N020 P003 P004",
    "host": "N012 N017 N032 S001 S003 S004 S005 S006 S007 S008",
}
"""Codes of the rules that judge a thing of a kind, other than whether the names in it exist."""


def rules_on(built: Built, kind: str, *subjects: str) -> Section:
    """Give every rule that applies to a kind of thing, its source, and what was found.

    `subjects` are the ids under which the rules speak of the thing and of what it is part of.
    """
    found = {finding.code: finding for finding in built.about(*subjects)}
    codes = APPLYING[kind].split()
    return Section("Rules that apply", tuple(_fact(code, found.get(code)) for code in codes))


def _fact(code: str, finding: Finding | None) -> Fact:
    info = ALL_CODES[code]
    if finding is None:
        verdict = "not found"
    elif finding.waiver:
        verdict = f"FOUND, waived until {finding.waiver.until}"
    else:
        verdict = f"FOUND ({finding.severity.value})"
    return Fact(code, f"{verdict}: {info.title}", info.source)
