"""What a rotation has begun outlives it; only one runs at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maille.errors import MailleError
from maille.recording.keys.unfinished import Begun, Unfinished

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = "client.chartres-28085.recorder"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rotation.json"


def test_the_next_run_finds_what_was_begun(file: Path) -> None:
    first, begun = Unfinished(file), Begun(fingerprint="ab", addresses=("10.0.0.7:0/1",))
    with first.alone():
        first.set(CLIENT, begun)
        first.save()
    second = Unfinished(file)
    with second.alone():
        assert second.begun == {CLIENT: begun}
        second.end(CLIENT)
        second.save()
    assert not file.exists()


def test_what_is_done_is_kept_until_the_rest_is(file: Path) -> None:
    first = Unfinished(file)
    with first.alone():
        for client in (CLIENT, "client.other"):
            first.set(client, Begun(fingerprint="ab"))
        first.end(CLIENT)
        first.save()
    second = Unfinished(file)
    with second.alone():
        assert second.open == ("client.other",)
        assert CLIENT in second.begun
        second.drop("client.other")
        second.save()
    assert not file.exists()


def test_two_do_not_rotate_at_once(file: Path) -> None:
    with (
        Unfinished(file).alone(),
        pytest.raises(MailleError, match="another process"),
        Unfinished(file).alone(),
    ):
        pass


@pytest.mark.parametrize("text", ["{", '{"client.x": {"key": "AQ=="}}', "[]"])
def test_a_damaged_file_is_told(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(MailleError, match="damaged"), Unfinished(file).alone():
        pass
