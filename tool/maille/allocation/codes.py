"""The codes of allocation: A001 to A050, each with what `maille check --explain` says of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from maille.errors import Severity
from maille.rule_info import RuleInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

_WARNINGS: Final = frozenset({"A013", "A050"})


def _rule(code: str, title: str, text: str) -> RuleInfo:
    severity = Severity.WARNING if code in _WARNINGS else Severity.ERROR
    return RuleInfo(code, title, severity, "maille", text)


_RULES = (
    _rule(
        "A001",
        "lock behind the inventory",
        "Something in the inventory has no numbers yet, or the lock holds planned numbers of "
        "something that is gone. `maille allocation settle` writes what is missing; "
        "`--dry-run` shows it first. Where a whole file is missing and cameras of it are in "
        "service, it was lost: it is restored from the repository, as new numbers would be other "
        "ones than those of the devices. `settle --renumber` gives them all the same.",
    ),
    _rule(
        "A002",
        "number given twice",
        "Two entries hold the same VLAN id, prefix, port or address. It happens when two branches "
        "that each gave numbers are merged. Of planned entries, settling gives the later one "
        "another number; between two deployed ones a person decides, with `settle --move`.",
    ),
    _rule(
        "A003",
        "number outside its pool",
        "A block lies in no prefix of its pool, a segment in no block of its commune, an address "
        "in no segment or on a gateway's, or a VLAN id is a reserved one.",
    ),
    _rule(
        "A004",
        "lock file not usable",
        "A file of the lock is named wrongly, holds the marks of an unfinished merge, or belongs "
        "to another commune than its name says. After a merge keep the lines of both sides, then "
        "settle: numbers that both sides gave are told apart.",
    ),
    _rule(
        "A010",
        "deployed, but no longer in the inventory",
        "What runs keeps its numbers until `settle --retire` says that it is gone outside, too. "
        "They then rest in quarantine, so that nothing that still answers to them meets a "
        "newcomer with the same ones.",
    ),
    _rule(
        "A011",
        "commune no longer a member, with deployed equipment",
        "Nothing is provisioned for a commune that has left. `settle --retire` with its INSEE "
        "code puts all of its numbers into quarantine.",
    ),
    _rule(
        "A012",
        "deployed numbers contradict the inventory",
        "A camera has another cabinet, a ring another pair, a pin another value than what is "
        "deployed. `settle --move` gives new numbers where the inventory asks for them; or the "
        "change in the inventory is taken back.",
    ),
    _rule(
        "A013",
        "deployed segment has no more room to grow",
        "A segment is sized for today's cameras times `pools.camera_headroom`. A deployed one "
        "keeps its size; `settle --resize` widens it in place where the next addresses are free, "
        "and gives it another prefix where they are not.",
    ),
    _rule(
        "A014",
        "cabinet that looks renamed",
        "The key of a cabinet names its numbers in the lock. A new cabinet has all the cameras of "
        "a deployed one that is gone: `formerly` says that it is the same one, `settle --retire` "
        "that it is not. Until either is said nothing is settled for it.",
    ),
    _rule(
        "A020",
        "pinned number belongs to somebody else",
        "A pin is always honoured, but not at the cost of what is deployed, pinned or in "
        "quarantine for somebody else. Whatever is merely planned makes way.",
    ),
    _rule(
        "A021",
        "pin that cannot be honoured",
        "A pinned prefix lies in no pool, a pinned address outside its segment or on a gateway's, "
        "a pinned port is missing or has too little power, or a pinned VLAN id is reserved.",
    ),
    _rule(
        "A030",
        "nothing left to give",
        "A pool, a segment or a switch has no free number of the kind that is needed. Pools grow "
        "at the end of their lists; `maille allocation list` tells how long each one lasts.",
    ),
    _rule(
        "A032",
        "cabinet that belongs to no ring",
        "Segments are cut by ring. A cabinet belongs to the ring it sits on, or to that of the "
        "cabinet or switch at the end of its spurs.",
    ),
    _rule(
        "A033",
        "no recorder to give",
        "Every commune's share of the storage is filled by one recorder, and there is none.",
    ),
    _rule(
        "A040",
        "former commune that is still a member",
        "A commune takes over the numbers of those it was merged from. One of them is still a "
        "member by itself, so nothing was taken over.",
    ),
    _rule(
        "A050",
        "command without an effect",
        "An id after `--move`, `--retire` or `--resize` names nothing that there was to do: what "
        "fits the inventory is left as it is.",
    ),
)

ALLOCATION_RULES: Final[Mapping[str, RuleInfo]] = MappingProxyType(
    {rule.code: rule for rule in _RULES}
)
"""Every code of allocation."""

OF_THE_INVENTORY: Final = frozenset({"A014", "A032", "A040"})
"""What says that the inventory itself is wrong: a lock that follows it would lose numbers."""
