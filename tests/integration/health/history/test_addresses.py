"""What is said of an address that leads to no history; a password is never shown."""

from __future__ import annotations

import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from maille.errors import MailleError, OutOfReachError
from maille.health.history.database import open_database
from maille.health.history.reading import Reading
from maille.health.history.schema import migrate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres import Server


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("mysql://a/b", "not kept in mysql"),
        ("postgresql://u:hunter2@db/x", "password in plain text"),
        ("postgresql://u:env:MAILLE_NOT_SET@db/x", "env:MAILLE_NOT_SET` is not set"),
        ("postgresql://db:port/x", "is no URL"),
        ("sqlite://", "names no file"),
    ],
)
def test_an_address_that_cannot_be_is_told(address: str, what: str) -> None:
    with pytest.raises(MailleError, match=what) as told:
        open_database(address)
    assert "hunter2" not in str(told.value)


def test_a_wrong_password_is_told_and_not_shown(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.new_database()
    head, _, tail = url.partition(":file:")
    monkeypatch.setenv("MAILLE_WRONG", "hunter2")
    with pytest.raises(OutOfReachError, match="password authentication failed") as told:
        migrate(open_database(f"{head}:env:MAILLE_WRONG@{tail.rpartition('@')[2]}"))
    assert "hunter2" not in str(told.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "health.db").write_text("not a database, however long it may be" * 100)
    with pytest.raises(MailleError, match=r"health\.db .*file is not a database"):
        migrate(open_database(tmp_path / "health.db"))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutOfReachError, match="cannot be opened"):
        open_database(tmp_path / "file" / "health.db")


def test_tables_that_were_never_made_are_told(address: str) -> None:
    with (
        closing(open_database(address)) as database,
        pytest.raises(OutOfReachError, match=r"no such table|does not exist"),
    ):
        Reading(database).lasting()


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / ".maille" / "health.db")) as database:
        migrate(database)
    assert stat.S_IMODE((tmp_path / ".maille" / "health.db").stat().st_mode) == 0o600
