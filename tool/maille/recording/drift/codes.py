"""The codes of drift, with their texts for `maille check --explain`."""

from __future__ import annotations

from maille.errors import Severity
from maille.rule_info import RuleInfo

CODES = {
    info.code: info
    for info in (
        RuleInfo(
            "R020",
            "quota changed",
            Severity.ERROR,
            "CSI L252-5",
            "A quota below what the retention takes shortens it without a word; one above it lets "
            "a commune fill what others need.",
        ),
        RuleInfo(
            "R021",
            "gone from the cluster",
            Severity.ERROR,
            "maille",
            "A share, a key or a pool that was there is there no more. A recorder without its key "
            "stops recording.",
        ),
        RuleInfo(
            "R022",
            "rights changed",
            Severity.ERROR,
            "CSI R253-3; ANSSI, least privilege",
            "A service's key may do other things than it needs. One that is not bound to a path, "
            "a pool and a namespace reaches other communes' images.",
        ),
        RuleInfo(
            "R023",
            "foreign subvolume",
            Severity.WARNING,
            "maille",
            "A folder among the communes' that this estate did not make: it takes room that is "
            "promised, and nobody expires what it holds.",
        ),
        RuleInfo(
            "R024",
            "snapshot of recordings",
            Severity.ERROR,
            "CSI L252-5, R253-4",
            "A snapshot keeps every image past its erasure, readable in `.snap`, and is hidden "
            "from the usage figures.",
        ),
        RuleInfo(
            "R025",
            "foreign key with rights on recordings",
            Severity.ERROR,
            "CSI R253-3; ANSSI, least privilege",
            "A key that this estate did not make reaches its pool of recordings. Path rights "
            "alone do not isolate: what counts is pool and namespace.",
        ),
        RuleInfo(
            "R026",
            "setting changed",
            Severity.ERROR,
            "maille",
            "A pool, a group or the file system is not as the inventory wants it.",
        ),
        RuleInfo(
            "R027",
            "key replaced",
            Severity.ERROR,
            "CSI R253-3; ANSSI, key management",
            "A client has another key than the one that was made for it. Whom that was handed to "
            "is refused at its next connection, and stops recording; whoever put the other one in "
            "may use it. `storage up` leaves it alone, for it cannot tell who that was.",
        ),
    )
}
