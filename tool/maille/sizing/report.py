"""A sizing as `maille storage size` tells it: a table for people, a document for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.console import Group
from rich.table import Table
from rich.text import Text

from maille.blueprint.storage import TB, TIB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from rich.console import RenderableType

    from maille.sizing.forecast import Forecast
    from maille.sizing.sizing import CommuneSize, Sizing
    from maille.sizing.supposition import Supposition


class Report(NamedTuple):
    """What there is to tell: the inventory, and what is supposed beside it."""

    estate: str
    as_of: date
    inventory: Sizing
    forecast: Forecast
    supposition: Supposition
    supposed: Sizing | None = None
    supposed_forecast: Forecast | None = None


def _short(value: float) -> str:
    """Write a number with a decimal if it has one."""
    return f"{value:,.1f}".removesuffix(".0")


_LINES: tuple[tuple[str, Callable[[Sizing], str]], ...] = (
    ("cameras", lambda it: f"{it.cameras:g}"),
    ("of them measured", lambda it: f"{it.measured:g}"),
    ("kept", lambda it: ", ".join(f"{days} d" for days in it.days)),
    ("rate", lambda it: f"{_short(it.plan.mbps)} Mbit/s"),
    ("written a day", lambda it: f"{it.daily_bytes / TB:,.2f} TB"),
    ("need", lambda it: f"{it.plan.need_bytes / TB:,.2f} TB"),
    ("", lambda it: f"{it.plan.need_bytes / TIB:,.1f} TiB"),
    ("quotas, with margin", lambda it: f"{it.plan.quota_bytes / TB:,.2f} TB"),
    ("", lambda it: f"{it.plan.quota_bytes / TIB:,.1f} TiB"),
    ("set aside for holds", lambda it: f"{it.plan.hold_bytes / TB:,.2f} TB"),
    ("erasure code", lambda it: f"{it.plan.shape.k}+{it.plan.shape.m}"),
    ("hosts", lambda it: f"{it.plan.shape.hosts}{'' if it.hosts_given else ' (as needed)'}"),
    ("hosts needed", lambda it: f"{it.plan.hosts_needed}"),
    ("raw for the need alone", lambda it: f"{it.bare_raw_bytes / TB:,.1f} TB"),
    ("raw for quotas and holds", lambda it: f"{it.plan.raw_needed_bytes / TB:,.1f} TB"),
    ("raw there is", lambda it: f"{it.plan.raw_bytes / TB:,.1f} TB"),
    ("enough", lambda it: "yes" if it.enough else "NO"),
    ("placement groups", lambda it: f"{it.plan.placement_groups}"),
    ("writing to the disks", lambda it: f"{it.plan.write_mb_s:,.0f} MB/s"),
    ("what the disks write", lambda it: f"{it.plan.disks_mb_s:,.0f} MB/s"),
    ("healing a host, estimated", lambda it: f"{it.plan.heal_hours:,.1f} h"),
)


def as_table(report: Report) -> RenderableType:
    """Write a sizing for people: the estate, then its communes."""
    return Group(_estate(report), Text(), _communes(report), Text(), _outlook(report))


def _estate(report: Report) -> Table:
    table = _table(("", "left"), ("inventory", "right"))
    sizings = [report.inventory]
    if report.supposed:
        table.add_column("supposed", justify="right")
        sizings.append(report.supposed)
    for label, write in _LINES:
        table.add_row(label, *(write(sizing) for sizing in sizings))
    runs_out = (report.forecast, report.supposed_forecast)
    table.add_row("runs out", *(_day(one.runs_out) for one in runs_out if one))
    return table


def _communes(report: Report) -> Table:
    table = _table(
        ("insee", "left"),
        ("commune", "left"),
        ("cameras", "right"),
        ("Mbit/s", "right"),
        ("rates", "left"),
        ("days", "right"),
        ("need TB", "right"),
        ("need TiB", "right"),
        ("quota TB", "right"),
    )
    others = (
        {commune.insee: commune for commune in report.supposed.communes} if report.supposed else {}
    )
    if others:
        for title in ("supposed: cameras", "Mbit/s", "need TB", "quota TB"):
            table.add_column(title, justify="right")
    for commune in report.inventory.communes:
        row = [
            commune.insee,
            commune.name,
            f"{commune.cameras:g}",
            f"{commune.mbps:,.1f}",
            rates(commune),
            f"{commune.keeping.days:g}",
            f"{commune.need_bytes / TB:,.2f}",
            f"{commune.need_bytes / TIB:,.2f}",
            f"{commune.quota_bytes / TB:,.2f}",
        ]
        table.add_row(*row, *(_supposed(others[commune.insee]) if others else ()))
    return table


def _supposed(commune: CommuneSize) -> Iterator[str]:
    yield f"{commune.cameras:.4g}"
    yield f"{commune.mbps:,.1f}"
    yield f"{commune.need_bytes / TB:,.2f}"
    yield f"{commune.quota_bytes / TB:,.2f}"


def rates(commune: CommuneSize) -> str:
    """Say where a commune's rates come from."""
    if not commune.cameras or not commune.measured:
        return "estimated"
    if commune.measured == commune.cameras:
        return "measured"
    return f"{commune.measured:g} measured, {commune.cameras - commune.measured:g} estimated"


def _outlook(report: Report) -> Text:
    lines = list(_steps(report.forecast))
    if report.supposed_forecast:
        lines += ["", "supposed", *_steps(report.supposed_forecast)]
    return Text("\n".join(lines))


def _steps(forecast: Forecast) -> Iterator[str]:
    for step in forecast.steps:
        amount = f"{step.cameras:>6g} cameras  {step.promised_bytes / TB:>8,.1f} TB promised"
        yield f"{step.day}  {amount}  {step.title}".rstrip()
    yield (
        f"then {forecast.cameras_per_year:g} more a year,"
        f" {forecast.bytes_per_year / TB:,.1f} TB;"
        f" {forecast.usable_bytes / TB:,.1f} TB can be promised"
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else "not in sight"


def _table(*columns: tuple[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for title, side in columns:
        table.add_column(title, justify="left" if side == "left" else "right", no_wrap=True)
    return table


def as_document(report: Report) -> dict[str, Any]:
    """Give a sizing as `--json` prints it: sizes in bytes, rates in Mbit/s."""
    return {
        "estate": report.estate,
        "as_of": report.as_of,
        "supposition": asdict(report.supposition),
        "inventory": _document(report.inventory, report.forecast),
        "supposed": (
            _document(report.supposed, report.supposed_forecast)
            if report.supposed and report.supposed_forecast
            else None
        ),
    }


def _document(sizing: Sizing, forecast: Forecast) -> dict[str, Any]:
    plan = sizing.plan
    return {
        "cameras": sizing.cameras,
        "measured_cameras": sizing.measured,
        "retention_days": sizing.days,
        "mbps": plan.mbps,
        "daily_bytes": sizing.daily_bytes,
        "need_bytes": plan.need_bytes,
        "quota_bytes": plan.quota_bytes,
        "hold_bytes": plan.hold_bytes,
        "erasure_code": {"k": plan.shape.k, "m": plan.shape.m},
        "hosts": plan.shape.hosts,
        "hosts_needed": plan.hosts_needed,
        "raw_for_need_alone_bytes": sizing.bare_raw_bytes,
        "raw_needed_bytes": plan.raw_needed_bytes,
        "raw_bytes": plan.raw_bytes,
        "usable_bytes": plan.usable_bytes,
        "enough": sizing.enough,
        "placement_groups": plan.placement_groups,
        "write_mb_s": plan.write_mb_s,
        "disks_mb_s": plan.disks_mb_s,
        "heal_hours": plan.heal_hours,
        "runs_out": forecast.runs_out,
        "steps": [asdict(step) for step in forecast.steps],
        "growth_bytes_per_year": forecast.bytes_per_year,
        "communes": [
            {
                "insee": commune.insee,
                "commune": commune.name,
                "cameras": commune.cameras,
                "measured_cameras": commune.measured,
                "mbps": commune.mbps,
                "retention_days": commune.keeping.days,
                "need_bytes": commune.need_bytes,
                "quota_bytes": commune.quota_bytes,
            }
            for commune in sizing.communes
        ],
    }
