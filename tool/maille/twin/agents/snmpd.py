"""The configuration of one agent, and what it keeps from one start to the next."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from maille.blueprint.snmp import localized_keys
from maille.errors import MailleError
from maille.twin.agents.objects.system import CONTACT, services

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.twin.agents.faults import Effects
    from maille.twin.agents.plant import Device, Snmp
    from maille.twin.agents.record import Record

PORT = 1161
"""Above what root alone may listen on; the agents' addresses tell them apart."""
_ENGINES = "engines"
"""In an agent's folder: what each of its engines keeps, its boots above all."""
_AUTH = {"md5": "MD5", "sha1": "SHA", "sha256": "SHA-256", "sha512": "SHA-512"}
_PRIVACY = {"des": "DES", "aes128": "AES"}
_SUBAGENT_PATIENCE_S = 60
"""How long an agent waits for its objects: a slow device must not lose them."""


class User(NamedTuple):
    """Who polls, with both passphrases."""

    name: str
    auth: str
    privacy: str


def write_keys(record: Record, user: User) -> None:
    """Write the keys of all agents, localised: no passphrase gets onto the disk."""
    for device in record.plant.agents.values():
        snmp = speaking(device)
        (record.agent(device.id) / _ENGINES).mkdir(parents=True, exist_ok=True)
        keys = {
            engine: localized_keys(snmp.auth, user.auth, user.privacy, engine)._asdict()
            for engine in (snmp.engine_id, _other_engine(device))
        }
        document = {"user": user.name, "keys": keys}
        _write(record.agent(device.id) / "keys.json", json.dumps(document))


def prepare(record: Record, device: Device, state: Effects) -> None:
    """Write what an agent reads as it starts: its configuration, and how often it has."""
    snmp = speaking(device)
    engine = _other_engine(device) if device.id in state.replaced else snmp.engine_id
    place = record.agent(device.id)
    document = json.loads((place / "keys.json").read_text(encoding="ascii"))
    keys = document["keys"][engine]
    if device.id in state.rejecting:
        keys = {kind: secrets.token_hex(len(key) // 2) for kind, key in keys.items()}
    (place / _ENGINES / engine).mkdir(exist_ok=True)
    kept = record.kept(device.id)
    kept.unlink(missing_ok=True)
    kept.symlink_to(Path(_ENGINES) / engine)
    user = (
        f"{document['user']} {_AUTH[snmp.auth]} -l 0x{keys['auth']}"
        f" {_PRIVACY[snmp.privacy]} -l 0x{keys['privacy']}"
    )
    lines = (
        f"agentAddress udp:{device.host}:{PORT}",
        f"exactEngineID 0x{engine}",
        f"createUser -e 0x{engine} {user}",
        f"rouser {document['user']} priv -V all *",
        "view all included .1",
        f"sysName {device.name}",
        f"sysDescr {device.title}",
        f"sysObjectID .{device.object_id}",
        f"sysLocation {device.location}",
        f"sysContact {CONTACT}",
        f"sysServices {services(device)}",
        "master agentx",
        f"agentXTimeout {_SUBAGENT_PATIENCE_S}",
        "agentXRetries 0",
        f"[snmp] persistentDir {kept}",
        *_traps(record, device, engine, f"-u {document['user']} {_session(snmp, keys)}"),
    )
    _write(place / "snmpd.conf", "\n".join(lines) + "\n")
    memory = kept / "snmpd.conf"
    if memory.exists():
        _write(memory, _without_users(memory.read_text(encoding="utf-8")))


def _traps(record: Record, device: Device, engine: str, user: str) -> tuple[str, ...]:
    """Give what sends traps, from the device's own address, by the user that polls."""
    if not record.plant.traps_to:
        return ()
    return (
        f"[snmp] clientaddr {device.host}",
        f"trapsess -v 3 -l authPriv -e 0x{engine} {user} udp:{record.plant.traps_to}",
    )


def _session(snmp: Snmp, keys: Mapping[str, str]) -> str:
    algorithms = f"-a {_AUTH[snmp.auth]} -x {_PRIVACY[snmp.privacy]}"
    return f"{algorithms} -3k 0x{keys['auth']} -3K 0x{keys['privacy']}"


def speaking(device: Device) -> Snmp:
    """Give how an agent speaks. Raises MailleError where snmpd cannot speak so."""
    if not device.snmp:
        raise MailleError(f"{device.id} has no agent", "its model says `snmp: none`")
    if device.snmp.auth not in _AUTH or device.snmp.privacy not in _PRIVACY:
        raise MailleError(
            f"{device.id} speaks {device.snmp.auth} and {device.snmp.privacy},"
            " which snmpd does not",
            f"it knows {', '.join(_AUTH)} and {', '.join(_PRIVACY)}",
        )
    return device.snmp


def _other_engine(device: Device) -> str:
    """Give the engine id of the device that is put in one's place (RFC 3411: octets, 5)."""
    prefix = speaking(device).engine_id[:8]
    return f"{prefix}05{hashlib.sha256(device.id.encode()).hexdigest()[:16]}"


def _without_users(kept: str) -> str:
    """Let the configuration say which keys there are: those kept go before it otherwise."""
    lines = [line for line in kept.splitlines() if not line.startswith("usmUser")]
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    """Write a file for its owner alone; at once, for all of it is written anew at each start."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
