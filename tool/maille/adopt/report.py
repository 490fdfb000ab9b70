"""The adoption report: what was placed and as what, what was not, what is left to do.

As one document for programs, and as Markdown for people. Secrets are in neither.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from maille.adopt.codes import (
    CONTRADICTION,
    DEVICE_NOT_PLACED,
    GUESSED,
    HOW_READ,
    NO_CONFIGURATION,
    NOT_UNDERSTOOD,
    NUMBER_NOT_KEPT,
    PORT_NOT_PLACED,
    TO_FILL_IN,
    TWICE,
    UNREADABLE,
    VLAN_NOT_PLACED,
)
from maille.report.caret import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maille.adopt.adopt import Adoption
    from maille.adopt.device import Device
    from maille.errors import Finding

SCHEMA: Final = "maille.adoption/1"
"""Rises when a key is renamed or removed, not when one is added."""
_MOST_KINDS: Final = 40
"""Kinds of lines left aside that the Markdown shows; the document has all of them."""

_GROUPS: Final[dict[str, frozenset[str]]] = {
    "not_placed": frozenset(
        {DEVICE_NOT_PLACED, PORT_NOT_PLACED, VLAN_NOT_PLACED, UNREADABLE, NO_CONFIGURATION, TWICE}
    ),
    "not_kept": frozenset({NUMBER_NOT_KEPT}),
    "contradictions": frozenset({CONTRADICTION}),
    "guessed": frozenset({GUESSED, HOW_READ, NOT_UNDERSTOOD}),
    "to_fill_in": frozenset({TO_FILL_IN}),
}
_WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "title": "Adoption of {estate}",
        "placed": "Placed",
        "not_placed": "Not placed",
        "not_kept": "Numbers that will change",
        "contradictions": "Contradictions",
        "guessed": "Guessed",
        "to_fill_in": "To fill in",
        "other": "Findings on the draft",
        "secrets": "Secrets",
        "secrets_text": "None of them was copied. Keep each under the reference that the draft has"
        " for it; what has none is not used by maille.",
        "unread": "Lines left aside",
        "unread_text": "They say nothing about the plan of numbers. maille renders its own lines"
        " for most of them; `maille audit config` shows the difference.",
        "nothing": "Nothing.",
        "columns": "| device | in the draft | model | ports | file |",
        "count": "| lines | kind | first |",
        "secret_columns": "| what | kept under | lines | first |",
    },
    "fr": {
        "title": "Reprise de {estate}",
        "placed": "Placé",
        "not_placed": "Non placé",
        "not_kept": "Numéros qui changeront",
        "contradictions": "Contradictions",
        "guessed": "Supposé",
        "to_fill_in": "À compléter",
        "other": "Constats sur l'ébauche",
        "secrets": "Secrets",
        "secrets_text": "Aucun n'a été copié. Garder chacun sous la référence que l'ébauche lui"
        " donne ; maille n'utilise pas ceux qui n'en ont pas.",
        "unread": "Lignes laissées de côté",
        "unread_text": "Elles ne disent rien du plan de numérotation. maille produit les siennes"
        " pour la plupart ; `maille audit config` montre la différence.",
        "nothing": "Rien.",
        "columns": "| équipement | dans l'ébauche | modèle | ports | fichier |",
        "count": "| lignes | genre | première |",
        "secret_columns": "| quoi | gardé sous | lignes | première |",
    },
}


def as_document(adoption: Adoption) -> dict[str, Any]:
    """Give the report as plain Python."""
    return {
        "schema": SCHEMA,
        "whole": adoption.whole,
        "counts": counts(adoption),
        "devices": [_placed(adoption, device) for device in adoption.devices],
        **{
            group: [_told(finding) for finding in found]
            for group, found in grouped(adoption.findings).items()
        },
        "secrets": [
            {"what": what, "reference": reference_for(adoption, what), "places": places}
            for what, places in _secrets(adoption).items()
        ],
        "unread": [
            {"kind": kind, "lines": count, "first": first}
            for kind, (count, first) in _unread(adoption).items()
        ],
    }


def counts(adoption: Adoption) -> dict[str, int]:
    """Count what was read and what was placed."""
    found = {"files": adoption.files, "devices": len(adoption.devices)}
    if adoption.adopted is None:
        return found
    plan = adoption.adopted.plan
    kinds = Counter(each.kind for each in plan.uses.all)
    return found | {
        "communes": len(plan.survey.towns),
        "cabinets": len(plan.survey.cabinets),
        "site_switches": len(plan.survey.indoors),
        "rings": len(plan.survey.rings),
        "cables": len(plan.survey.cables),
        "segments": len(plan.segments.of_communes)
        + sum(each.at is not None for each in plan.centre.segments),
        "cameras": kinds["cameras"],
        "attachment_points": kinds["points"],
        "hosts": len(plan.centre.hosts),
        "numbers_read": len(plan.numbers),
        "numbers_kept": adoption.adopted.kept,
    }


def grouped(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Sort findings by what they are about."""
    found: dict[str, list[Finding]] = {group: [] for group in (*_GROUPS, "other")}
    for finding in findings:
        group = next((name for name, codes in _GROUPS.items() if finding.code in codes), "other")
        found[group].append(finding)
    return found


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "what": finding.what,
        "how": finding.how,
        "subject": finding.subject,
        "place": asdict(finding.place),
        "line_text": finding.line_text,
    }


def _placed(adoption: Adoption, device: Device) -> dict[str, Any]:
    """Say what became of a device."""
    found: dict[str, Any] = {
        "device": device.hostname,
        "file": device.file,
        "platform": device.platform,
        "in_draft": None,
        "model": None,
        "ports_in_use": 0,
        "ports_placed": 0,
    }
    survey = adoption.adopted.plan.survey if adoption.adopted else None
    host = (
        next((key for key, each in survey.devices.items() if each is device), "") if survey else ""
    )
    if adoption.adopted is None or survey is None or not host:
        return found
    plan = adoption.adopted.plan
    if host in survey.cabinets or host in survey.indoors:
        found["in_draft"] = survey.switch(host)
        found["model"] = survey.models[host].id
    cabled = {port for at, port in survey.ends() if at == host}
    attached = {each.port for each in plan.uses.attachments.get(host, ())}
    served = {s.port for h in plan.centre.hosts for s in h.sockets if s.host == host}
    served |= {s.port for leg in plan.centre.legs.values() for s in leg.sockets if s.host == host}
    placed = cabled | attached | served
    missed = {
        finding.place.line
        for finding in adoption.findings
        if finding.code == PORT_NOT_PLACED and finding.place.file == device.file
    }
    found["ports_placed"] = len(placed)
    found["ports_in_use"] = len(placed) + len(missed)
    return found


def _secrets(adoption: Adoption) -> dict[str, list[str]]:
    """Give the places of secrets by what they are for."""
    found: dict[str, list[str]] = {}
    for device in adoption.devices:
        for secret in device.secrets:
            found.setdefault(secret.what, []).append(str(device.place(secret.line)))
    return dict(sorted(found.items()))


def reference_for(adoption: Adoption, what: str) -> str | None:
    """Give the reference by which the draft names such a secret, None if it uses none."""
    if adoption.adopted is None:
        return None
    management = adoption.adopted.draft.estate.settings.management
    return {
        "enable secret": management.enable_secret,
        "local account": management.local_user.secret,
        "key of a RADIUS or TACACS+ server": management.radius_key,
        "SNMPv3 user": management.snmp.auth,
        "NTP key": management.ntp_key.key,
        "routing protocol key": management.ospf_key,
    }.get(what)


def _unread(adoption: Adoption) -> dict[str, tuple[int, str]]:
    """Count lines that were left aside by their kind, most frequent first."""
    counted: Counter[str] = Counter()
    first: dict[str, str] = {}
    for device in adoption.devices:
        for kind, line in device.unread:
            counted[kind] += 1
            first.setdefault(kind, str(device.place(line)))
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return {kind: (count, first[kind]) for kind, count in ordered}


def as_markdown(adoption: Adoption, estate: str, language: str) -> str:
    """Give the report for people."""
    words = _WORDS[language]
    return "\n".join(_markdown(adoption, estate, words)) + "\n"


def _markdown(adoption: Adoption, estate: str, words: dict[str, str]) -> Iterator[str]:
    yield f"# {words['title'].format(estate=_cell(estate))}"
    yield ""
    yield ", ".join(
        f"{name.replace('_', ' ')}: {count}" for name, count in counts(adoption).items()
    )
    for group, found in grouped(adoption.findings).items():
        if group == "other" and not found:
            continue
        yield from _heading(words[group])
        yield from _list(found, words)
    yield from _heading(words["placed"])
    yield words["columns"]
    yield "|---|---|---|---|---|"
    for device in adoption.devices:
        each = _placed(adoption, device)
        ports = f"{each['ports_placed']}/{each['ports_in_use']}" if each["in_draft"] else "-"
        cells = (each["device"], each["in_draft"] or "-", each["model"] or "-", ports, each["file"])
        yield f"| {' | '.join(map(_cell, cells))} |"
    yield from _heading(words["secrets"])
    yield words["secrets_text"]
    yield ""
    yield words["secret_columns"]
    yield "|---|---|---|---|"
    for what, places in _secrets(adoption).items():
        reference = reference_for(adoption, what)
        kept = f"`{reference}`" if reference else "-"
        yield f"| {what} | {kept} | {len(places)} | {_cell(places[0])} |"
    yield from _heading(words["unread"])
    yield words["unread_text"]
    yield ""
    yield words["count"]
    yield "|---|---|---|"
    for kind, (count, first) in list(_unread(adoption).items())[:_MOST_KINDS]:
        yield f"| {count} | {_cell(kind)} | {_cell(first)} |"


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield f"## {text}"
    yield ""


def _list(found: list[Finding], words: dict[str, str]) -> Iterator[str]:
    if not found:
        yield words["nothing"]
    for finding in found:
        place = f"`{_cell(str(finding.place))}`: " if finding.place.file else ""
        yield f"- {place}{_cell(finding.what)}"
        if finding.line_text.strip():
            yield f"  `{_cell(finding.line_text.strip())}`"
        if finding.how:
            yield f"  {_cell(finding.how)}"


def _cell(text: str) -> str:
    """Make a text harmless within a line of Markdown."""
    return harmless(text).replace("|", "\\|").replace("\n", " ")
