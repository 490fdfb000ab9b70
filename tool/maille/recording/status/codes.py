"""The codes of what needs a person, with their texts for `maille check --explain`."""

from __future__ import annotations

from maille.errors import Severity
from maille.rule_info import RuleInfo

CODES = {
    info.code: info
    for info in (
        RuleInfo(
            "R040",
            "share fills",
            Severity.ERROR,
            "CSI L252-5",
            "A full quota stops recording. What is written at the rate of the last hours is set "
            "against what will be erased meanwhile, day by day as it was written: at steady "
            "state a share that grows by nothing is no proof, and one that is 80 % full no alarm.",
        ),
        RuleInfo(
            "R041",
            "share is full",
            Severity.ERROR,
            "CSI L252-5",
            "The quota is used up: CephFS refuses to write, and images are lost now.",
        ),
        RuleInfo(
            "R042",
            "share is missing",
            Severity.ERROR,
            "maille",
            "The inventory gives a commune a share that is not on the cluster.",
        ),
        RuleInfo(
            "R043",
            "cameras that wrote nothing lately",
            Severity.ERROR,
            "maille",
            "The newest segment of a camera in service ended longer ago than a segment and the "
            "threshold for gaps. See the camera, its port and its recorder.",
        ),
        RuleInfo(
            "R044",
            "loss of a host",
            Severity.WARNING,
            "Ceph documentation, nearfull",
            "The cluster could not heal the loss of one host now: too few hosts are left for one "
            "chunk each, or a disk would pass nearfull.",
        ),
        RuleInfo(
            "R045",
            "erasing lags",
            Severity.WARNING,
            "CSI L252-5, R253-4",
            "Unlinked is not erased. More files wait to be erased than an expiry period unlinks: "
            "the cluster erases more slowly than images expire, or somebody holds them open.",
        ),
        RuleInfo(
            "R046",
            "health of the cluster",
            Severity.ERROR,
            "Ceph documentation, health checks",
            "What Ceph itself reports, among it disks that are nearly full or full.",
        ),
    )
}
