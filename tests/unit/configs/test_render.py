"""Rendering: where a template is wrong it is told by file and line; platforms are found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from maille.configs.platforms import drivers
from maille.configs.render import Renderer
from maille.errors import RenderError
from maille.platforms import dialects

if TYPE_CHECKING:
    from pathlib import Path

    from maille.blueprint.model import Blueprint
    from maille.configs.platforms.base import Driver


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep compiled templates of these tests to themselves."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def with_template(tmp_path: Path, text: str) -> tuple[Path, dict[str, Driver]]:
    """Give a folder with one template, and drivers that render every IOS-XE switch by it."""
    folder = tmp_path / "templates"
    (folder / "cisco_ios").mkdir(parents=True)
    (folder / "cisco_ios" / "iosxe.j2").write_text(text, encoding="utf-8")
    return folder, dict(drivers())


def error_of(complete: Blueprint, tmp_path: Path, text: str) -> RenderError:
    folder, known = with_template(tmp_path, text)
    with pytest.raises(RenderError) as caught:
        Renderer(complete, drivers=known, folder=folder).configuration("28085-epars")
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "one\ntwo {{ s.no_such_field }}\n",
        "one\n{{ nothing }}\n",
        "one\n{% for port in s.ports %}{{ port.no_such_field }}{% endfor %}\n",
        "one\n{% if s.management.nothing %}x{% endif %}\n",
    ],
)
def test_what_a_view_lacks_is_told_with_template_and_line(
    text: str, complete: Blueprint, tmp_path: Path
) -> None:
    error = error_of(complete, tmp_path, text)
    assert error.place is not None
    assert (error.place.file, error.place.line) == ("templates/cisco_ios/iosxe.j2", 2)
    assert "28085-epars" in str(error)


def test_a_template_that_cannot_be_read_is_told(complete: Blueprint, tmp_path: Path) -> None:
    error = error_of(complete, tmp_path, "one\n{% if %}\n")
    assert error.place is not None
    assert (error.place.file, error.place.line) == ("templates/cisco_ios/iosxe.j2", 2)


def test_an_include_that_is_missing_is_told(complete: Blueprint, tmp_path: Path) -> None:
    error = error_of(complete, tmp_path, '{% include "cisco_ios/none.j2" %}\n')
    assert "cisco_ios/none.j2" in str(error)


def test_a_fault_inside_an_include_names_the_include(complete: Blueprint, tmp_path: Path) -> None:
    folder, known = with_template(tmp_path, '{% include "cisco_ios/part.j2" %}\n')
    (folder / "cisco_ios" / "part.j2").write_text("a\nb\n{{ s.nothing }}\n", encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        Renderer(complete, drivers=known, folder=folder).configuration("28085-epars")
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.line) == ("templates/cisco_ios/part.j2", 3)


def test_an_unknown_platform_is_told(complete: Blueprint) -> None:
    with pytest.raises(RenderError, match="nothing renders the platform `cisco_ios`"):
        Renderer(complete, drivers={"other": drivers()["arista_eos"]}).configuration("28085-epars")


def test_a_gateway_needs_templates_for_gateways(complete: Blueprint) -> None:
    eos = drivers()["arista_eos"]
    flat = {"eos": replace(eos.dialects["eos"], roles=frozenset())}
    known = dict(drivers()) | {"arista_eos": replace(eos, dialects=flat)}
    with pytest.raises(RenderError, match="core-1 is a gateway"):
        Renderer(complete, drivers=known).configuration("core-1")


def test_cameras_need_a_platform_that_can_carry_them(complete: Blueprint) -> None:
    ios = drivers()["cisco_ios"]
    bare = {name: replace(d, roles=frozenset()) for name, d in ios.dialects.items()}
    known = dict(drivers()) | {"cisco_ios": replace(ios, dialects=bare)}
    with pytest.raises(RenderError, match="no templates for cameras"):
        Renderer(complete, drivers=known).configuration("28085-epars")


def test_compiled_templates_are_kept_for_the_user_alone(
    complete: Blueprint, own_cache: Path
) -> None:
    Renderer(complete).configuration("28085-epars")
    kept = own_cache / "maille" / "templates"
    assert any(kept.iterdir())
    assert kept.stat().st_mode & 0o077 == 0


def test_without_a_cache_folder_it_renders_all_the_same(
    complete: Blueprint, texts: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert Renderer(complete).configuration("28085-epars").text == texts["28085-epars"]


def test_what_the_catalogue_may_name_is_what_the_drivers_write() -> None:
    """A template that no driver knows, or the reverse, is a switch nobody can configure."""
    of_drivers = {name: tuple(sorted(driver.dialects)) for name, driver in drivers().items()}
    assert dict(dialects()) == of_drivers


def test_side_commands_set_what_the_device_never_shows(complete: Blueprint) -> None:
    commands = {c.what: c for c in Renderer(complete).configuration("28110-mairie").side_commands}
    user = commands["SNMPv3 user"]
    assert user.set.startswith("snmp-server user maille-poller MAILLE-POLLER v3 auth sha <secret:")
    assert user.check == "show snmp user"
    listed = user.set.rsplit(" ", 1)[1]
    assert (
        f"ip access-list standard {listed}" in Renderer(complete).configuration("28110-mairie").text
    )


def test_a_new_platform_is_a_folder_and_a_driver(complete: Blueprint, tmp_path: Path) -> None:
    """What CONTRIBUTING.md tells: nothing else is touched."""
    folder = tmp_path / "templates"
    (folder / "toy" / "parts").mkdir(parents=True)
    (folder / "toy" / "plain.j2").write_text(
        "name {{ s.hostname }}\n"
        "{% for port in s.ports %}\n"
        "port {{ port.name }} {{ port.kind }}\n"
        "{% endfor %}\n",
        encoding="utf-8",
    )
    (folder / "toy" / "parts" / "boot.j2").write_text("boot {{ boot.vlan }}\n", encoding="utf-8")
    ios = drivers()["cisco_ios"]
    plain = replace(ios.dialects["iosxe"], template="toy/plain.j2", bootstrap="toy/parts/boot.j2")
    toy = replace(ios, name="toy", dialects={"plain": plain})
    switch = complete.switches["28085-epars"]
    model = switch.model.model_copy(update={"platform": "toy", "dialect": "plain"})
    switches = dict(complete.switches) | {switch.id: replace(switch, model=model)}
    blueprint = replace(complete, switches=switches)
    renderer = Renderer(blueprint, drivers=dict(drivers()) | {"toy": toy}, folder=folder)
    rendered = renderer.configuration(switch.id)
    assert rendered.text.splitlines()[:3] == [
        "name 28085-epars",
        "port GigabitEthernet1/1 trunk",
        "port GigabitEthernet1/2 trunk",
    ]
    assert "port GigabitEthernet1/6 device" in rendered.text
    assert renderer.bootstrap(rendered) == "boot 104\n"
