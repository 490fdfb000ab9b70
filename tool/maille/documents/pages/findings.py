"""What is found, open or waived."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from maille.documents.blocks import (
    Code,
    Column,
    Figures,
    Link,
    Many,
    Note,
    Page,
    Row,
    Table,
    section,
    sections,
)
from maille.documents.naming import subject_page
from maille.report.order import Counts
from maille.rules.registry import ALL_CODES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maille.documents.blocks import Cell
    from maille.documents.context import Context
    from maille.errors import Finding

_WEIGHT = {"error": 0, "warning": 1, "info": 2}


def findings_table(context: Context, findings: Iterable[Finding]) -> Table:
    """Write findings, the gravest first: what is broken, where, what is to be done."""
    _ = context.tongue.gettext
    ordered = sorted(findings, key=lambda it: (_WEIGHT[it.severity.value], it.code, it.subject))
    return Table(
        name=_("Findings"),
        columns=(
            Column(_("Severity")),
            Column(_("Rule")),
            Column(_("About")),
            Column(_("In detail, as the check says it"), "prose"),
            Column(_("Written in"), "code"),
        ),
        rows=tuple(_row(context, finding) for finding in ordered),
    )


def _row(context: Context, finding: Finding) -> Row:
    title = context.tongue.gettext(_title(finding.code))
    how = (context.telling(finding.how),) if finding.how else ()
    return Row(
        (
            context.severity(finding),
            Many((Code(finding.code), title)),
            _subject(context, finding.subject),
            Many((context.telling(finding.what), *how)),
            Code(_where(finding)),
        )
    )


def _subject(context: Context, subject: str) -> Cell:
    page = subject_page(context.blueprint, subject)
    return Link(subject, page, code=True) if page else Code(subject)


def _where(finding: Finding) -> str:
    """Give file and line; the folder is whose computer it is, not of the estate."""
    place = finding.place
    name = PurePath(place.file).name
    return f"{name}:{place.line}" if place.line else name


def findings_summary(context: Context, findings: Iterable[Finding]) -> Table:
    """Count findings by rule, the gravest first."""
    _ = context.tongue.gettext
    by_rule: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda it: (_WEIGHT[it.severity.value], it.code)):
        by_rule.setdefault(finding.code, []).append(finding)
    return Table(
        name=_("Open findings by rule"),
        columns=(Column(_("Severity")), Column(_("Rule")), Column(_("Findings"))),
        rows=tuple(
            Row(
                (
                    context.severity(found[0]),
                    Many((_(_title(code)), Code(code))),
                    Link(context.tongue.number(len(found)), "findings.html#open"),
                )
            )
            for code, found in by_rule.items()
        ),
    )


def waivers_table(context: Context) -> Table:
    """Write the waivers of the inventory: what is accepted, why, by whom, until when."""
    _ = context.tongue.gettext
    return Table(
        name=_("Waivers"),
        columns=(
            Column(_("Rule")),
            Column(_("About")),
            Column(_("Reason"), "prose"),
            Column(_("Approved by")),
            Column(_("Until")),
        ),
        rows=tuple(
            Row(
                (
                    Many((Code(waiver.rule), _(_title(waiver.rule)))),
                    _subject(context, waiver.subject),
                    waiver.reason,
                    waiver.approved_by or "",
                    context.until(waiver.until),
                )
            )
            for waiver in context.blueprint.estate.waivers
        ),
    )


def _title(code: str) -> str:
    info = ALL_CODES.get(code)
    return info.title if info else code


def open_findings(context: Context) -> tuple[Finding, ...]:
    """Give the findings that nobody has waived."""
    return tuple(finding for finding in context.built.findings if finding.waiver is None)


def findings_page(context: Context) -> Page:
    """Write the page of findings and waivers."""
    _ = context.tongue.gettext
    number, ngettext = context.tongue.number, context.tongue.ngettext
    counts = Counts.of(context.built.findings)
    found = open_findings(context)
    return Page(
        path="findings.html",
        title=_("Findings and waivers"),
        lead=_("What the check of the inventory says on {day}.").format(
            day=context.tongue.day(context.as_of)
        ),
        top=(
            Figures(
                (
                    (number(counts.errors), ngettext("open error", "open errors", counts.errors)),
                    (
                        number(counts.warnings),
                        ngettext("open warning", "open warnings", counts.warnings),
                    ),
                    (number(counts.infos), ngettext("remark made", "remarks made", counts.infos)),
                    (
                        number(counts.waived),
                        ngettext("finding waived", "findings waived", counts.waived),
                    ),
                )
            ),
        ),
        sections=sections(
            section(
                _("Open"),
                "open",
                findings_table(context, found) if found else Note(_("Nothing is open."), "good"),
            ),
            section(
                _("Waivers"),
                "waivers",
                waivers_table(context)
                if context.blueprint.estate.waivers
                else Note(_("Nothing is waived.")),
            ),
        ),
    )
