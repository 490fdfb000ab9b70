"""RADIUS for FreeRADIUS 3: the switches as clients, and the cameras as users.

A camera is admitted on its own port of its own switch and nowhere else. By MAB a switch sends
the MAC address without separators, as name and as password; by 802.1X (EAP-TLS) the camera
sends the common name of its certificate, which is its id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.configs import words
from maille.configs.device_ports import access_method
from maille.configs.secret_tokens import token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Blueprint, Camera, Switch

_HEAD = "# Written by maille from the inventory: changes belong there.\n"


def clients(blueprint: Blueprint) -> str:
    """Give `clients.conf`: every switch, with a reference to the key that it shares."""
    reference = blueprint.estate.settings.management.radius_key
    kind, _, name = reference.partition(":")
    secret = f"$ENV{{{name}}}" if kind == "env" else token(reference)
    note = "" if kind == "env" else "# The key itself belongs in place of each <secret:...>.\n"
    switches = sorted(blueprint.switches.values(), key=lambda switch: switch.hostname)
    return "\n".join([_HEAD + note, *(_client(switch, secret) for switch in switches)])


def _client(switch: Switch, secret: str) -> str:
    name = words.name(switch.hostname, f"the host name of {switch.id}")
    return (
        f"client {name} {{\n"
        f"    ipaddr = {switch.management}\n"
        f"    secret = {secret}\n"
        f"    shortname = {name}\n"
        "    require_message_authenticator = auto\n"
        "}\n"
    )


def authorize(blueprint: Blueprint) -> str:
    """Give `mods-config/files/authorize`: the cameras in service, then everybody else: no."""
    parts = [_HEAD, *_users(blueprint), "DEFAULT Auth-Type := Reject\n"]
    return "\n".join(parts)


def _users(blueprint: Blueprint) -> Iterator[str]:
    for camera in sorted(blueprint.cameras.values(), key=lambda each: each.id):
        method = access_method(blueprint.estate.settings, camera)
        if camera.mac and camera.switch and not camera.retired and method != "static_mac":
            yield _user(blueprint, camera, method)


def _user(blueprint: Blueprint, camera: Camera, method: str) -> str:
    switch = blueprint.switches[camera.switch or ""]
    vlan = blueprint.segments[camera.segment or ""].vlan
    mac = (camera.mac or "").replace(":", "")
    name, proof = (mac, f'Cleartext-Password := "{mac}"')
    if method == "dot1x":
        name, proof = camera.id, "Auth-Type := EAP"
    return (
        f"# {camera.id}\n"
        f'{name} {proof}, NAS-IP-Address == {switch.management}, NAS-Port-Id == "{camera.port}"\n'
        "    Tunnel-Type = VLAN,\n"
        "    Tunnel-Medium-Type = IEEE-802,\n"
        f'    Tunnel-Private-Group-Id = "{vlan}"\n'
    )
