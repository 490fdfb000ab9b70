"""What every page of the book is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maille.blueprint.access import in_force
from maille.documents.blocks import Code, Link, Many, Tag
from maille.documents.naming import camera_page, commune_page, segment_page, switch_page
from maille.documents.words import SEVERITY, word
from maille.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from markupsafe import Markup

    from maille.blueprint.model import Blueprint, Camera, Segment, Switch
    from maille.check.built import Built
    from maille.documents.blocks import Cell, Tone
    from maille.documents.telling import Telling
    from maille.errors import Finding
    from maille.inventory.schema.governance import Convention
    from maille.sizing.forecast import Forecast
    from maille.sizing.sizing import Sizing
    from maille.tongue import Tongue


_TONE: Final[Mapping[Severity, Tone]] = {
    Severity.ERROR: "bad",
    Severity.WARNING: "warn",
    Severity.INFO: "soft",
}


@dataclass(frozen=True, slots=True)
class Context:
    """An estate as it was built, the language of its book, and what was computed for it once."""

    built: Built
    tongue: Tongue
    telling: Telling
    drawings: Mapping[str, Markup]
    blocked: Mapping[str, str]
    """The switch whose port blocks, by link."""
    sizing: Sizing
    forecast: Forecast
    on_switch: Mapping[str, tuple[Camera, ...]]
    """Cameras by the switch they hang on."""

    @property
    def blueprint(self) -> Blueprint:
        """Give the blueprint."""
        return self.built.blueprint

    @property
    def as_of(self) -> date:
        """Give the day of the book."""
        return self.built.blueprint.as_of

    def cameras_on(self, switch: str) -> tuple[Camera, ...]:
        """Give the cameras on a switch."""
        return self.on_switch.get(switch, ())

    def commune_link(self, insee: str) -> Cell:
        """Link to a commune by its name; those that are no members have no page."""
        name = self.blueprint.estate.communes[insee].commune
        return Link(name, commune_page(insee)) if insee in self.blueprint.communes else name

    def switch_link(self, switch: Switch) -> Link:
        """Link to a switch by its host name."""
        return Link(switch.hostname, switch_page(self.blueprint, switch.id), code=True)

    def camera_link(self, camera: Camera) -> Link:
        """Link to a camera by its id."""
        return Link(camera.id, camera_page(self.blueprint, camera), code=True)

    def segment_link(self, segment: Segment) -> Link:
        """Link to a segment by its VLAN."""
        return Link(str(segment.vlan), segment_page(segment.id), code=True)

    def camera_state(self, camera: Camera) -> Tag:
        """Say whether a camera is connected."""
        if camera.connected:
            return Tag(self.tongue.gettext("connected"), "good")
        if camera.nomad:
            return Tag(self.tongue.gettext("nomad, in store"), "soft")
        return Tag(self.tongue.gettext("planned"), "soft")

    def until(self, end: date | None) -> Cell:
        """Write the end of a text, and warn when it is near or past."""
        if end is None:
            return self.tongue.gettext("no end")
        written = self.tongue.brief_day(end)
        left = (end - self.as_of).days
        if left < 0:
            return Many((written, Tag(self.tongue.gettext("expired"), "bad")))
        if left <= self.blueprint.estate.settings.expiry_warning_days:
            words = self.tongue.ngettext("{count} day left", "{count} days left", left)
            return Many((written, Tag(words.format(count=left), "warn")))
        return written

    def holds(self, convention: Convention) -> Tag:
        """Say whether a convention is in force."""
        if in_force(convention, self.as_of):
            return Tag(self.tongue.gettext("in force"), "good")
        return Tag(self.tongue.gettext("not in force"), "warn")

    def severity(self, finding: Finding) -> Tag:
        """Write the severity of a finding."""
        if finding.waiver:
            return Tag(self.tongue.gettext("waived"), "soft")
        return Tag(word(self.tongue, SEVERITY, finding.severity.value), _TONE[finding.severity])

    def codes(self, texts: Iterable[str]) -> Many:
        """Write ids one below the other."""
        return Many(Code(text) for text in texts)
