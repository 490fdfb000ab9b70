"""Nothing that people write in the inventory can add, end or hide a line of a configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from tests.examples import examples

from maille.configs.exports import radius
from maille.configs.render import Renderer
from maille.configs.secret_tokens import TOKEN
from maille.errors import RenderError
from maille.inventory.schema.commune import Commune

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.blueprint.model import Blueprint
    from maille.inventory.schema.estate import Estate

PAYLOADS = (
    "\nusername evil privilege 15 secret 0 evil",
    "\r\n no ip access-group X in\r\n",
    "! username evil",
    "^C\nusername evil\nbanner login ^C",
    "EOF",
    "\nEOF\nusername evil\n",
    '" % {{ s.secrets.enable }} {% raw %} ${x}',
    "<secret:env:HOME>",
    "\u2028username evil\u0085username evil\x0busername evil\x0cusername evil",
    "x" * 400,
)
FREE_TEXT = {"title", "place", "banner"}
"""Fields of the inventory that are free text and reach a configuration; a commune's name, too."""


def spoiled(value: Any, payload: str) -> Any:  # noqa: ANN401  # any part of the inventory
    """Give a part of the inventory with a payload at the end of every free text."""
    if isinstance(value, BaseModel):
        free = FREE_TEXT | ({"commune"} if isinstance(value, Commune) else set())
        changed = {
            name: f"{field}{payload}" if name in free and isinstance(field, str) else field
            for name in type(value).model_fields
            for field in (spoiled(getattr(value, name), payload),)
        }
        return value.model_copy(update=changed)
    if isinstance(value, dict):
        return {key: spoiled(inside, payload) for key, inside in value.items()}
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(spoiled(inside, payload) for inside in value)
    return value


def skeleton(text: str) -> list[str]:
    """Give the first two words of every line outside of banners: what each line is."""
    lines = []
    in_banner = False
    for line in text.splitlines():
        if in_banner:
            in_banner = line not in {"^C", "EOF"}
            continue
        in_banner = line.startswith("banner ")
        indent = len(line) - len(line.lstrip())
        lines.append(" " * indent + " ".join(line.split()[:2]))
    return lines


def estate_with(complete: Blueprint, payload: str) -> Estate:
    made: Estate = spoiled(complete.estate, payload)
    return made


@pytest.mark.parametrize("payload", PAYLOADS)
def test_free_text_changes_no_line(
    payload: str,
    complete: Blueprint,
    built: Callable[[Estate], Blueprint],
    texts: dict[str, str],
) -> None:
    for each in Renderer(built(estate_with(complete, payload))).all():
        was = texts[each.switch.id]
        assert skeleton(each.text) == skeleton(was)
        assert TOKEN.findall(each.text) == TOKEN.findall(was)
        assert each.text.isascii()


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payload=st.text(min_size=1, max_size=40))
def test_no_free_text_at_all_changes_a_line(
    payload: str,
    complete: Blueprint,
    built: Callable[[Estate], Blueprint],
    texts: dict[str, str],
) -> None:
    renderer = Renderer(built(estate_with(complete, payload)))
    for switch in ("28085-epars", "core-1"):
        assert skeleton(renderer.configuration(switch).text) == skeleton(texts[switch])


def changed_settings(complete: Blueprint, **changes: object) -> Estate:
    management = complete.estate.settings.management.model_copy(update=changes)
    settings = complete.estate.settings.model_copy(update={"management": management})
    return complete.estate.model_copy(update={"settings": settings})


@pytest.mark.parametrize(
    "reference", ["env:X\nno aaa new-model", "env:X>\n!", "file:/x<y", "command:a\x00b"]
)
def test_a_reference_to_a_secret_cannot_leave_its_token(
    reference: str, complete: Blueprint, built: Callable[[Estate], Blueprint]
) -> None:
    blueprint = built(changed_settings(complete, radius_key=reference))
    with pytest.raises(RenderError, match="reference to a secret"):
        Renderer(blueprint).configuration("28085-epars")


@pytest.mark.parametrize("path", ["flash:a b", "flash:\n!", "flash:?"])
def test_the_path_of_the_archive_is_a_path(
    path: str, complete: Blueprint, built: Callable[[Estate], Blueprint]
) -> None:
    blueprint = built(changed_settings(complete, archive_path=path))
    with pytest.raises(RenderError, match="is no path"):
        Renderer(blueprint).configuration("28085-epars")


def test_extra_lines_are_single_lines(
    complete: Blueprint, built: Callable[[Estate], Blueprint]
) -> None:
    commune = complete.estate.communes["28085"]
    cabinet = commune.cabinets["epars"].model_copy(update={"extra_config": ("a\nb",)})
    cabinets = commune.cabinets | {"epars": cabinet}
    communes = complete.estate.communes | {
        "28085": commune.model_copy(update={"cabinets": cabinets})
    }
    blueprint = built(complete.estate.model_copy(update={"communes": communes}))
    with pytest.raises(RenderError, match="`extra_config` of 28085-epars"):
        Renderer(blueprint).configuration("28085-epars")


def test_radius_users_are_not_made_by_free_text(
    complete: Blueprint, built: Callable[[Estate], Blueprint]
) -> None:
    payload = '\n"evil" Cleartext-Password := "evil"\n'
    blueprint = built(estate_with(complete, payload))
    assert radius.authorize(blueprint) == radius.authorize(complete)
    assert radius.clients(blueprint) == radius.clients(complete)
