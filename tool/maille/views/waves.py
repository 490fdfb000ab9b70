"""Progress of the roll-out: rows for `maille wave status`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from maille.blueprint.model import Blueprint, Camera

BAR_WIDTH = 16


@dataclass(frozen=True, slots=True)
class WaveRow:
    """A wave: how many of its cameras are connected, enrolled, planned."""

    wave: str
    title: str
    due: date | None
    state: str
    prefect_informed: date | None
    communes: int
    cameras: int
    enrolled: int
    """Cameras whose MAC address is known: their ports are open."""
    connected: int
    overdue: bool

    def document(self) -> dict[str, Any]:
        """Give the row as `--json` prints it."""
        return asdict(self)


def wave_rows(blueprint: Blueprint) -> tuple[WaveRow, ...]:
    """Give every wave by its due date, then the cameras of none, if there are any."""
    of_wave: dict[str | None, list[Camera]] = {}
    for camera in blueprint.cameras.values():
        if not camera.nomad:
            of_wave.setdefault(camera.wave, []).append(camera)
    waves = sorted(blueprint.estate.waves.items(), key=lambda item: (item[1].due, item[0]))
    rows = []
    for key, wave in waves:
        running = wave.state in {"in-service", "accepted"}
        rows.append(
            _row(
                of_wave.get(key, []),
                key,
                wave.title,
                due=wave.due,
                state=wave.state,
                informed=wave.prefect_informed,
                overdue=wave.due < blueprint.as_of and not running,
            )
        )
    if None in of_wave:
        rows.append(_row(of_wave[None], "-", "in no wave"))
    return tuple(rows)


def _row(
    cameras: list[Camera],
    key: str,
    title: str,
    *,
    due: date | None = None,
    state: str = "",
    informed: date | None = None,
    overdue: bool = False,
) -> WaveRow:
    return WaveRow(
        wave=key,
        title=title,
        due=due,
        state=state,
        prefect_informed=informed,
        communes=len({camera.commune for camera in cameras}),
        cameras=len(cameras),
        enrolled=sum(camera.mac is not None for camera in cameras),
        connected=sum(camera.connected for camera in cameras),
        overdue=overdue,
    )


def wave_text(rows: Iterable[WaveRow]) -> str:
    """Write the progress for people, a line a wave and one for all."""
    rows = tuple(rows)
    width = max((len(row.wave) for row in rows), default=4)
    lines = [_line(row, width) for row in rows]
    connected, cameras = sum(r.connected for r in rows), sum(r.cameras for r in rows)
    lines.append(f"{'all':<{width}}  {_bar(connected, cameras)} {connected}/{cameras} connected")
    return "\n".join(lines)


def _line(row: WaveRow, width: int) -> str:
    due = f", due {row.due}" if row.due else ""
    late = " OVERDUE" if row.overdue else ""
    count = f"{row.connected}/{row.cameras}"
    communes = "1 commune" if row.communes == 1 else f"{row.communes} communes"
    return (
        f"{row.wave:<{width}}  {_bar(row.connected, row.cameras)} {count:>7}"
        f"  {row.enrolled} enrolled, {communes}, {row.state or row.title}{due}{late}"
    )


def _bar(part: int, whole: int) -> str:
    filled = round(BAR_WIDTH * part / whole) if whole else 0
    return "█" * filled + "░" * (BAR_WIDTH - filled)
