"""Keyrings on disk: for their owner alone, and never over somebody else's."""

from __future__ import annotations

import base64
import os
import stat
import struct
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from maille.ceph.keyring import keyring, new_key
from maille.errors import UsageError
from maille.recording.keys.handover import Keyring, beside, require_own, require_place, write

if TYPE_CHECKING:
    from pathlib import Path

CLIENT, OTHER, FSID = "client.a.recorder", "client.b.recorder", "f" * 8
RING = Keyring(keyring({CLIENT: "secret"}), {CLIENT: "print"}, ())
CONF = f"[global]\n\tfsid = {FSID}\n"


def test_only_its_owner_reads_it_whatever_stood_there(tmp_path: Path) -> None:
    file = tmp_path / "a.keyring"
    file.write_text("open to all")
    file.chmod(0o666)
    before = os.umask(0)
    try:
        write(file, RING, CONF)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == f"[{CLIENT}]\n\tkey = secret\n"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.conf", "a.keyring"]


def test_an_older_hand_over_is_renewed(tmp_path: Path) -> None:
    file = tmp_path / "a.keyring"
    write(file, RING, CONF)
    require_own(file, [CLIENT, OTHER], FSID)


@pytest.mark.parametrize(
    ("ring", "conf"),
    [
        (f"[{OTHER}]\n\tkey = theirs\n", CONF),
        (f"[{CLIENT}]\n\tkey = k\n[{OTHER}]\n\tkey = theirs\n", CONF),
        ("a letter", CONF),
        ("", CONF),
        (RING.text, "[global]\n\tfsid = another\n"),
        (RING.text, "nothing of a cluster"),
    ],
)
def test_what_is_somebody_elses_is_kept(tmp_path: Path, ring: str, conf: str) -> None:
    file = tmp_path / "a.keyring"
    file.write_text(ring)
    beside(file).write_text(conf)
    with pytest.raises(UsageError, match="is there"):
        require_own(file, [CLIENT], FSID)


def test_a_folder_is_no_keyring(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        require_own(tmp_path, [CLIENT], FSID)
    with pytest.raises(UsageError, match="cannot be written"):
        write(tmp_path, RING, CONF)


def test_a_keyring_is_not_called_as_its_conf_is(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.keyring"):
        require_place(tmp_path / "a.conf")
    with pytest.raises(UsageError, match="no folder"):
        require_place(tmp_path / "none" / "a.keyring")


def test_printing_it_gives_no_key_away() -> None:
    assert "secret" not in f"{RING!r} {RING}"


def test_a_new_key_is_as_ceph_makes_them() -> None:
    now = datetime(2026, 11, 22, 14, 0, 0, 5, tzinfo=UTC)
    raw = base64.b64decode(new_key(now))
    kind, seconds, nanoseconds, length = struct.unpack("<HIIH", raw[:12])
    assert (kind, seconds, nanoseconds, length) == (1, int(now.timestamp()), 5000, 16)
    assert len(raw) == 28
    assert new_key(now) != new_key(now)
