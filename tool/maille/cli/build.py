"""`maille build`: everything that follows from an estate, written into one folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maille.cli.apps import new_app
from maille.cli.checking import checked
from maille.cli.ids import Kind
from maille.cli.options import AsJson, AsOf, Estate, Quiet, complete_ids
from maille.cli.shell import Shell
from maille.errors import ExitCode, MailleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from maille.blueprint.model import Blueprint
    from maille.check.built import Built
    from maille.configs.hardening.matrix import Matrix
    from maille.configs.outputs import Text
    from maille.folders import File

app = new_app()


@dataclass(frozen=True, slots=True)
class Work:
    """What is written from: the estate as it was built, and what was rendered from it."""

    built: Built
    texts: tuple[Text, ...]
    hardening: Matrix
    with_book: bool


def _network(work: Work) -> Iterator[File]:
    from maille.configs.outputs import export_files, report_files, text_files

    yield from text_files(work.texts)
    yield from report_files(work.texts, work.hardening)
    yield from export_files(work.built.blueprint)


def _sizing(work: Work) -> Iterator[File]:
    from maille.folders import File

    yield File(
        "sizing.json", json.dumps(_sizing_document(work.built.blueprint), indent=1, default=str)
    )


def _storage(work: Work) -> Iterator[File]:
    from maille.folders import File
    from maille.layout.build import layout_of

    yield File("storage/layout.json", layout_of(work.built.blueprint).model_dump_json(indent=1))


def _documents(work: Work) -> Iterator[File]:
    from maille.documents.everything import documents

    yield from documents(work.built, with_book=work.with_book)


WRITERS: tuple[Callable[[Work], Iterator[File]], ...] = (_network, _sizing, _storage, _documents)
"""Each writes one part of the folder."""


@app.command()
def build(
    estate: Estate,
    *,
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", metavar="DIR", help="The folder to write; replaced as a whole."
        ),
    ],
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="SWITCH|COMMUNE",
            help="Only the configurations of these, beside what is there; may be repeated.",
            autocompletion=complete_ids(Kind.SWITCH, Kind.COMMUNE),
        ),
    ] = None,
    no_book: Annotated[
        bool, typer.Option("--no-book", help="Leave out the estate book, which needs Graphviz.")
    ] = False,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write configurations, exports, hardening matrix, sizing, storage layout and estate book.

    The folder is written whole or not at all; one that holds anything else is refused. Secrets
    stay references. The matrix is printed in short, unless --quiet; with what proves each cell
    it is in hardening.md. Ends with 0, with 1 if a control fails on a rendered text.

    Example:
        maille build inventory/chartres --out out
        maille build inventory/chartres --out out --only 28085
        maille build inventory/chartres --out out --no-book --json
    """
    from maille.configs.outputs import hardening_of, render, text_files
    from maille.configs.summary import chosen, summary
    from maille.folders import claim, replace_folder, update_folder

    shell = Shell(as_json, quiet)
    claim(out)
    if not (only or no_book):
        _require_graphviz()
    found = checked(shell, estate, as_of)
    blueprint = found.sound()
    switches = chosen(blueprint, only) if only else tuple(blueprint.switches)
    with shell.progress("rendering", len(switches)) as step:
        texts = render(blueprint, switches, step)
    hardening = hardening_of(blueprint, texts)
    with shell.progress(f"writing {out}"):
        if only:
            count = update_folder(out, text_files(texts))
        else:
            work = Work(found.built(), texts, hardening, with_book=not no_book)
            count = replace_folder(out, (file for writer in WRITERS for file in writer(work)))
    document = summary(blueprint, texts, hardening) | {"out": out, "files": count}
    shell.answer(document, lambda: _shown(hardening, document, quiet=quiet))
    if not only:
        shell.say(f"what proves each cell of the matrix is in {out / 'hardening.md'}")
    raise typer.Exit(ExitCode.FINDINGS if document["failures"] else ExitCode.DONE)


def _require_graphviz() -> None:
    """Tell before anything is done that the book cannot be drawn."""
    from maille.documents.drawings.dot import require_graphviz

    try:
        require_graphviz()
    except MailleError as error:
        raise MailleError(error.what, f"{error.how}; or leave out the book: --no-book") from None


def _sizing_document(blueprint: Blueprint) -> dict[str, Any]:
    from maille.sizing.forecast import forecast
    from maille.sizing.report import Report, as_document
    from maille.sizing.sizing import size
    from maille.sizing.supposition import Supposition

    report = Report(
        estate=blueprint.estate.settings.estate,
        as_of=blueprint.as_of,
        inventory=size(blueprint),
        forecast=forecast(blueprint),
        supposition=Supposition(),
    )
    return as_document(report)


def _shown(hardening: Matrix, document: dict[str, Any], *, quiet: bool) -> str:
    """Show the matrix, what fails in it, and what was written; if quiet, the failures alone."""
    from maille.configs.hardening.table import compact

    failures = map(_told, document["failures"])
    if quiet:
        return "\n".join(failures)
    return "\n".join([compact(hardening), "", *failures, _summary(document)])


def _told(failure: dict[str, str]) -> str:
    where = f"{failure['where']}: " if failure["where"] else ""
    return f"{failure['control']} fails on {failure['switch']}: {where}{failure['what']}"


def _summary(document: dict[str, Any]) -> str:
    from maille.blueprint.storage import TB

    sizing = document["sizing"]
    enough = "enough" if sizing["fits"] else "NOT enough"
    return (
        f"{len(document['switches'])} switches, {document['files']} files in {document['out']}\n"
        f"recording {sizing['rate_mbps']:,.0f} Mbit/s: need {sizing['need_bytes'] / TB:,.1f} TB,"
        f" quotas {sizing['quota_bytes'] / TB:,.1f} TB, raw {sizing['raw_needed_bytes'] / TB:,.1f}"
        f" of {sizing['raw_bytes'] / TB:,.1f} TB: {enough}"
    )
