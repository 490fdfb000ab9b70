"""`maille health`: whether every device of an estate is well; one file a command."""

from __future__ import annotations

from maille.cli.apps import new_app
from maille.cli.health.checking import check
from maille.cli.health.profiles import profiles
from maille.cli.health.reporting import report
from maille.cli.health.sweeping import sweep
from maille.cli.health.watching import watch
from maille.cli.options import ESTATE_FIRST

app = new_app()


@app.callback()
def health() -> None:
    """Ask the devices of an estate how they are, and tell what is wrong and why.

    Example:
        maille health sweep inventory/chartres
        maille health watch inventory/chartres
        maille health check inventory/chartres 28085-0001
        maille health report inventory/chartres --from 2026-10-01 --to 2026-10-31
    """


app.command()(sweep)
app.command()(watch)
app.command(options_metavar=ESTATE_FIRST)(check)
app.command()(report)
app.command()(profiles)
