"""The commands that there are: their names, where they are written, and one line about each.

The table is all that `maille --help` reads, so a command costs nothing until it is used.
"""

from __future__ import annotations

from maille.cli.lazy import Entry

COMMANDS: dict[str, Entry] = {
    "check": Entry("maille.cli.check:app", "Check an estate by every rule"),
    "build": Entry("maille.cli.build:app", "Write configurations, exports and reports"),
    "show": Entry("maille.cli.show:app", "Tell all about one thing of an estate"),
    "plan": Entry("maille.cli.plan:app", "Tell what a change of the inventory changes"),
    "audit": Entry("maille.cli.audit:app", "Audit what runs against what is intended"),
    "allocation": Entry("maille.cli.allocation:app", "Give numbers, and keep them in the lock"),
    "access": Entry("maille.cli.access:app", "Tell who may see what, and by which text"),
    "wave": Entry("maille.cli.wave:app", "Follow the roll-out, wave by wave"),
    "storage": Entry("maille.cli.storage:app", "Size and provision what the recordings need"),
    "hold": Entry("maille.cli.hold:app", "Answer requisitions, and hand images over"),
    "health": Entry("maille.cli.health:app", "Ask every device how it is, and why not well"),
    "twin": Entry("maille.cli.twin:app", "Run what an estate needs on this machine"),
    "init": Entry("maille.cli.init:app", "Make a new estate that passes the check"),
    "adopt": Entry("maille.cli.adopt:app", "Draft an estate from running configurations"),
    "commune": Entry("maille.cli.commune:app", "Add communes and cameras, from spreadsheets"),
    "schema": Entry("maille.cli.schema:app", "Write JSON Schemas for editors"),
}
