"""`maille wave`: the roll-out of batches."""

from __future__ import annotations

from maille.cli.apps import new_app
from maille.cli.checking import checked
from maille.cli.options import AsJson, AsOf, Estate, Quiet
from maille.cli.shell import Shell

app = new_app()


@app.callback()
def wave() -> None:
    """Follow the roll-out, wave by wave.

    Example:
        maille wave status inventory/chartres
    """


@app.command()
def status(estate: Estate, *, as_of: AsOf, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Show how many cameras of each wave are connected.

    Example:
        maille wave status inventory/chartres
    """
    from maille.views.waves import wave_rows, wave_text

    shell = Shell(as_json, quiet)
    rows = wave_rows(checked(shell, estate, as_of).built().blueprint)
    shell.answer([row.document() for row in rows], lambda: wave_text(rows))
