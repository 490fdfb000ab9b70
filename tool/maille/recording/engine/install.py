"""Getting an engine where none is found: the official release, else a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.errors import MailleError
from maille.recording.engine.build import build
from maille.recording.engine.cache import cached_root, keep, work_folder
from maille.recording.engine.find import Candidate, candidates, chosen
from maille.recording.engine.release import SOURCE, download
from maille.recording.engine.version import PINNED, version_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maille.recording.engine.build import Progress


def install(progress: Progress, say: Callable[[str], None], source: str = SOURCE) -> Candidate:
    """Give an engine that suits, and get one first if there is none.

    Args:
        progress: `progress(title, total)` gives what is called after each step.
        say: is told what will take long, and why.
        source: where the official releases are.

    Raises MailleError where neither a release nor a build can be had, with both reasons.
    """
    with work_folder() as work:
        engine = chosen(candidates())
        if engine is None:
            keep(_obtained(work, progress, say, source))
            engine = chosen(candidates())
    if engine is None:
        raise MailleError(f"the engine in {cached_root()} does not suit", "remove that folder")
    return engine


def _obtained(work: Path, progress: Progress, say: Callable[[str], None], source: str) -> Path:
    try:
        with progress("downloading the engine", None) as step:
            return _proved(download(work, step, source))
    except MailleError as error:
        no_release = error.what
    say(f"no official release of the engine: {no_release}")
    say("building it from its Go modules instead: once, 5 to 15 minutes, 6 GB for that time")
    try:
        return _proved(build(work, progress))
    except MailleError as error:
        raise MailleError(
            f"no Pulumi engine can be had: no release ({no_release}), no build ({error.what})",
            f"put `pulumi` {PINNED} or newer on the PATH, or Go and a way to its modules",
        ) from None


def _proved(root: Path) -> Path:
    """Give a folder back if its engine runs and is the pinned one."""
    version = version_of(root / "bin" / "pulumi")
    if version != PINNED:
        raise MailleError(f"the engine that was got does not run as {PINNED}: {version}")
    return root
