"""The codes of what a cluster lacks, with their texts for `maille check --explain`."""

from __future__ import annotations

from maille.errors import Severity
from maille.rule_info import RuleInfo

CODES = {
    info.code: info
    for info in (
        RuleInfo(
            "R001",
            "release of Ceph",
            Severity.ERROR,
            "Ceph documentation, releases",
            "Namespace-isolated subvolumes, layouts of groups and keys limited to one file system "
            "are there from Ceph 16 (Pacific) on.",
        ),
        RuleInfo(
            "R002",
            "health",
            Severity.ERROR,
            "Ceph documentation, health checks",
            "Nothing is made on a cluster that is in error, or full.",
        ),
        RuleInfo(
            "R003",
            "hosts",
            Severity.ERROR,
            "Ceph documentation, erasure code",
            "One chunk a failure domain: k + m of them with disks of the class to write, one more "
            "to heal the loss of one.",
        ),
        RuleInfo(
            "R004",
            "raw capacity",
            Severity.ERROR,
            "CSI L252-5; Ceph documentation",
            "Quotas x (k + m) / k, filled to target, with the largest host lost, stay within the "
            "disks of the class that are up and in, beside what others use of them already and "
            "what the quotas of others, another estate's among them, may take.",
        ),
        RuleInfo(
            "R005",
            "placement groups",
            Severity.ERROR,
            "Ceph documentation, mon_max_pg_per_osd",
            "A disk carries at most 250 placement groups, those of other pools among them.",
        ),
        RuleInfo(
            "R006",
            "disks of the metadata",
            Severity.ERROR,
            "Ceph documentation, CephFS",
            "The file system's metadata lie in three copies on three hosts, on disks of their own "
            "class.",
        ),
        RuleInfo(
            "R008",
            "nearly full",
            Severity.WARNING,
            "Ceph documentation, health checks",
            "Disks are past the ratio at which Ceph warns; at the full ratio recording stops.",
        ),
        RuleInfo(
            "R009",
            "throughput",
            Severity.ERROR,
            "Ceph documentation, mClock configuration; CSI L252-5",
            "What the cameras write, with the coding chunks and half as much again for recovery, "
            "and playback at the busiest hour stay within what the disks that are up and in write "
            "once the fastest host is lost. Of each disk the least counts of what is known: the "
            "sequential bandwidth set on the cluster, or else the catalogue's figure, and 157 MB/s "
            "for one that says it rotates; the operations a second that its OSD has measured, each "
            "of one chunk.",
        ),
        RuleInfo(
            "R007",
            "unlike hosts",
            Severity.WARNING,
            "Ceph documentation, CRUSH",
            "The hosts are not those that the inventory describes: sizing was for others.",
        ),
    )
}
