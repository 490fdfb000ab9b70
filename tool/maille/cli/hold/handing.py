"""`maille hold export` and `release`: images are handed over, then the copies go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from maille.cli.hold.asking import Zone
from maille.cli.hold.desk import Names, at_desk, one_name
from maille.cli.options import AsJson, Quiet
from maille.cli.shell import Shell
from maille.cli.storage.moments import AsOfTime
from maille.cli.storage.options import Client, Conf, Via

if TYPE_CHECKING:
    from maille.cli.hold.desk import Desk
    from maille.holds.export import Export
    from maille.holds.model import Copy, Hold


def export(  # noqa: PLR0913 - one argument an option
    words: Names,
    *,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where to; a folder is made in it.")
    ],
    partial: Annotated[
        bool, typer.Option("--partial", help="Although not all of it is copied yet.")
    ] = False,
    language: Annotated[
        Literal["fr", "en"] | None,
        typer.Option(help="Of the record.", show_default="the estate's"),
    ] = None,
    zone: Zone = "Europe/Paris",
    conf: Conf = None,
    client: Client = None,
    as_of_time: AsOfTime = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Put a hold down to be handed over: images, SHA256SUMS and a record to sign.

    Each file is compared with its digest when it is read, and again from where it was written.

    Example:
        maille hold export inventory/malataverne pv-2026-01234 --out /media/usb
    """
    from maille.holds.report import export_text
    from maille.local_time import zone_named

    zone_named(zone)
    shell = Shell(as_json, quiet)
    estate, name = one_name(words)
    with at_desk(shell, estate, Via(conf, client), as_of_time, "exporter") as desk:
        hold = desk.work.opened.register.named(name)
        found = _export(shell, desk, hold, out, language, zone, partial=partial)
        desk.work.exported(hold, found.segments, found.size_bytes, str(found.folder))
    document = {
        "folder": found.folder,
        "segments": found.segments,
        "size_bytes": found.size_bytes,
        "sums_sha256": found.sums_sha256,
    }
    shell.answer(document, lambda: export_text(found))


def release(
    words: Names,
    *,
    handed_to: Annotated[
        str, typer.Option("--handed-to", metavar="WHO", help="Who has the images now.")
    ],
    yes: Annotated[
        bool, typer.Option("--yes", help="Take them away; without it only what would go is told.")
    ] = False,
    unexported: Annotated[
        str | None,
        typer.Option(
            "--unexported", metavar="NAME", help="The hold's name again, to give images up."
        ),
    ] = None,
    conf: Conf = None,
    client: Client = None,
    as_of_time: AsOfTime = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Take the copies of a hold away that was handed over; its register entry stays.

    Refused before it was exported, unless its name is repeated.

    Example:
        maille hold release inventory/malataverne pv-2026-01234 --handed-to "Adjudant Martin" --yes
    """
    from maille.errors import UsageError
    from maille.holds.work import require_releasable
    from maille.retention.said import many

    shell = Shell(as_json, quiet)
    estate, name = one_name(words)
    if not handed_to.strip() or not handed_to.isprintable():
        raise UsageError("--handed-to names nobody", "write who has the images now")
    if unexported is not None and unexported != name:
        raise UsageError(f"--unexported {unexported} is not the hold's name", f"write {name}")
    key: Literal["exporter", "verifier"] = "exporter" if yes else "verifier"
    with at_desk(shell, estate, Via(conf, client), as_of_time, key, journaled=yes) as desk:
        hold = desk.work.opened.register.named(name)
        given_up = unexported is not None
        require_releasable(hold, unexported=given_up)
        count = len(desk.work.opened.register.files(name).whole)
        if yes:
            with shell.progress(f"releasing {name}", count) as step:
                hold, _ = desk.work.release(hold, handed_to.strip(), step, unexported=given_up)
    told = f"{many(count, 'copy', 'copies')} of hold {name}"
    shell.answer(
        {"hold": name, "state": hold.state, "copies": count, "released": yes},
        lambda: f"{told} released" if yes else f"{told} would go; add --yes",
    )


def _export(
    shell: Shell,
    desk: Desk,
    hold: Hold,
    out: Path,
    language: str | None,
    zone: str,
    *,
    partial: bool,
) -> Export:
    from maille.holds.export import export as put_down
    from maille.holds.export import folder_for, require_exportable, require_room

    opened = desk.work.opened
    copies = opened.register.copies(hold.name)
    require_exportable(hold, copies, partial=partial)
    folder = folder_for(hold, out)
    out.mkdir(parents=True, exist_ok=True)
    require_room(out, sum(copy.size_bytes for copy in copies.values()))

    desk.work.exporting(hold, str(folder))

    def records(sums_sha256: str) -> dict[str, str]:
        return _records(desk, hold, list(copies.values()), sums_sha256, language, zone)

    with shell.progress(f"exporting {hold.name}", len(copies)) as step:
        return put_down(opened.again, hold, copies, folder, records, step)


def _records(
    desk: Desk, hold: Hold, copies: list[Copy], sums_sha256: str, language: str | None, zone: str
) -> dict[str, str]:
    from maille.holds.slip.as_html import as_html
    from maille.holds.slip.as_text import as_text
    from maille.holds.slip.sheet import Camera, Handover, sheet_of
    from maille.local_time import zone_named
    from maille.tongue import tongue

    blueprint = desk.blueprint
    settings = blueprint.estate.settings
    handover = Handover(
        estate=settings.title,
        hold=hold,
        copies=copies,
        cameras={
            ident: Camera(blueprint.communes[one.commune].name, one.place)
            for ident, one in blueprint.cameras.items()
            if one.commune in blueprint.communes
        },
        sums_sha256=sums_sha256,
        author=desk.work.journal.author,
        at=desk.work.clock(),
        zone=zone_named(zone),
    )
    spoken = tongue(language or settings.language)
    sheet = sheet_of(handover, spoken)
    name = {"fr": "bordereau-de-remise"}.get(spoken.language, "record-of-hand-over")
    return {f"{name}.txt": as_text(sheet), f"{name}.html": as_html(sheet)}
