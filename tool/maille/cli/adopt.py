"""`maille adopt`: a draft inventory from running configurations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maille.cli.apps import new_app
from maille.cli.new_estates import Language, Name, Title, id_of
from maille.cli.options import AsJson, AsOf, Quiet
from maille.cli.shell import Shell
from maille.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from maille.adopt.adopt import Adoption
    from maille.adopt.communes import Table

app = new_app()


@app.command()
def adopt(  # noqa: PLR0913 - one argument an option
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="Folder of running configurations: *.cfg, *.conf, *.txt, one a device.",
        ),
    ],
    *,
    as_of: AsOf,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="The folder to make; it may exist and be empty."),
    ] = None,
    communes: Annotated[
        Path | None,
        typer.Option(metavar="CSV", help="Table of host names: pattern;insee;commune."),
    ] = None,
    catalogue: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder that holds `catalogue`; by default the one that --out is made in.",
        ),
    ] = None,
    name: Name = None,
    title: Title = None,
    language: Language = "fr",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be written, and write nothing.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Draft an estate from the running configurations of its switches.

    IOS 15, IOS-XE and EOS are read; output of `show lldp neighbors detail`, `show cdp neighbors
    detail` and `show version` in the same files helps. Every number that runs is pinned in the
    draft and deployed in its lock; adoption.md lists what could not be placed and what is left
    to fill in. Nothing is sent to any device, and no secret is copied.

    Ends with 0 if everything was placed, with 1 if something was not.

    Example:
        maille adopt running/ --out inventory/dreux --communes communes.csv
        maille adopt running/ --dry-run
    """
    from maille.adopt.adopt import adopt as adopt_all
    from maille.adopt.drafting.plan import Wish
    from maille.adopt.texts import configuration_files, read_text
    from maille.adopt.writing import catalogue_for, write_estate

    if out is None and not dry_run:
        raise UsageError("nothing says where the estate is to be written", "add --out DIR")
    target = out or folder
    shell = Shell(as_json, quiet)
    wish = Wish(name or id_of(target), title or target.absolute().name, language, as_of)
    base, brought = catalogue_for(target, catalogue)
    files = configuration_files(folder)
    table = _table(communes)
    with shell.progress("reading configurations", len(files)) as step:
        adoption = adopt_all((read_text(file) for file in files), table, base, wish, step)
    written: tuple[str, ...] = ()
    if adoption.adopted and not dry_run and out:
        written = write_estate(out, adoption, adoption.adopted, brought)
    shell.answer(_document(adoption, out, written), lambda: _told(adoption, out, written))
    if written:
        shell.say(f"next: read {out}/adoption.md, then maille check {out}")
    raise typer.Exit(ExitCode.DONE if adoption.whole and adoption.adopted else ExitCode.FINDINGS)


def _table(path: Path | None) -> Table:
    from maille.adopt.communes import Table, read_table
    from maille.inventory.reading.content import read_content
    from maille.inventory.reading.fault import Fault

    if path is None:
        return Table()
    content = read_content(path)
    if isinstance(content, Fault):
        raise UsageError(f"{path}: {content.what}", "name a table: pattern;insee;commune")
    return read_table(content, str(path))


def _document(adoption: Adoption, out: Path | None, written: tuple[str, ...]) -> dict[str, Any]:
    from maille.adopt.report import as_document

    return {"folder": out if written else None, "files": list(written), **as_document(adoption)}


def _told(adoption: Adoption, out: Path | None, written: tuple[str, ...]) -> str:
    """Show what fails, and count the rest: the report has all of it."""
    import shutil
    import sys
    import textwrap

    from maille.adopt.report import counts, grouped
    from maille.cli.terminal import wants_colour
    from maille.report.text import render_text

    colour = wants_colour(sys.stdout)
    width = shutil.get_terminal_size((100, 24)).columns
    failing = [finding for finding in adoption.findings if finding.fails]
    rest = {key: len(found) for key, found in grouped(adoption.findings).items()}
    lines = [render_text(failing, colour=colour, width=width).rstrip()] if failing else []
    read = ", ".join(f"{what.replace('_', ' ')}: {n}" for what, n in counts(adoption).items())
    lines.append(textwrap.fill(read, width, break_on_hyphens=False))
    lines.append(f"guessed: {rest['guessed']}, to fill in: {rest['to_fill_in']}")
    if written:
        lines.append(f"{out}: {len(written)} files")
    return "\n".join(lines)
