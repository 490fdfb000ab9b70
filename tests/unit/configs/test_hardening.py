"""The hardening matrix holds on every rendered text, and falls where a line falls."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from maille.configs.hardening.check import Checker, findings, subject_of
from maille.configs.hardening.controls import controls
from maille.configs.hardening.matrix import Cell, Matrix, Row, matrix
from maille.configs.hardening.model import Status
from maille.configs.hardening.table import compact, markdown
from maille.configs.hardening.text import read
from maille.configs.platforms import drivers
from maille.configs.render import Renderer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from maille.blueprint.model import Blueprint
    from maille.configs.hardening.model import Check, Control, Result, Scope
    from maille.configs.render import Rendered

DOCS = Path(__file__).parents[3] / "docs" / "configurations" / "hardening.md"
ONE_OF_EACH = (
    *("28085-epars", "28110-mairie", "28110-halle", "acces-1", "acces-2"),
    *("agg-1", "agg-2", "agg-3", "agg-4", "core-1"),
)
"""Switches that together have every kind of section in every dialect."""
WORDS = {"<native>": "998", "<blackhole>": "999", "<local_user>": "maille"}


@pytest.fixture(scope="module")
def checker(complete: Blueprint) -> Checker:
    return Checker(complete.estate.settings)


@pytest.fixture(scope="module")
def check_text(
    checker: Checker, rendered: dict[str, Rendered]
) -> Callable[[str, str], tuple[Result, ...]]:
    """Give a function that checks a text as the one of a switch."""

    def run(switch: str, text: str) -> tuple[Result, ...]:
        each = rendered[switch]
        return checker.check(subject_of(each.view, each.controls), text)

    return run


def failed(results: tuple[Result, ...]) -> set[str]:
    return {result.control.id for result in results if result.status is Status.FAILED}


# The data ---------------------------------------------------------------------------------------


def test_every_control_says_something_about_every_dialect() -> None:
    columns = {d.controls for driver in drivers().values() for d in driver.dialects.values()}
    for control in controls():
        assert set(control.columns) == columns, control.id
        for name, column in control.columns.items():
            assert bool(column.checks) != bool(column.waiver), (control.id, name)


def test_waivers_are_compensated_by_controls_that_exist() -> None:
    known = {control.id for control in controls()}
    for control in controls():
        for column in control.columns.values():
            lacking = (waiver for _, waiver in column.lacking)
            for waiver in (column.waiver, column.otherwise, *lacking):
                assert waiver is None or (waiver.reason and known >= set(waiver.compensated_by))


def test_a_default_is_proven_by_absence_alone() -> None:
    for control in controls():
        for column in control.columns.values():
            for check in column.checks:
                assert not (check.is_default and (check.present or check.one_of)), control.id
                assert check.present or check.absent or check.one_of or check.unlisted


def test_documentation_has_the_same_controls() -> None:
    rows = re.findall(r"^\| (H\d+) \| ([^|]+) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(control.id, control.title) for control in controls()] == [
        (code, title.strip()) for code, title in rows
    ]


# The matrix -------------------------------------------------------------------------------------


def test_nothing_fails_on_what_is_rendered(complete: Blueprint) -> None:
    found = matrix(Renderer(complete).all(), complete.estate.settings)
    assert list(found.failures()) == []


@pytest.mark.parametrize("access", ["dot1x", "static_mac"])
def test_nothing_fails_with_another_access_method(
    access: str, with_access: Callable[[str], Blueprint]
) -> None:
    blueprint = with_access(access)
    assert list(matrix(Renderer(blueprint).all(), blueprint.estate.settings).failures()) == []


def test_every_cell_shows_a_line_a_default_or_a_reason(complete: Blueprint) -> None:
    found = matrix(Renderer(complete).all(), complete.estate.settings)
    assert len(found.models) == 6
    for row in found.rows:
        assert set(row.cells) == set(found.models)
        for model, cell in row.cells.items():
            assert cell.evidence, (row.control.id, model)


def test_lines_shown_stand_in_the_text(
    rendered: dict[str, Rendered], check_text: Callable[[str, str], tuple[Result, ...]]
) -> None:
    for switch in ONE_OF_EACH:
        text = rendered[switch].text
        lines = {line.strip() for line in text.splitlines()}
        for result in check_text(switch, text):
            if result.status is Status.MECHANISM:
                shown = [line for line in result.evidence if not line.startswith("without ")]
                assert shown
                assert lines.issuperset(shown)


def test_arista_is_held_against_its_own_stig() -> None:
    sources = {source for control in controls() for source in control.sources}
    rules = {f"ARST-L2-000{n:03}" for n in (*range(20, 80, 10), *range(90, 240, 10))}
    rules -= {"ARST-L2-000040", "ARST-L2-000120"}
    assert {source for source in sources if source.startswith("ARST-L2-")} == rules


def test_tables_tell_the_same(complete: Blueprint) -> None:
    found = matrix(Renderer(complete).all(), complete.estate.settings)
    text = markdown(found)
    assert text.count("\n## H") == len(controls())
    reason = "the model has no PoE ports, or all of them are in service"
    assert f"| 7020sr-24c2, c9500-24y4c | waived | {reason} |" in text
    short = compact(found)
    lines = re.findall(r"^(H\d+)  (.{94})$", short, flags=re.MULTILINE)
    assert [control for control, _ in lines] == [control.id for control in controls()]
    place = found.models.index("7020sr-24c2")
    letters = dict(lines)["H102"].split()[-len(found.models) :]
    assert letters[place] == "w"
    assert f"{place + 1:>2}  7020sr-24c2" in short


@given(count=st.integers(0, 60), status=st.sampled_from(Status))
def test_the_short_matrix_fits_a_terminal_however_many_models_there_are(
    count: int, status: Status
) -> None:
    models = tuple(f"model-{number}" for number in range(count))
    cell = Cell(status, (), (), ())
    rows = tuple(Row(control, dict.fromkeys(models, cell)) for control in controls())
    lines = compact(Matrix(models, rows)).splitlines()
    assert all(len(line) <= 100 for line in lines)
    letter = {"mechanism": "m", "default": "d", "waived": "w", "failed": "F"}[status.value]
    shown = [line.split() for line in lines if line.startswith("H101")]
    assert sum(words.count(letter) for words in shown) == count


# A control falls with its line ------------------------------------------------------------------


def bound(expression: str) -> str:
    for word, value in WORDS.items():
        expression = expression.replace(word, value)
    return expression


def wanted_by(check: Check, line: str) -> bool:
    """Say whether a check needs a line, by itself or as part of one of its alternatives."""
    expressions = (*check.present, *(each for group in check.one_of for each in group))
    return any(re.fullmatch(bound(each), line) for each in expressions)


def applies(check: Check, header: str, sections: Mapping[Scope, list[str]]) -> bool:
    if check.scope == "global":
        if check.section:
            return bool(re.fullmatch(bound(check.section), header))
        return header == ""
    return header in sections.get(check.scope, [])


def mechanisms(each: Rendered) -> Iterator[tuple[str, str, set[str]]]:
    """Give header, line and the controls that need it, for every line that a control needs."""
    subject = subject_of(each.view, each.controls)
    sections = {scope: [s.header for s in found] for scope, found in subject.sections.items()}
    config = read(each.text)
    of_column = [
        (control, check)
        for control in controls()
        for check in control.columns[each.controls].checks
        if check.only - {"fibre", "poe"} <= subject.traits
    ]
    for header, lines in (("", config.top), *config.below.items()):
        for line in lines:
            needed = {
                control.id
                for control, check in of_column
                if applies(check, header, sections)
                and wanted_by(check, line)
                and not _another(check, line, lines)
            }
            if needed:
                yield header, line, needed


def _another(check: Check, line: str, lines: tuple[str, ...]) -> bool:
    """Say whether another line of the section serves the same expression."""
    expressions = [bound(e) for e in (*check.present, *(e for g in check.one_of for e in g))]
    serving = [e for e in expressions if re.fullmatch(e, line)]
    return all(any(re.fullmatch(e, o) for o in lines if o != line) for e in serving)


def without(text: str, header: str, line: str) -> str:
    """Give a text without a line: a top-level one with all below it."""
    kept: list[str] = []
    section, dropping = "", False
    for raw in text.splitlines():
        top = bool(raw.strip()) and not raw[0].isspace()
        if top:
            section, dropping = raw.strip(), not header and raw.strip() == line
        if dropping or (header and section == header and raw.strip() == line and not top):
            continue
        kept.append(raw)
    return "\n".join(kept) + "\n"


@pytest.mark.parametrize("switch", ONE_OF_EACH)
def test_removing_a_mechanism_fails_exactly_the_controls_that_need_it(
    switch: str,
    rendered: dict[str, Rendered],
    check_text: Callable[[str, str], tuple[Result, ...]],
) -> None:
    each = rendered[switch]
    tried = set()
    for header, line, needed in mechanisms(each):
        missing = failed(check_text(switch, without(each.text, header, line)))
        if header:
            assert missing == needed, (header, line)
        else:  # a section goes as a whole, and with it whatever else stands below
            assert missing >= needed, line
        tried |= needed
    assert len(tried) > 25


def forbidden() -> list[tuple[str, Control, Check, str]]:
    """Give every expression that must match nothing, with its dialect."""
    return [
        (column, control, check, expression)
        for control in controls()
        for column, of in control.columns.items()
        for check in of.checks
        for expression in check.absent
    ]


SWITCH_OF = {
    "ios_xe": ("28085-epars", "acces-2", "agg-3", "agg-4"),
    "ios_15": ("28110-mairie",),
    "eos": ("agg-2", "core-1", "acces-1", "28110-halle"),
}
ASCII = st.characters(min_codepoint=33, max_codepoint=126)


@pytest.mark.parametrize(
    ("column", "control", "check", "expression"),
    [pytest.param(*each, id=f"{each[0]}-{each[1].id}-{n}") for n, each in enumerate(forbidden())],
)
@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_forbidden_line_fails_its_control(
    column: str,
    control: Control,
    check: Check,
    expression: str,
    data: st.DataObject,
    rendered: dict[str, Rendered],
    check_text: Callable[[str, str], tuple[Result, ...]],
) -> None:
    bad = data.draw(st.from_regex(bound(expression), fullmatch=True, alphabet=ASCII | st.just(" ")))
    for switch in SWITCH_OF[column]:
        each = rendered[switch]
        subject = subject_of(each.view, each.controls)
        if not check.only - {"fibre", "poe"} <= subject.traits:
            continue
        text = spoiled(each.text, subject.sections.get(check.scope, ()), check, bad.strip())
        if text and bad == bad.strip() and not bad.startswith("banner"):
            assert control.id in failed(check_text(switch, text)), (switch, bad)


def spoiled(text: str, sections: tuple[object, ...], check: Check, bad: str) -> str:
    """Give a text with a line in the first section that a check looks at; empty if none."""
    if check.scope == "global" and not check.section:
        return f"{bad}\n{text}"
    headers = [getattr(section, "header", "") for section in sections]
    if check.scope == "global":
        found = (h for h in read(text).top if re.fullmatch(bound(check.section), h))
        headers = list(found)
    if not headers:
        return ""
    return text.replace(f"{headers[0]}\n", f"{headers[0]}\n   {bad}\n", 1)


# What a running text may do ---------------------------------------------------------------------


def test_a_section_that_is_missing_fails_its_checks(
    rendered: dict[str, Rendered], check_text: Callable[[str, str], tuple[Result, ...]]
) -> None:
    text = without(rendered["28085-epars"].text, "", "interface GigabitEthernet1/6")
    assert {"H104", "H111", "H112", "H123"} <= failed(check_text("28085-epars", text))


def test_an_empty_text_fails_whatever_is_not_waived(
    check_text: Callable[[str, str], tuple[Result, ...]],
) -> None:
    for switch in ONE_OF_EACH:
        results = check_text(switch, "")
        met = {r.control.id for r in results if r.status is Status.MECHANISM}
        assert met == set()


def test_what_a_banner_says_proves_nothing(
    rendered: dict[str, Rendered], check_text: Callable[[str, str], tuple[Result, ...]]
) -> None:
    text = rendered["28085-epars"].text.replace("no ip http server\n", "")
    text = text.replace("banner login ^C\n", "banner login ^C\nno ip http server\n")
    assert failed(check_text("28085-epars", text)) == {"H203"}


@pytest.mark.parametrize(
    "listed",
    ["101,102,104,900-1000", "101,102,104,106\n switchport trunk allowed vlan add 990-1000"],
)
def test_a_vlan_inside_a_range_is_carried(
    listed: str,
    rendered: dict[str, Rendered],
    check_text: Callable[[str, str], tuple[Result, ...]],
) -> None:
    text = rendered["28085-epars"].text.replace(
        "allowed vlan 101,102,104,106", f"allowed vlan {listed}", 1
    )
    assert failed(check_text("28085-epars", text)) == {"H103"}


def test_two_access_methods_on_a_port_are_one_too_many(
    rendered: dict[str, Rendered], check_text: Callable[[str, str], tuple[Result, ...]]
) -> None:
    text = rendered["28085-epars"].text.replace("\n mab\n", "\n mab\n dot1x pae authenticator\n", 1)
    results = check_text("28085-epars", text)
    assert failed(results) == {"H111"}
    told = [finding.what for finding in findings("28085-epars", results)]
    assert len(told) == 1
    assert "more than one of the mechanisms" in told[0]


def test_a_model_without_an_ability_is_waived_with_a_reason(
    complete: Blueprint, rendered: dict[str, Rendered], checker: Checker
) -> None:
    from dataclasses import replace

    each = rendered["28085-epars"]
    view = replace(each.view, able=replace(each.view.able, port_ipv6_acl=False, udld=False))
    results = {r.control.id: r for r in checker.check(subject_of(view, "ios_xe"), each.text)}
    assert results["H124"].status is Status.WAIVED
    assert results["H124"].compensated_by == ("H115", "H123")
    assert results["H122"].status is Status.WAIVED
    del complete
