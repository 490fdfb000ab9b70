"""What others get: firewall, viewing software, RADIUS, DNS."""

from __future__ import annotations

import io
import json
import re
from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from maille.configs.exports import camera_list, dns, flow_matrix, radius
from maille.spreadsheet import Sheet, as_csv, as_json, as_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.blueprint.model import Blueprint


def rows(sheet: Sheet) -> list[dict[str, object]]:
    return [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]


# Flow matrix ------------------------------------------------------------------------------------

PERMIT = re.compile(
    r"\d+ permit (?P<protocol>tcp|udp|icmp) (?P<source>host \S+|\S+/\d+)"
    r"(?P<answers> eq \S+| range \d+ \d+)? (?P<destination>host \S+|\S+/\d+)"
    r"(?P<calls> eq \S+| range \d+ \d+)?(?P<flag> \S+)?$"
)
WORDS = {"rtsp": "554", "https": "443", "ssh": "22", "ntp": "123", "snmp": "161"} | {
    "snmptrap": "162",
    "syslog": "514",
    "domain": "53",
}


def network(text: str) -> IPv4Network:
    return IPv4Network(text.removeprefix("host "))


def covered(prefix: IPv4Network, prefixes: tuple[IPv4Network, ...]) -> bool:
    return any(prefix.subnet_of(other) or other.subnet_of(prefix) for other in prefixes)


def test_every_gateway_permits_what_is_in_the_matrix_and_nothing_else(
    complete: Blueprint, texts: dict[str, str]
) -> None:
    """An entry is one direction of a flow: a call, or the answer to one."""
    seen = 0
    for switch in ("core-1", "agg-1", "agg-2"):
        for line in texts[switch].split("ip access-list SEG-")[1:]:
            for entry in line.split("!")[0].splitlines()[1:]:
                found = PERMIT.match(entry.strip())
                if not found:
                    assert re.search(r"permit vrrp|deny ip any any log", entry), entry
                    continue
                seen += 1
                source, destination = network(found["source"]), network(found["destination"])
                answer = bool(found["answers"]) or found["flag"] == " echo-reply"
                client, server = (destination, source) if answer else (source, destination)
                words = (found["answers"] or found["calls"] or "").split()[1:]
                port = "-".join(WORDS.get(word, word) for word in words)
                assert any(
                    covered(client, flow.source_prefixes)
                    and covered(server, flow.destination_prefixes)
                    and flow.protocol == found["protocol"]
                    and port in (*flow.ports.split(","), flow.ports)
                    for flow in complete.flows
                ), entry
    assert seen > 200


def test_flows_that_cross_the_firewall_are_marked(complete: Blueprint) -> None:
    found = {(flow.source, flow.destination, flow.ports): flow for flow in complete.flows}
    inside = found["Recorders", "Cameras of Ici (28085)", "554"]
    across = found["Management hosts", "Cameras of Ici (28085)", "443"]
    behind = found["Operators' workstations", "Viewing software", "443"]
    other = found["Wall decoders", "Viewing software", "443"]
    assert not inside.crosses_firewall
    assert across.crosses_firewall
    assert not behind.crosses_firewall
    assert other.crosses_firewall


def test_the_matrix_has_a_row_a_flow_and_says_why(complete: Blueprint) -> None:
    found = rows(flow_matrix.flow_sheet(complete))
    assert len(found) == len(complete.flows)
    assert all(row["why"] for row in found)
    traps = [row for row in found if row["ports"] == "162"]
    assert {row["direction"] for row in traps} == {"source to destination only"}


# Cameras ----------------------------------------------------------------------------------------


def test_a_camera_is_listed_with_all_that_its_installer_needs(complete: Blueprint) -> None:
    found = {row["name"]: row for row in rows(camera_list.camera_sheet(complete))}
    camera = found["28085-0001"]
    assert camera["rtsp_url"] == "rtsp://10.28.0.4:554/stream/1"
    assert camera["mask"] == "255.255.255.224"
    assert camera["gateway"] == "10.28.0.1"
    assert camera["ntp"] == "10.20.0.164"
    assert (camera["switch"], camera["port"]) == ("28085-epars", "GigabitEthernet1/6")
    assert camera["state"] == "connected"
    assert {name: found[name]["state"] for name in ("28085-0003", "28085-0004", "n-05")} == {
        "28085-0003": "MAC not enrolled",
        "28085-0004": "out of service",
        "n-05": "nowhere",
    }


def test_a_nomad_is_where_it_hangs_and_recorded_for_its_commune(complete: Blueprint) -> None:
    found = {row["name"]: row for row in rows(camera_list.camera_sheet(complete))}
    assert (found["n-04"]["insee"], found["n-04"]["recorded_for"]) == ("28110", "28085")
    assert found["n-05"]["rtsp_url"] is None


# RADIUS -----------------------------------------------------------------------------------------


def test_each_enrolled_camera_is_admitted_on_its_own_port_alone(complete: Blueprint) -> None:
    text = radius.authorize(complete)
    entry = text[text.index("accc8e000012 ") :].split("\n\n")[0]
    assert entry.splitlines() == [
        (
            'accc8e000012 Cleartext-Password := "accc8e000012", NAS-IP-Address == 10.40.0.52,'
            ' NAS-Port-Id == "FastEthernet1/3"'
        ),
        "    Tunnel-Type = VLAN,",
        "    Tunnel-Medium-Type = IEEE-802,",
        '    Tunnel-Private-Group-Id = "102"',
    ]
    assert text.endswith("DEFAULT Auth-Type := Reject\n")


def test_nobody_is_admitted_who_has_no_open_port(complete: Blueprint) -> None:
    named = set(re.findall(r"^# (\S+)$", radius.authorize(complete), re.MULTILINE))
    assert named == {
        camera.id
        for camera in complete.cameras.values()
        if camera.mac and camera.switch and not camera.retired
    }
    assert "28085-0004" not in named


def test_with_certificates_the_camera_is_known_by_its_id(
    with_access: Callable[[str], Blueprint],
) -> None:
    text = radius.authorize(with_access("dot1x"))
    assert "\n28110-0002 Auth-Type := EAP, NAS-IP-Address == 10.40.0.52" in text
    assert radius.authorize(with_access("static_mac")).count("NAS-Port-Id") == 0


def test_every_switch_is_a_client_and_no_key_is_written(complete: Blueprint) -> None:
    text = radius.clients(complete)
    assert text.count("client ") == len(complete.switches)
    assert set(re.findall(r"secret = (\S+)", text)) == {"$ENV{MAILLE_RADIUS_KEY}"}


# DNS --------------------------------------------------------------------------------------------


def test_every_name_leads_to_its_address_and_back(complete: Blueprint) -> None:
    zones = dict(dns.zones(complete))
    forward = dict(re.findall(r"^(\S+) IN A (\S+)$", zones.pop("csi.example"), re.MULTILINE))
    back = {}
    for zone, text in zones.items():
        for last, name in re.findall(r"^(\S+) IN PTR (\S+)\.csi\.example\.$", text, re.MULTILINE):
            octets = f"{last}.{zone.removesuffix('.in-addr.arpa')}".split(".")
            back[name] = ".".join(reversed(octets))
    assert forward == back
    assert {IPv4Address(address) for address in forward.values()} >= {
        *(switch.management for switch in complete.switches.values()),
        *(camera.address for camera in complete.cameras.values() if camera.address),
        *(host.address for host in complete.hosts.values()),
    }


def test_labels_are_labels(complete: Blueprint) -> None:
    text = dns.zones(complete)["csi.example"]
    for label in re.findall(r"^(\S+) IN A", text, re.MULTILINE):
        assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", label)


# Spreadsheets -----------------------------------------------------------------------------------

SHEET = Sheet("Test", ("text", "number"), [("=1+1", 1), ("+33 1", -2), ("-5", 0.5), (None, True)])


def test_no_text_becomes_a_formula(complete: Blueprint) -> None:
    assert as_csv(SHEET).splitlines()[1:4] == ["'=1+1,1", "'+33 1,-2", "-5,0.5"]
    book = load_workbook(io.BytesIO(as_workbook([SHEET], complete.as_of)))
    assert [cell.data_type for cell in book["Test"]["A"][1:]] == ["s", "s", "s", "n"]


def test_a_workbook_is_the_same_each_time(complete: Blueprint) -> None:
    sheet = flow_matrix.flow_sheet(complete)
    assert as_workbook([sheet], complete.as_of) == as_workbook([sheet], complete.as_of)


@pytest.mark.parametrize("make", [flow_matrix.flow_sheet, camera_list.camera_sheet])
def test_csv_json_and_workbook_hold_the_same(
    make: Callable[[Blueprint], Sheet], complete: Blueprint
) -> None:
    sheet = make(complete)
    objects = json.loads(as_json(sheet))
    book = load_workbook(io.BytesIO(as_workbook([sheet], complete.as_of)))
    lines = list(book[sheet.name].iter_rows(values_only=True))
    assert lines[0] == tuple(sheet.columns)
    assert [list(line) for line in lines[1:]] == [list(entry.values()) for entry in objects]
    assert as_csv(sheet).count("\n") == len(objects) + 1
