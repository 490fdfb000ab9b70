"""Every key against every area of two estates on one cluster, through CephFS and RADOS."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Literal

import cephfs
import pytest
import rados
from tests.integration import intruder
from tests.integration.intruder import allowed
from tests.integration.two_estates import COMMUNES, ESTATE, OTHER, Estates, both

from maille.ceph import clients
from maille.ceph.names import folder
from maille.ceph.promises import promises
from maille.layout import names
from maille.recording.preflight.judge import raw_elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from maille.layout.model import Grant, ServiceClient, Share

Right = Literal["r", "rw"]
NEVER = None

# What each attempt needs: a right on names (metadata server), one on contents (OSD).
# "" needs none of them, NEVER is given to no service.
FILES: dict[str, tuple[str, str] | None] = {
    "list": ("r", ""),
    "read": ("r", "r"),
    "write": ("rw", "rw"),
    "make": ("rw", ""),
    "rename": ("rw", ""),
    "delete": ("rw", ""),
    "quota": NEVER,
    "layout": NEVER,
    "snapshot": NEVER,
}
OBJECTS = {"list": "r", "read": "r", "stat": "r", "write": "rw", "delete": "rw"}

PARALLEL = 8
BLOCK = bytes(1 << 20)

ENTITIES = [
    *(
        names.client(f"{estate}-{insee}", "recorder")
        for estate in (ESTATE, OTHER)
        for insee in COMMUNES[estate]
    ),
    *(
        names.client(estate, service)
        for estate in (ESTATE, OTHER)
        for service in ("exporter", "verifier", "expirer")
    ),
]


@pytest.fixture(scope="module")
def estates(testrun_uid: str) -> Iterator[Estates]:
    with both(testrun_uid) as found:
        yield found


@pytest.fixture
def files(estates: Estates) -> Estates:
    """Put files into every area that can be read, overwritten, renamed and deleted."""
    root = estates.cluster.root(estates.filesystem)
    for _, share in estates.shares():
        at = estates.paths[share.name]
        for name in (intruder.VICTIM, intruder.RENAMED, intruder.DOOMED):
            intruder.write(root, f"{at}/{name}", os.O_CREAT)
        root.mkdirs(f"{at}/{intruder.EMPTY}", 0o755)
    return estates


@pytest.fixture
def objects(estates: Estates) -> Estates:
    """Put an object into every namespace that is tried."""
    for pool, space in targets(estates):
        with estates.cluster.handle.open_ioctx(pool) as io:
            io.set_namespace(space)
            io.write_full(intruder.VICTIM, intruder.DATA)
    return estates


def targets(estates: Estates) -> dict[tuple[str, str], Share | None]:
    """Give pools and namespaces to try, each with the area whose contents lie there.

    In an estate's own pool nothing is in a namespace called after another estate; if that
    one's name begins alike, the pattern of this one's keys fits it there, and it is left out.
    """
    own = {
        (pool.name, share.namespace): share
        for layout, share in estates.shares()
        for pool in layout.recording_pools
    }
    fitting = {
        pool.name: f"fsvolumens_{layout.estate}-"
        for layout in estates.layouts
        for pool in layout.recording_pools
    }
    spaces = {space for _, space in own} | {""}
    pools = {
        pool.name for layout in estates.layouts for pool in (*layout.pools, *layout.recording_pools)
    }
    return {
        (pool, space): own.get((pool, space))
        for pool in sorted(pools)
        for space in sorted(spaces)
        if (pool, space) in own or not space.startswith(fitting.get(pool, "none"))
    }


def client_of(estates: Estates, entity: str) -> ServiceClient:
    return next(each.clients[entity] for each in estates.layouts if entity in each.clients)


def grant_on(client: ServiceClient, share: Share) -> Grant | None:
    """Give what a client may do in an area: by its subvolume, or by all of its group."""
    return next(
        (
            grant
            for grant in client.grants
            if grant.group == share.group and grant.subvolume in {None, share.name}
        ),
        None,
    )


def has(given: Right | None, needed: str) -> bool:
    return not needed or given in ("rw", needed)


def expected_in_files(grant: Grant | None) -> dict[str, bool]:
    return {
        attempt: grant is not None
        and needs is not NEVER
        and has(grant.rights, needs[0])
        and has(grant.data, needs[1])
        for attempt, needs in FILES.items()
    }


def expected_in_objects(grant: Grant | None) -> dict[str, bool]:
    return {
        attempt: grant is not None and grant.data is not None and has(grant.data, needed)
        for attempt, needed in OBJECTS.items()
    }


def try_in_files(
    estates: Estates,
    client: ServiceClient,
    at: str,
    attempts: Mapping[str, Callable[[cephfs.LibCephFS], object]],
) -> dict[str, bool]:
    """Try everything in one folder; what cannot be mounted gives nothing."""
    key = clients.key(estates.cluster, client.entity)
    reach = (estates.record.conf, client.entity, key, estates.filesystem, at)
    try:
        with intruder.in_files(*reach) as mount:
            return {name: allowed(partial(attempt, mount)) for name, attempt in attempts.items()}
    except intruder.REFUSED:
        return dict.fromkeys(attempts, False)


def try_in_objects(handle: rados.Rados, pool: str, space: str) -> dict[str, bool]:
    with handle.open_ioctx(pool) as io:
        io.set_namespace(space)
        return {
            name: allowed(partial(attempt, io))
            for name, attempt in intruder.OBJECT_ATTEMPTS.items()
        }


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_key_does_in_files_what_it_is_granted_and_nothing_else(
    files: Estates, entity: str
) -> None:
    client = client_of(files, entity)
    areas = [share for _, share in files.shares()]
    with ThreadPoolExecutor(PARALLEL) as crew:  # each waits a second to be unmounted
        found = crew.map(
            lambda share: try_in_files(
                files, client, files.paths[share.name], intruder.FILE_ATTEMPTS
            ),
            areas,
        )
    assert dict(zip((share.name for share in areas), found, strict=True)) == {
        share.name: expected_in_files(grant_on(client, share)) for share in areas
    }


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_key_does_in_objects_what_it_is_granted_and_nothing_else(
    objects: Estates, entity: str
) -> None:
    client = client_of(objects, entity)
    tried = targets(objects)
    with intruder.in_objects(
        objects.record.conf, entity, clients.key(objects.cluster, entity)
    ) as handle:
        found = {target: try_in_objects(handle, *target) for target in tried}
        everywhere = {
            pool: try_in_objects(handle, pool, rados.LIBRADOS_ALL_NSPACES)["list"]
            for pool, _ in tried
        }
    assert set(everywhere.values()) == {False}
    assert found == {
        target: expected_in_objects(grant_on(client, area) if area else None)
        for target, area in tried.items()
    }


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_key_mounts_its_own_folders_and_nothing_above(estates: Estates, entity: str) -> None:
    client = client_of(estates, entity)
    above = {"/", "/volumes"}
    above |= {folder(group.name) for layout in estates.layouts for group in layout.groups}
    whole = {folder(grant.group) for grant in client.grants if grant.subvolume is None}
    with ThreadPoolExecutor(PARALLEL) as crew:
        found = crew.map(
            lambda at: try_in_files(
                estates, client, at, {"list": lambda mount: intruder.listed(mount, "/")}
            )["list"],
            above,
        )
    assert {at for at, mounted in zip(above, found, strict=True) if mounted} == whole


@pytest.mark.parametrize("entity", ENTITIES)
def test_what_the_manager_keeps_beside_a_subvolume_can_be_moved_by_the_expirer_at_most(
    estates: Estates, entity: str
) -> None:
    client = client_of(estates, entity)
    areas = [share for _, share in estates.shares()]
    with ThreadPoolExecutor(PARALLEL) as crew:
        found = crew.map(
            lambda share: try_in_files(
                estates, client, folder_above(estates, share), intruder.META_ATTEMPTS
            ),
            areas,
        )
    # its rights on names hold for all of the group; contents of that file nobody can read
    assert dict(zip((share.name for share in areas), found, strict=True)) == {
        share.name: {
            "read": False,
            "write": False,
            "rename": any(
                grant.group == share.group and grant.subvolume is None and grant.rights == "rw"
                for grant in client.grants
            ),
        }
        for share in areas
    }


def folder_above(estates: Estates, share: Share) -> str:
    return estates.paths[share.name].rpartition("/")[0]


def fill(mount: cephfs.LibCephFS, handle: int, size_bytes: int) -> None:
    for written in range(0, size_bytes, len(BLOCK)):
        mount.write(handle, BLOCK, written)


def test_a_commune_that_is_full_takes_no_room_from_the_other_estate(estates: Estates) -> None:
    share = next(share for layout, share in estates.shares() if layout.estate == ESTATE)
    theirs = next(share for layout, share in estates.shares() if layout.estate == OTHER)
    own = names.client(share.name, "recorder")
    reach = (estates.record.conf, own, clients.key(estates.cluster, own), estates.filesystem)
    with intruder.in_files(*reach, estates.paths[share.name]) as mount:
        handle = mount.open("/filling", os.O_CREAT | os.O_WRONLY, 0o644)
        with pytest.raises(cephfs.DiskQuotaExceeded):
            fill(mount, handle, 4 * share.quota_bytes)
        mount.close(handle)
    other = names.client(theirs.name, "recorder")
    key = clients.key(estates.cluster, other)
    with intruder.in_files(
        estates.record.conf, other, key, estates.filesystem, estates.paths[theirs.name]
    ) as mount:
        intruder.write(mount, "/after", os.O_CREAT)
        assert intruder.read(mount, "/after") == intruder.DATA


def test_each_estate_is_sized_beside_what_is_promised_to_the_other(estates: Estates) -> None:
    for here, there in (estates.layouts, estates.layouts[::-1]):
        own = frozenset(group.name for group in here.groups)
        quotas = sum(share.quota_bytes for layout, share in estates.shares() if layout is there)
        counted = raw_elsewhere(here, promises(estates.cluster, own))
        assert counted == pytest.approx(quotas * 1.5, rel=0.01)
