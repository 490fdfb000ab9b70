"""Getting an engine: the official release, else a build; cut off, it leaves nothing."""

from __future__ import annotations

import hashlib
import io
import signal
import socket
import subprocess
import tarfile
import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.recording.engine.places import MAILLE, Places, engine

from maille.errors import MailleError
from maille.recording.engine import release
from maille.recording.engine.find import candidates
from maille.recording.engine.install import install
from maille.recording.engine.release import archive_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOWHERE = "http://127.0.0.1:9"
PATIENCE_S = 20


class Shell:
    """Remembers what was told and how many steps each work had."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.steps: dict[str, int] = {}
        self.totals: dict[str, int | None] = {}

    @contextmanager
    def progress(self, title: str, total: int | None) -> Iterator[Callable[[], None]]:
        self.steps[title] = 0
        self.totals[title] = total

        def step() -> None:
            self.steps[title] += 1

        yield step


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its base has it
        pass


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    """Give the folder of a web site, and its address."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    folder = tmp_path / "site"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def publish(folder: Path, *, says: str = "v3.259.0", digest: str = "") -> None:
    """Put a release on a site: an engine, its language host, and what is not wanted."""
    archive = folder / archive_name()
    with tarfile.open(archive, "w:gz") as tar:
        for name in ("pulumi", "pulumi-language-python", "pulumi-language-go", "../../evil"):
            content = f"#!/bin/sh\n{engine(says)}\n".encode()
            member = tarfile.TarInfo(f"pulumi/{name}")
            member.size, member.mode = len(content), 0o755
            tar.addfile(member, io.BytesIO(content))
    digest = digest or hashlib.sha256(archive.read_bytes()).hexdigest()
    listed = f"{'0' * 64}  pulumi-v3.259.0-windows-x64.zip\n{digest}  {archive.name}\n"
    (folder / "pulumi-3.259.0-checksums.txt").write_text(listed)


def until(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def processes_in(folder: Path) -> list[str]:
    """Give the processes whose command line names a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if bytes(folder) in words:
            found.append(words.decode(errors="replace"))
    return found


def test_the_official_release_goes_first(places: Places, site: tuple[Path, str]) -> None:
    folder, address = site
    publish(folder)
    places.go()
    shell = Shell()
    got = install(shell.progress, shell.said.append, address)
    assert got.program == places.cache / "3.259.0" / "bin" / "pulumi"
    assert places.in_cache == ["3.259.0"]
    names = sorted(file.name for file in (places.cache / "3.259.0" / "bin").iterdir())
    assert names == ["pulumi", "pulumi-language-python"]
    assert places.builds == 0


def test_a_release_with_another_checksum_is_refused(places: Places, site: tuple[Path, str]) -> None:
    folder, address = site
    publish(folder, digest="1" * 64)
    shell = Shell()
    with pytest.raises(MailleError, match=r"should have 1{64}: it was refused"):
        install(shell.progress, shell.said.append, address)
    assert places.in_cache == []


def test_a_release_that_says_another_version_is_refused(
    places: Places, site: tuple[Path, str]
) -> None:
    folder, address = site
    publish(folder, says="v3.258.0")
    shell = Shell()
    with pytest.raises(MailleError, match=r"does not run as 3\.259\.0: 3\.258\.0"):
        install(shell.progress, shell.said.append, address)
    assert places.in_cache == []


def test_a_list_without_this_archive_is_told(places: Places, site: tuple[Path, str]) -> None:
    folder, address = site
    (folder / "pulumi-3.259.0-checksums.txt").write_text("")
    shell = Shell()
    with pytest.raises(MailleError, match="does not name pulumi-v3"):
        install(shell.progress, shell.said.append, address)
    assert places.in_cache == []


def test_a_network_that_is_silent_is_given_up_soon(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "_ANSWER_S", 0.3)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    places.go()
    shell = Shell()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        install(shell.progress, shell.said.append, f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert time.monotonic() - begun < 10
    assert shell.said[0].startswith("no official release of the engine: http://127.0.0.1:")


def test_else_it_is_built_and_nothing_but_the_engine_stays(places: Places) -> None:
    places.go()
    shell = Shell()
    got = install(shell.progress, shell.said.append, NOWHERE)
    assert got.origin == "cache"
    assert places.in_cache == ["3.259.0"]
    assert shell.totals["building the engine"] == 3
    assert shell.steps["building the engine"] == 3
    environment = places.go_environment
    assert environment["GOFLAGS"].split() == ["-mod=readonly", "-modcacherw"]
    assert environment["GOTOOLCHAIN"] == "local"
    work = places.cache / ".work-"
    for name in ("GOPATH", "GOMODCACHE", "GOCACHE", "GOTMPDIR"):
        assert environment[name].startswith(str(work))


def test_an_engine_that_is_there_already_is_not_got_again(places: Places) -> None:
    places.go()
    places.engine_on_path("v3.270.0")
    shell = Shell()
    assert install(shell.progress, shell.said.append, NOWHERE).origin == "PATH"
    assert places.builds == 0
    assert shell.said == []


def test_a_damaged_engine_in_the_cache_is_replaced(places: Places) -> None:
    places.go()
    places.engine_in_cache("v3.0.0")
    shell = Shell()
    assert install(shell.progress, shell.said.append, NOWHERE).problem == ""
    assert candidates()[1].suits


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("go1.19.8", "is 1.19.8, and building needs 1.26.0 or newer"),
        ("devel", "is of no known version"),
        ("", "Go is not installed"),
    ],
)
def test_a_go_that_cannot_build_it_is_told(places: Places, version: str, told: str) -> None:
    if version:
        places.go(version=version)
    shell = Shell()
    with pytest.raises(MailleError, match=told) as error:
        install(shell.progress, shell.said.append, NOWHERE)
    assert "no release (" in error.value.what
    assert "on the PATH" in error.value.how


def test_a_build_that_fails_tells_what_go_said(places: Places) -> None:
    places.go(building="echo 'go: checksum mismatch' >&2; exit 1")
    shell = Shell()
    with pytest.raises(MailleError, match="`go build` failed with 1: go: checksum mismatch"):
        install(shell.progress, shell.said.append, NOWHERE)
    assert places.in_cache == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_cut_off_leaves_nothing(places: Places, how: signal.Signals) -> None:
    places.go(building='sh -c "sleep 600; : $GOPATH" & wait')
    with subprocess.Popen(
        [MAILLE, "storage", "engine", "--install"],
        env=places.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as run:
        until(lambda: places.builds, "the build begins")
        run.send_signal(how)
    until(lambda: places.in_cache == [], "the work folder is removed")
    until(lambda: processes_in(places.cache) == [], "Go and its children have ended")
    places.go()
    shell = Shell()
    assert install(shell.progress, shell.said.append, NOWHERE).suits


def test_what_a_dead_build_left_is_removed_by_the_next(places: Places) -> None:
    left = places.cache / ".work-dead" / "path"
    left.mkdir(parents=True)
    places.go()
    shell = Shell()
    install(shell.progress, shell.said.append, NOWHERE)
    assert places.in_cache == ["3.259.0"]


def test_two_at_once_build_once(places: Places) -> None:
    places.go(building="sleep 1")
    command = [str(MAILLE), "storage", "engine", "--install", "--json"]
    runs = [
        subprocess.Popen(
            command,
            env=places.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]
    assert [run.wait() for run in runs] == [0, 0]
    assert places.builds == 1
    assert places.in_cache == ["3.259.0"]
