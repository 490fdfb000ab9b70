"""`maille allocation`: the numbers of an estate, and the lock that keeps them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maille.cli import estates
from maille.cli.apps import new_app
from maille.cli.ids import Kind
from maille.cli.options import (
    ESTATE_FIRST,
    AsJson,
    AsOf,
    Estate,
    Quiet,
    complete_ids,
    estate_and,
)
from maille.cli.shell import Shell
from maille.cli.terminal import wants_colour
from maille.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from maille.allocation.changes import Change
    from maille.allocation.lock import Lock
    from maille.errors import Finding
    from maille.inventory.load import Loaded

app = new_app()

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, write nothing.")]


def _ids(help: str, metavar: str = "ID", *kinds: Kind) -> Any:  # noqa: A002, ANN401  # as Typer has them
    complete = complete_ids(*kinds)
    return typer.Option(metavar=metavar, help=help, autocompletion=complete, show_default=False)


@app.callback()
def allocation() -> None:
    """Give numbers to what the inventory describes, and keep them in the lock.

    VLAN ids, prefixes, addresses, ports and shares of the storage come from the pools in
    estate.yaml. What is deployed never changes by itself; what is freed rests in quarantine.

    Example:
        maille allocation settle inventory/chartres --dry-run
        maille allocation list inventory/chartres
    """


@app.command("list")
def list_pools(
    estate: Estate, *, as_of: AsOf, as_json: AsJson = False, quiet: Quiet = False
) -> None:
    """Show how full each pool is, and when it runs out at the planned growth.

    Example:
        maille allocation list inventory/chartres
    """
    from maille.allocation.files import require_lock
    from maille.allocation.shown import usage_documents, usage_text
    from maille.allocation.usage import usage

    loaded = _loaded(estate)
    pools = usage(loaded.whole(), require_lock(estate), as_of)
    Shell(as_json, quiet).answer(usage_documents(pools), lambda: usage_text(pools))


@app.command()
def verify(estate: Estate, *, as_of: AsOf, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Prove the lock: nothing twice, all inside its pool, complete, not stale, pins kept.

    Ends with 0 if all of it holds, with 1 if not.

    Example:
        maille allocation verify inventory/chartres
    """
    from maille.allocation.files import placed_in_files, read_lock
    from maille.allocation.verify import verify as find

    loaded = _loaded(estate)
    lock, findings = read_lock(estate)
    if lock is not None:
        found = find(loaded.whole(), lock, as_of, loaded.sources)
        findings += placed_in_files(found, estate)
    _answer(Shell(as_json, quiet), {}, "", findings)
    raise typer.Exit(_code(findings))


@app.command()
def settle(
    estate: Estate,
    *,
    as_of: AsOf,
    move: Annotated[
        list[str] | None, _ids("Give new numbers where the inventory asks for them.")
    ] = None,
    retire: Annotated[
        list[str] | None, _ids("Take away what is no longer in the inventory.")
    ] = None,
    resize: Annotated[
        list[str] | None, _ids("Give a segment, or a run of hosts, the size it needs.")
    ] = None,
    renumber: Annotated[
        list[str] | None,
        _ids("Give a lost lock file anew: a commune's code, `shared` or `all`.", "COMMUNE"),
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Give numbers to what has none yet, and write the lock.

    What is deployed stays as it is. Where the inventory contradicts it, a finding names the
    option that lets it change: --move gives new numbers, --retire takes away what is gone,
    --resize gives a segment the size that it needs. Old numbers go into quarantine. An ID may
    be a camera, a cabinet's switch, a segment, a socket, a commune's code, or `all`.

    A lock file that is missing while cameras of it are in service is to be restored from git;
    where there never was one, --renumber gives it.

    Ends with 0 if all is settled, with 1 if a finding remains, with 3 if --dry-run would
    change something.

    Example:
        maille allocation settle inventory/chartres --dry-run
        maille allocation settle inventory/chartres --move 28085-0012
        maille allocation settle inventory/chartres --retire all
    """
    from maille.allocation.files import placed_in_files, require_lock
    from maille.allocation.lost import lost_files, refuse_lost
    from maille.allocation.settle import settle as settled_by

    shell, asked_dry = Shell(as_json, quiet), dry_run
    loaded = _loaded(estate)
    _refuse_dangling(loaded, as_of)
    lock = require_lock(estate)
    refuse_lost(lost_files(loaded.whole(), lock, as_of), renumber or ())
    settled = settled_by(
        loaded.whole(),
        lock,
        as_of=as_of,
        move=move or (),
        retire=retire or (),
        resize=resize or (),
        sources=loaded.sources,
    )
    findings = placed_in_files(settled.findings, estate)
    dry_run = dry_run or not _may_write(shell, findings)
    document = {} if dry_run else _write(estate, settled.lock)
    _answer_changes(shell, document, settled.changes, findings, dry_run=dry_run)
    pending = asked_dry and settled.changes
    raise typer.Exit(ExitCode.CHANGES_PENDING if pending else _code(findings))


@app.command(options_metavar=ESTATE_FIRST)
def release(
    words: Annotated[
        list[str] | None,
        estate_and("[ID]...", "What to release: the id it had, or a commune's code."),
    ] = None,
    *,
    before: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only what was quarantined before this day."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Release everything.")] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Free numbers that are in quarantine, so that others may get them.

    Do it when nothing can answer to them any more: no camera in a drawer with the old
    address, no label on a port.

    Example:
        maille allocation release inventory/chartres 28085-0012
        maille allocation release inventory/chartres --before 2025-01-01
        maille allocation release inventory/chartres --all
    """
    from maille.allocation.changes import changes_between
    from maille.allocation.files import require_lock
    from maille.allocation.release import release as released_from

    estate, ids = estates.split(words or [])
    if not (ids or before or everything):
        raise UsageError("nothing says what to release", "name ids, or use --before or --all")
    lock = require_lock(estate)
    released = released_from(lock, ["all"] if everything else ids, before=_day(before))
    if released.idle:
        raise UsageError(
            f"nothing of {', '.join(released.idle)} is in quarantine",
            "the end of each lock file lists what is",
        )
    changes = changes_between(lock, released.lock)
    document = {} if dry_run else _write(estate, released.lock)
    _answer_changes(Shell(as_json, quiet), document, changes, (), dry_run=dry_run)
    raise typer.Exit(ExitCode.CHANGES_PENDING if dry_run and changes else ExitCode.DONE)


@app.command()
def deploy(  # noqa: PLR0913  # one option each
    estate: Estate,
    *,
    as_of: AsOf,
    commune: Annotated[
        list[str] | None, _ids("Everything of a commune.", "INSEE", Kind.COMMUNE)
    ] = None,
    camera: Annotated[
        list[str] | None, _ids("A camera, and what it depends on.", "ID", Kind.CAMERA)
    ] = None,
    wave: Annotated[
        list[str] | None, typer.Option(metavar="WAVE", help="All cameras of a wave.")
    ] = None,
    in_service: Annotated[
        bool, typer.Option("--in-service", help="Whatever the inventory has in service.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Everything there is.")] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Mark numbers as deployed: from then on they change only by an explicit command.

    With a camera go its switch, its segments and their blocks, its storage, and the ports on
    the way to its gateways.

    Example:
        maille allocation deploy inventory/chartres --in-service
        maille allocation deploy inventory/chartres --wave 2025-urban --commune 28085
    """
    from maille.allocation.changes import changes_between
    from maille.allocation.deploy import Deployment
    from maille.allocation.deploy import deploy as deployed_by
    from maille.allocation.files import require_lock

    what = Deployment(
        communes=frozenset(commune or ()),
        cameras=frozenset(camera or ()),
        waves=frozenset(wave or ()),
        in_service=in_service,
        everything=everything,
    )
    if what == Deployment():
        raise UsageError(
            "nothing says what is deployed",
            "use --commune, --camera, --wave, --in-service or --all",
        )
    lock = require_lock(estate)
    deployed = deployed_by(_loaded(estate).whole(), lock, what, as_of=as_of)
    changes = changes_between(lock, deployed)
    document = {} if dry_run else _write(estate, deployed)
    _answer_changes(Shell(as_json, quiet), document, changes, (), dry_run=dry_run)
    raise typer.Exit(ExitCode.CHANGES_PENDING if dry_run and changes else ExitCode.DONE)


def _loaded(estate: Path) -> Loaded:
    from maille.inventory.load import load

    return load(estate)


def _refuse_dangling(loaded: Loaded, as_of: date) -> None:
    """Refuse an inventory with names of nothing: a typing error would take numbers away."""
    from maille.errors import InventoryError
    from maille.rules.model import EstateContext
    from maille.rules.references import DANGLING, RULES
    from maille.rules.run import run_estate_rules

    context = EstateContext(loaded.whole(), as_of, loaded.refused)
    found = run_estate_rules(RULES, context, loaded.sources)
    if dangling := [finding for finding in found if finding.code in DANGLING]:
        raise InventoryError(dangling)


def _may_write(shell: Shell, findings: Sequence[Finding]) -> bool:
    """Say whether the lock may follow the inventory; one that hangs in the air would empty it."""
    from maille.allocation.codes import OF_THE_INVENTORY

    if any(finding.code in OF_THE_INVENTORY for finding in findings):
        shell.say("nothing is written: mend the inventory first")
        return False
    return True


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"'{text}' is no day", "write year-month-day: 2025-03-31") from None


def _write(estate: Path, lock: Lock) -> dict[str, Any]:
    from maille.allocation.files import write_lock

    done = write_lock(estate, lock)
    return {"written": done.written, "removed": done.removed}


def _answer_changes(
    shell: Shell,
    document: dict[str, Any],
    changes: Sequence[Change],
    findings: Sequence[Finding],
    *,
    dry_run: bool,
) -> None:
    from maille.allocation.shown import change_documents, changes_text

    document |= {"dry_run": dry_run, "changes": change_documents(changes)}
    _answer(shell, document, changes_text(changes, dry_run=dry_run), findings)


def _answer(shell: Shell, document: dict[str, Any], text: str, findings: Sequence[Finding]) -> None:
    """Answer with a result and the findings beside it."""
    import sys

    from maille.report.as_json import findings_document
    from maille.report.text import render_text

    def human() -> str:
        colour = wants_colour(sys.stdout)
        report = render_text(findings, colour=colour).rstrip() if findings or not text else ""
        return "\n\n".join(part for part in (text, report) if part)

    shell.answer(document | findings_document(findings), human)


def _code(findings: Sequence[Finding]) -> ExitCode:
    return ExitCode.FINDINGS if any(found.fails for found in findings) else ExitCode.DONE
