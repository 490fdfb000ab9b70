"""`maille storage`: the recordings of an estate on their cluster; one file a command."""

from __future__ import annotations

from maille.cli.apps import new_app
from maille.cli.options import ESTATE_FIRST
from maille.cli.storage.destroying import destroy
from maille.cli.storage.engine import engine
from maille.cli.storage.expiring import expire
from maille.cli.storage.importing import take_over
from maille.cli.storage.keys import key
from maille.cli.storage.provisioning import plan, up
from maille.cli.storage.refreshing import refresh
from maille.cli.storage.revoking import revoke
from maille.cli.storage.rotating import rotate
from maille.cli.storage.size import size
from maille.cli.storage.status import status
from maille.cli.storage.verifying import verify

app = new_app()


@app.callback()
def storage() -> None:
    """Size what the recordings of an estate need, and provision it on a Ceph cluster.

    Example:
        maille storage size inventory/chartres
        maille storage plan inventory/chartres
        maille storage up inventory/chartres
    """


app.command()(size)
app.command()(plan)
app.command()(up)
app.command()(refresh)
app.command()(status)
app.command()(verify)
app.command()(expire)
app.command()(rotate)
app.command(options_metavar=ESTATE_FIRST)(key)
app.command(options_metavar=ESTATE_FIRST)(revoke)
app.command("import")(take_over)
app.command()(destroy)
app.command()(engine)
