"""Where agents listen, and by whom they are asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.unit.health.seen import CAMERA, SWITCH

from maille.errors import UsageError
from maille.health.snmp.memory import read_engines, write_engines
from maille.health.snmp.model import Patience
from maille.health.sweep.agents import agents, read_address_book
from maille.inventory.schema.settings import SnmpUser

if TYPE_CHECKING:
    from pathlib import Path

USER = {"user": "maille", "auth": "env:A", "privacy": "env:B"}
NEXT = {"user": "maille-2", "auth": "env:C", "privacy": "env:D"}


def named(reference: str) -> str:
    return f"value of {reference}"


def test_a_target_is_asked_at_its_address_by_the_estates_user() -> None:
    found = agents((SWITCH,), SnmpUser.model_validate(USER), None, Patience(), named)
    agent = found[SWITCH.id]
    assert (agent.host, agent.port) == ("10.28.0.2", 161)
    assert [(user.name, user.auth, user.auth_phrase) for user in agent.users] == [
        ("maille", "sha256", "value of env:A")
    ]


def test_credentials_that_follow_are_tried_second() -> None:
    user = SnmpUser.model_validate({**USER, "next": NEXT})
    found = agents((SWITCH,), user, None, Patience(), named)
    assert [each.name for each in found[SWITCH.id].users] == ["maille", "maille-2"]
    assert found[SWITCH.id].users[1].privacy_phrase == "value of env:D"


def test_who_is_not_in_the_book_has_no_agent(tmp_path: Path) -> None:
    book = tmp_path / "agents.json"
    book.write_text(json.dumps({"estate": "e", "agents": {SWITCH.id: "127.9.0.1:1161"}}))
    user = SnmpUser.model_validate(USER)
    listening = agents((SWITCH, CAMERA), user, read_address_book(book, "e"), Patience(), named)
    assert {key: (one.host, one.port) for key, one in listening.items()} == {
        SWITCH.id: ("127.9.0.1", 1161)
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "nonsense",
        "\x00",
        '{"estate": "e", "agents": {"a": "127.0.0.1"}}',
        '{"estate": "e", "agents": {"a": "127.0.0.1:99999"}}',
        '{"estate": "e", "agents": 5}',
    ],
)
def test_a_book_that_is_none_is_refused_in_words(tmp_path: Path, text: str) -> None:
    book = tmp_path / "agents.json"
    book.write_text(text)
    with pytest.raises(UsageError, match="is no book of addresses"):
        read_address_book(book, "e")


def test_a_book_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"agents\.json cannot be read: no such file"):
        read_address_book(tmp_path / "agents.json", "e")


def test_engine_ids_are_kept_and_a_damaged_file_is_as_none(tmp_path: Path) -> None:
    kept = tmp_path / "state" / "e.json"
    assert read_engines(kept) == {}
    write_engines(kept, {"a": b"\x80\x01"})
    assert read_engines(kept) == {"a": b"\x80\x01"}
    kept.write_text('{"a": 5}')
    assert read_engines(kept) == {}
