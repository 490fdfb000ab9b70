"""Who is cabled to whom, what is a ring, whose VLAN it is: small estates, one point each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.adopt.estates import adopted, draft_of

from maille.adopt.communes import Table, Town

if TYPE_CHECKING:
    from maille.adopt.adopt import Adoption

TABLE = Table(
    (("a*", "01004"), ("b*", "01053")),
    {"01004": Town("01004", "Ambérieu"), "01053": Town("01053", "Bourg")},
)
ACCESS_PORTS = range(3, 11)


def port(name: str, *lines: str) -> str:
    """Write an interface."""
    return f"interface {name}\n" + "".join(f" {line}\n" for line in lines)


def trunk(name: str, far: str, vlans: str = "10,99", *more: str) -> str:
    """Write a trunk towards `host port`."""
    allowed = f"switchport trunk allowed vlan {vlans}"
    return port(name, f"description to {far}", allowed, "switchport mode trunk", *more)


def access(
    name: str,
    *,
    left: str,
    right: str = "",
    management: int = 11,
    cameras: str = "",
    vlans: str = "10,99",
) -> str:
    """Write an access switch: the neighbours of its uplinks, and the ports of its cameras."""
    uplinks = ((f"GigabitEthernet1/{n}", far) for n, far in ((1, left), (2, right)))
    return "".join(
        (
            f"hostname {name}\nlicense udi pid IE-3300-8P2S sn FOC1\n",
            "vlan 10\n name VIDEO\nvlan 99\n name ADMIN\n",
            *(trunk(up, far, vlans) if far else port(up, "shutdown") for up, far in uplinks),
            cameras or eight(),
            port("Vlan99", f"ip address 10.0.99.{management} 255.255.255.0"),
            "ip default-gateway 10.0.99.1\nend\n",
        )
    )


def camera(position: int, *, vlan: int = 10, mac: str = "", text: str = "camera") -> str:
    """Write the port of a camera, with its MAC address if it is known."""
    known = [f"switchport port-security mac-address {mac}"] if mac else []
    return port(
        f"GigabitEthernet1/{position + 2}",
        f"description {text}",
        f"switchport access vlan {vlan}",
        "switchport mode access",
        *known,
    )


def eight(*used: str) -> str:
    """Write the access ports of a switch: the first ones as they are given, the others shut."""
    names = [f"GigabitEthernet1/{n}" for n in ACCESS_PORTS]
    return "".join((*used, *(port(name, "shutdown") for name in names[len(used) :])))


def gateway(name: str, own: int, *downlinks: str, peer: str = "") -> str:
    """Write one of a pair, the last byte of its addresses being `own`."""
    uplinks = dict(enumerate(downlinks, start=25))
    lag = "channel-group 1 mode active"
    peers = {n: f"{peer} Ethernet{n}" for n in (27, 28) if peer}
    return "".join(
        (
            f"hostname {name}\nvrf instance X\nvlan 10\n name VIDEO\nvlan 99\n name ADMIN\n",
            port("Port-Channel1", "switchport trunk allowed vlan 10,99", "switchport mode trunk"),
            *(port(f"Ethernet{n}") for n in range(1, 25)),
            *(
                trunk(f"Ethernet{n}", uplinks[n])
                if n in uplinks
                else port(
                    f"Ethernet{n}", *([f"description to {peers[n]}", lag] if n in peers else ())
                )
                for n in range(25, 29)
            ),
            *(
                port(
                    f"Vlan{vlan}",
                    f"ip address 10.0.{vlan}.{own}/24",
                    f"vrrp 1 ipv4 10.0.{vlan}.1",
                    *(["vrrp 1 priority-level 200"] if own == 2 else ()),
                )
                for vlan in (10, 99)
            ),
            "end\n",
        )
    )


def estate(**texts: str) -> Adoption:
    return adopted({f"{name}.cfg": text for name, text in texts.items()}, TABLE)


def ring_of_two(**changed: str) -> Adoption:
    """Adopt a pair with a ring of two switches, some of its texts exchanged."""
    texts = {
        "gw1": gateway("gw1", 2, "a1 GigabitEthernet1/1", peer="gw2"),
        "gw2": gateway("gw2", 3, "a2 GigabitEthernet1/2", peer="gw1"),
        "a1": access("a1", left="gw1 Ethernet25", right="a2 GigabitEthernet1/1"),
        "a2": access("a2", left="a1 GigabitEthernet1/2", right="gw2 Ethernet25", management=12),
    }
    return estate(**{name: text for name, text in (texts | changed).items() if text})


def told(adoption: Adoption, code: str) -> list[str]:
    return [finding.what for finding in adoption.findings if finding.code == code]


def test_a_ring_is_closed_over_its_pair_from_the_master() -> None:
    adoption = ring_of_two()
    survey = draft_of(adoption).plan.survey
    (pair,) = survey.gateways.pairs
    assert (pair.primary, pair.secondary) == ("gw1", "gw2")
    (ring,) = survey.rings
    assert ring.members == ("a1", "a2")
    assert adoption.whole, [f.what for f in adoption.findings if f.fails]


def test_the_master_is_the_primary_whatever_its_name() -> None:
    slow = gateway("gw1", 3, "a1 GigabitEthernet1/1", peer="gw2")
    fast = gateway("gw2", 2, "a2 GigabitEthernet1/2", peer="gw1")
    adoption = ring_of_two(gw1=slow, gw2=fast)
    survey = draft_of(adoption).plan.survey
    assert survey.gateways.pairs[0].primary == "gw2"
    assert survey.rings[0].members == ("a2", "a1")
    assert "a1 has its way in on GigabitEthernet1/2" in " ".join(told(adoption, "I508"))


def test_a_chain_is_spurs() -> None:
    adoption = estate(
        gw1=gateway("gw1", 2, "a1 GigabitEthernet1/1", peer="gw2"),
        gw2=gateway("gw2", 3, peer="gw1"),
        a1=access("a1", left="gw1 Ethernet25", right="a2 GigabitEthernet1/1"),
        a2=access("a2", left="a1 GigabitEthernet1/2", management=12),
    )
    spurs = draft_of(adoption).plan.survey.shape.spurs
    assert {host: spur.parent for host, spur in spurs.items()} == {"a1": "gw1", "a2": "a1"}
    cabinets = draft_of(adoption).draft.estate.communes["01004"].cabinets
    assert {key: cabinet.spur.parent for key, cabinet in cabinets.items() if cabinet.spur} == {
        "a1": "gw1",
        "a2": "01004-a1",
    }


def test_what_hangs_off_a_ring_is_a_spur_of_its_member() -> None:
    middle = access(
        "a1",
        left="gw1 Ethernet25",
        right="a2 GigabitEthernet1/1",
        cameras=eight(trunk("GigabitEthernet1/3", "a3 GigabitEthernet1/1")),
    )
    leaf = access("a3", left="a1 GigabitEthernet1/3", management=13)
    adoption = ring_of_two(a1=middle, a3=leaf)
    survey = draft_of(adoption).plan.survey
    assert survey.rings[0].members == ("a1", "a2")
    assert survey.shape.spurs["a3"].parent == "a1"


def test_a_switch_that_nothing_leads_to_is_told() -> None:
    adoption = ring_of_two(a9=access("a9", left="", management=19))
    assert told(adoption, "I505") == ["no cable leads from a9 to a gateway"]
    assert "01004-a9" not in draft_of(adoption).plan.survey.cabinets


def test_a_switch_of_no_commune_is_told_and_its_ring_keeps_its_order() -> None:
    adoption = ring_of_two(
        a1=access("a1", left="gw1 Ethernet25", right="x2 GigabitEthernet1/1"),
        a2=access("a2", left="x2 GigabitEthernet1/2", right="gw2 Ethernet25", management=12),
        x2=access("x2", left="a1 GigabitEthernet1/2", right="a2 GigabitEthernet1/1", management=13),
    )
    assert told(adoption, "I505") == ["nothing says in which commune x2 stands"]
    survey = draft_of(adoption).plan.survey
    assert survey.rings[0].members == ("a1", "x2", "a2")
    cabinets = draft_of(adoption).draft.estate.communes["01004"].cabinets
    assert [(key, cabinet.at_km) for key, cabinet in cabinets.items()] == [("a1", 1), ("a2", 3)]


def test_a_gateway_without_its_configuration_closes_the_ring() -> None:
    adoption = ring_of_two(gw2="")
    survey = draft_of(adoption).plan.survey
    assert survey.gateways.pairs[0].hosts == ("gw1", "gw2")
    assert survey.rings[0].members == ("a1", "a2")
    assert any("has gw2 for a neighbour" in what for what in told(adoption, "I505"))


def test_neighbours_that_disagree_are_told() -> None:
    wrong = access("a2", left="gw1 Ethernet25", right="gw2 Ethernet25", management=12)
    adoption = ring_of_two(a2=wrong)
    assert any("says that" in what for what in told(adoption, "I509"))


def test_an_asymmetric_trunk_is_told() -> None:
    narrow = access(
        "a2", left="a1 GigabitEthernet1/2", right="gw2 Ethernet25", management=12, vlans="10"
    )
    adoption = ring_of_two(a2=narrow)
    assert sum("allow different VLANs" in what for what in told(adoption, "I509")) == 2


def test_a_vlan_of_two_communes_goes_to_the_one_with_more_devices() -> None:
    own = eight(camera(1, mac="accc.8e00.0001"), camera(2, mac="accc.8e00.0002"))
    other = access(
        "b2",
        left="a1 GigabitEthernet1/2",
        right="gw2 Ethernet25",
        management=12,
        cameras=eight(camera(1, mac="accc.8e00.0003")),
    )
    adoption = ring_of_two(
        a1=access("a1", left="gw1 Ethernet25", right="b2 GigabitEthernet1/1", cameras=own),
        a2="",
        b2=other,
        gw2=gateway("gw2", 3, "b2 GigabitEthernet1/2", peer="gw1"),
    )
    lock = draft_of(adoption).lock
    ring = draft_of(adoption).plan.survey.rings[0].id
    assert lock.communes["01004"].segments[f"{ring}/cameras"].vlan == 10
    assert lock.communes["01053"].segments[f"{ring}/cameras"].vlan != 10
    assert any("VLAN 10 cannot be kept for 01053" in what for what in told(adoption, "I507"))


def test_a_mac_on_two_ports_stays_with_one() -> None:
    both = eight(camera(1, mac="accc.8e00.0001"), camera(2, mac="accc.8e00.0001"))
    adoption = ring_of_two(
        a1=access("a1", left="gw1 Ethernet25", right="a2 GigabitEthernet1/1", cameras=both)
    )
    assert any("ac:cc:8e:00:00:01 is on a1" in what for what in told(adoption, "I509"))
    cameras = draft_of(adoption).draft.estate.communes["01004"].cabinets["a1"].cameras.values()
    assert sorted(str(each.mac) for each in cameras) == ["None", "ac:cc:8e:00:00:01"]


def test_an_address_on_two_devices_is_told() -> None:
    same = access("a2", left="a1 GigabitEthernet1/2", right="gw2 Ethernet25", management=11)
    adoption = ring_of_two(a2=same)
    assert any(
        what.startswith("10.0.99.11 is on a2 Vlan99 and on a1") for what in told(adoption, "I509")
    )
    assert any(
        "switch 01004-a2 has management address 10.0.99.11" in w for w in told(adoption, "I508")
    )


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        ("camera 28085-0042, mairie", "28085-0042"),
        ("CAM-MAIRIE-12", "cam-mairie-12"),
        ("vidéo place", "01004-0001"),
    ],
)
def test_cameras_keep_their_names(text: str, ident: str) -> None:
    adoption = ring_of_two(
        a1=access(
            "a1",
            left="gw1 Ethernet25",
            right="a2 GigabitEthernet1/1",
            cameras=eight(camera(1, mac="accc.8e00.0001", text=text)),
        )
    )
    (camera_id,) = draft_of(adoption).draft.estate.communes["01004"].cabinets["a1"].cameras
    assert camera_id == ident


def test_a_port_that_nobody_explains_is_told() -> None:
    odd = eight(camera(1, vlan=77, text="borne"))
    adoption = ring_of_two(
        a1=access("a1", left="gw1 Ethernet25", right="a2 GigabitEthernet1/1", cameras=odd)
    )
    assert told(adoption, "I506") == ["nothing says what hangs on GigabitEthernet1/3"]
    (finding,) = [f for f in adoption.findings if f.code == "I506"]
    assert (finding.place.file, finding.line_text) == ("a1.cfg", "interface GigabitEthernet1/3")


def test_gateways_at_other_addresses_are_told() -> None:
    odd = gateway("gw1", 2, "a1 GigabitEthernet1/1", peer="gw2").replace(
        "10.0.10.1\n", "10.0.10.254\n"
    )
    assert any(
        "gateway of Vlan10 is 10.0.10.254, and will be 10.0.10.1" in what
        for what in told(ring_of_two(gw1=odd), "I508")
    )


def test_switches_of_nobody_give_a_draft_without_cabinets() -> None:
    adoption = adopted({"x.cfg": access("x", left="")}, Table())
    assert not adoption.whole
    assert draft_of(adoption).plan.survey.cabinets == {}
    assert set(draft_of(adoption).draft.estate.network.pairs) == {"core"}
