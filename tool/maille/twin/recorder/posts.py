"""Who records what: a recorder for each commune's folder, and its cameras with their rates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maille.ceph import clients, subvolumes
from maille.ceph.errors import CephError
from maille.errors import UsageError
from maille.inventory.suggest import nearest
from maille.layout import names

if TYPE_CHECKING:
    from collections.abc import Collection

    from maille.blueprint.model import Blueprint
    from maille.ceph.connection import Cluster
    from maille.layout.model import Layout, Share
    from maille.layout.scale import Scale


@dataclass(frozen=True, slots=True)
class Feed:
    """What a camera sends, in Mbit/s at the scale of the layout."""

    camera: str
    mbps: float


@dataclass(frozen=True, slots=True)
class Post:
    """A recorder's work: one commune's folder and the cameras that are kept there."""

    share: Share
    feeds: tuple[Feed, ...]

    @property
    def entity(self) -> str:
        """Give the client whose key it uses."""
        return names.client(self.share.name, "recorder")


@dataclass(frozen=True, slots=True)
class Manned:
    """A post with what its recorder was handed over: its folder and its key."""

    post: Post
    folder: str
    key: str = field(repr=False)


def posts_of(
    blueprint: Blueprint, layout: Layout, scale: Scale, communes: Collection[str] = ()
) -> tuple[Post, ...]:
    """Give the posts of an estate: its cameras in service, by the folder that they are kept in.

    Args:
        blueprint: the estate.
        layout: its folders.
        scale: by which the rates are reduced.
        communes: INSEE codes of those wanted; all by default.

    Raises:
        UsageError: one of them is no commune of the estate, or nothing is recorded there.
    """
    feeds: dict[str, list[Feed]] = {}
    for camera in blueprint.cameras.values():
        if camera.connected:
            feed = Feed(camera.id, scale.rate(camera.bitrate.mbps))
            feeds.setdefault(camera.subvolume, []).append(feed)
    posts = tuple(
        Post(share, tuple(feeds[share.name]))
        for share in layout.subvolumes.values()
        if share.name in feeds
    )
    there = {post.share.commune for post in posts}
    _require({code for code in there if code}, communes)
    return tuple(post for post in posts if not communes or post.share.commune in communes)


def manned(cluster: Cluster, post: Post) -> Manned:
    """Hand a post's folder and key over, as an administrator does once.

    Raises:
        CephError: the cluster does not have them.
    """
    share = post.share
    folder = subvolumes.path(cluster, share.filesystem, share.group, share.name)
    if folder is None:
        raise CephError(
            f"the cluster has no share of {share.title} ({share.name})",
            "`maille storage up` makes it",
        )
    return Manned(post, folder, clients.key(cluster, post.entity))


def _require(there: set[str], communes: Collection[str]) -> None:
    for code in communes:
        if code not in there:
            like = nearest(code, there)
            raise UsageError(
                f"no camera of a commune '{code}' is in service",
                f"did you mean {' or '.join(like)}?" if like else "name it by its INSEE code",
            )
