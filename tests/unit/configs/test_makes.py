"""The same estate with gateways of another make: whatever it is, it is rendered and hardened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maille.configs.compare import compare
from maille.configs.hardening.matrix import matrix
from maille.configs.render import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable

    from maille.blueprint.model import Blueprint
    from maille.inventory.schema.estate import Estate

GATEWAYS = ("core-1", "core-2", "agg-1", "agg-2", "agg-3", "agg-4")


def with_gateways(estate: Estate, model: str) -> Estate:
    sites = {
        key: site.model_copy(
            update={
                "switches": {
                    name: switch.model_copy(update={"model": model} if name in GATEWAYS else {})
                    for name, switch in site.switches.items()
                }
            }
        )
        for key, site in estate.network.sites.items()
    }
    network = estate.network.model_copy(update={"sites": sites})
    return estate.model_copy(update={"network": network})


@pytest.fixture(scope="module", params=["c9500-24y4c", "7020sr-24c2"])
def other(
    request: pytest.FixtureRequest, complete: Blueprint, built: Callable[[Estate], Blueprint]
) -> Blueprint:
    return built(with_gateways(complete.estate, request.param))


def test_every_gateway_is_hardened_and_in_sync_with_itself(other: Blueprint) -> None:
    rendered = list(Renderer(other).all())
    assert list(matrix(rendered, other.estate.settings).failures()) == []
    for each in rendered:
        assert compare(each.switch.model.platform, each.text, each.text).in_sync


@pytest.fixture(scope="module")
def cisco_core(complete: Blueprint, built: Callable[[Estate], Blueprint]) -> Renderer:
    return Renderer(built(with_gateways(complete.estate, "c9500-24y4c")))


def section(text: str, header: str) -> list[str]:
    """Give the lines below a header of IOS, without indentation."""
    lines = text.splitlines()
    start = lines.index(header) + 1
    end = next(n for n in range(start, len(lines)) if not lines[n].startswith(" "))
    return [line.strip() for line in lines[start:end]]


def test_a_core_on_ios_xe_leads_out_through_the_firewall(cisco_core: Renderer) -> None:
    text = cisco_core.configuration("core-1").text
    assert "ip route vrf VIDEO 0.0.0.0 0.0.0.0 10.20.0.100 name firewall\n" in text
    assert "ip route vrf MGMT 0.0.0.0 0.0.0.0 10.20.0.84 name firewall\n" in text
    assert "default-information originate" in section(text, "router ospf 10 vrf VIDEO")
    leg = section(text, "interface Vlan14")
    assert any(line.startswith("ip access-group PASS-VIDEO-") for line in leg)
    assert "address 10.20.0.97 primary" in leg


def test_a_port_to_the_firewall_is_a_trunk_at_the_edge(cisco_core: Renderer) -> None:
    text = cisco_core.configuration("core-1").text
    header = text[: text.index(" description firewall")].splitlines()[-1]
    lines = section(text, header)
    assert {"switchport mode trunk", "spanning-tree portfast trunk"} <= {*lines}
    assert "spanning-tree bpduguard enable" in lines


def test_a_routed_bundle_carries_its_tagged_interfaces(cisco_core: Renderer) -> None:
    text = cisco_core.configuration("agg-1").text
    assert section(text, "interface Port-channel2")[-2:] == ["no switchport", "no ip address"]
    tagged = section(text, "interface Port-channel2.901")
    assert {"encapsulation dot1Q 901", "vrf forwarding VIDEO"} <= {*tagged}
    member = section(text, "interface TwentyFiveGigE1/0/9")
    assert "channel-group 2 mode active" in member
    assert "no switchport" in member


def test_the_first_gateway_is_reached_on_the_segment_it_routes(cisco_core: Renderer) -> None:
    text = cisco_core.bootstrap(cisco_core.configuration("core-1"))
    assert "address 10.20.0.129 primary" in section(text, "interface Vlan15")
    assert "router ospf" not in text
    assert "ip default-gateway" not in text
