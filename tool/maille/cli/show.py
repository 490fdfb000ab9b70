"""`maille show`: all about one commune, camera, switch, link, cable or VLAN."""

from __future__ import annotations

from typing import Annotated

from maille.cli import estates
from maille.cli.apps import new_app
from maille.cli.checking import checked
from maille.cli.options import ESTATE_FIRST, AsJson, AsOf, Quiet, estate_and
from maille.cli.shell import Shell
from maille.errors import UsageError

app = new_app()


@app.command(options_metavar=ESTATE_FIRST)
def show(
    words: Annotated[list[str], estate_and("ID", "An id, a name, an address, a MAC, a VLAN.")],
    *,
    as_of: AsOf,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell all about one thing of the estate, and where each value comes from.

    Communes, cameras, switches, links, rings, pairs, segments, cables, sites, hosts, waves
    and conventions are found by their ids; also any address or prefix, free ones too, a MAC
    address, a VLAN id or its name. Of a camera, switch or link it tells the way to the centre on
    the elected tree, and of each thing which rules apply and what they found.

    Example:
        maille show inventory/chartres 28085-0001
        maille show inventory/chartres Lucé
        maille show inventory/chartres vlan101
        maille show inventory/chartres 10.28.0.80
    """
    from maille.show.find import sheets
    from maille.show.sheet import as_document, as_text

    shell = Shell(as_json, quiet)
    estate, wanted = estates.split(words)
    if not wanted:
        raise UsageError("nothing to show is named", "write an id behind the estate")
    built = checked(shell, estate, as_of).built()
    found = [sheet for word in wanted for sheet in sheets(built, word)]
    shell.answer(
        [as_document(sheet) for sheet in found],
        lambda: "\n\n".join(as_text(sheet) for sheet in found),
    )
