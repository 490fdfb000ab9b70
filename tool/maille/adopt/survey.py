"""The devices put together: who is cabled to whom, who stands where, and under which id.

Ids are those of the draft: a switch of a cabinet is `<insee>-<cabinet>`, one that stands beside
the gateways goes by its own name.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from maille.adopt.cabling import cabling
from maille.adopt.codes import CONTRADICTION, DEVICE_NOT_PLACED, GUESSED, TO_FILL_IN, TWICE, finding
from maille.adopt.gateways import gateways
from maille.adopt.models import Recognised, any_gateway, drafted, recognise
from maille.adopt.names import host_key, port_order, slug, unique
from maille.adopt.rings import shape
from maille.topology.naming import cabinet_switch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maille.adopt.cabling import Cable
    from maille.adopt.communes import Recogniser, Town
    from maille.adopt.device import Device, Interface
    from maille.adopt.gateways import Gateways, Pair
    from maille.adopt.rings import Ring, Shape
    from maille.errors import Finding
    from maille.inventory.schema.catalogue import SwitchModel


@dataclass(frozen=True, slots=True)
class Cabinet:
    """A switch in a commune."""

    host: str
    insee: str
    key: str

    @property
    def switch(self) -> str:
        """Give the id of the switch."""
        return cabinet_switch(self.insee, self.key)


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands where, before any number is looked at. Hosts are keys of host names."""

    devices: Mapping[str, Device]
    cables: tuple[Cable, ...]
    gateways: Gateways
    shape: Shape
    cabinets: Mapping[str, Cabinet]
    """By host."""
    towns: Mapping[str, Town]
    """By code."""
    indoors: Mapping[str, str]
    """Id of each switch of a site, by host: gateways, and switches beside them."""
    models: Mapping[str, Recognised]
    """By host; a gateway that is known by name alone has its partner's."""
    findings: tuple[Finding, ...]

    @property
    def rings(self) -> tuple[Ring, ...]:
        """Give the rings that have a member in the draft."""
        rings = self.shape.rings
        return tuple(r for r in rings if any(host in self.cabinets for host in r.members))

    def pair_of(self, host: str) -> Pair | None:
        """Give the pair whose layer-2 domain a host is in."""
        if found := self.gateways.pair_of(host):
            return found
        home = self.shape.home(host)
        ring = next((ring for ring in self.shape.rings if ring.id == home), None)
        if ring:
            return next((pair for pair in self.gateways.pairs if pair.id == ring.pair), None)
        return self.gateways.pair_of(home) or self._beside(host)

    def _beside(self, host: str) -> Pair | None:
        """Give the pair that a switch of its rooms is cabled to."""
        for cable in self.shape.cables:
            if host in (cable.a.host, cable.b.host):
                _, far = cable.seen_from(host)
                if found := self.gateways.pair_of(far.host):
                    return found
        return None

    def home(self, host: str) -> str:
        """Give the ring of a cabinet, or the id of the site's switch that it hangs off."""
        found = self.shape.home(host)
        return self.indoors.get(found, found)

    def switch(self, host: str) -> str:
        """Give the id of any switch that is placed."""
        return self.cabinets[host].switch if host in self.cabinets else self.indoors[host]

    def ports(self, host: str) -> list[Interface]:
        """Give the sockets of a device in order, without the one for management alone."""
        apart = self.models[host].model.out_of_band
        found = (port for port in self.devices[host].ports if port.name != apart)
        return sorted(found, key=lambda port: port_order(port.name))

    def ends(self) -> set[tuple[str, str]]:
        """Give every port that a cable between switches goes into, as host and port."""
        return {(end.host, end.port) for cable in self.cables for end in (cable.a, cable.b)}


def survey(
    devices: Iterable[Device], recogniser: Recogniser, models: Mapping[str, SwitchModel]
) -> Survey:
    """Put devices together."""
    found, twice = _by_host(devices)
    cabled = cabling(found)
    routed = gateways(found, cabled.cables)
    communes = {
        host: town
        for host, device in sorted(found.items())
        if host not in routed.routed
        and (town := recogniser.commune_of(device, _vlan_names(device)))
    }
    beside = frozenset(_beside_gateways(found, cabled.cables, routed, communes))
    shaped = shape(found, cabled.cables, routed, beside)
    cabinets = _cabinets(communes, shaped, routed.routed | beside)
    taken = {cabinet.switch for cabinet in cabinets.values()}
    indoors = {host: unique(slug(host, "switch"), taken) for host in sorted(routed.routed | beside)}
    recognised = dict(_models(found, routed, models))
    findings = (
        *twice,
        *_addresses(found),
        *cabled.findings,
        *routed.findings,
        *shaped.findings,
        *_not_placed(found, cabled.cables, communes, {*cabinets, *indoors}, shaped),
        *_about_models(found, recognised, {*cabinets, *indoors}),
    )
    towns = _towns(communes[host] for host in cabinets)
    return Survey(
        found, cabled.cables, routed, shaped, cabinets, towns, indoors, recognised, findings
    )


def _by_host(devices: Iterable[Device]) -> tuple[dict[str, Device], list[Finding]]:
    """Give devices by the key of their host name; the first of two files counts."""
    found: dict[str, Device] = {}
    twice = []
    for device in devices:
        first = found.setdefault(host_key(device.hostname), device)
        if first is not device:
            twice.append(
                finding(
                    TWICE,
                    f"{device.hostname} is in {first.file} already",
                    "keep the newer one of the two files",
                    device.place(device.hostname_line),
                    device.hostname,
                    device.text(device.hostname_line),
                )
            )
    return found, twice


def _addresses(devices: Mapping[str, Device]) -> Iterator[Finding]:
    """Tell of an address that two interfaces have."""
    first: dict[tuple[str, object], tuple[Device, Interface]] = {}
    for device in devices.values():
        for each in device.interfaces.values():
            if each.address is None or each.shutdown:
                continue
            other, theirs = first.setdefault((each.vrf, each.address.ip), (device, each))
            if theirs is not each:
                yield finding(
                    CONTRADICTION,
                    f"{each.address.ip} is on {device.hostname} {each.name} and on"
                    f" {other.hostname} {theirs.name}",
                    "one of the two configurations is out of date, or both are in trouble",
                    device.place(each.address_line),
                    device.hostname,
                    device.text(each.address_line),
                )


def _vlan_names(device: Device) -> list[str]:
    """Give the names of the VLANs that a switch's own devices are in, and of its management."""
    own = {port.access_vlan for port in device.ports if not port.shutdown and port.access_vlan}
    names = [svi.description for svi in device.svis]
    managed = {svi.vlan for svi in device.svis}
    return names + [device.vlan_name(vlan) for vlan in own | managed]


def _beside_gateways(
    devices: Mapping[str, Device],
    cables: Iterable[Cable],
    routed: Gateways,
    communes: Mapping[str, Town],
) -> Iterator[str]:
    """Find switches of the gateways' rooms: cabled to them, and nothing names a commune."""
    for cable in cables:
        for near, far in ((cable.a, cable.b), (cable.b, cable.a)):
            known = near.host in devices and near.host not in communes
            if known and near.host not in routed.routed and far.host in routed.routed:
                yield near.host


def _cabinets(
    communes: Mapping[str, Town], shaped: Shape, inside: frozenset[str]
) -> dict[str, Cabinet]:
    """Give a cabinet to every switch whose commune is known, and whose way in is placed too."""
    on_rings = {host for ring in shaped.rings for host in ring.members}
    placed = {host for host in communes if host in on_rings}
    while fresh := {
        host
        for host in communes.keys() - placed
        if host in shaped.spurs and shaped.spurs[host].parent in placed | inside
    }:
        placed |= fresh
    taken: dict[str, set[str]] = {}
    found = {}
    for host, town in communes.items():
        if host in placed:
            words = slug(host.replace(town.insee.lower(), " "), "armoire")
            key = unique(words, taken.setdefault(town.insee, set()))
            found[host] = Cabinet(host, town.insee, key)
    return found


def _models(
    devices: Mapping[str, Device], routed: Gateways, models: Mapping[str, SwitchModel]
) -> Iterator[tuple[str, Recognised]]:
    """Recognise every device; equal unknown ones share one drafted model."""
    own: dict[SwitchModel, str] = {}
    taken = set(models)
    for host, device in sorted(devices.items()):
        known = recognise(device, models)
        if known is None:
            model = drafted(device)
            if model not in own:
                own[model] = unique(slug(model.title), taken)
            known = Recognised(own[model], model, drafted=True)
        yield host, known
        pair = routed.pair_of(host)
        for other in pair.hosts if pair else ():
            if other not in devices:
                yield other, known
    for pair in routed.pairs:
        if not any(host in devices for host in pair.hosts):
            yield from ((host, any_gateway(models)) for host in pair.hosts)


def _towns(towns: Iterable[Town]) -> dict[str, Town]:
    found: dict[str, Town] = {}
    for town in sorted(towns, key=lambda town: (town.insee, not town.name, town.name)):
        found.setdefault(town.insee, town)
    return found


def _not_placed(
    devices: Mapping[str, Device],
    cables: Iterable[Cable],
    communes: Mapping[str, Town],
    placed: set[str],
    shaped: Shape,
) -> Iterator[Finding]:
    told = {finding.subject for finding in shaped.findings if finding.code == DEVICE_NOT_PLACED}
    for host, device in sorted(devices.items()):
        if host not in placed and device.hostname not in told:
            what = f"nothing says in which commune {device.hostname} stands"
            how = "name it in a table: `--communes` with the columns pattern;insee;commune"
            if host in communes:
                what = (
                    f"{device.hostname} hangs off {shaped.spurs[host].parent}, which has no place"
                )
                how = "place that one first"
            yield finding(
                DEVICE_NOT_PLACED,
                what,
                how,
                device.place(device.hostname_line),
                device.hostname,
                device.text(device.hostname_line),
            )
    ends = chain.from_iterable((cable.a, cable.b) for cable in cables)
    for host in sorted({end.host for end in ends} - devices.keys()):
        by = next(c for c in cables if host in (c.a.host, c.b.host)).seen_from(host)[1]
        port = devices[by.host].interfaces.get(by.port)
        line = port.line if port else 0
        yield finding(
            DEVICE_NOT_PLACED,
            f"{by.host} has {host} for a neighbour, and there is no configuration of it",
            "add its running configuration to the folder",
            devices[by.host].place(line),
            host,
            devices[by.host].text(line),
        )


def _about_models(
    devices: Mapping[str, Device], recognised: Mapping[str, Recognised], placed: set[str]
) -> Iterator[Finding]:
    """Tell what was drafted or guessed, once a model."""
    by_model: dict[Recognised, list[str]] = {}
    for host, known in sorted(recognised.items()):
        if host in placed and host in devices and (known.drafted or known.others):
            by_model.setdefault(known, []).append(host)
    for known, hosts in by_model.items():
        device = devices[hosts[0]]
        several = f"{hosts[0]} and {len(hosts) - 1} more" if len(hosts) > 1 else hosts[0]
        if known.drafted:
            yield finding(
                TO_FILL_IN,
                f"no model of the catalogue has the ports of {several}: `{known.id}` was drafted"
                " from them, its limits and its power are estimates",
                "complete it in catalogue/switches.yaml",
                device.place(0),
                hosts[0],
            )
        else:
            others = ", ".join(f"`{other}`" for other in known.others)
            yield finding(
                GUESSED,
                f"{several}: taken for the model `{known.id}`; by the ports it may be {others}",
                "add `show version` to the files, or correct `switch` in the draft",
                device.place(0),
                hosts[0],
            )
