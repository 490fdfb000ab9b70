"""The codes of what is wrong with recordings, with their texts for `maille check --explain`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.rule_info import RuleInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_RULES = (
    RuleInfo(
        "R101",
        "promise not reached",
        _ERROR,
        "CSI L252-5; the estate's retention",
        "The oldest segment of a camera reaches back to the promised days, or to the camera's "
        "first day if that is later. A quota that is too small, a recorder that erases by size or "
        "a person shortens the retention in silence. Its first day itself is not asked for: that "
        "is when it is mounted.",
    ),
    RuleInfo(
        "R102",
        "kept beyond the authorised maximum",
        _ERROR,
        "CSI L252-5, R253-4",
        "No segment begins before the days that the prefect's authorisation allows, one month at "
        "the most. Erase with `maille storage expire`; where a requisition keeps a segment back, "
        "copy it into the holds now.",
    ),
    RuleInfo(
        "R103",
        "gap in the recordings",
        _ERROR,
        "the estate's retention, longest_gap_s",
        "Between two segments of a camera images are missing for longer than the threshold. A "
        "segment ends when it was last written to, or as its name says.",
    ),
    RuleInfo(
        "R104",
        "time in the future",
        _ERROR,
        "maille",
        "A segment begins or was written after the time of the check. A recorder with a wrong "
        "clock keeps images for too long, and they prove nothing: compare its NTP.",
    ),
    RuleInfo(
        "R105",
        "times that disagree",
        _ERROR,
        "maille",
        "A segment's name, the time it was last written and the time inside its container tell "
        "of one recording. Where they differ by more than a segment and the threshold for gaps, a "
        "clock was wrong, the file was touched since, or segments are longer than planned.",
    ),
    RuleInfo(
        "R106",
        "snapshot of recordings",
        _ERROR,
        "CSI R253-4; Ceph documentation, CephFS snapshots",
        "A snapshot keeps every image that expires, readable in `.snap` and hidden from the usage "
        "figures. Remove it: `ceph fs subvolume snapshot rm`, and see who schedules them.",
    ),
    RuleInfo(
        "R107",
        "camera stopped recording",
        _ERROR,
        "maille",
        "The newest segment of a camera in service ended longer ago than a segment and the "
        "threshold for gaps. See the camera, its port and its recorder.",
    ),
    RuleInfo(
        "R108",
        "camera without any recording",
        _ERROR,
        "maille",
        "A camera is in service and no segment of it lies within the retention.",
    ),
    RuleInfo(
        "R109",
        "recordings of an unknown camera",
        _ERROR,
        "CSI L252-1",
        "A folder of a commune holds images of a camera that does not record there by the "
        "inventory. They expire with the commune's retention; write down where they come from.",
    ),
    RuleInfo(
        "R110",
        "foreign file",
        _WARNING,
        "maille",
        "A file or folder among the segments follows no convention of naming, or a recorder never "
        "finished it. It proves nothing. What is unfinished expires with its day; see what put the "
        "rest there, and take it away by hand.",
    ),
    RuleInfo(
        "R111",
        "empty segment",
        _ERROR,
        "maille",
        "A segment has a name and no contents, and is not the one being written: its images were "
        "lost, often on a full quota.",
    ),
    RuleInfo(
        "R112",
        "cannot be judged from here",
        _INFO,
        "maille",
        "What a recorder keeps on a block device of its own (`access: rbd`) has no files here. Ask "
        "its software for the oldest image of every camera, and write down the answer.",
    ),
    RuleInfo(
        "R113",
        "segments put in later",
        _ERROR,
        "maille",
        "Segments have appeared that claim to be older than others which were there at the last "
        "check. They were copied in, or a recorder's clock went back.",
    ),
    RuleInfo(
        "R114",
        "past its retention and still there",
        _WARNING,
        "CSI R253-4",
        "A segment should have been erased by now: days, segment and expiry period have gone by. "
        "See that `maille storage expire` runs once a period, and what it says.",
    ),
    RuleInfo(
        "R115",
        "no folder",
        _ERROR,
        "maille",
        "A commune's subvolume is not on the cluster: nothing can be recorded. `maille storage up` "
        "makes it.",
    ),
    RuleInfo(
        "R116",
        "share of a commune that has left",
        _INFO,
        "CSI L252-5",
        "The commune is no member any more and its images are there still, for as long as was "
        "promised. `maille storage expire` goes on with them; `maille storage up` removes the "
        "share once it is empty.",
    ),
)

RETENTION_RULES: Mapping[str, RuleInfo] = MappingProxyType({rule.code: rule for rule in _RULES})
