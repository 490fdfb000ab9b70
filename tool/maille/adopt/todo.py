"""What is left to fill in, and what was taken in its place: the end of an adoption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.adopt.codes import NUMBER_NOT_KEPT, TO_FILL_IN, finding
from maille.adopt.drafting.network import uplinks_elsewhere
from maille.allocation.lock import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.adopt.drafting.plan import Plan
    from maille.allocation.lock import Lock
    from maille.errors import Finding


def new_addresses(lock: Lock) -> Iterator[Finding]:
    """Tell of new addresses in segments that run: a host that no switch knows may have them."""
    count = sum(
        entry.state is State.PLANNED and file.segments[entry.segment].state is State.DEPLOYED
        for file in lock.communes.values()
        for entry in (*file.cameras.values(), *file.points.values())
        if entry.segment in file.segments
    )
    if count:
        yield finding(
            TO_FILL_IN,
            f"devices without a known address that got a new one in a segment that runs: {count}",
            "pin the address that the device has, or ping the new one before it is used",
        )


def to_fill_in(plan: Plan) -> Iterator[Finding]:
    """Give everything that no configuration knows, each kind once."""
    attached = list(plan.uses.all)
    cameras = sum(each.kind == "cameras" for each in attached)
    closed = sum(each.kind == "cameras" and not each.mac for each in attached)
    nomads = sum(bool(each.nomad) for each in attached)
    cabinets = len(plan.survey.cabinets)
    spurs = plan.survey.shape.spurs.keys() & plan.survey.cabinets.keys()
    lengths = len(plan.survey.rings), len(spurs), len(plan.joints.joints)
    counted = (
        (cameras, "cameras with a placeholder for a model and a guessed view", "communes/"),
        (closed, "cameras without a MAC address, whose ports stay shut", "communes/"),
        (nomads, "nomad cameras with a placeholder for a model", "nomads.yaml"),
        (cabinets, "cabinets without position, supply and date of service", "communes/"),
        (len(plan.uses.ppms), "PPMS sites without kind and pupils", "communes/"),
        (len(plan.survey.towns), "communes without authorisation and convention", "communes/"),
        (lengths[0], "rings without the kilometres between their cabinets", "network/rings.yaml"),
        (lengths[1], "spurs without length and medium", "communes/"),
        (lengths[2], "links without length and transceivers", "network/links.yaml"),
    )
    for count, what, where in counted:
        if count:
            yield finding(TO_FILL_IN, f"{what}: {count}", f"look through {where}")
    yield finding(
        TO_FILL_IN,
        "profiles, retention and storage are those of a new estate",
        "look through estate.yaml",
    )
    yield finding(
        TO_FILL_IN,
        "the centre has no rooms, teams and hours of its own",
        "look through centre.yaml, and write a convention with the State",
    )
    for insee, town in sorted(plan.survey.towns.items()):
        if not town.name:
            yield finding(
                TO_FILL_IN,
                f"no text names commune {insee}",
                "write its name, or give it by `--communes`",
                subject=insee,
            )


def not_kept(plan: Plan) -> Iterator[Finding]:
    """Tell what conventions of maille change: uplinks of rings, names of gateways."""
    for host, port, wanted in uplinks_elsewhere(plan):
        device = plan.survey.devices[host]
        line = device.interfaces[port].line if port in device.interfaces else 0
        uplinks = plan.survey.models[host].model.uplink_ports
        meant = uplinks[wanted - 1][0] if wanted <= len(uplinks) else f"its uplink {wanted}"
        yield finding(
            NUMBER_NOT_KEPT,
            f"{host} has its way in on {port}, and the draft has it on {meant}",
            "uplink 1 leads towards the primary or the parent, uplink 2 to the secondary",
            device.place(line),
            host,
            device.text(line),
        )
    for host, switch in plan.survey.indoors.items():
        gateway = plan.survey.devices.get(host)
        if gateway and host in plan.survey.gateways.routed and gateway.hostname != switch:
            yield finding(
                NUMBER_NOT_KEPT,
                f"{gateway.hostname} will be called {switch}: a gateway's name is its id",
                "ids are of lower-case letters, digits and hyphens",
                gateway.place(gateway.hostname_line),
                switch,
                gateway.text(gateway.hostname_line),
            )
