"""Make an estate of any size out of any communes, for tests and benchmarks of scale.

All of it is drawn from the table of communes, a rule for the number of cameras and a seed; the
same input gives the same bytes. What comes out passes the check: every camera is fed and
reached, rings close, the centre is large enough.
"""

from __future__ import annotations

from math import ceil
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any
from zlib import crc32

from inventory.generate import drafts
from inventory.generate import scale_network as network
from inventory.generate.geography import fibre_km
from inventory.generate.naming import slug
from inventory.generate.scale_plan import Group, Seat, groups, load_mbps
from inventory.generate.writing import Flow, document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from inventory.generate.communes import CommuneRow

TEMPLATES = Path(__file__).parent / "scale_files"
HEADER = "Drawn by inventory/generate/scale.py for tests of scale: nothing here is real."

SERVER, SERVER_TB, RAW_PER_NEED = "ceph-hdd-24", 384, 3.0
"""Raw capacity for a byte that is kept: coding, margin and healing together, rounded up."""
TB_PER_MBPS = 0.0108 * 15
SMALLEST_CLUSTER = 7
RECORDER_MBPS = 3000
"""What a recorder writes at least."""
LINE_MBPS, FAST_LINE_MBPS, FULL = 100, 1000, 0.6
RUNNING_PERCENT = 60
"""Part of the communes whose cameras are in service."""
FIRST_DAY = "2026-03-02"


def generate(
    communes: Sequence[CommuneRow],
    cameras_per_commune: Callable[[CommuneRow], int],
    out: Path,
    seed: int,
) -> None:
    """Write an estate into a folder; the catalogue is expected beside it.

    Args:
        communes: at least one of them with cameras; all with coordinates.
        cameras_per_commune: how many cameras a commune has, 0 for none.
        out: the estate's folder; its name is the estate's id.
        seed: decides which communes run already.
    """
    for path, text in files(communes, cameras_per_commune, out.name, seed):
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def files(
    communes: Sequence[CommuneRow],
    cameras_per_commune: Callable[[CommuneRow], int],
    estate: str,
    seed: int,
) -> Iterator[tuple[str, str]]:
    """Give path and text of every file; raises ValueError if no commune has a camera."""
    planned = groups(communes, cameras_per_commune)
    if not planned:
        raise ValueError("no commune has a camera")
    laid = network.routes(planned)
    yield from _fixed(planned, estate)
    yield "network/sites.yaml", document(HEADER, network.sites(planned))
    yield "network/cables.yaml", document(HEADER, network.cables(planned, laid))
    yield "network/rings.yaml", document(HEADER, network.rings(planned, laid))
    yield "network/links.yaml", document(HEADER, network.links(planned))
    yield "conventions/membres.yaml", document(HEADER, _conventions(communes))
    at_km = {
        seat: (ring, km)
        for group in planned
        for ring, seats in group.rings.items()
        for seat, km in zip(seats, laid[ring].at_km, strict=True)
    }
    spurs = {
        seat: spur
        for group in planned
        for seat, spur in _spurs(group, network.room_switch(group, planned)).items()
    }
    parents = {parent for group in planned for parent in group.spurs.values() if parent}
    yield from _communes(communes, at_km, spurs, parents, seed)


def _fixed(planned: Sequence[Group], estate: str) -> Iterator[tuple[str, str]]:
    loads_mbps = _by_commune(planned)
    mbps = sum(loads_mbps.values())
    hosts = max(SMALLEST_CLUSTER, ceil(mbps * TB_PER_MBPS * RAW_PER_NEED / SERVER_TB))
    recorders = [f"enregistreur-{n}" for n in range(1, ceil(mbps / RECORDER_MBPS) + 2)]
    # A commune has one recorder, the least loaded one: it has to bear the largest on top.
    full_mbps = ceil(mbps / len(recorders) + max(loads_mbps.values()))
    machine = Flow(title="Recorder", role="recorder", segment="enregistreurs", model="recorder")
    values = {
        "estate": estate,
        "title": f"Centre de supervision, {estate}",
        "server": SERVER,
        "hosts": str(hosts),
        "recorder_hosts": _lines(
            {key: Flow(machine | {"attached_to": list(network.CORES)}) for key in recorders}
        ),
        "recorders": _lines(
            {
                key: Flow(
                    host=key,
                    access="cephfs",
                    retention_owner="maille",
                    capacity_mbps=max(RECORDER_MBPS, full_mbps),
                )
                for key in recorders
            }
        ),
    }
    for template in sorted(TEMPLATES.glob("*.in")):
        folder = "conventions/" if template.name.startswith("etat") else ""
        text = Template(template.read_text(encoding="utf-8")).substitute(values)
        yield f"{folder}{template.stem}", text


def _lines(entries: dict[str, Flow]) -> str:
    return "\n".join(f"  {line}" for line in document("", entries).strip("\n").splitlines())


def _by_commune(planned: Sequence[Group]) -> dict[str, float]:
    found: dict[str, float] = {}
    for group in planned:
        for seat in _seats(group):
            found[seat.insee] = found.get(seat.insee, 0) + load_mbps(seat)
    return found


def _seats(group: Group) -> Iterator[Seat]:
    for ring in group.rings.values():
        yield from ring
    yield from group.spurs


def _spurs(group: Group, room: str) -> dict[Seat, dict[str, Any]]:
    """Give the fields of the cabinets on leased lines; a line carries what hangs behind it."""
    behind = {seat: load_mbps(seat) for seat in group.spurs}
    for seat in reversed(group.spurs):
        parent = group.spurs[seat]
        if parent in behind:
            behind[parent] += behind[seat]
    return {
        seat: {
            "parent": parent.switch if parent else room,
            "medium": "leased",
            "capacity_mbps": LINE_MBPS if behind[seat] <= LINE_MBPS * FULL else FAST_LINE_MBPS,
            "strand": Flow(length_km=fibre_km(parent.at if parent else group.rooms[0], seat.at)),
        }
        for seat, parent in group.spurs.items()
    }


def _communes(
    communes: Sequence[CommuneRow],
    at_km: dict[Seat, tuple[str, float]],
    spurs: dict[Seat, dict[str, Any]],
    parents: set[Seat],
    seed: int,
) -> Iterator[tuple[str, str]]:
    of_commune: dict[str, list[Seat]] = {}
    for seat in (*at_km, *spurs):
        of_commune.setdefault(seat.insee, []).append(seat)
    numbers: dict[str, int] = {}
    for row in communes:
        runs = crc32(row.insee.encode(), seed) % 100 < RUNNING_PERCENT
        seats = of_commune.get(row.insee, [])
        cabinets = tuple(
            drafts.Cabinet(
                spot=seat.spot,
                at=seat.at,
                kinds=list(seat.kinds),
                supply=network.supply(seat),
                way=_way(seat, at_km, spurs),
                in_service=FIRST_DAY if runs else None,
                parent=seat in parents,
            )
            for seat in seats
        )
        draft = drafts.Commune(row, _head(row, runs=runs), cabinets)
        fields = drafts.commune_fields(
            draft, lambda camera: numbers.setdefault(camera, len(numbers))
        )
        yield f"communes/{row.insee}-{slug(row.name)}.yaml", document(HEADER, fields)


def _way(
    seat: Seat, at_km: dict[Seat, tuple[str, float]], spurs: dict[Seat, dict[str, Any]]
) -> dict[str, Any]:
    if seat in spurs:
        return {"spur": spurs[seat]}
    ring, km = at_km[seat]
    return {"ring": ring, "at_km": km}


def _head(row: CommuneRow, *, runs: bool) -> dict[str, Any]:
    return {
        "wave": "premiere" if runs else "seconde",
        "member": Flow(since="2025-02-03", convention=f"adhesion-{row.insee.lower()}"),
        "authorisation": Flow(
            number=f"{row.insee}-2025",
            granted="2025-10-06",
            expires="2030-10-05",
            retention_max_days=30,
        ),
        "contract": "maintenance",
        "call": ["astreinte"],
    }


def _conventions(communes: Sequence[CommuneRow]) -> dict[str, Any]:
    found = {
        f"adhesion-{row.insee.lower()}": Flow(
            title=f"Convention d'adhésion, {row.name}",
            kind="member",
            parties=["EPCI", row.name],
            legal_basis="CSI L132-14",
            signed="2025-01-06",
            communes=[row.insee],
        )
        for row in communes
    }
    return {"conventions": found}
