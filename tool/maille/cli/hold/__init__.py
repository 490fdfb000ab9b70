"""`maille hold`: what requisitions ask for; one file a kind of command."""

from __future__ import annotations

from maille.cli.apps import new_app
from maille.cli.hold.asking import add, copy
from maille.cli.hold.handing import export, release
from maille.cli.hold.looking import list_holds, show, verify
from maille.cli.hold.moving import move

app = new_app()


@app.callback()
def hold() -> None:
    """Answer requisitions: copy what they ask for before it expires, and hand it over.

    Example:
        maille hold list inventory/malataverne
        maille hold show inventory/malataverne pv-2026-01234
    """


app.command()(add)
app.command("copy", options_metavar="[OPTIONS] [ESTATE]")(copy)
app.command("list")(list_holds)
app.command("show", options_metavar="[OPTIONS] [ESTATE]")(show)
app.command()(move)
app.command("verify", options_metavar="[OPTIONS] [ESTATE]")(verify)
app.command("export", options_metavar="[OPTIONS] [ESTATE]")(export)
app.command("release", options_metavar="[OPTIONS] [ESTATE]")(release)
