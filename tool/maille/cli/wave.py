"""`maille wave`: the roll-out of batches."""

from __future__ import annotations

from maille.cli.apps import new_app
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
    from maille.check.run import check
    from maille.views.waves import wave_rows, wave_text

    rows = wave_rows(check(estate, as_of).built().blueprint)
    Shell(as_json, quiet).answer([row.document() for row in rows], lambda: wave_text(rows))
