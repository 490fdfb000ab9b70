"""Renders configurations: a view and a template give the text of a switch.

Templates are Jinja2 with undefined names forbidden. Compiled ones are kept in the user's cache
folder, where there is one that can be written.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)

from maille.configs.context import Views
from maille.configs.platforms import drivers as known_drivers
from maille.errors import Place, RenderError
from maille.platforms import templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from maille.blueprint.model import Blueprint, Switch
    from maille.configs.platforms.base import Driver, SideCommand
    from maille.configs.views import Boot, SwitchView

_OF_A_VIEW = re.compile(r"'?maille\.configs\.views\.(\w+) object'?")

CACHE_RIGHTS = 0o700
"""Compiled templates are code: nobody else may write them."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The intended configuration of a switch, with what stands beside it."""

    switch: Switch
    view: SwitchView
    """What its template read."""
    text: str
    """Whole, in the form in which the device stores it; secrets are tokens."""
    controls: str
    """Its column of the hardening controls."""
    side_commands: tuple[SideCommand, ...]
    """What the device takes and never shows."""


class Renderer:
    """Renders the switches of one estate."""

    def __init__(
        self,
        blueprint: Blueprint,
        *,
        drivers: Mapping[str, Driver] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Take an estate, and other platforms or templates than those of the package."""
        self._blueprint = blueprint
        self._drivers = drivers or known_drivers()
        self._views = Views(blueprint, self._drivers)
        self._folder = folder or templates_folder()
        self._environment = _environment(self._folder)

    def view(self, switch: str) -> SwitchView:
        """Give what the templates of a switch read."""
        return self._views.of(self._blueprint.switches[switch])

    def configuration(self, switch: str) -> Rendered:
        """Render the whole configuration of a switch, by its id.

        Raises:
            RenderError: a template asks for what there is not, or the switch cannot be rendered.
        """
        return self.rendered(self._blueprint.switches[switch])

    def rendered(self, switch: Switch, view: SwitchView | None = None) -> Rendered:
        """Render a switch, from a view that is there already if one is given."""
        view = view or self._views.of(switch)
        dialect = self._drivers[switch.model.platform].dialects[switch.model.dialect]
        return Rendered(
            switch=switch,
            view=view,
            text=self._render(dialect.template, s=view),
            controls=dialect.controls,
            side_commands=dialect.side_commands(view),
        )

    def all(self) -> Iterator[Rendered]:
        """Render every switch, in the order of the blueprint."""
        for switch in self._blueprint.switches.values():
            yield self.rendered(switch)

    def bootstrap(self, rendered: Rendered) -> str:
        """Render what is typed at the bench, as commands, of a switch that has been rendered."""
        model = rendered.switch.model
        dialect = self._drivers[model.platform].dialects[model.dialect]
        boot = self._views.boot(rendered.switch, rendered.view)
        return self._render(dialect.bootstrap, s=rendered.view, boot=boot)

    def _render(self, name: str, s: SwitchView, **more: Boot) -> str:
        try:
            return self._environment.get_template(name).render(s=s, **more)
        except TemplateNotFound as error:
            raise RenderError(
                f"there is no template `{error.name}`", f"it belongs into {self._folder}"
            ) from None
        except TemplateSyntaxError as error:
            at = Place(f"{self._folder.name}/{error.name}", error.lineno)
            raise RenderError(f"the template cannot be read: {error.message}", "", at) from None
        except Exception as error:
            place = _place(error.__traceback__, self._folder)
            if place is None:
                raise
            raise RenderError(
                f"switch {s.hostname}: {_told(error)}", "give the view what it asks for", place
            ) from error


def _told(error: Exception) -> str:
    """Tell what went wrong in a template: views by their names, as views.py has them."""
    message = error.message if isinstance(error, TemplateError) and error.message else str(error)
    return _OF_A_VIEW.sub(r"\1", message)


def _place(traceback: TracebackType | None, folder: Path) -> Place | None:
    """Give the innermost line of a template in a traceback; none if no template is in it."""
    found = None
    while traceback:
        file = Path(traceback.tb_frame.f_code.co_filename)
        if file.is_relative_to(folder):
            name = (Path(folder.name) / file.relative_to(folder)).as_posix()
            found = Place(name, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # device configurations, no HTML; `words` cleans the text
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_bytecode_cache(),
    )


def _bytecode_cache() -> FileSystemBytecodeCache | None:
    """Keep compiled templates in the user's cache folder; go without where there is none."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base / "maille" / "templates"
        folder.mkdir(mode=CACHE_RIGHTS, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None
