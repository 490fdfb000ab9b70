"""The real command line with a table of its own: what the tests of the shell run."""

from maille.cli.lazy import Entry
from maille.cli.main import run

run(
    {
        "sheet": Entry("commands:sheet_app", "Tell about an estate"),
        "camera": Entry("commands:camera_app", "A group of one command"),
        "fail": Entry("commands:fail_app", "Fail in a chosen way"),
        "show": Entry("commands:show_app", "Show ids of an estate"),
        "broken": Entry("no_such_module:app", "Cannot even be imported"),
    }
)
"""The last one shows that the overview imports no command."""
