"""Every kind of thing on a real cluster: made once, never over somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.integration.ceph.things import KINDS, MIB, OURS, THEIRS, Things

from maille.ceph import clients, contents, filesystems, groups, pools, profiles, rules, subvolumes
from maille.ceph.errors import CephError, ConflictError, ProtectedError
from maille.ceph.fingerprints import fingerprint, known, replaced
from maille.ceph.groups import GROUP
from maille.ceph.making import create, remove, update
from maille.ceph.ownership import claim, owned, owners
from maille.ceph.pools import POOL
from maille.ceph.subvolumes import SUBVOLUME
from maille.ceph.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.ceph.connection import Cluster
    from maille.ceph.model import Part

EVERY = pytest.mark.parametrize("kind", KINDS)

IN_PLACE: dict[str, dict[str, Any]] = {
    "pool": {"min_size": 4, "pg_num": 8, "protected": False},
    "group": {"object_size_bytes": 2 * MIB},
    "subvolume": {"quota_bytes": 128 * MIB},
    "client": {"caps": {"mon": "allow r"}},
}
FIXED: dict[str, dict[str, Any]] = {
    "profile": {"k": 3, "technique": "cauchy_good"},
    "rule": {"failure_domain": "osd", "device_class": None},
    "pool": {"size": 5},
    "filesystem": {"default_pool": "another"},
}


def unlike(wish: Part, changed: dict[str, Any]) -> Part:
    """Give the same wish with other values; nothing is validated, for it may be a bad one."""
    return wish.model_copy(update=changed)


def put(things: Things, kind: str, owner: str = OURS) -> Any:  # noqa: ANN401  # a Part
    things.ground(kind)
    return create(things.ceph, KINDS[kind], getattr(things, kind), owner=owner)


def delete(things: Things, kind: str, *, losing: bool = False) -> None:
    ceph, fs, group = things.ceph, things.filesystem.name, things.group.name
    deletions: dict[str, Callable[[], None]] = {
        "profile": lambda: profiles.delete(ceph, things.profile.name),
        "rule": lambda: rules.delete(ceph, things.rule.name),
        "pool": lambda: pools.delete(ceph, things.pool.name, losing=losing),
        "filesystem": lambda: filesystems.delete(ceph, fs, losing=losing),
        "group": lambda: groups.delete(ceph, fs, group),
        "subvolume": lambda: subvolumes.delete(
            ceph, fs, group, things.subvolume.name, losing=losing
        ),
        "client": lambda: clients.delete(ceph, things.client.entity),
    }
    deletions[kind]()


@EVERY
def test_is_made_as_wanted_and_a_second_time_changes_nothing(things: Things, kind: str) -> None:
    wish = getattr(things, kind)
    assert put(things, kind) == wish
    assert create(things.ceph, KINDS[kind], wish, owner=OURS) == wish
    assert owners(things.ceph, KINDS[kind].mark(wish)) == {OURS}


@EVERY
def test_goes_and_then_is_gone_twice(things: Things, kind: str) -> None:
    put(things, kind)
    for _ in range(2):
        delete(things, kind)
        assert KINDS[kind].read(things.ceph, getattr(things, kind)) is None


@EVERY
def test_what_nobody_marked_is_taken_over_only_on_request(things: Things, kind: str) -> None:
    wish = getattr(things, kind)
    things.ground(kind)
    KINDS[kind].make(things.ceph, wish)
    with pytest.raises(ConflictError, match="just as it is wanted, but nobody says it is this"):
        create(things.ceph, KINDS[kind], wish, owner=OURS)
    assert create(things.ceph, KINDS[kind], wish, owner=OURS, adopt=True) == wish
    mark = KINDS[kind].mark(wish)
    assert mark.name in owned(things.ceph, OURS, mark.kind, mark.filesystem)


@pytest.mark.parametrize(("kind", "changed"), [*(FIXED | IN_PLACE).items()])
def test_what_nobody_marked_and_differs_is_not_even_taken_over_on_request(
    things: Things, kind: str, changed: dict[str, Any]
) -> None:
    wish = getattr(things, kind)
    things.ground(kind)
    KINDS[kind].make(things.ceph, wish)
    with pytest.raises(ConflictError, match="exists already and differs: ") as caught:
        create(things.ceph, KINDS[kind], unlike(wish, changed), owner=OURS, adopt=True)
    for name in changed:
        assert f"{name} is " in caught.value.what
    assert KINDS[kind].read(things.ceph, wish) == wish


@pytest.mark.parametrize("kind", ["profile", "pool", "group", "subvolume", "client"])
def test_what_is_another_estate_s_is_refused(things: Things, kind: str) -> None:
    put(things, kind, owner=THEIRS)
    with pytest.raises(ConflictError, match="belongs to theirs"):
        create(things.ceph, KINDS[kind], getattr(things, kind), owner=OURS, adopt=True)


@pytest.mark.parametrize("kind", ["rule", "filesystem"])
def test_a_file_system_and_what_it_stands_on_is_shared_by_estates(
    things: Things, kind: str
) -> None:
    wish = put(things, kind)
    assert create(things.ceph, KINDS[kind], wish, owner=THEIRS) == wish
    gone: list[str] = []
    name = KINDS[kind].name(wish)
    for owner in (OURS, THEIRS):
        assert gone == []
        remove(things.ceph, KINDS[kind], wish, owner=owner, delete=lambda: gone.append(name))
    assert gone == [name]
    assert not owners(things.ceph, KINDS[kind].mark(wish))


@pytest.mark.parametrize(("kind", "changed"), IN_PLACE.items())
def test_changes_in_place(things: Things, kind: str, changed: dict[str, Any]) -> None:
    wish = unlike(put(things, kind), changed)
    assert update(things.ceph, KINDS[kind], wish, owner=OURS) == wish
    assert KINDS[kind].read(things.ceph, wish) == wish


@pytest.mark.parametrize(("kind", "changed"), FIXED.items())
def test_what_cannot_change_is_told_and_left(
    things: Things, kind: str, changed: dict[str, Any]
) -> None:
    wish = put(things, kind)
    for change in (update, create):
        with pytest.raises(ConflictError, match="cannot be changed so") as caught:
            change(things.ceph, KINDS[kind], unlike(wish, changed), owner=OURS)
        assert all(f"{name} is " in caught.value.what for name in changed)
    assert KINDS[kind].read(things.ceph, wish) == wish


@EVERY
def test_what_was_made_anew_by_somebody_else_stays(things: Things, kind: str) -> None:
    wish = put(things, kind)
    remove(things.ceph, KINDS[kind], wish, owner=OURS, delete=lambda: None)
    remove(things.ceph, KINDS[kind], wish, owner=OURS, delete=lambda: delete(things, kind))
    assert KINDS[kind].read(things.ceph, wish) == wish
    if kind in IN_PLACE:
        with pytest.raises(ConflictError, match="does not bear the mark of ours"):
            update(things.ceph, KINDS[kind], unlike(wish, IN_PLACE[kind]), owner=OURS)


@EVERY
def test_what_is_gone_is_told_by_an_update(things: Things, kind: str) -> None:
    things.ground(kind)
    with pytest.raises(ConflictError, match="is gone from the cluster"):
        update(things.ceph, KINDS[kind], getattr(things, kind), owner=OURS)


@pytest.mark.parametrize(("kind", "changed"), IN_PLACE.items())
def test_what_is_marked_and_half_made_is_made_whole(
    things: Things, kind: str, changed: dict[str, Any]
) -> None:
    wish = getattr(things, kind)
    things.ground(kind)
    claim(things.ceph, OURS, KINDS[kind].mark(wish))
    KINDS[kind].make(things.ceph, unlike(wish, changed))
    assert create(things.ceph, KINDS[kind], wish, owner=OURS) == wish


def test_a_mark_tells_things_of_one_name_on_two_file_systems_apart(things: Things) -> None:
    put(things, "group")
    elsewhere = things.group.model_copy(update={"filesystem": "another"})
    assert owners(things.ceph, GROUP.mark(things.group)) == {OURS}
    assert not owners(things.ceph, GROUP.mark(elsewhere))
    claim(things.ceph, THEIRS, GROUP.mark(elsewhere))
    assert owners(things.ceph, GROUP.mark(things.group)) == {OURS}
    assert things.group.name not in owned(things.ceph, OURS, GROUP.title, "another")
    assert things.group.name in owned(things.ceph, THEIRS, GROUP.title, "another")


def test_a_pool_that_was_cut_off_gets_overwrites_and_its_guard(things: Things) -> None:
    things.ground("pool")
    wish = things.pool
    claim(things.ceph, OURS, POOL.mark(wish))
    things.ceph.mon(
        "osd pool create",
        pool=wish.name,
        pg_num=4,
        pool_type="erasure",
        erasure_code_profile=wish.profile,
        rule=wish.rule,
        autoscale_mode="off",
    )
    found = pools.read(things.ceph, wish.name)
    assert found
    assert (found.overwrites, found.protected) == (False, False)
    assert create(things.ceph, KINDS["pool"], wish, owner=OURS) == wish


def test_a_pool_that_scales_itself_keeps_its_number(things: Things) -> None:
    things.ground("pool")
    wish = unlike(things.pool, {"autoscale_mode": "on"})
    create(things.ceph, KINDS["pool"], wish, owner=OURS)
    again = create(things.ceph, KINDS["pool"], unlike(wish, {"pg_num": 32}), owner=OURS)
    assert again == wish


def test_a_group_that_was_cut_off_gets_its_layout(things: Things) -> None:
    things.ground("group")
    claim(things.ceph, OURS, GROUP.mark(things.group))
    root = things.ceph.root(things.filesystem.name)
    root.mkdirs(f"/volumes/{things.group.name}", 0o755)
    assert create(things.ceph, KINDS["group"], things.group, owner=OURS) == things.group


@pytest.mark.parametrize("inner", ["", "/8d2f3a56-6d52-4f5d-9a3c-0b1c5f0ec001"])
def test_a_share_that_the_manager_left_half_made_is_made_anew(things: Things, inner: str) -> None:
    things.ground("subvolume")
    share = things.subvolume
    claim(things.ceph, OURS, SUBVOLUME.mark(share))
    root = things.ceph.root(share.filesystem)
    root.mkdirs(f"/volumes/{share.group}/{share.name}{inner}", 0o755)
    assert create(things.ceph, KINDS["subvolume"], share, owner=OURS) == share
    path = subvolumes.path(things.ceph, share.filesystem, share.group, share.name)
    assert path
    assert path.startswith(f"/volumes/{share.group}/{share.name}/")


def test_a_share_that_is_not_isolated_is_not_taken_over(things: Things) -> None:
    things.ground("subvolume")
    share = things.subvolume
    things.ceph.mgr(
        "fs subvolume create",
        vol_name=share.filesystem,
        group_name=share.group,
        sub_name=share.name,
        size=share.quota_bytes,
    )
    with pytest.raises(ConflictError, match="isolated is False, wanted True"):
        create(things.ceph, KINDS["subvolume"], share, owner=OURS, adopt=True)


def test_a_share_with_recordings_is_removed_only_by_name(things: Things) -> None:
    put(things, "subvolume")
    things.write()
    with pytest.raises(ProtectedError, match="holds recordings"):
        delete(things, "subvolume")
    assert KINDS["subvolume"].read(things.ceph, things.subvolume) == things.subvolume
    delete(things, "subvolume", losing=True)
    assert KINDS["subvolume"].read(things.ceph, things.subvolume) is None


def test_a_share_with_an_empty_recording_holds_recordings(things: Things) -> None:
    put(things, "subvolume")
    things.write(size_bytes=0)
    with pytest.raises(ProtectedError, match="holds recordings"):
        delete(things, "subvolume")


def test_a_share_that_has_just_been_emptied_goes_whatever_the_manager_counts(
    things: Things,
) -> None:
    put(things, "subvolume")
    things.write(size_bytes=8 * MIB)
    counted(things)
    share = things.subvolume
    root = things.ceph.root(share.filesystem)
    root.unlink(
        f"{subvolumes.path(things.ceph, share.filesystem, share.group, share.name)}/recording"
    )
    delete(things, "subvolume")
    assert KINDS["subvolume"].read(things.ceph, share) is None


def test_what_is_written_after_the_first_removal_of_a_group_is_seen(things: Things) -> None:
    put(things, "subvolume")
    share = things.subvolume
    other = share.model_copy(update={"name": f"{things.name}-other"})
    create(things.ceph, KINDS["subvolume"], other, owner=OURS)
    subvolumes.delete(things.ceph, other.filesystem, other.group, other.name)
    things.write()
    counted(things)
    with pytest.raises(ProtectedError, match="holds recordings"):
        delete(things, "subvolume")
    assert KINDS["subvolume"].read(things.ceph, share) == share


def counted(things: Things) -> None:
    """Wait until the manager counts what the share holds."""
    share = things.subvolume

    def told() -> bool:
        where = (share.filesystem, share.group, share.name)
        return bool((subvolumes.info(things.ceph, *where) or {}).get("bytes_used"))

    wait_until(told, 180, "the manager counts nothing")


def test_a_quota_is_not_lowered_below_what_is_in_use(things: Things) -> None:
    put(things, "subvolume")
    things.write(size_bytes=8 * MIB)
    small = unlike(things.subvolume, {"quota_bytes": 4 * MIB})
    with pytest.raises(ProtectedError, match="holds 8,388,608 bytes, more than the 4,194,304"):
        update(things.ceph, KINDS["subvolume"], small, owner=OURS)
    assert KINDS["subvolume"].read(things.ceph, things.subvolume) == things.subvolume


def test_a_group_with_shares_and_a_file_system_with_recordings_stay(things: Things) -> None:
    put(things, "subvolume")
    with pytest.raises(ProtectedError, match="still has 1 subvolumes"):
        delete(things, "group")
    with pytest.raises(ProtectedError, match=f"still writes to {things.pool.name}"):
        delete(things, "filesystem")


def test_a_pool_with_recordings_is_removed_only_by_name(
    things: Things, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(things, "subvolume")
    things.write()
    impatient(things.ceph, monkeypatch)
    with pytest.raises(ProtectedError, match=r"holds \d+ objects, and no fewer after 2 s"):
        delete(things, "pool")
    delete(things, "pool", losing=True)
    assert pools.read(things.ceph, things.pool.name) is None


def test_a_pool_is_waited_for_until_what_was_unlinked_is_erased(things: Things) -> None:
    put(things, "subvolume")
    things.write(size_bytes=8 * MIB)
    delete(things, "subvolume", losing=True)
    delete(things, "group")
    delete(things, "pool")
    assert filesystems.further_pools(things.ceph, things.filesystem.name) == ()


def test_a_removal_that_was_cut_off_after_its_file_system_is_made_anew(things: Things) -> None:
    put(things, "subvolume")
    for kind in ("subvolume", "group", "pool", "filesystem"):
        delete(things, kind)
    assert create(things.ceph, KINDS["filesystem"], things.filesystem, owner=OURS)


def test_a_file_system_that_somebody_removed_is_not_made_over_its_recordings(
    things: Things, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(things, "subvolume")
    things.write()
    assert contents.holds_objects(things.ceph, things.pool.name)
    things.ceph.mon("fs fail", fs_name=things.filesystem.name)
    things.ceph.mon("fs rm", fs_name=things.filesystem.name, yes_i_really_mean_it=True)
    impatient(things.ceph, monkeypatch)
    with pytest.raises(ProtectedError, match="metadata holds"):
        create(things.ceph, KINDS["filesystem"], things.filesystem, owner=OURS)
    assert contents.holds_objects(things.ceph, things.copies("metadata").name)


def impatient(ceph: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait two seconds for a pool to get emptier."""
    patience = type(ceph.access.patience)(drain_s=2)
    access = type(ceph.access)(ceph.access.conf, patience=patience)
    monkeypatch.setattr(ceph, "access", access)


def test_a_profile_and_a_rule_in_use_stay(things: Things) -> None:
    put(things, "pool")
    with pytest.raises(CephError, match=r"in use|being used|used by"):
        delete(things, "profile")
    with pytest.raises(CephError, match=r"in use|being used"):
        rules.delete(things.ceph, things.coded_rule.name)


def test_the_owners_key_is_told_by_its_fingerprint_alone(things: Things) -> None:
    put(things, "client")
    key = clients.key(things.ceph, things.client.entity)
    assert known(things.ceph, things.client.entity) == {fingerprint(key)}
    assert key not in repr(clients.read(things.ceph, things.client.entity))


def test_a_key_that_somebody_replaced_is_told_until_the_client_is_made_anew(
    things: Things,
) -> None:
    ceph, wish = things.ceph, put(things, "client")
    entity = wish.entity
    assert replaced(ceph, [entity, "client.admin"]).keys() == {"client.admin"}
    ceph.mon("auth rm", entity=entity)
    assert replaced(ceph, [entity]) == {}
    KINDS["client"].make(ceph, wish)  # as a run that is cut off before it writes the key down
    assert replaced(ceph, [entity]).keys() == {entity}
    assert create(ceph, KINDS["client"], wish, owner=OURS) == wish
    assert replaced(ceph, [entity]) == {}
    caps = [word for pair in wish.caps.items() for word in pair]
    ceph.mon("auth rm", entity=entity)
    ceph.mon("auth add", entity=entity, caps=caps)
    theirs = fingerprint(clients.key(ceph, entity))
    for _ in range(2):
        assert replaced(ceph, [entity]) == {entity: theirs}
        assert create(ceph, KINDS["client"], wish, owner=OURS) == wish
    ceph.mon("config-key set", key=f"maille/key/{entity}", val="no JSON")
    assert replaced(ceph, [entity]) == {entity: theirs}
    delete(things, "client")
    assert known(ceph, entity) == frozenset()
    put(things, "client")
    assert replaced(ceph, [entity]) == {}


def test_a_share_belongs_to_the_user_that_records(things: Things) -> None:
    things.ground("subvolume")
    share = unlike(things.subvolume, {"uid": 1400, "gid": 1401})
    assert create(things.ceph, KINDS["subvolume"], share, owner=OURS) == share
    other = unlike(share, {"uid": 1500})
    assert update(things.ceph, KINDS["subvolume"], other, owner=OURS) == other
    known = things.subvolume
    path = subvolumes.path(things.ceph, known.filesystem, known.group, known.name)
    found = things.ceph.root(known.filesystem).stat(path or "")
    assert (found.st_uid, found.st_gid, found.st_mode & 0o777) == (1500, 1401, 0o750)
