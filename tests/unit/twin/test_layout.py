"""Where the disks of a cluster stand, and what no cluster can be."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.errors import UsageError
from maille.twin.cluster.layout import GIB, Layout


@given(hosts=st.integers(1, 64), osds=st.integers(1, 4), racks=st.integers(1, 8))
def test_disks_are_spread_evenly_over_hosts_and_hosts_over_racks(
    hosts: int, osds: int, racks: int
) -> None:
    layout = Layout(hosts=hosts, osds_per_host=osds, racks=min(racks, hosts))
    assert set(Counter(osd.host for osd in layout.osds).values()) == {osds}
    rack_of = {osd.host: osd.rack for osd in layout.osds}
    assert all(rack_of[osd.host] == osd.rack for osd in layout.osds)
    sizes = Counter(rack_of.values())
    assert len(sizes) == layout.racks
    assert max(sizes.values()) - min(sizes.values()) <= 1


def test_fast_disks_come_last_and_one_a_host() -> None:
    layout = Layout(hosts=4, osds_per_host=2, ssd_hosts=3)
    assert [osd.device_class for osd in layout.osds] == ["hdd"] * 8 + ["ssd"] * 3
    assert layout.on_host("host1") == ("osd.1", "osd.5", "osd.9")
    assert layout.on_host("host3") == ("osd.3", "osd.7")


def test_monitors_start_first_and_metadata_servers_last() -> None:
    layout = Layout(hosts=1, racks=1, mons=3, mgrs=2, mdss=2)
    assert layout.daemons == (
        *("mon.a", "mon.b", "mon.c"),
        *("mgr.a", "mgr.b"),
        "osd.0",
        *("mds.a", "mds.b"),
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"hosts": 0}, "cannot have 0 hosts"),
        ({"hosts": 2, "racks": 3}, "cannot have 3 racks"),
        ({"hosts": 2, "racks": 1, "ssd_hosts": 3}, "cannot have 3 ssd hosts"),
        ({"mons": 0}, "cannot have 0 mons"),
        ({"osd_size_bytes": GIB - 1}, "too small for BlueStore"),
    ],
)
def test_what_no_cluster_can_be_is_refused(wrong: dict[str, int], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        Layout(**wrong)


def test_a_host_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="no host 'host7'"):
        Layout().on_host("host7")
