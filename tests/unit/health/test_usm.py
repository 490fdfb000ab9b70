"""The messages that tell why an agent is silent, read from whatever comes."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maille.health.snmp import usm
from maille.health.snmp.keys import localized_key
from maille.health.snmp.model import User

USER = User("maille", "sha256", "of-the-authentication", "aes128", "of-the-privacy")
HEARD = usm.Heard(7, bytes.fromhex("80001f8804c0ffee01"), 3, 4711, None)


def test_what_is_written_is_read_back() -> None:
    assert usm.read(usm.discovery(99)) == usm.Heard(99, b"", 0, 0, None)
    asked = usm.read(usm.authenticated(7, HEARD, USER))
    assert asked == HEARD


@given(st.binary(max_size=300))
def test_noise_is_refused_and_nothing_else(noise: bytes) -> None:
    with contextlib.suppress(ValueError):
        usm.read(noise)


@given(st.data())
def test_a_message_with_bytes_changed_or_cut_is_read_or_refused(data: st.DataObject) -> None:
    message = bytearray(usm.authenticated(7, HEARD, USER))
    for _ in range(data.draw(st.integers(1, 6))):
        message[data.draw(st.integers(0, len(message) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(message)))
    with contextlib.suppress(ValueError):
        usm.read(bytes(message[:cut]))


def test_keys_are_those_of_the_standard() -> None:
    # RFC 3414, A.3.1 and A.3.2
    engine = bytes.fromhex("000000000000000000000002")
    assert localized_key("md5", "maplesyrup", engine).hex() == "526f5eed9fcce26f8964c2930787d82b"
    assert (
        localized_key("sha1", "maplesyrup", engine).hex()
        == "6695febc9288e36282235fc7151f128497b38f3f"
    )


@pytest.mark.parametrize("secret", [USER.auth_phrase, USER.privacy_phrase])
def test_a_user_is_never_shown_with_its_passphrases(secret: str) -> None:
    assert secret not in repr(replace(USER, name="another"))
