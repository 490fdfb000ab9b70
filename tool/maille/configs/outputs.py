"""What `maille build` writes of the network: texts, reports on them, and exports, as files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maille.configs.exports import camera_list, dns, flow_matrix, radius
from maille.configs.hardening.matrix import matrix
from maille.configs.hardening.table import markdown
from maille.configs.render import Renderer
from maille.errors import RenderError
from maille.folders import File
from maille.spreadsheet import as_csv, as_json, as_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from maille.blueprint.model import Blueprint
    from maille.configs.hardening.matrix import Matrix
    from maille.configs.render import Rendered
    from maille.spreadsheet import Sheet


@dataclass(frozen=True, slots=True)
class Text:
    """What is rendered for one switch."""

    rendered: Rendered
    bootstrap: str


def render(
    blueprint: Blueprint, switches: Iterable[str], step: Callable[[], None] = lambda: None
) -> tuple[Text, ...]:
    """Render switches, by their ids; `step` is called after each.

    Raises RenderError.
    """
    renderer = Renderer(blueprint)
    texts = []
    for switch in switches:
        rendered = renderer.configuration(switch)
        texts.append(Text(rendered, renderer.bootstrap(rendered)))
        step()
    _distinct(texts)
    return tuple(texts)


def _distinct(texts: Iterable[Text]) -> None:
    """Refuse two switches with one host name, of which one file would be lost."""
    seen: dict[str, str] = {}
    for text in texts:
        name, switch = text.rendered.view.hostname, text.rendered.switch.id
        if name in seen:
            raise RenderError(
                f"switches {seen[name]} and {switch} have the host name {name}",
                "give one of them another name in the lock",
            )
        seen[name] = switch


def text_files(texts: Iterable[Text]) -> Iterator[File]:
    """Give configurations and bootstraps, a file a switch."""
    for text in texts:
        name = text.rendered.view.hostname
        yield File(f"configs/{name}.cfg", text.rendered.text)
        yield File(f"bootstrap/{name}.cfg", text.bootstrap)


def report_files(texts: Iterable[Text], hardening: Matrix) -> Iterator[File]:
    """Give the reports that stand beside the configurations."""
    yield File("hardening.md", markdown(hardening))
    yield File("hardening.json", _json(matrix_document(hardening)))
    yield File("beside-the-text.md", beside(texts))


def hardening_of(blueprint: Blueprint, texts: Iterable[Text]) -> Matrix:
    """Check the rendered texts against the controls."""
    return matrix((text.rendered for text in texts), blueprint.estate.settings)


def export_files(blueprint: Blueprint) -> Iterator[File]:
    """Give what others need: flow matrix, cameras, RADIUS, DNS."""
    yield from _sheet(flow_matrix.flow_sheet(blueprint), "flow-matrix", blueprint)
    yield from _sheet(camera_list.camera_sheet(blueprint), "cameras", blueprint)
    yield File("exports/radius/clients.conf", radius.clients(blueprint))
    yield File("exports/radius/authorize", radius.authorize(blueprint))
    for zone, text in dns.zones(blueprint).items():
        yield File(f"exports/dns/{zone}.zone", text)


def _sheet(sheet: Sheet, name: str, blueprint: Blueprint) -> Iterator[File]:
    yield File(f"exports/{name}.csv", as_csv(sheet))
    yield File(f"exports/{name}.json", as_json(sheet))
    yield File(f"exports/{name}.xlsx", as_workbook([sheet], blueprint.as_of))


def matrix_document(hardening: Matrix) -> list[dict[str, Any]]:
    """Give the hardening matrix for programs, a control an entry."""
    return [
        {
            "id": row.control.id,
            "title": row.control.title,
            "sources": row.control.sources,
            "models": {
                model: {
                    "status": cell.status.value,
                    "shown_by": cell.evidence,
                    "compensated_by": cell.compensated_by,
                    "failures": [
                        {"switch": switch, "where": failure.where, "what": failure.what}
                        for switch, failure in cell.failures
                    ],
                }
                for model, cell in row.cells.items()
            },
        }
        for row in hardening.rows
    ]


def beside(texts: Iterable[Text]) -> str:
    """Tell what stands beside the texts: lines of one switch, sections left alone, commands.

    No device stores comments, so what a text cannot say of itself is said here.
    """
    parts = ["# Beside the configurations\n"]
    parts += (_beside(text.rendered) for text in texts)
    return "\n".join(parts)


def _beside(rendered: Rendered) -> str:
    view = rendered.view
    lines = [f"## {view.hostname}", ""]
    lines += _listed("Lines of this switch alone, in its text", view.extra)
    lines += _listed("Sections that are left alone, not in its text", view.unmanaged)
    lines += ["Taken by the device and never shown:", ""]
    lines += ["| what | set by | check by |", "|---|---|---|"]
    lines += (
        f"| {command.what} | `{command.set}` | `{command.check}` |"
        for command in rendered.side_commands
    )
    return "\n".join([*lines, ""])


def _listed(title: str, lines: tuple[str, ...]) -> list[str]:
    return [f"{title}:", "", *(f"    {line}" for line in lines), ""] if lines else []


def _json(document: object) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
