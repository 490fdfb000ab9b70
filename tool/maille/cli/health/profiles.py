"""`maille health profiles`: what is asked of each model family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.cli.options import AsJson, Quiet
from maille.cli.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maille.health.profiles.library import Profile


def profiles(*, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """List the profiles: for which models each is, and the objects that it asks for.

    Objects that were not read in their own MIB module are marked.

    Example:
        maille health profiles
    """
    from maille.health.profiles.library import shipped

    every = shipped().profiles.values()
    Shell(as_json, quiet).answer(
        [_document(profile) for profile in every], lambda: "\n\n".join(_text(every))
    )


def _text(every: Iterable[Profile]) -> Iterable[str]:
    for profile in every:
        asked = profile.asked()
        lines = [f"{profile.id}  {profile.family.title}", f"    from {profile.family.source}"]
        for name in asked:
            each = profile.objects[name]
            doubt = "" if each.verified else "  (not read in the module itself)"
            lines.append(f"    {name:<30}{each.oid:<32}{each.mib}{doubt}")
        yield "\n".join(lines)


def _document(profile: Profile) -> Mapping[str, object]:
    return {
        "id": profile.id,
        "title": profile.family.title,
        "source": profile.family.source,
        "poll_interval_s": profile.family.poll_interval_s,
        "objects": {
            name: profile.objects[name].model_dump(mode="json") for name in profile.asked()
        },
    }
