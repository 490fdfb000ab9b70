"""Tables of the recordings' storage: shares, keys, how a quota comes about, lost hosts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from maille.blueprint.storage import (
    NEARFULL_RATIO,
    SECONDS_PER_DAY,
    TB,
    bytes_for,
    keeping_for,
    quota_bytes,
)
from maille.documents.blocks import Code, Column, Link, Row, Table, Tag, rows
from maille.documents.naming import commune_page
from maille.layout.names import client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.documents.blocks import Cell
    from maille.documents.context import Context
    from maille.layout.model import Layout, ServiceClient, Share


def shares_table(context: Context, layout: Layout) -> Table:
    """List the shares of the communes, and the area of legal holds."""
    _ = context.tongue.gettext
    return Table(
        name=_("Shares of the communes"),
        columns=(
            Column(_("Commune")),
            Column(_("Days"), "number"),
            Column(_("Mbit/s"), "number", 1),
            Column(_("Need, TB"), "number", 2),
            Column(_("Quota, TB"), "number", 2),
            Column(_("Recorder"), "code"),
            Column(_("Subvolume"), "code"),
            Column(_("Key of the recorder"), "code"),
        ),
        rows=tuple(_share(context, share) for share in layout.subvolumes.values()),
        filtered=True,
    )


def _share(context: Context, share: Share) -> Row:
    quota = share.quota_bytes / TB
    if share.commune is None:
        title = context.tongue.gettext("legal holds")
        return Row((title, None, None, None, quota, None, Code(share.name), None), muted=True)
    days = context.blueprint.communes[share.commune].retention_days
    return Row(
        (
            Link(share.title, commune_page(share.commune)),
            days,
            share.mbps,
            bytes_for(share.mbps, days) / TB,
            quota,
            Code(share.recorder or ""),
            Code(share.name),
            Code(client(share.name, "recorder")),
        )
    )


def keys_table(context: Context, layout: Layout) -> Table:
    """List the kinds of keys, and what each may do in which group."""
    _ = context.tongue.gettext
    count = Counter(one.service for one in layout.clients.values())
    first = {one.service: one for one in reversed(layout.clients.values())}
    return Table(
        name=_("Keys"),
        columns=(
            Column(_("Service")),
            Column(_("Keys"), "number"),
            Column(_("Group"), "code"),
            Column(_("Folders and names")),
            Column(_("Images")),
        ),
        rows=rows(
            cells
            for service in sorted(first, key=lambda it: (-count[it], it))
            for cells in _grants(context, first[service], count[service])
        ),
    )


def _grants(context: Context, one: ServiceClient, count: int) -> Iterator[tuple[Cell, ...]]:
    _ = context.tongue.gettext
    services = {
        "recorder": _("recorder, of its own share alone"),
        "exporter": _("exports"),
        "verifier": _("proof of the retention"),
        "expirer": _("erasure"),
    }
    rights = {"r": _("read"), "rw": _("read and write"), None: _("none")}
    for grant in one.grants:
        data: Cell = rights[grant.data] if grant.data else Tag(rights[None], "good")
        yield services[one.service], count, Code(grant.group), rights[grant.rights], data


def formula_table(context: Context, layout: Layout) -> Table:
    """Compute the largest share and the whole cluster, step by step."""
    _ = context.tongue.gettext
    return Table(
        name=_("How the sizes come about"),
        columns=(
            Column(_("Step")),
            Column(_("Numbers"), "prose"),
            Column(_("TB"), "number", 2),
            Column(_("TiB"), "number", 2),
        ),
        rows=rows(
            (title, numbers, size_bytes / TB, size_bytes / 2**40)
            for title, numbers, size_bytes in (*_of_share(context, layout), *_of_all(context))
        ),
    )


def _of_share(context: Context, layout: Layout) -> Iterator[tuple[str, str, float]]:
    tongue, blueprint = context.tongue, context.blueprint
    _ = tongue.gettext
    communes = [one for one in layout.subvolumes.values() if one.commune]
    if not communes:
        return
    share = max(communes, key=lambda one: one.quota_bytes)
    entry = blueprint.communes[share.commune or ""].entry
    keeping = keeping_for(blueprint.estate.settings, entry)
    seconds = f"{tongue.number(share.mbps, 1)} Mbit/s × {tongue.number(SECONDS_PER_DAY)} s"
    yield (
        _("need of {commune}, the largest").format(commune=share.title),
        _("{rate} × {days} days ÷ 8").format(rate=seconds, days=tongue.short(keeping.days)),
        bytes_for(share.mbps, keeping.days),
    )
    yield (
        _("its quota"),
        _("{rate} × {days} days ÷ 8 × {margin}").format(
            rate=seconds,
            days=tongue.short(keeping.longest_days),
            margin=tongue.short(1 + keeping.margin),
        ),
        quota_bytes(share.mbps, keeping),
    )


def _of_all(context: Context) -> Iterator[tuple[str, str, float]]:
    tongue, plan = context.tongue, context.blueprint.storage
    _, shape = tongue.gettext, plan.shape
    both = plan.quota_bytes + plan.hold_bytes
    coding = f"{shape.k + shape.m}/{shape.k}"
    healing = f"{shape.hosts}/{shape.hosts - 1}"
    yield (
        _("all quotas and legal holds"),
        f"{tongue.terabytes(plan.quota_bytes, 2)} + {tongue.terabytes(plan.hold_bytes, 2)}",
        both,
    )
    yield (
        _("raw capacity behind them"),
        f"{tongue.terabytes(both, 2)} × {coding} ÷ {tongue.short(shape.fill_target)} × {healing}",
        plan.raw_needed_bytes,
    )
    yield (
        _("raw capacity there is"),
        _("{hosts} hosts × {disks} disks × {size}").format(
            hosts=shape.hosts,
            disks=shape.osds_per_host,
            size=tongue.terabytes(shape.osd_bytes, 0),
        ),
        plan.raw_bytes,
    )


def losses_table(context: Context) -> Table:
    """Tell how full the cluster is with every quota full, whole and without some hosts."""
    tongue, plan = context.tongue, context.blueprint.storage
    _, shape = tongue.gettext, plan.shape
    return Table(
        name=_("Hosts lost, every quota full"),
        columns=(
            Column(_("Hosts lost"), "number"),
            Column(_("Hosts left"), "number"),
            Column(_("Raw left, TB"), "number", 1),
            Column(_("Filled")),
            Column(_("Recording goes on")),
            Column(_("Heals")),
        ),
        rows=rows(_loss(context, lost) for lost in range(min(shape.m, shape.hosts - 1) + 1)),
    )


def _loss(context: Context, lost: int) -> tuple[Cell, ...]:
    tongue, plan = context.tongue, context.blueprint.storage
    _, shape = tongue.gettext, plan.shape
    left = shape.hosts - lost
    raw = left * shape.osds_per_host * shape.osd_bytes
    coded = (plan.quota_bytes + plan.hold_bytes) * (shape.k + shape.m) / shape.k
    filled = coded / raw
    heals = left >= shape.k + shape.m and filled <= NEARFULL_RATIO
    writes = lost < shape.m
    return (
        lost,
        left,
        raw / TB,
        Tag(tongue.percent(filled), "good" if filled <= NEARFULL_RATIO else "bad"),
        Tag(_("yes"), "good") if writes else Tag(_("until one is back"), "warn"),
        None if not lost else Tag(_("yes"), "good") if heals else Tag(_("no"), "warn"),
    )
