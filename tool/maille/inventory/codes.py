"""The codes of putting an estate together: I200 to I204."""

from __future__ import annotations

from maille.errors import Severity
from maille.rule_info import RuleInfo

ASSEMBLY_RULES = {
    info.code: info
    for info in (
        RuleInfo(
            "I200",
            "file of the estate missing",
            Severity.ERROR,
            "maille",
            "An estate is a folder with `estate.yaml` and `centre.yaml`. The catalogue of models "
            "lies in a folder `catalogue` beside the estate, or inside it; both may be there, and "
            "an entry inside wins.",
        ),
        RuleInfo(
            "I201",
            "two files for one commune",
            Severity.ERROR,
            "maille",
            "One file a commune: integrators who add communes never edit the same file, and what "
            "a merge request touches is what its title says.",
        ),
        RuleInfo(
            "I202",
            "file named after another commune",
            Severity.ERROR,
            "maille",
            "A commune's file begins with its INSEE code, so that it is found by its name.",
        ),
        RuleInfo(
            "I203",
            "defined twice",
            Severity.ERROR,
            "maille",
            "The same id stands in two files of the estate. Ids never change and mean one thing.",
        ),
        RuleInfo(
            "I204",
            "file that nobody reads",
            Severity.WARNING,
            "maille",
            "A YAML file stands in the estate under a name that means nothing there, mostly a "
            "misspelt one, and what it holds is not part of the estate.",
        ),
    )
}
