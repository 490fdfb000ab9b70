"""The export for NetBox: documented columns and values, and rows that find what they name."""

from __future__ import annotations

import csv
import io
from ipaddress import ip_address, ip_interface, ip_network
from typing import TYPE_CHECKING

import pytest
from tests import estates

from maille.documents.netbox.export import forms, netbox
from maille.documents.netbox.form import Form, as_csv, form
from maille.documents.netbox.readme import MENU

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maille.blueprint.model import Blueprint

# The columns of the import forms of NetBox 4.7, and those of them that a new object needs.
COLUMNS = {
    "sites": "name slug status region group tenant facility time_zone description"
    " physical_address shipping_address latitude longitude owner comments tags",
    "locations": "site parent name slug status tenant facility description owner comments tags",
    "racks": "site location group name facility_id tenant status role rack_type form_factor"
    " serial asset_tag width u_height desc_units outer_width outer_height outer_depth outer_unit"
    " mounting_depth airflow cooling_capability cooling_capacity weight max_weight weight_unit"
    " description owner comments tags",
    "manufacturers": "name slug description owner comments tags",
    "platforms": "name slug parent manufacturer config_template description owner comments tags",
    "device-roles": "name slug parent color vm_role config_template description owner comments"
    " tags",
    "device-types": "manufacturer default_platform model slug part_number u_height"
    " exclude_from_utilization is_full_depth subdevice_role airflow cooling_method description"
    " weight weight_unit end_of_life owner comments tags",
    "devices": "name role tenant manufacturer device_type platform serial asset_tag status site"
    " location rack position face latitude longitude parent device_bay airflow cooling_method"
    " virtual_chassis vc_position vc_priority cluster description config_template owner comments"
    " tags",
    "vrfs": "name rd tenant enforce_unique description import_targets export_targets owner"
    " comments tags",
    "vlan-groups": "name slug scope_type scope_id vid_ranges tenant description owner tags",
    "vlans": "site group vid name tenant status role description qinq_role qinq_svlan owner"
    " comments tags",
    "prefixes": "prefix vrf tenant vlan_group vlan_site vlan status role scope_type scope_id"
    " is_pool mark_utilized description owner comments tags",
    "interfaces": "device name label parent bridge lag type channels channel_id speed duplex"
    " enabled mark_connected wwn vdcs mtu mgmt_only description poe_mode poe_type mode vlan_group"
    " untagged_vlan tagged_vlans qinq_svlan vrf rf_role rf_channel rf_channel_frequency"
    " rf_channel_width tx_power owner tags",
    "cables": "side_a_site side_a_device side_a_power_panel side_a_type side_a_name side_b_site"
    " side_b_device side_b_power_panel side_b_type side_b_name type status profile tenant bundle"
    " label color length length_unit description owner comments tags",
    "mac-addresses": "mac_address device virtual_machine interface is_primary description owner"
    " comments tags",
    "primary-ip-addresses": "address vrf tenant status role device virtual_machine interface"
    " fhrp_group is_primary is_oob dns_name description owner comments tags",
    "ip-addresses": "address vrf tenant status role device virtual_machine interface fhrp_group"
    " is_primary is_oob dns_name description owner comments tags",
}
REQUIRED = {
    "sites": "name slug status",
    "locations": "site name slug status",
    "racks": "site name status width u_height",
    "manufacturers": "name slug",
    "platforms": "name slug",
    "device-roles": "name slug color",
    "device-types": "manufacturer model slug u_height",
    "devices": "role manufacturer device_type status site",
    "vrfs": "name",
    "vlan-groups": "name slug",
    "vlans": "vid name status",
    "prefixes": "prefix status",
    "interfaces": "device name type",
    "cables": "side_a_device side_a_type side_a_name side_b_device side_b_type side_b_name",
    "mac-addresses": "mac_address",
    "primary-ip-addresses": "address status device interface is_primary",
    "ip-addresses": "address status",
}
CHOICES = {
    ("sites", "status"): "active planned",
    ("locations", "status"): "active planned",
    ("racks", "status"): "active planned",
    ("racks", "width"): "10 19 21 23",
    ("devices", "status"): "active planned inventory",
    ("vlans", "status"): "active reserved deprecated",
    ("prefixes", "status"): "container active reserved deprecated",
    ("ip-addresses", "status"): "active reserved deprecated dhcp slaac",
    ("ip-addresses", "role"): "loopback secondary anycast vip vrrp hsrp glbp carp",
    ("primary-ip-addresses", "role"): "loopback",
    ("cables", "status"): "connected planned decommissioning",
    ("cables", "type"): "smf-os2 mmf dac-passive",
    ("cables", "length_unit"): "km m cm",
    ("cables", "side_a_type"): "dcim.interface",
    ("cables", "side_b_type"): "dcim.interface",
    ("interfaces", "mode"): "access tagged",
    ("interfaces", "poe_mode"): "pd pse",
    ("interfaces", "poe_type"): "type1-ieee802.3af type2-ieee802.3at type3-ieee802.3bt"
    " type4-ieee802.3bt",
    ("interfaces", "type"): "virtual lag other 100base-tx 1000base-t 2.5gbase-t 5gbase-t"
    " 10gbase-t 100base-x-sfp 1000base-x-sfp 2.5gbase-x-sfp 10gbase-x-sfpp 25gbase-x-sfp28"
    " 40gbase-x-qsfpp 50gbase-x-sfp28 100gbase-x-qsfp28",
}
LENGTHS = {"name": 100, "slug": 100, "description": 200, "label": 100, "model": 100}
SHORT_NAMES = {"devices": 64, "interfaces": 64, "vlans": 64}

Rows = list[dict[str, str]]
ESTATES = ("chartres", "chalon", "malataverne", "cecos", "complete")


def blueprint_of(name: str) -> Blueprint:
    folder = estates.COMPLETE if name == "complete" else estates.INVENTORY / name
    return estates.built(folder).blueprint


@pytest.fixture(scope="module", params=ESTATES)
def tables(request: pytest.FixtureRequest) -> Mapping[str, Rows]:
    """Read the files as NetBox would: by name, every value a text."""
    files = netbox(blueprint_of(request.param))
    return {
        name[3:].removesuffix(".csv"): list(csv.DictReader(io.StringIO(text)))
        for name, text in files.items()
        if name.endswith(".csv")
    }


def key(row: Mapping[str, str], *columns: str) -> tuple[str, ...]:
    return tuple(row[column] for column in columns)


def test_every_column_is_documented_and_the_needed_ones_are_there() -> None:
    for made in forms(blueprint_of("complete")):
        assert set(made.columns) <= set(COLUMNS[made.name].split()), made.name
        assert set(REQUIRED[made.name].split()) <= set(made.columns), made.name
    assert {made.name for made in forms(blueprint_of("complete"))} == set(COLUMNS)


def test_what_is_needed_has_a_value(tables: Mapping[str, Rows]) -> None:
    for name, rows in tables.items():
        for row in rows:
            assert all(row[column] for column in REQUIRED[name].split()), (name, row)


def test_values_are_among_the_choices_and_short_enough(tables: Mapping[str, Rows]) -> None:
    for (name, column), allowed in CHOICES.items():
        assert {row[column] for row in tables[name]} <= {*allowed.split(), ""}, (name, column)
    for name, rows in tables.items():
        for column, length in LENGTHS.items():
            assert all(len(row.get(column, "")) <= length for row in rows), (name, column)
    for name, length in SHORT_NAMES.items():
        assert all(len(row["name"]) <= length for row in tables[name]), name
        assert all(set(row.get("slug", "")) <= set(SLUG) for row in rows), name


SLUG = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("sites", ("name",)),
        ("sites", ("slug",)),
        ("locations", ("site", "name")),
        ("locations", ("site", "slug")),
        ("racks", ("site", "name")),
        ("manufacturers", ("slug",)),
        ("device-types", ("manufacturer", "model")),
        ("device-types", ("manufacturer", "slug")),
        ("device-roles", ("slug",)),
        ("devices", ("name",)),
        ("vlan-groups", ("slug",)),
        ("vlans", ("group", "vid")),
        ("vlans", ("group", "name")),
        ("prefixes", ("prefix", "vrf")),
        ("interfaces", ("device", "name")),
        ("mac-addresses", ("mac_address",)),
        ("cables", ("side_a_device", "side_a_name")),
        ("cables", ("side_b_device", "side_b_name")),
    ],
)
def test_nothing_is_there_twice(
    tables: Mapping[str, Rows], name: str, columns: tuple[str, ...]
) -> None:
    keys = [key(row, *columns) for row in tables[name]]
    assert len(keys) == len(set(keys))


REFERENCES = [
    ("locations", ("site",), "sites", ("name",)),
    ("racks", ("site",), "sites", ("name",)),
    ("racks", ("site", "location"), "locations", ("site", "name")),
    ("platforms", ("manufacturer",), "manufacturers", ("name",)),
    ("device-types", ("manufacturer",), "manufacturers", ("name",)),
    ("device-types", ("default_platform",), "platforms", ("name",)),
    ("devices", ("role",), "device-roles", ("name",)),
    ("devices", ("manufacturer", "device_type"), "device-types", ("manufacturer", "model")),
    ("devices", ("platform",), "platforms", ("name",)),
    ("devices", ("site",), "sites", ("name",)),
    ("devices", ("site", "location"), "locations", ("site", "name")),
    ("devices", ("site", "rack"), "racks", ("site", "name")),
    ("vlans", ("group",), "vlan-groups", ("name",)),
    ("prefixes", ("vrf",), "vrfs", ("name",)),
    ("prefixes", ("vlan_group", "vlan"), "vlans", ("group", "vid")),
    ("interfaces", ("device",), "devices", ("name",)),
    ("interfaces", ("vlan_group", "untagged_vlan"), "vlans", ("group", "vid")),
    ("cables", ("side_a_device", "side_a_name"), "interfaces", ("device", "name")),
    ("cables", ("side_b_device", "side_b_name"), "interfaces", ("device", "name")),
    ("mac-addresses", ("device", "interface"), "interfaces", ("device", "name")),
    ("primary-ip-addresses", ("device", "interface"), "interfaces", ("device", "name")),
    ("primary-ip-addresses", ("vrf",), "vrfs", ("name",)),
    ("ip-addresses", ("device", "interface"), "interfaces", ("device", "name")),
    ("ip-addresses", ("vrf",), "vrfs", ("name",)),
]


@pytest.mark.parametrize(("name", "columns", "other", "keys"), REFERENCES)
def test_what_a_row_names_is_there(
    tables: Mapping[str, Rows],
    name: str,
    columns: tuple[str, ...],
    other: str,
    keys: tuple[str, ...],
) -> None:
    known = {key(row, *keys) for row in tables[other]}
    for row in tables[name]:
        if row[columns[-1]]:
            assert key(row, *columns) in known, row


def test_files_are_numbered_so_that_what_is_named_comes_first() -> None:
    order = [made.name for made in forms(blueprint_of("complete"))]
    for name, _, other, _ in REFERENCES:
        assert name == other or order.index(other) < order.index(name), (name, other)


def test_bundles_and_parents_stand_above_what_names_them(tables: Mapping[str, Rows]) -> None:
    above: set[tuple[str, str]] = set()
    for row in tables["interfaces"]:
        for column in ("lag", "parent"):
            assert not row[column] or (row["device"], row[column]) in above, row
        above.add((row["device"], row["name"]))


def test_tagged_vlans_are_those_of_their_group(tables: Mapping[str, Rows]) -> None:
    known = {key(row, "group", "vid") for row in tables["vlans"]}
    tagged = [row for row in tables["interfaces"] if row["tagged_vlans"]]
    assert tagged
    for row in tagged:
        for vid in row["tagged_vlans"].split(","):
            assert (row["vlan_group"], vid) in known


def test_an_interface_keeps_the_rules_of_netbox(tables: Mapping[str, Rows]) -> None:
    """Those of `Interface.clean()`: NetBox refuses the whole file for one row."""
    kinds = {key(row, "device", "name"): row["type"] for row in tables["interfaces"]}
    for row in tables["interfaces"]:
        tagged = row["tagged_vlans"].split(",") if row["tagged_vlans"] else []
        assert bool(row["mode"]) == bool(row["untagged_vlan"]), row
        assert not tagged or row["mode"] == "tagged", row
        assert row["untagged_vlan"] not in tagged, row
        assert not row["poe_type"] or row["poe_mode"], row
        assert not row["poe_mode"] or row["type"] not in {"virtual", "lag"}, row
        assert not row["parent"] or row["type"] == "virtual", row
        assert not row["lag"] or kinds[row["device"], row["lag"]] == "lag", row
        assert not row["lag"] or row["type"] not in {"virtual", "lag"}, row


def test_a_cable_ends_on_ports_alone(tables: Mapping[str, Rows]) -> None:
    kinds = {key(row, "device", "name"): row["type"] for row in tables["interfaces"]}
    for row in tables["cables"]:
        for side in "ab":
            end = key(row, f"side_{side}_device", f"side_{side}_name")
            assert kinds[end] not in {"virtual", "lag"}, row


def test_a_platform_is_of_the_maker_of_its_devices(tables: Mapping[str, Rows]) -> None:
    makers = {row["name"]: row["manufacturer"] for row in tables["platforms"]}
    for row in tables["devices"]:
        assert not row["platform"] or makers[row["platform"]] == row["manufacturer"], row


def test_numbers_fit_their_fields(tables: Mapping[str, Rows]) -> None:
    for row in (*tables["sites"], *tables["devices"]):
        for column in ("latitude", "longitude"):
            assert len(row[column].partition(".")[2]) <= 6, row
    for row in tables["cables"]:
        assert len(row["length"].partition(".")[2]) <= 2, row
        assert float(row["length"] or 0) < 10**6, row
        assert bool(row["length"]) == bool(row["length_unit"]), row


def test_the_page_beside_the_files_names_each_with_its_rows() -> None:
    blueprint = blueprint_of("complete")
    files = netbox(blueprint)
    page = files.pop("README.md")
    for (name, text), made in zip(files.items(), forms(blueprint), strict=True):
        assert text.splitlines()[0] == ",".join(made.columns)
        assert f"| `{name}` | {MENU[made.name]} | {len(made.rows)} |" in page
    assert page.index("01-sites.csv") < page.index("08-devices.csv") < page.index("14-cables.csv")


def test_a_port_has_one_cable(tables: Mapping[str, Rows]) -> None:
    ends = [
        key(row, f"side_{side}_device", f"side_{side}_name")
        for row in tables["cables"]
        for side in "ab"
    ]
    assert len(ends) == len(set(ends))


def test_addresses_are_unique_in_their_vrf_and_lie_in_its_prefixes(
    tables: Mapping[str, Rows],
) -> None:
    rows = [*tables["primary-ip-addresses"], *tables["ip-addresses"]]
    taken = [(row["vrf"], ip_interface(row["address"]).ip) for row in rows]
    assert len(taken) == len(set(taken))
    prefixes = {(row["vrf"], ip_network(row["prefix"])) for row in tables["prefixes"]}
    for row in rows:
        found = ip_interface(row["address"])
        assert any(
            vrf in {row["vrf"], ""} and ip_address(found.ip) in prefix for vrf, prefix in prefixes
        ), row


def test_a_device_has_one_primary_address_and_only_its_file_names_it(
    tables: Mapping[str, Rows],
) -> None:
    primary = [row["device"] for row in tables["primary-ip-addresses"]]
    assert len(primary) == len(set(primary))
    assert {row["is_primary"] for row in tables["primary-ip-addresses"]} == {"true"}
    assert "is_primary" not in tables["ip-addresses"][0]


def test_every_device_of_the_estate_is_exported() -> None:
    blueprint = blueprint_of("complete")
    devices = next(made for made in forms(blueprint) if made.name == "devices")
    names = {row["name"] for row in devices.rows}
    assert {switch.hostname for switch in blueprint.switches.values()} <= names
    assert set(blueprint.cameras) <= names
    assert {host.id for host in blueprint.hosts.values() if host.role != "firewall"} <= names
    assert "firewall" in names


def test_a_nomad_in_store_is_in_the_inventory_of_its_commune() -> None:
    blueprint = blueprint_of("chalon")
    stored = next(camera for camera in blueprint.cameras.values() if camera.switch is None)
    devices = next(made for made in forms(blueprint) if made.name == "devices")
    row = next(row for row in devices.rows if row["name"] == stored.id)
    assert row["status"] == "inventory"
    assert row["site"] == "Chalon-sur-Saône (71076)"
    assert "location" not in row


def test_values_are_written_as_netbox_reads_them() -> None:
    made = Form("x", ("a", "b", "c"), ({"a": True, "b": 'two\nlines, "quoted"', "c": None},))
    assert as_csv(made) == 'a,b,c\ntrue,"two lines, ""quoted""",\n'


def test_a_row_with_a_strange_column_is_a_fault() -> None:
    with pytest.raises(ValueError, match="x: b"):
        form("x", ("a",), [{"a": 1, "b": 2}])
