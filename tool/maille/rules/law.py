"""The law on video-protection, in checkable form: L003 to L013.

CSI is the Code de la sécurité intérieure; the arrêté of 3 August 2007 sets the technical
standards of video-protection systems.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit
from maille.rules.walk import authorisation_of, authorisations_of, cameras_of, profile_of
from maille.topology.service import begun, films, hangs
from maille.topology.waves import wave_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.inventory.schema.commune import Camera
    from maille.inventory.schema.rollout import Nomad
    from maille.rules.model import EstateContext

AUTHORISATION_YEARS = 5
LONGEST_GATHERING_DAYS = 123
"""CSI L252-6: four months; the longest four months in a row have 123 days."""

IDENTIFYING_PIXELS = (704, 576)
OTHER_PIXELS = (352, 288)
FAST_FPS, OTHER_FPS = 12, 6


def _authorised(context: EstateContext) -> Iterator[Hit]:
    for insee, commune in context.estate.communes.items():
        if commune.member and not commune.authorisation and any(True for _ in cameras_of(commune)):
            yield Hit(
                ("communes", insee),
                f"{commune.commune} has cameras and no authorisation of the prefect",
                "write `authorisation: {number: …, granted: …, expires: …}`",
                insee,
            )


def _expiry(context: EstateContext) -> Iterator[Hit]:
    soon = timedelta(days=context.estate.settings.expiry_warning_days)
    for commune in context.estate.communes.values():
        for path, entry, subject in authorisations_of(commune):
            if entry.expires < context.as_of:
                if entry.gathering_ends is None:
                    yield Hit(
                        (*path, "expires"),
                        f"the authorisation {entry.number} ended on {entry.expires}",
                        "renew it; its cameras may not film without",
                        subject,
                    )
            elif entry.expires - context.as_of <= soon and entry.gathering_ends is None:
                days = (entry.expires - context.as_of).days
                yield Hit(
                    (*path, "expires"),
                    f"the authorisation {entry.number} ends on {entry.expires}, in {days} days",
                    "ask the prefecture for its renewal",
                    subject,
                    Severity.WARNING,
                )


def _validity(context: EstateContext) -> Iterator[Hit]:
    for commune in context.estate.communes.values():
        for path, entry, subject in authorisations_of(commune):
            if entry.expires > _years_later(entry.granted, AUTHORISATION_YEARS):
                yield Hit(
                    (*path, "expires"),
                    f"the authorisation {entry.number} runs from {entry.granted} to"
                    f" {entry.expires}: longer than five years",
                    "copy the dates from the prefect's order",
                    subject,
                )
            if entry.expires <= entry.granted:
                yield Hit(
                    (*path, "expires"),
                    f"the authorisation {entry.number} ends before it begins",
                    "copy the dates from the prefect's order",
                    subject,
                )


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _gatherings(context: EstateContext) -> Iterator[Hit]:
    for commune in context.estate.communes.values():
        for path, entry, subject in authorisations_of(commune):
            ends = entry.gathering_ends
            if ends is None:
                continue
            if (entry.expires - entry.granted).days > LONGEST_GATHERING_DAYS:
                yield Hit(
                    (*path, "expires"),
                    f"an installation for a gathering is authorised from {entry.granted} to"
                    f" {entry.expires}: longer than four months",
                    "shorten it, or ask for an ordinary authorisation",
                    subject,
                )
            if entry.expires > ends:
                yield Hit(
                    (*path, "expires"),
                    f"the authorisation lasts until {entry.expires}, the gathering ends on {ends}",
                    "let it end with the gathering",
                    subject,
                )


def _gathering_over(context: EstateContext) -> Iterator[Hit]:
    for insee, commune in context.estate.communes.items():
        for path, ident, camera in cameras_of(commune, insee):
            entry = authorisation_of(commune, camera)
            ends = entry.gathering_ends if entry else None
            if ends and ends < context.as_of and films(camera, context.as_of):
                yield Hit(
                    (*path, "authorisation"),
                    f"the gathering ended on {ends} and camera {ident} is still in service",
                    "take it out: `out_of_service: <day>`",
                    ident,
                )


def _prefect_informed(context: EstateContext) -> Iterator[Hit]:
    estate = context.estate
    for insee, commune in estate.communes.items():
        for path, ident, camera in cameras_of(commune, insee):
            key = wave_of(estate, commune, camera)
            wave = estate.waves.get(key or "")
            started = camera.in_service
            if not wave or not started or not begun(started, context.as_of):
                continue
            if wave.prefect_informed is None or wave.prefect_informed > started:
                told = f"on {wave.prefect_informed}" if wave.prefect_informed else "not at all"
                yield Hit(
                    (*path, "in_service"),
                    f"camera {ident} went into service on {started}; the prefect was informed"
                    f" of wave `{key}` {told}",
                    "inform the prefect first and write `prefect_informed` of the wave",
                    ident,
                )


def _no_sound(context: EstateContext) -> Iterator[Hit]:
    how = "write `audio: false`, or leave it out"
    for key, profile in context.estate.settings.profiles.items():
        if profile.audio:
            what = f"profile `{key}` records sound"
            yield Hit(("settings", "profiles", key, "audio"), what, how, key)
    for insee, commune in context.estate.communes.items():
        for path, ident, camera in cameras_of(commune, insee):
            if camera.audio:
                yield Hit((*path, "audio"), f"camera {ident} records sound", how, ident)
    for ident, nomad in context.estate.nomads.items():
        if nomad.audio:
            yield Hit(("nomads", ident, "audio"), f"nomad {ident} records sound", how, ident)


def _resolution(context: EstateContext) -> Iterator[Hit]:
    for key, profile in context.estate.settings.profiles.items():
        least = IDENTIFYING_PIXELS if profile.identifies_persons else OTHER_PIXELS
        width, height = profile.resolution
        if width < least[0] or height < least[1]:
            yield Hit(
                ("settings", "profiles", key, "resolution"),
                f"profile `{key}` records {width} x {height}, at least {least[0]} x {least[1]}"
                " are required",
                "raise the resolution",
                key,
            )


def _frame_rate(context: EstateContext) -> Iterator[Hit]:
    for key, profile in context.estate.settings.profiles.items():
        least = FAST_FPS if profile.fast_movers else OTHER_FPS
        if profile.fps < least:
            yield Hit(
                ("settings", "profiles", key, "fps"),
                f"profile `{key}` records {profile.fps} frames a second, {least} are required",
                "raise the frame rate",
                key,
            )


def _able_cameras(context: EstateContext) -> Iterator[Hit]:
    """A profile asks nothing that its cameras cannot do."""
    estate = context.estate
    for insee, commune in estate.communes.items():
        for path, ident, camera in cameras_of(commune, insee):
            model, profile = estate.catalogue.cameras[camera.model], profile_of(estate, camera)
            lacks = []
            if profile.codec not in model.codecs:
                lacks.append(f"no {profile.codec}")
            if (
                profile.resolution[0] * profile.resolution[1]
                > model.resolution[0] * model.resolution[1]
            ):
                lacks.append(f"{model.resolution[0]} x {model.resolution[1]} at most")
            if profile.fps > model.max_fps:
                lacks.append(f"{model.max_fps} frames a second at most")
            if lacks:
                yield Hit(
                    (*path, "model"),
                    f"`{camera.model}` cannot film as its profile asks: {', '.join(lacks)}",
                    "choose another model, or another `profile`",
                    ident,
                )


def _masks(context: EstateContext) -> Iterator[Hit]:
    for insee, commune in context.estate.communes.items():
        for path, ident, camera in cameras_of(commune, insee):
            if films(camera, context.as_of) and _unmasked(camera):
                yield Hit(path, f"camera {ident} sees private space and has no mask", _MASK, ident)
    for ident, nomad in context.estate.nomads.items():
        if hangs(nomad, context.as_of) and _unmasked(nomad):
            path = ("nomads", ident)
            yield Hit(path, f"nomad {ident} sees private space and has no mask", _MASK, ident)


_MASK = "name its `masks`, or write `private_space: false` where there is none in view"


def _unmasked(camera: Camera | Nomad) -> bool:
    return camera.private_space and not camera.masks


def _law(code: str, title: str, source: str, text: str) -> RuleInfo:
    return RuleInfo(code, title, Severity.ERROR, source, text)


RULES = (
    EstateRule(
        _law(
            "L003",
            "no authorisation",
            "CSI L252-1",
            "Every installation has a prefect's authorisation.",
        ),
        _authorised,
        judges=("camera", "commune"),
    ),
    EstateRule(
        _law(
            "L004",
            "authorisation ended or ending",
            "CSI L252-4",
            "An authorisation is valid for five years and renewable. Past its end cameras may not "
            "film; its end is told `expiry_warning_days` ahead.",
        ),
        _expiry,
        judges=("camera", "commune"),
    ),
    EstateRule(
        _law(
            "L005",
            "authorisation with impossible dates",
            "CSI L252-4",
            "An authorisation runs for five years at most.",
        ),
        _validity,
        judges=("commune",),
    ),
    EstateRule(
        _law(
            "L006",
            "gathering authorised for too long",
            "CSI L252-6",
            "For a large gathering the prefect may authorise an installation for four months at "
            "most; the authorisation ends with the gathering.",
        ),
        _gatherings,
        judges=("commune",),
    ),
    EstateRule(
        _law(
            "L007",
            "camera of a past gathering still in service",
            "CSI L252-6",
            "What was installed for a gathering is taken out when it ends.",
        ),
        _gathering_over,
        judges=("camera",),
    ),
    EstateRule(
        _law(
            "L008",
            "in service before the prefect was informed",
            "CSI R252-17",
            "The prefect is told before an installation goes into service: a gate of every wave.",
        ),
        _prefect_informed,
        judges=("camera", "wave"),
    ),
    EstateRule(
        _law("L009", "sound", "CSI R253-1", "Systems record images, without sound."),
        _no_sound,
        judges=("camera", "nomad"),
    ),
    EstateRule(
        _law(
            "L010",
            "resolution too low",
            "arrêté du 3 août 2007, annexe technique",
            "Stored video has at least 704 x 576 points where persons are to be identified, at "
            "least 352 x 288 elsewhere.",
        ),
        _resolution,
        judges=("camera", "nomad"),
    ),
    EstateRule(
        _law(
            "L011",
            "frame rate too low",
            "arrêté du 3 août 2007, annexe technique",
            "At least 12 frames a second for narrow views of fast movers, at least 6 elsewhere.",
        ),
        _frame_rate,
        judges=("camera", "nomad"),
    ),
    EstateRule(
        _law(
            "L012",
            "camera cannot film as its profile asks",
            "maille",
            "Codec, resolution and frame rate of the profile lie within what the model's data "
            "sheet gives; otherwise quality and bitrate are not what was planned.",
        ),
        _able_cameras,
        judges=("camera", "nomad"),
        follows=True,
    ),
    EstateRule(
        _law(
            "L013",
            "private space in view without a mask",
            "CSI L251-3",
            "Cameras on public roads may not show the inside of dwellings nor, specifically, their "
            "entrances: private space in view is masked before a camera goes into service.",
        ),
        _masks,
        judges=("camera", "nomad"),
    ),
)
