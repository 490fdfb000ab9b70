"""Plans on paper: for people, for merge requests, for programs; whatever the inventory holds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from maille.errors import Finding, Place, Severity
from maille.plan.as_document import as_document
from maille.plan.as_markdown import LIMIT_CHARS, as_markdown, code
from maille.plan.as_text import as_text
from maille.plan.changes import Change
from maille.plan.configs import ConfigDiff, config_diffs
from maille.plan.figures import Figure, Rise
from maille.plan.findings import FindingChanges, finding_changes
from maille.plan.plan import Plan
from maille.plan.values import FieldChange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

GOLDEN = Path(__file__).parents[2] / "golden" / "plan"

HOSTILE = (
    "</code></details><script>alert(1)</script>",
    "`](https://elsewhere.example) @all #1 !2 ~bug",
    "```\n# heading\n| a | b |",
    "![image](https://elsewhere.example/x.png)",
    "\x1b]0;title\x07\x1b[31mred \u202etxet",
)


def finding(what: str, code: str = "N014", severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, severity, what, "lead it another way", Place("a.yaml", 3, 1), "28085")


def config(switch: str, *lines: str) -> ConfigDiff:
    return ConfigDiff(switch, "28085", lines)


PLAN = Plan(
    changes=(
        Change("commune", "28085", "added", "Chartres", frozenset({"28085"})),
        Change(
            "camera",
            "28085-0001",
            "changed",
            HOSTILE[0],
            frozenset({"28085"}),
            (FieldChange("place", HOSTILE[1], HOSTILE[2]), FieldChange("mac", "", "ac:cc")),
        ),
        *(
            Change(
                "switch",
                switch,
                "changed",
                "Place",
                frozenset({"28085"}),
                (FieldChange("segments", removed=("28085/x/ppms",), added=("a", "b")),),
            )
            for switch in ("28085-epars", "28085-marche")
        ),
        Change("flow", f"{HOSTILE[3]} → all tcp 554", "removed", HOSTILE[4]),
    ),
    configs=(
        config("28085-epars", "@@ interface Vlan10 @@", " context", "- old", f"+ {HOSTILE[0]}"),
        config("28085-marche", "@@ interface Vlan10 @@", " other", "- old", f"+ {HOSTILE[0]}"),
        config("28085-gare", "@@", "+```", "+banner ````", f"+{HOSTILE[4]}"),
    ),
    figures=(
        Figure("cameras", "", 500, 504),
        Figure("storage: need", "TB", 352.35, 354.6),
        Figure("switches", "", 130, 130),
    ),
    rises=(Rise("a -- b", 1000, 21.24, 22.6, HOSTILE[0]), Rise("b -- c", 1000, 1, 2, "")),
    findings=FindingChanges(
        new=(finding(f"link {HOSTILE[1]} carries 61 %"), finding("x", "N016", Severity.WARNING)),
        gone=(finding(HOSTILE[3]),),
        altered=((finding("61 %"), finding("62 %")),),
    ),
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hostile.txt", as_text(PLAN, diffs=False) + "\n"),
        ("hostile-diffs.txt", as_text(PLAN, diffs=True) + "\n"),
        ("hostile.md", as_markdown(PLAN)),
    ],
)
def test_what_is_written(name: str, text: str, assert_golden: Callable[[str, Path], None]) -> None:
    assert_golden(text, GOLDEN / name)


def test_no_plan_is_one_line() -> None:
    assert as_text(Plan(), diffs=True) == "nothing changes"
    assert as_markdown(Plan()) == "Nothing changes.\n"


def test_terminals_are_left_alone() -> None:
    text = as_text(PLAN, diffs=True)

    assert all(line.isprintable() for line in text.split("\n"))


def test_the_keys_for_programs_are_a_promise() -> None:
    document = json.loads(json.dumps(as_document(PLAN)))

    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items()}
        return [shape(value[0])] if isinstance(value, list) and value else type(value).__name__

    findings = {"schema": "str", "counts": "counts", "findings": "findings"}
    found = shape(document)
    assert isinstance(found, dict)
    for key in ("new_findings", "gone_findings", "altered_findings"):
        assert found[key].keys() == findings.keys()
        del found[key]
    assert found == {
        "schema": "str",
        "empty": "bool",
        "changes": [
            {
                "kind": "str",
                "id": "str",
                "action": "str",
                "title": "str",
                "communes": ["str"],
                "fields": "list",
            }
        ],
        "configurations": [
            {
                "switch": "str",
                "commune": "str",
                "added": "int",
                "removed": "int",
                "diff": ["str"],
            }
        ],
        "figures": [{"name": "str", "unit": "str", "before": "int", "after": "int"}],
        "rises": [
            {
                "link": "str",
                "capacity_mbps": "int",
                "before_percent": "float",
                "after_percent": "float",
                "failure": "str",
            }
        ],
    }
    assert document["schema"] == "maille.plan/1"
    assert set(document["changes"][1]["fields"][0]) == {
        "field",
        "before",
        "after",
        "removed",
        "added",
    }


def tokens(markdown: str) -> Iterator[Token]:
    """Give every token of a text as hosts of repositories read it."""
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown):
        yield token
        yield from token.children or ()


def test_markdown_holds_nothing_from_the_inventory_outside_of_code() -> None:
    found = list(tokens(as_markdown(PLAN)))
    html = [token.content.strip() for token in found if token.type.startswith("html")]
    prose = " ".join(token.content for token in found if token.type == "text")

    assert all(
        re.fullmatch(r"</?(details|summary)>[^<]*(</summary>)?", part, re.DOTALL)
        or part.startswith("<details><summary>")
        for part in html
    )
    assert not any("script" in part or "elsewhere" in part for part in html)
    assert not {"link_open", "image"} & {token.type for token in found}
    for forbidden in ("script", "elsewhere", "@all", "#1", "heading", "txet"):
        assert forbidden not in prose


@given(st.text(min_size=1))
@example("`")
@example("`` ` ```")
@example(" ` ")
@example("\\`")
@example("a\n\n# b")
@example("</details>")
def test_any_text_is_one_span_of_code(text: str) -> None:
    found = [token for token in tokens(f"x {code(text)} y") if token.type != "inline"]

    assert [token.type for token in found] == [
        "paragraph_open",
        "text",
        "code_inline",
        "text",
        "paragraph_close",
    ]


def test_a_comment_is_never_too_long() -> None:
    line = "+ access-list 10 permit 10.0.0.0"
    many = tuple(
        config(f"28085-{n}", "@@", *[f"{line} {n} {i}" for i in range(90)]) for n in range(99)
    )

    text = as_markdown(Plan(configs=many))

    assert 40_000 < len(text) < LIMIT_CHARS + 100
    assert "parts are too long for a comment" in text


class TestConfigDiffs:
    def test_a_hunk_names_its_section(self) -> None:
        before = "interface A\n!\ninterface B\n description b\n mtu 1\n no shut\n!\nend\n"
        after = before.replace("mtu 1", "mtu 2")

        (diff,) = config_diffs({"s": before}, {"s": after}, {"s": None})

        assert diff.lines == (
            "@@ interface B @@",
            " interface B",
            "  description b",
            "- mtu 1",
            "+ mtu 2",
            "  no shut",
            " end",
        )
        assert (diff.added, diff.removed) == (1, 1)

    def test_lines_of_the_top_level_stand_in_no_section(self) -> None:
        before = "interface A\n mtu 1\nhostname x\nend\n"

        (diff,) = config_diffs({"s": before}, {"s": before.replace(" x", " y")}, {"s": None})

        assert diff.lines[0] == "@@"
        assert diff.substance == ("@@", "-hostname x", "+hostname y")

    def test_switches_that_come_and_go_are_whole(self) -> None:
        text = "hostname x\n!\nend\n"

        gone, same, new = "gone", "same", "new"
        found = config_diffs(
            {gone: text, same: text}, {same: text, new: text}, {gone: "1", same: "1", new: "2"}
        )

        assert [(diff.switch, diff.added, diff.removed) for diff in found] == [
            (gone, 0, 2),
            (new, 2, 0),
        ]


class TestFindingChanges:
    def test_another_line_in_the_file_is_no_change(self) -> None:
        moved = Finding("N014", Severity.ERROR, "x", "", Place("b.yaml", 9, 9), "28085")

        found = finding_changes([finding("x")], [moved])

        assert found.empty

    def test_another_figure_is_told_as_such(self) -> None:
        found = finding_changes([finding("61 %")], [finding("62 %")])

        assert [(old.what, new.what) for old, new in found.altered] == [("61 %", "62 %")]
        assert not found.new
        assert not found.gone

    def test_what_is_too_many_is_new(self) -> None:
        found = finding_changes([finding("61 %")], [finding("62 %"), finding("63 %")])

        assert len(found.altered) == len(found.new) == 1
        assert not found.gone

    def test_errors_come_first(self) -> None:
        info = finding("a", "C001", Severity.INFO)

        assert finding_changes([], [info, finding("b")]).new == (finding("b"), info)

    @pytest.mark.parametrize(
        ("subject", "counts"),
        [
            ("28085", True),
            ("28085-epars", True),
            ("28085/epars/1", True),
            ("280851", False),
            ("estate", False),
        ],
    )
    def test_what_is_about_a_commune(self, subject: str, *, counts: bool) -> None:
        about = Finding("N014", Severity.ERROR, "x", subject=subject)

        assert bool(FindingChanges(new=(about,)).of("28085").new) is counts
