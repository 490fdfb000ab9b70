"""Which keys a word means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.estates import INVENTORY, built

from maille.errors import UsageError
from maille.layout.build import layout_of
from maille.recording.keys.select import by_holder, chosen, named

if TYPE_CHECKING:
    from maille.layout.model import Layout


@pytest.fixture(scope="module")
def layout() -> Layout:
    return layout_of(built(INVENTORY / "chartres").blueprint)


@pytest.mark.parametrize(
    "word", ["client.chartres-28085.recorder", "chartres-28085.recorder", "28085", "chartres"]
)
def test_a_client_and_a_commune_are_called_by_code_or_name(layout: Layout, word: str) -> None:
    assert [one.entity for one in named(layout, word)] == ["client.chartres-28085.recorder"]


def test_a_recorder_stands_for_all_its_communes(layout: Layout) -> None:
    found = named(layout, "enregistreur-1")
    own = [share for share in layout.subvolumes.values() if share.recorder == "enregistreur-1"]
    assert len(own) > 1
    assert {one.commune for one in found} == {share.commune for share in own}


def test_a_service_has_one_key(layout: Layout) -> None:
    assert [one.entity for one in named(layout, "verifier")] == ["client.chartres.verifier"]


@pytest.mark.parametrize("word", ["", "client.admin", "28999", "enregistreur"])
def test_an_unknown_word_is_refused(layout: Layout, word: str) -> None:
    with pytest.raises(UsageError, match="unknown"):
        named(layout, word)


def test_a_key_that_is_asked_for_twice_is_chosen_once(layout: Layout) -> None:
    found = chosen(layout, ["28085"], ["recorder", "verifier"])
    assert len(found) == len({one.entity for one in found})
    assert {one.service for one in found} == {"recorder", "verifier"}


def test_a_hosts_file_has_all_its_keys_although_one_was_replaced(layout: Layout) -> None:
    (one,) = named(layout, "28085")
    ((holder, held),) = by_holder(layout, [one]).items()
    assert one in held
    assert held == named(layout, holder)


def test_every_key_has_one_holder(layout: Layout) -> None:
    every = by_holder(layout, layout.clients.values())
    told = [one.entity for held in every.values() for one in held]
    assert sorted(told) == sorted(layout.clients)
