"""The recordings as a drawing: from recorders and services down to the hosts' disks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from maille.documents.drawings.dot import (
    ACCENT,
    CAMERA_PANEL,
    PANEL,
    PAPER,
    PPMS_PANEL,
    SOFT,
    attributes,
    bold,
    cell,
    graph,
    quoted,
    row,
    small,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Blueprint
    from maille.ceph.model import Pool, SubvolumeGroup
    from maille.layout.model import Layout
    from maille.tongue import Tongue

_MIB: Final = 2**20
_HOSTS_A_ROW: Final = 8
_FILESYSTEM, _HOSTS = "file system", "hosts"


def storage_graph(blueprint: Blueprint, layout: Layout, tongue: Tongue) -> str:
    """Draw who writes where, and on what that lies."""
    return graph(_lines(blueprint, layout, tongue), nodesep=0.25, ranksep=0.45, pad=0.1)


def _lines(blueprint: Blueprint, layout: Layout, tongue: Tongue) -> Iterator[str]:
    yield from _recorders(layout, tongue)
    yield from _services(layout)
    for group in layout.groups:
        yield _group(layout, group, tongue)
        yield _edge(f"group {group.name}", _FILESYSTEM)
    yield _node(
        _FILESYSTEM,
        row(cell(bold(layout.filesystem.name))),
        row(cell(small(tongue.gettext("CephFS file system")))),
    )
    for pool in layout.pools:
        yield _pool(pool, tongue)
        yield _edge(_FILESYSTEM, f"pool {pool.name}")
        yield _edge(f"pool {pool.name}", _HOSTS)
    yield _hosts(blueprint, layout, tongue)


def _recorders(layout: Layout, tongue: Tongue) -> Iterator[str]:
    shares = Counter(one.recorder for one in layout.subvolumes.values() if one.recorder)
    for recorder, count in sorted(shares.items()):
        told = tongue.ngettext("{count} key, a share each", "{count} keys, a share each", count)
        yield _node(
            f"recorder {recorder}",
            row(cell(bold(recorder))),
            row(cell(small(told.format(count=tongue.number(count))))),
            colour=ACCENT,
            background=PANEL,
        )
        yield _edge(f"recorder {recorder}", f"group {layout.recordings.name}", "rw")


def _services(layout: Layout) -> Iterator[str]:
    for client in layout.clients.values():
        if client.commune is None:
            name = f"service {client.service}"
            yield _node(name, row(cell(bold(client.service))))
            for grant in client.grants:
                yield _edge(name, f"group {grant.group}", grant.rights)


def _group(layout: Layout, group: SubvolumeGroup, tongue: Tongue) -> str:
    shares = [one for one in layout.subvolumes.values() if one.group == group.name]
    count = len(shares)
    told = tongue.ngettext("{count} share", "{count} shares", count).format(
        count=tongue.number(count)
    )
    quotas = tongue.gettext("{size} of quotas").format(
        size=tongue.terabytes(sum(one.quota_bytes for one in shares), 1)
    )
    objects = tongue.gettext("objects of {count} MiB").format(
        count=tongue.number(group.object_size_bytes / _MIB)
    )
    return _node(
        f"group {group.name}",
        row(cell(bold(group.name))),
        row(cell(small(f"{told} · {quotas}"))),
        row(cell(small(objects))),
        background=CAMERA_PANEL,
    )


def _pool(pool: Pool, tongue: Tongue) -> str:
    if pool.profile is None:
        kept = tongue.gettext("{count} copies").format(count=pool.size)
    else:
        kept = tongue.gettext("{data} + {coding} chunks, one a host").format(
            data=pool.min_size - 1, coding=pool.size - pool.min_size + 1
        )
    groups = tongue.gettext("{count} placement groups").format(count=tongue.number(pool.pg_num))
    return _node(
        f"pool {pool.name}",
        row(cell(bold(pool.name))),
        row(cell(small(kept))),
        row(cell(small(groups))),
    )


def _hosts(blueprint: Blueprint, layout: Layout, tongue: Tongue) -> str:
    """Draw one cell a host, and on them the chunks of one object."""
    shape, code = blueprint.storage.shape, layout.profile
    texts = (
        *((tongue.gettext("data"), CAMERA_PANEL) for _ in range(code.k)),
        *((tongue.gettext("coding"), PPMS_PANEL) for _ in range(code.m)),
    )
    free = (tongue.gettext("to heal on"), PAPER)
    cells = [
        cell(bold(str(number + 1)), small(told), background=panel)
        for number in range(shape.hosts)
        for told, panel in (texts[number] if number < len(texts) else free,)
    ]
    told = tongue.gettext("{hosts} hosts of {disks} disks of {size}, and one object on them")
    disks = told.format(
        hosts=shape.hosts, disks=shape.osds_per_host, size=tongue.terabytes(shape.osd_bytes, 0)
    )
    span = min(len(cells), _HOSTS_A_ROW)
    return _node(
        _HOSTS,
        row(f'<TD COLSPAN="{span}">{small(disks)}</TD>'),
        *(row(*cells[at : at + _HOSTS_A_ROW]) for at in range(0, len(cells), _HOSTS_A_ROW)),
        colour=ACCENT,
    )


def _node(name: str, *rows: str, colour: str = SOFT, background: str = PAPER) -> str:
    label = table(*rows, colour=colour, background=background)
    return f"{quoted(name)} {attributes(label=label, tooltip=name)}"


def _edge(above: str, below: str, label: str | None = None) -> str:
    return f"{quoted(above)} -> {quoted(below)} {attributes(label=label, color=SOFT)}"
