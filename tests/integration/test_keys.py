"""Keys handed over, replaced under a recorder that goes on, and revoked from who has files open."""

from __future__ import annotations

import json
import os
import pty
import signal
import stat
import subprocess
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.clusters import start_own
from tests.estates import AS_OF, INVENTORY, MAILLE, copy, maille
from tests.integration.keyholder import Post, Recorder, holding, key_in
from tests.integration.two_estates import COMMUNES, ESTATE, layout
from tests.provisioning import provision

from maille.ceph import clients
from maille.ceph.connection import connect
from maille.ceph.errors import ConflictError
from maille.ceph.fingerprints import fingerprint
from maille.ceph.keyring import accepted, keys, new_key, replace_keys
from maille.ceph.sessions import SHUT_OUT_FOR, sessions, shut_out, shut_out_until
from maille.layout import names
from maille.recording.keys.rotation import Rotation
from maille.recording.keys.unfinished import Unfinished
from maille.twin.cluster.layout import Layout as ClusterLayout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from maille.ceph.connection import Cluster
    from maille.layout.model import Layout, ServiceClient
    from maille.twin.cluster.record import Record

FIRST, SECOND, *_ = COMMUNES[ESTATE]
SPREAD = ClusterLayout(hosts=7, racks=3, mons=3, mdss=2)
"""Sessions with several monitors and metadata servers."""


@dataclass(frozen=True, slots=True)
class Place:
    """An estate on a cluster, and its folder."""

    record: Record
    cluster: Cluster
    layout: Layout
    paths: dict[str, str]
    estate: Path

    def maille(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        command, *rest = words
        return maille("storage", command, self.estate, *rest, "--conf", self.record.conf)

    def post(self, insee: str) -> Post:
        share = self.layout.subvolumes[f"{ESTATE}-{insee}"]
        return Post(
            self.record.conf,
            self.layout.filesystem.name,
            self.layout.data_pool.name,
            share,
            self.paths[share.name],
            names.client(share.name, "recorder"),
        )

    def key(self, entity: str) -> str:
        return clients.key(self.cluster, entity)

    def holder(self, insee: str) -> str:
        return str(self.post(insee).share.recorder)

    def journal(self) -> list[dict[str, Any]]:
        folder = self.estate / ".maille" / "journal" / "keys"
        texts = [file.read_text() for file in sorted(folder.glob("*.jsonl"))]
        return [json.loads(line) for text in texts for line in text.splitlines()]


@pytest.fixture(scope="module")
def place(testrun_uid: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    wanted = layout()
    with start_own(testrun_uid, SPREAD) as record, connect(record.access()) as cluster:
        paths = provision(cluster, wanted, COMMUNES[ESTATE])
        cluster.mon("fs set", fs_name=wanted.filesystem.name, var="max_mds", val="2")
        estate = copy(INVENTORY / ESTATE, tmp_path_factory.mktemp("estate"))
        yield Place(record, cluster, wanted, paths, estate)


def everything_in(folder: Path) -> bytes:
    return b"\0".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_a_recorders_host_gets_all_its_keys_and_works_with_them(
    place: Place, tmp_path: Path
) -> None:
    post = place.post(FIRST)
    file = tmp_path / "host.keyring"
    done = place.maille("key", place.holder(FIRST), "--out", file)
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    own = [one for one in COMMUNES[ESTATE] if place.holder(one) == place.holder(FIRST)]
    for insee in own:
        entity = place.post(insee).entity
        assert key_in(file, entity) == place.key(entity)
    assert file.read_text().count("[client.") == len(own)
    with holding(replace(post, conf=tmp_path / "host.conf"), key_in(file, post.entity)) as opened:
        assert opened.works_on_files()
    assert {
        (one["client"], one["fingerprint"], one["to"])
        for one in place.journal()
        if one["phase"] == "key handed over"
    } >= {(post.entity, fingerprint(place.key(post.entity)), str(file))}


def test_a_file_with_other_keys_is_kept_unless_it_may_go(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "some.keyring"
    file.write_text("[client.other]\n\tkey = theirs\n")
    refused = place.maille("key", FIRST, "--out", file)
    assert refused.returncode == 2
    assert "client.other" in refused.stderr
    assert "theirs" in file.read_text()
    forced = place.maille("key", FIRST, "--out", file, "--force")
    assert forced.returncode == 0
    entity = place.post(FIRST).entity
    assert key_in(file, entity) == place.key(entity)
    again = place.maille("key", FIRST, "--out", file)  # what it wrote itself, it renews
    assert again.returncode == 0


def test_where_no_file_can_be_nothing_is_handed_over(place: Place, tmp_path: Path) -> None:
    before = place.journal()
    taken = tmp_path / "taken.conf"
    for out in (tmp_path / "none" / "a.keyring", tmp_path, taken):
        refused = place.maille("key", FIRST, "--out", out)
        assert refused.returncode == 2, refused.stderr
        assert "Traceback" not in refused.stderr
    assert list(tmp_path.iterdir()) == []
    assert place.journal() == before


def test_a_pipe_gets_a_key_and_a_terminal_only_when_asked(place: Place) -> None:
    entity = names.client(ESTATE, "verifier")
    piped = place.maille("key", "verifier")
    assert piped.stdout == f"[{entity}]\n\tkey = {place.key(entity)}\n"
    assert place.key(entity) not in piped.stderr
    master, slave = pty.openpty()
    command = [MAILLE, "storage", "key", str(place.estate), "verifier", "--as-of", str(AS_OF)]
    shown = subprocess.run(
        [*command, "--conf", str(place.record.conf)],
        stdout=slave,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
    )
    os.close(slave)
    os.close(master)
    assert shown.returncode == 2
    assert "--show" in shown.stderr
    assert place.key(entity) not in shown.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("key", "28999"), "unknown"),
        (("key",), "no key is named"),
        (("key", "verifier", "--json"), "--out"),
        (("rotate", "--out", "."), "--commune"),
        (("rotate", "--commune", "28999", "--out", "."), "unknown"),
        (("rotate", "--service", "camera", "--out", "."), "unknown"),
        (("rotate", "--all", "--out", "no-such-folder"), "no folder"),
        (("revoke", "client.admin", "--yes"), "unknown"),
        (("revoke", "client.chartres.verifier"), "--yes"),
    ],
)
def test_a_wrong_word_is_told_and_nothing_changes(
    place: Place, words: tuple[str, ...], told: str
) -> None:
    before = keys(place.cluster, [*place.layout.clients, "client.admin"])
    refused = place.maille(*words)
    assert refused.returncode == 2, refused.stderr
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr
    assert keys(place.cluster, [*place.layout.clients, "client.admin"]) == before


def test_a_commune_without_a_share_yet_has_no_key_to_replace(place: Place, tmp_path: Path) -> None:
    later = next(
        share.commune
        for share in place.layout.subvolumes.values()
        if share.commune and share.commune not in COMMUNES[ESTATE]
    )
    refused = place.maille("rotate", "--commune", later, "--out", tmp_path)
    assert refused.returncode == 1
    assert "storage up" in refused.stderr


def test_a_cluster_that_is_away_is_told(place: Place, tmp_path: Path) -> None:
    for words in (
        ("key", FIRST, "--out", tmp_path / "a.keyring"),
        ("rotate", "--all", "--out", tmp_path),
        ("revoke", f"client.{ESTATE}.verifier", "--yes"),
    ):
        command, *rest = words
        away = maille("storage", command, place.estate, *rest, "--conf", tmp_path / "no.conf")
        assert away.returncode == 4, away.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_list_tells_who_uses_a_key_now(place: Place) -> None:
    post = place.post(FIRST)
    before = json.loads(place.maille("key", "--list", post.entity, "--json").stdout)
    with holding(post, place.key(post.entity)):
        told = place.maille("key", "--list", "--json")
    rows = {row["client"]: row for row in json.loads(told.stdout)}
    new = [one for one in rows[post.entity]["sessions"] if one not in before[0]["sessions"]]
    assert len(new) == 2  # one through CephFS, one through RADOS
    assert rows[post.entity]["fingerprint"] == fingerprint(place.key(post.entity))
    assert f"namespace={post.share.namespace} " in rows[post.entity]["caps"]["osd"]
    for entity in rows:
        if rows[entity]["fingerprint"]:
            assert place.key(entity) not in told.stdout


def test_a_recorder_goes_on_while_its_key_is_replaced(place: Place, tmp_path: Path) -> None:
    post = place.post(FIRST)
    holder = place.holder(FIRST)
    file = tmp_path / f"{holder}.keyring"
    assert place.maille("key", holder, "--out", file).returncode == 0
    old = key_in(file, post.entity)
    recorder = Recorder(post, file)
    with recorder.at_work():
        wait_until(lambda: len(recorder.written) > 3)
        done = place.maille("rotate", "--commune", FIRST, "--out", tmp_path, "--json")
        so_far = len(recorder.written)
        wait_until(lambda: len(recorder.written) > so_far + 3)
    assert done.returncode == 0, done.stderr
    assert recorder.failed == []
    assert recorder.keys == [old, place.key(post.entity)]
    (replaced,) = json.loads(done.stdout)["replaced"]
    assert replaced["client"] == post.entity
    assert replaced["old_key_refused"]
    assert set(replaced["sessions_ended"]) <= shut_out_until(place.cluster).keys()
    assert replaced["sessions_ended"]
    root = place.cluster.root(post.filesystem)
    sizes = [root.stat(f"{post.path}{name}").st_size for name in recorder.written]
    assert set(sizes) == {5000}


def test_who_keeps_to_the_old_key_is_named_and_not_cut(place: Place, tmp_path: Path) -> None:
    post = place.post(SECOND)
    old = place.key(post.entity)
    idle = place.post(FIRST).entity
    rotate = ("rotate", "--service", "recorder", "--out", tmp_path, "--grace", "0", "--json")
    with holding(post, old) as opened:
        waited = place.maille(*rotate)
        assert waited.returncode == 3, waited.stderr
        assert [one["client"] for one in json.loads(waited.stdout)["waiting"]] == [post.entity]
        assert opened.works_on_files()
        assert opened.works_on_objects()
        new, other = place.key(post.entity), place.key(idle)
        assert new != old
        again = place.maille(*rotate)
        assert again.returncode == 3
        # it goes on, and does not begin anew: neither with this one nor with those that are done
        assert (place.key(post.entity), place.key(idle)) == (new, other)
        cut = place.maille(*rotate, "--cut")
        assert cut.returncode == 0, cut.stderr
        assert not opened.works_on_files()
        assert not opened.works_on_objects()
    assert not (place.estate / ".maille" / "rotation.json").exists()


def test_a_rotation_that_is_killed_is_taken_up(place: Place, tmp_path: Path) -> None:
    entities = [place.post(insee).entity for insee in COMMUNES[ESTATE]]
    before = keys(place.cluster, entities)
    command = [MAILLE, "storage", "rotate", str(place.estate), "--service", "recorder"]
    command += ["--out", str(tmp_path), "--conf", str(place.record.conf), "--as-of", str(AS_OF)]
    for tenths in (8, 11, 14, 17, 20):
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as running:
            time.sleep(tenths / 10)
            running.send_signal(signal.SIGKILL)
        for insee in COMMUNES[ESTATE]:  # whatever stands there is whole
            file = tmp_path / f"{place.holder(insee)}.keyring"
            assert not file.exists() or key_in(file, place.post(insee).entity)
    done = place.maille("rotate", "--service", "recorder", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    for insee in COMMUNES[ESTATE]:
        entity = place.post(insee).entity
        handed = key_in(tmp_path / f"{place.holder(insee)}.keyring", entity)
        assert handed == place.key(entity) != before[entity]
    assert not (place.estate / ".maille" / "rotation.json").exists()


class CutError(Exception):
    """The process ends here."""


@dataclass
class Steps:
    """A rotation in this process, cut at a step of one's choice."""

    place: Place
    file: Path
    at: str
    handed: list[str]

    def run(self, wanted: tuple[ServiceClient, ...]) -> None:
        def step(name: str) -> None:
            if self.at == name:
                raise CutError

        def note(entries: Iterable[dict[str, Any]]) -> None:
            for entry in entries:
                step(entry["phase"])

        def deliver(given: tuple[ServiceClient, ...]) -> None:
            step("deliver")
            self.handed = [self.place.key(one.entity) for one in given]

        unfinished = Unfinished(self.file)
        with unfinished.alone():
            Rotation(
                self.place.cluster,
                self.place.layout,
                unfinished,
                deliver,
                note,
                lambda: datetime.now(tz=UTC),
                time.monotonic,
                lambda _s: step("wait"),
            ).run(wanted, 60, at_once=False)


@pytest.mark.parametrize("at", ["key replaced", "deliver", "wait", "session ended"])
def test_a_rotation_goes_on_from_every_step(place: Place, tmp_path: Path, at: str) -> None:
    post = place.post(FIRST)
    wanted = (place.layout.clients[post.entity],)
    old = place.key(post.entity)
    steps = Steps(place, tmp_path / "rotation.json", at, [])
    with holding(post, old) as opened:
        if at == "session ended":  # only who came back is ended: let it come back first
            with pytest.raises(CutError):
                replace(steps, at="wait").run(wanted)
            with holding(post, place.key(post.entity)), pytest.raises(CutError):
                steps.run(wanted)
        else:
            with pytest.raises(CutError):
                steps.run(wanted)
            assert opened.works_on_files()
        between = place.key(post.entity)
        if at == "key replaced":
            assert between == old
        else:
            with holding(post, between):
                replace(steps, at="").run(wanted)
            assert place.key(post.entity) == between
            assert not opened.works_on_files()
    if at == "key replaced":
        replace(steps, at="").run(wanted)
    assert place.key(post.entity) != old
    assert not accepted(place.cluster.access, post.entity, old)
    assert not (tmp_path / "rotation.json").exists()


def test_revoking_refuses_whoever_has_a_file_or_an_object_open(place: Place) -> None:
    post, neighbour = place.post(COMMUNES[ESTATE][2]), place.post(SECOND)
    secret = place.key(post.entity)
    with (
        holding(post, secret) as opened,
        holding(neighbour, place.key(neighbour.entity)) as other,
    ):
        assert opened.works_on_files()
        assert opened.works_on_objects()
        done = place.maille("revoke", post.entity, "--yes", "--json")
        assert done.returncode == 0, done.stderr
        assert not opened.works_on_files()
        assert not opened.works_on_objects()
        assert other.works_on_files()
        assert other.works_on_objects()
    told = json.loads(done.stdout)
    assert told["key_refused"]
    assert len(told["sessions_ended"]) == 2
    assert secret not in done.stdout + done.stderr
    assert not accepted(place.cluster.access, post.entity, secret)
    left = datetime.fromisoformat(told["shut_out_until"]) - datetime.now(tz=UTC)
    assert left.days >= SHUT_OUT_FOR.days - 1
    again = place.maille("revoke", post.entity, "--yes", "--json")
    assert json.loads(again.stdout)["fingerprint"] is None


def test_a_session_stays_out_although_its_key_is_there(place: Place) -> None:
    post = place.post(FIRST)
    with holding(post, place.key(post.entity)) as opened:
        here = [
            one for one in sessions(place.cluster, post.filesystem) if one.entity == post.entity
        ]
        shut_out(place.cluster, post.filesystem, here, datetime.now(tz=UTC))
        assert not opened.works_on_files()
        assert not opened.works_on_objects()
        assert {one.address for one in here} <= shut_out_until(place.cluster).keys()
    with holding(post, place.key(post.entity)) as anew:
        assert anew.works_on_files()


def test_keys_are_replaced_all_at_once_or_not_at_all(place: Place) -> None:
    entity = place.post(FIRST).entity
    before, rights = place.key(entity), clients.rights(place.cluster)[entity]
    now = datetime.now(tz=UTC)
    with pytest.raises(ConflictError, match=r"client\.nobody"):
        replace_keys(place.cluster, {entity: new_key(now), "client.nobody": new_key(now)})
    assert place.key(entity) == before
    other = new_key(now)
    replace_keys(place.cluster, {entity: other})
    assert place.key(entity) == other
    assert clients.rights(place.cluster)[entity] == rights


def test_no_key_is_in_a_log_or_in_the_estates_own_folder(place: Place, tmp_path: Path) -> None:
    done = place.maille("rotate", "--all", "--out", tmp_path, "--cut")
    assert done.returncode == 0, done.stderr
    said = (done.stdout + done.stderr).encode()
    told = everything_in(place.record.folder / "log") + everything_in(place.estate / ".maille")
    secrets = keys(place.cluster, place.layout.clients)
    assert all(fingerprint(secret).encode() in told for secret in secrets.values())
    assert [entity for entity, secret in secrets.items() if secret.encode() in told + said] == []


def wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 180
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)
