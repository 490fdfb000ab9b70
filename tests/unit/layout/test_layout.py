"""What a layout keeps whatever the estate: whose room, by which names, and who reaches it."""

from __future__ import annotations

import math
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import INSEE_CODES, Sketch
from tests.unit.layout.sketched import LEFT, blueprint_of, memberships

from maille.layout.build import layout_of
from maille.layout.caps import caps_of
from maille.layout.scale import Scale, parse_scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.layout.model import Layout, ServiceClient, Share

MIB, GIB = 2**20, 2**30
DAY_S = 86_400
SCALES = st.sampled_from(("1/2", "1/500", "1/20000", "1/1000000")).map(parse_scale)
slow = settings(deadline=None)


def communes(layout: Layout) -> dict[str, Share]:
    return {one.commune: one for one in layout.subvolumes.values() if one.commune}


def members(sketch: Sketch) -> set[str]:
    return {insee for insee, one in sketch.communes.items() if one["member"] not in (None, LEFT)}


@given(memberships())
@slow
def test_members_have_room_and_a_key_and_nobody_else_has(sketch: Sketch) -> None:
    layout = layout_of(blueprint_of(sketch))
    assert communes(layout).keys() == members(sketch)
    recorders = {one.commune for one in layout.clients.values() if one.service == "recorder"}
    assert recorders == members(sketch)
    others = [one.service for one in layout.clients.values() if one.service != "recorder"]
    assert others == ["exporter", "verifier", "expirer"]


@given(memberships())
@slow
def test_a_quota_holds_what_the_cameras_of_its_commune_write(sketch: Sketch) -> None:
    """Rate x (days + segment + expiry period) x (1 + margin), and a gibibyte at the least."""
    blueprint = blueprint_of(sketch)
    layout = layout_of(blueprint)
    retention = blueprint.estate.settings.retention
    minutes = retention.segment_minutes + retention.expiry_period_minutes
    kept_s = retention.days * DAY_S + minutes * 60
    for insee, share in communes(layout).items():
        mbps = sum(one.bitrate.mbps for one in blueprint.cameras.values() if one.commune == insee)
        assert math.isclose(share.mbps, mbps, abs_tol=1e-9)
        need = mbps * 1e6 / 8 * kept_s * (1 + retention.margin)
        assert math.isclose(share.quota_bytes, max(GIB, need), rel_tol=1e-6)
    assert layout.quota_bytes == sum(one.quota_bytes for one in layout.subvolumes.values())
    assert layout.raw_needed_bytes > layout.quota_bytes * 6 / 4


@given(memberships(), SCALES)
@slow
def test_a_scale_reduces_every_byte_and_rate_and_renames_nothing(
    sketch: Sketch, scale: Scale
) -> None:
    blueprint = blueprint_of(sketch)
    real, small = layout_of(blueprint), layout_of(blueprint, scale)
    least = 4 * blueprint.estate.settings.storage.object_size_mib * MIB
    assert small.subvolumes.keys() == real.subvolumes.keys()
    for name, share in small.subvolumes.items():
        wanted = round(real.subvolumes[name].quota_bytes * scale.share)
        assert share.quota_bytes == max(least, wanted)
        assert math.isclose(share.mbps, real.subvolumes[name].mbps * scale.share)
    assert math.isclose(small.write_mb_s, real.write_mb_s * scale.share)
    assert small.clients == real.clients
    assert (small.scale, real.scale) == (str(scale), "1")


@given(memberships(), st.sampled_from(INSEE_CODES), st.data())
@slow
def test_a_commune_that_comes_or_goes_changes_nothing_of_the_others(
    sketch: Sketch, newcomer: str, data: st.DataObject
) -> None:
    before = blueprint_of(sketch)
    first = layout_of(before)
    later = sketch.copy()
    if newcomer not in later.communes:
        later.commune(newcomer)
        later.cabinet(newcomer, "mairie", cameras=2)
    gone = data.draw(st.sampled_from([None, *sorted(members(sketch))]))
    if gone:
        later.communes[gone]["member"] = None
    second = layout_of(blueprint_of(later, before.lock))
    for insee in members(sketch) & members(later):
        assert communes(second)[insee] == communes(first)[insee]
    kept = {one.entity: one for one in first.clients.values() if one.commune != gone}
    assert kept.items() <= second.clients.items()
    assert second.data_pool.name == first.data_pool.name
    assert second.groups == first.groups


@given(memberships())
@slow
def test_the_order_of_the_files_changes_nothing(sketch: Sketch) -> None:
    assert layout_of(blueprint_of(sketch.reordered())) == layout_of(blueprint_of(sketch))


@given(memberships())
@slow
def test_names_are_unique_on_a_cluster_that_estates_share(sketch: Sketch) -> None:
    """The one's name begins as the other's; both have the same communes."""
    one, other = two_estates(sketch)
    for called in (
        lambda layout: layout.subvolumes,
        lambda layout: layout.clients,
        lambda layout: {share.namespace for share in layout.subvolumes.values()},
        lambda layout: {group.name for group in layout.groups},
        lambda layout: {layout.data_pool.name, layout.profile.name},
    ):
        assert not set(called(one)) & set(called(other))
    assert one.filesystem == other.filesystem


@given(memberships())
@slow
def test_no_key_reaches_what_is_not_its_own(sketch: Sketch) -> None:
    layouts = two_estates(sketch)
    for layout in layouts:
        for client in layout.clients.values():
            for target in layouts:
                for share in target.subvolumes.values():
                    found = reached(client, layout, share, target)
                    assert found == own_rights(client, layout, share, target)


def two_estates(sketch: Sketch) -> tuple[Layout, Layout]:
    other = sketch.copy()
    other.settings["estate"] = f"{sketch.settings['estate']}-sud"
    return layout_of(blueprint_of(sketch)), layout_of(blueprint_of(other))


def own_rights(
    client: ServiceClient, layout: Layout, share: Share, target: Layout
) -> tuple[str, str]:
    """Give what a client may do with the names and with the contents of a share, by its service."""
    if layout is not target:
        return "", ""
    if share.commune is None:
        return {"exporter": ("rw", "rw"), "verifier": ("r", "r")}.get(client.service, ("", ""))
    if client.service == "recorder":
        return ("rw", "rw") if client.commune == share.commune else ("", "")
    return {"exporter": ("r", "r"), "verifier": ("r", "r"), "expirer": ("rw", "")}[client.service]


def reached(client: ServiceClient, layout: Layout, share: Share, target: Layout) -> tuple[str, str]:
    """Read the same out of its capabilities, as Ceph does: path, namespace and a pool's tag."""
    caps = caps_of(client, layout, {name: path(layout, name) for name in layout.subvolumes})
    names, contents = "", ""
    for rights, limits in clauses(caps["mds"]):
        assert limits["fsname"] == layout.filesystem.name
        if f"{path(target, share.name)}/".startswith(f"{limits['path']}/"):
            names = max(names, rights)
    for rights, limits in clauses(caps.get("osd", "")):
        tagged = {value for key, value in limits.items() if key not in ("namespace", "pool")}
        assert tagged == {layout.estate}
        if target.data_pool.tag in tagged and fnmatchcase(share.namespace, limits["namespace"]):
            contents = max(contents, rights)
    assert caps["mon"].startswith("allow r ")
    return names, contents


def path(layout: Layout, name: str) -> str:
    return f"/volumes/{layout.subvolumes[name].group}/{name}/2c0e9b4e"


def clauses(caps: str) -> Iterator[tuple[str, dict[str, str]]]:
    for clause in filter(None, caps.split(", ")):
        allow, rights, *limits = clause.split()
        assert allow == "allow"
        yield rights, dict(word.split("=", 1) for word in limits if "=" in word)
