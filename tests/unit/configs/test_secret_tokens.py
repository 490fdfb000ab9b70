"""Secrets are references in every text, and values in memory alone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from maille.blueprint.snmp import algorithms, engine_id, localized_keys
from maille.configs.secret_tokens import TOKEN, resolve_secrets, token
from maille.errors import RenderError
from maille.inventory.schema.catalogue import SnmpAbility
from maille.secrets import SecretError, resolve

if TYPE_CHECKING:
    from pathlib import Path

    from maille.configs.render import Rendered

ENGINE = "000000000000000000000002"


@pytest.mark.parametrize(
    ("reference", "form", "shown"),
    [
        ("env:ENABLE", "type9", "<secret:env:ENABLE_TYPE9>"),
        ("file:/run/secrets/enable", "type9", "<secret:file:/run/secrets/enable.type9>"),
        ("command:vault get enable", "type9", "<secret:command:vault get enable type9>"),
        ("env:SNMP_AUTH", "", "<secret:env:SNMP_AUTH>"),
    ],
)
def test_each_form_is_kept_beside_its_reference(reference: str, form: str, shown: str) -> None:
    assert token(reference, form) == shown


def test_no_text_holds_anything_but_tokens_where_secrets_stand(
    rendered: dict[str, Rendered],
) -> None:
    secret_words = ("secret 9 ", "secret 5 ", "secret sha512 ", " key 7 ", "sha512 7 ", "auth sha")
    for each in rendered.values():
        for line in each.text.splitlines():
            if any(word in line for word in secret_words) and "server" not in line[:10]:
                assert TOKEN.search(line), line


def test_values_are_put_in_place_of_tokens() -> None:
    text = "enable secret 9 <secret:env:E_TYPE9>\n key 7 <secret:env:K>\n"
    values = {"env:E_TYPE9": "$9$abc", "env:K": "0822455D0A16"}
    assert resolve_secrets(text, values.__getitem__) == (
        "enable secret 9 $9$abc\n key 7 0822455D0A16\n"
    )


@pytest.mark.parametrize("value", ["", "two words", "a\nno aaa new-model", "é", "a\x1b"])
def test_a_value_is_one_word_and_is_never_told(value: str) -> None:
    with pytest.raises(RenderError) as caught:
        resolve_secrets("key 7 <secret:env:K>", lambda _: value)
    assert "env:K" in str(caught.value)
    assert not value or value not in str(caught.value)


def test_keys_of_eos_are_localised_from_the_pass_phrases() -> None:
    keys = "auth sha <secret:env:A> priv aes <secret:env:P>"
    line = f"snmp-server user u g v3 localized {ENGINE} {keys}"
    resolved = resolve_secrets(line, lambda _: "maplesyrup")
    assert resolved.endswith(
        " auth sha 6695febc9288e36282235fc7151f128497b38f3f"
        " priv aes 6695febc9288e36282235fc7151f1284"
    )


@pytest.mark.parametrize(
    ("auth", "key"),
    [
        ("md5", "526f5eed9fcce26f8964c2930787d82b"),
        ("sha1", "6695febc9288e36282235fc7151f128497b38f3f"),
    ],
)
def test_localised_keys_are_those_of_rfc_3414(auth: str, key: str) -> None:
    assert localized_keys(auth, "maplesyrup", "maplesyrup", ENGINE).auth == key


def test_engine_id_is_made_of_the_address_as_rfc_3411_says() -> None:
    from ipaddress import IPv4Address

    assert engine_id(30065, IPv4Address("10.40.255.1")) == "80007571010a28ff01"


def test_strongest_authentication_goes_with_the_privacy_that_is_standard() -> None:
    ability = SnmpAbility(auth=("md5", "sha1", "sha256"), privacy=("des", "aes128", "aes256"))
    assert algorithms(ability) == ("sha256", "aes128")


def test_eos_takes_a_line_for_each_switch(rendered: dict[str, Rendered]) -> None:
    lines = {
        line
        for switch in ("core-1", "core-2", "agg-1", "acces-1")
        for line in rendered[switch].text.splitlines()
        if line.startswith("snmp-server user")
    }
    assert len({resolve_secrets(line, lambda _: "maplesyrup") for line in lines}) == 4


# Where a reference leads ----------------------------------------------------------------------


def test_a_variable_a_file_and_a_command_give_their_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILLE_TEST", "value")
    file = tmp_path / "secret"
    file.write_text("value\n")
    assert resolve("env:MAILLE_TEST") == "value"
    assert resolve(f"file:{file}") == "value"
    assert resolve(f"command:{sys.executable} -c \"print('value')\"") == "value"


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("env:MAILLE_NO_SUCH", "is not set"),
        ("file:/no/such/file", "cannot be read"),
        ("command:/no/such/program", "cannot be run"),
        ("command:false", "its command failed"),
        ("command:'", "cannot be run"),
        ("vault:x", "no reference"),
        ("command:true", "is empty"),
    ],
)
def test_a_reference_that_gives_nothing_is_told_by_its_name(reference: str, reason: str) -> None:
    with pytest.raises(SecretError, match=reason) as caught:
        resolve(reference)
    assert reference in str(caught.value)


def test_what_a_failing_command_said_is_not_told() -> None:
    line = f"command:{sys.executable} -c \"import sys; print('hunter2'); sys.exit('hunter2')\""
    with pytest.raises(SecretError) as caught:
        resolve(line)
    assert caught.value.__cause__ is None
    assert "command failed" in str(caught.value)
