"""What a cluster consists of: its daemons, and where each disk would stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase

from maille.errors import UsageError

GIB = 1 << 30
LEAST_OSD_SIZE_BYTES = GIB
"""BlueStore takes its journal and its metadata out of this, and refuses much less."""


@dataclass(frozen=True, slots=True)
class Osd:
    """One disk: its number, the host and the rack of the CRUSH map, and its device class."""

    number: int
    host: str
    rack: str
    device_class: str

    @property
    def name(self) -> str:
        """Give the name of its daemon."""
        return f"osd.{self.number}"


@dataclass(frozen=True)
class Layout:
    """A cluster as it is asked for.

    Every host has `osds_per_host` disks of class `hdd`; the first `ssd_hosts` of them have one
    more, of class `ssd`. Hosts are spread evenly over the racks. A disk's size is that of a
    sparse file: it takes room as it fills.
    """

    hosts: int = 7
    osds_per_host: int = 1
    ssd_hosts: int = 0
    racks: int = 3
    osd_size_bytes: int = 4 * GIB
    mons: int = 1
    mgrs: int = 1
    mdss: int = 1

    def __post_init__(self) -> None:
        """Refuse what no cluster can be: UsageError names the figure and its limits."""
        limits = {
            "hosts": (1, 64),
            "osds_per_host": (1, 16),
            "ssd_hosts": (0, self.hosts),
            "racks": (1, self.hosts),
            "mons": (1, 7),
            "mgrs": (1, 3),
            "mdss": (0, 9),
        }
        for name, (least, most) in limits.items():
            asked = getattr(self, name)
            if not least <= asked <= most:
                raise UsageError(
                    f"a cluster cannot have {asked} {name.replace('_', ' ')}",
                    f"ask for {least} to {most}",
                )
        if self.osd_size_bytes < LEAST_OSD_SIZE_BYTES:
            raise UsageError(
                f"a disk of {self.osd_size_bytes} bytes is too small for BlueStore",
                f"ask for {LEAST_OSD_SIZE_BYTES // GIB} GiB or more",
            )

    @cached_property
    def osds(self) -> tuple[Osd, ...]:
        """Give the disks: first one of each host, then the second ones; the fast ones last."""
        slots = [(host, "hdd") for _ in range(self.osds_per_host) for host in range(self.hosts)]
        slots += [(host, "ssd") for host in range(self.ssd_hosts)]
        return tuple(
            Osd(number, f"host{host}", f"rack{host * self.racks // self.hosts}", device_class)
            for number, (host, device_class) in enumerate(slots)
        )

    @property
    def mon_ids(self) -> str:
        """Give the letters of the monitors."""
        return ascii_lowercase[: self.mons]

    @property
    def daemons(self) -> tuple[str, ...]:
        """Give the names of all daemons, in the order in which they start."""
        return (
            *(f"mon.{letter}" for letter in self.mon_ids),
            *(f"mgr.{letter}" for letter in ascii_lowercase[: self.mgrs]),
            *(osd.name for osd in self.osds),
            *(f"mds.{letter}" for letter in ascii_lowercase[: self.mdss]),
        )

    def on_host(self, host: str) -> tuple[str, ...]:
        """Give the daemons of one host: `host3`. UsageError where there is none of that name."""
        names = tuple(osd.name for osd in self.osds if osd.host == host)
        if not names:
            raise UsageError(
                f"the cluster has no host '{host}'", f"name one of host0 to host{self.hosts - 1}"
            )
        return names
