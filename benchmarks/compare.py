"""How many devices a second are compared, beside hier_config's stock drivers on the same texts.

The claim: not slower, though it does more. An estate of 130 switches with some 400 lines each,
one in five of them drifted. Both read both texts and give remediation and rollback; ours also
tells what differs, line by line, and orders the commands.
"""

from __future__ import annotations

import json
import platform
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hier_config import Platform, WorkflowRemediation, get_hconfig

from maille.configs.compare import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEVICES = 130
ROUNDS = 7
RESULTS = Path(__file__).parent / "results" / "compare.json"


class Texts(NamedTuple):
    """What a device runs and what it should."""

    running: str
    intended: str


def config(number: int, *, drifted: bool) -> str:
    """Give an access switch of 24 ports; a drifted one differs in eight places."""
    acl = "CAM-IN-0badcafe" if drifted else "CAM-IN-1f0c9a2b"
    return "\n".join(
        [*_head(number, acl, drifted=drifted), *_ports(acl, drifted=drifted), "end", ""]
    )


def _head(number: int, acl: str, *, drifted: bool) -> Iterator[str]:
    yield from (f"hostname ep-{number:05}", "aaa new-model", "spanning-tree mode mst")
    yield f"snmp-server location {'unknown' if drifted else 'Chartres'}"
    for vlan in range(110, 140 - drifted):
        yield from (f"vlan {vlan}", f" name CAM-{vlan}")
    yield f"ip access-list extended {acl}"
    yield from (
        f" {10 * n} permit tcp any eq 554 host 10.0.0.{n} established" for n in range(1, 21)
    )
    yield from (" 900 deny ip any any", "arp access-list CAMERAS")
    cameras = range(1, 23 - drifted)
    yield from (f" permit ip host 10.28.11.{n} mac host accc.8e00.{n:04x}" for n in cameras)
    for n in cameras:
        yield f"ip source binding ACCC.8E00.{n:04X} vlan 110 10.28.11.{n} interface Gi1/0/{n}"
    yield f"ntp server 10.0.0.{2 if drifted else 1}"


def _ports(acl: str, *, drifted: bool) -> Iterator[str]:
    for n in range(1, 23):
        yield f"interface GigabitEthernet1/0/{n}"
        yield from (
            f" description camera {n}",
            " switchport access vlan 110",
            " switchport mode access",
        )
        yield from (
            " switchport nonegotiate",
            " switchport block unicast",
            f" ip access-group {acl} in",
        )
        yield from (" no cdp enable", " storm-control broadcast level 1.00", " ip verify source")
        yield from (" spanning-tree portfast", " spanning-tree bpduguard enable")
    for n in (23, 24):
        yield from (f"interface GigabitEthernet1/0/{n}", " switchport mode trunk")
        yield f" switchport trunk allowed vlan 110-{138 if drifted else 139},900"
        yield from (" ip arp inspection trust", " spanning-tree guard loop")
    yield from ("interface Vlan900", " ip address 10.28.90.11 255.255.255.0")
    yield from ("line vty 0 4", f" transport input {'all' if drifted else 'ssh'}")


def ours(texts: Texts) -> object:
    """Compare as the tool does."""
    return compare("cisco_ios", texts.running, texts.intended)


def stock(texts: Texts) -> object:
    """Compare as hier_config does by itself."""
    workflow = WorkflowRemediation(*(get_hconfig(Platform.CISCO_IOS, text) for text in texts))
    return (
        workflow.remediation_config.dump_simple(sectional_exiting=True),
        workflow.rollback_config.dump_simple(sectional_exiting=True),
    )


def seconds(work: Callable[[Texts], object], estate: list[Texts]) -> float:
    """Give the time for the whole estate."""
    start = time.perf_counter()
    for texts in estate:
        work(texts)
    return time.perf_counter() - start


def main() -> int:
    """Measure both in turn, so that a busy moment of the machine hits both alike."""
    estate = [
        Texts(config(n, drifted=n % 5 == 0), config(n, drifted=False)) for n in range(DEVICES)
    ]
    pairs = [(seconds(ours, estate), seconds(stock, estate)) for _ in range(ROUNDS)]
    ours_s, stock_s = ([round(pair[i], 4) for pair in pairs] for i in (0, 1))
    rates = [round(DEVICES / statistics.median(each)) for each in (ours_s, stock_s)]
    ratio = round(rates[0] / rates[1], 2)
    result = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "devices": DEVICES,
        "lines_a_device": estate[1].intended.count("\n"),
        "drifted": sum(texts.running != texts.intended for texts in estate),
        "ours_s": ours_s,
        "stock_s": stock_s,
        "ours_devices_a_second": rates[0],
        "stock_devices_a_second": rates[1],
        "ratio": ratio,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(
        f"compare: {rates[0]} devices/s of {result['lines_a_device']} lines, "
        f"{ratio} times stock hier_config ({rates[1]} devices/s), median of {ROUNDS}"
    )
    return 0 if ratio >= 1 else 1


if __name__ == "__main__":
    sys.exit(main())
