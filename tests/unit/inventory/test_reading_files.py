"""Files that are none, or too much: an answer at once, in little memory."""

from __future__ import annotations

import os
import socket
import threading
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maille.inventory.reading import content
from maille.inventory.source import Document, parse_document, read_document

if TYPE_CHECKING:
    from maille.errors import Finding

MIB = 2**20


def only(document: Document) -> Finding:
    """Give the one finding of a file that could not be read."""
    assert document.tree is None
    assert len(document.findings) == 1
    assert document.findings[0].place.file == document.shown_as
    return document.findings[0]


def read(path: Path) -> Finding:
    """Read a bad file, which must not take noticeable time."""
    begun = time.monotonic()
    finding = only(read_document(path, shown_as=path.name))
    assert time.monotonic() - begun < 60
    return finding


def test_missing(tmp_path: Path) -> None:
    """Say that there is nothing."""
    assert read(tmp_path / "x.yaml").code == "I001"
    (tmp_path / "file").write_text("a: 1\n")
    assert read(tmp_path / "file" / "x.yaml").code == "I003"


def test_link_to_nothing(tmp_path: Path) -> None:
    """Name where the link leads."""
    (tmp_path / "x.yaml").symlink_to("gone.yaml")
    finding = read(tmp_path / "x.yaml")
    assert finding.what == "a symbolic link leads to `gone.yaml`, which does not exist"


def test_circle_of_links(tmp_path: Path) -> None:
    """Don't follow links for ever."""
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    finding = read(tmp_path / "a.yaml")
    assert (finding.code, finding.what) == ("I003", "symbolic links lead round in a circle")


def test_link_to_a_file_is_followed(tmp_path: Path) -> None:
    """Read through a link that leads somewhere."""
    (tmp_path / "a.yaml").write_text("a: 1\n")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    assert read_document(tmp_path / "b.yaml", shown_as="b.yaml").tree == {"a": 1}


def test_folder(tmp_path: Path) -> None:
    """Refuse a folder."""
    assert read(tmp_path).what == "this is a folder, not a file"


def test_pipe_without_a_writer(tmp_path: Path) -> None:
    """Don't wait for somebody to write."""
    os.mkfifo(tmp_path / "x.yaml")
    assert read(tmp_path / "x.yaml").what == "this is a pipe, not a file"


def test_file_exchanged_for_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither wait nor read if the file becomes a pipe between the look and the opening."""
    (tmp_path / "x.yaml").write_text("a: 1\n")
    os.mkfifo(tmp_path / "pipe")
    real_open = os.open

    def exchanged(path: Path, flags: int) -> int:
        (tmp_path / "pipe").replace(path)
        return real_open(path, flags)

    monkeypatch.setattr(os, "open", exchanged)
    assert read(tmp_path / "x.yaml").what == "this is a pipe, not a file"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_device(device: str) -> None:
    """Refuse a device without opening it."""
    assert read(Path(device)).what == "this is a device, not a file"


def test_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse a socket."""
    monkeypatch.chdir(tmp_path)  # a socket's address is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("x.yaml")
        assert read(tmp_path / "x.yaml").what == "this is a socket, not a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden(tmp_path: Path) -> None:
    """Say how to allow it."""
    (tmp_path / "x.yaml").write_text("a: 1\n")
    (tmp_path / "x.yaml").chmod(0)
    assert read(tmp_path / "x.yaml").how == "chmod u+r x.yaml"


def test_failing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pass on what the system says of a read that fails half-way."""
    (tmp_path / "x.yaml").write_text("a: 1\n")

    def fail(_descriptor: int, _size: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", fail)
    assert read(tmp_path / "x.yaml").what == "the file can't be read: input/output error"


def test_100_mb_cost_nothing(tmp_path: Path) -> None:
    """Refuse 100 MB of real text by its size, unread."""
    line = b"commune: Chartres\n" * 64
    with (tmp_path / "x.yaml").open("wb") as file:
        for _ in range(100_000_000 // len(line)):
            file.write(line)
    tracemalloc.start()
    finding = read(tmp_path / "x.yaml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert finding.what == "the file has 95.4 MiB, and at most 4.0 MiB are read"
    assert peak < MIB


def test_a_file_that_hides_its_size_is_read_to_the_limit_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Count what comes, since a size of 0 can be a lie, as it is under /proc."""
    monkeypatch.setattr(content, "MAX_BYTES", 100)
    assert read(Path("/proc/self/status")).code == "I004"


def test_a_growing_file_is_read_to_the_limit_only(tmp_path: Path) -> None:
    """Stop at the limit though somebody goes on writing."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"# \n" * 100_000)
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab") as file:
            while not stop.is_set() and file.tell() < 64 * MIB:
                file.write(b"# \n" * 100_000)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        found = [read_document(path, shown_as="x.yaml") for _ in range(20)]
    finally:
        stop.set()
        writer.join()
    assert all(len(document.data) <= 4 * MIB for document in found)


WORST = {
    "brackets": b"[" * 4 * MIB,
    "braces": b"{" * 4 * MIB,
    "bracket-keys": b"? " * 2 * MIB,
    "dashes": b"- " * 2 * MIB,
    "aliases": b"a: [" + b"*a," * MIB + b"]",
    "one-key": b"a: b\n" * (4 * MIB // 5),
    "many-keys": b"".join(b"%x: v\n" % number for number in range(0xA0000, 0xF0000)),
    "one-list": b"a: [" + b"1," * (2 * MIB - 3) + b"]",
    "one-text": b'a: "' + b"x " * (2 * MIB - 3) + b'"',
    "one-digit": b"a: " + b"7" * (4 * MIB - 3),
    "one-tag": b"a: !" + b"x" * (4 * MIB - 4),
    "one-anchor": b"a: &" + b"x" * (4 * MIB - 4),
    "one-key-of-4-mib": b"? " + b"x" * (4 * MIB - 20) + b"\n: &a 1",
    "bad-bytes": b"\xff" * 4 * MIB,
    "zeros": b"\0" * 4 * MIB,
    "returns": b"\r" * 4 * MIB,
    "tabs": b"\ta\n" * MIB,
    "conflicts": b"<<<<<<< a\n" * 400_000,
    "invisible": "\u200b".encode() * MIB,
    "blanks": b" " * 4 * MIB,
}


@pytest.mark.parametrize("name", WORST)
def test_worst_files_take_bounded_time_and_memory(name: str) -> None:
    """Answer within seconds and a hundred MiB, in a text that somebody can read."""
    tracemalloc.start()
    begun = time.process_time()
    document = parse_document(WORST[name], shown_as="f.yaml")
    took = time.process_time() - begun
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < 30
    assert peak < 100 * MIB
    assert len(document.findings) <= 51
    texts = [f"{one.what}{one.how}{one.line_text}{one.place}" for one in document.findings]
    assert max(map(len, texts), default=0) < 2000


def test_too_many_values() -> None:
    """Stop at the limit, and say so once."""
    document = parse_document(WORST["many-keys"], shown_as="f.yaml")
    assert [finding.code for finding in document.findings] == ["I030"]
