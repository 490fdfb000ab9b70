"""Who watches what, and when: events, cases, analyses, borders of competence: G009 to G013."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maille.blueprint.access import in_scope
from maille.errors import Severity
from maille.inventory.schema.governance import Scope
from maille.rule_info import RuleInfo
from maille.rules.model import BlueprintRule, EstateRule, Hit
from maille.rules.walk import cameras_of, grants
from maille.rules.where import camera_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.blueprint.model import Camera
    from maille.inventory.schema.commune import Event
    from maille.inventory.schema.estate import Estate
    from maille.inventory.schema.governance import Analytic
    from maille.rules.model import BlueprintContext, EstateContext, LogicalPath

LEAST_TO_FOLLOW = 2
"""Cameras: seen by one alone a vehicle has not been followed."""


def _events(context: EstateContext) -> Iterator[Hit]:
    estate = context.estate
    for insee, commune in estate.communes.items():
        own = {ident for _, ident, _ in cameras_of(commune)}
        for key, event in commune.events.items():
            path = ("communes", insee, "events", key)
            subject = f"{insee}/{key}"
            if event.last < event.first:
                what = f"the event ends on {event.last}, before it begins on {event.first}"
                yield Hit((*path, "last"), what, "correct one of the dates", subject)
            if not event.cameras:
                what = "nothing is watched at this event"
                yield Hit((*path, "cameras"), what, "name its cameras, or take it out", subject)
            here = own | _nomads_at(estate, insee, event)
            for index, ident in enumerate(event.cameras):
                if ident not in here:
                    yield Hit(
                        (*path, "cameras", index),
                        f"camera {ident} is not in {commune.commune} at the time",
                        "a mayor asks for cameras of the own commune alone: take it out",
                        subject,
                    )


def _nomads_at(estate: Estate, insee: str, event: Event) -> set[str]:
    """Give the nomads that hang in a commune on any day of an event."""
    return {
        ident
        for ident, nomad in estate.nomads.items()
        for entry in nomad.assignments
        if entry.at.startswith(f"{insee}/")
        and entry.first <= event.last
        and (entry.last is None or entry.last >= event.first)
    }


def _cases(context: BlueprintContext) -> Iterator[Hit]:
    cameras = context.blueprint.cameras
    for path, subject, convention, grant in grants(context.estate):
        begins = convention.first or convention.signed
        for key, case in grant.cases.items():
            at = (*path, "cases", key)
            if case.closes < case.opened:
                what = f"the case closes on {case.closes}, before it opens on {case.opened}"
                yield Hit((*at, "closes"), what, "correct one of the dates", subject)
            elif case.opened < begins or (convention.expires and convention.expires < case.opened):
                ends = convention.expires or "further notice"
                what = f"the case opens on {case.opened}, the convention holds from {begins} to"
                how = "correct the day, or name the convention that holds then"
                yield Hit((*at, "opened"), f"{what} {ends}", how, subject)
            for index, ident in enumerate(case.cameras):
                camera = cameras.get(ident)
                if camera is None or not in_scope(grant.scope, camera):
                    yield Hit(
                        (*at, "cameras", index),
                        f"camera {ident} lies outside what the grant opens",
                        "take it out, or have the convention widened: a case opens no more than"
                        " its grant",
                        subject,
                    )


def _analyses(context: BlueprintContext) -> Iterator[Hit]:
    for key, entry in context.estate.analytics.items():
        path: LogicalPath = ("analytics", key)
        watched = _watched(context, entry)
        if not watched:
            how = "name `cameras`, `communes` or `views` that some camera has"
            yield Hit(path, f"`{key}` watches no camera", how, key)
        elif entry.kind == "follow-vehicle" and len(watched) < LEAST_TO_FOLLOW:
            what = f"`{key}` watches {watched[0].id} alone: nothing is followed by one camera"
            yield Hit(path, what, "let it watch all cameras on the way", key)
        if entry.kind == "steer" and not entry.steers:
            what = f"`{key}` turns no camera"
            yield Hit((*path, "kind"), what, "name what it `steers`, or write `kind: alert`", key)
        for index, ident in enumerate(entry.steers):
            camera = context.blueprint.cameras.get(ident)
            if entry.kind != "steer":
                what = f"`{key}` is of `kind: {entry.kind}` and would turn {ident}"
                yield Hit((*path, "kind"), what, "write `kind: steer`", key)
            elif camera and camera.model.kind != "ptz":
                what = f"camera {ident} (`{camera.model_id}`) cannot be turned"
                yield Hit((*path, "steers", index), what, "steer a PTZ camera", key)


def _watched(context: BlueprintContext, entry: Analytic) -> list[Camera]:
    scope = Scope(cameras=entry.cameras, views=entry.views, communes=entry.communes)
    return [camera for camera in context.blueprint.cameras.values() if in_scope(scope, camera)]


def _competence(context: BlueprintContext) -> Iterator[Hit]:
    competent: dict[str, set[str]] = {}
    for jurisdiction in context.estate.parties.jurisdictions.values():
        competent.setdefault(jurisdiction.agency, set()).update(jurisdiction.communes)
    for path, subject, _, grant in grants(context.estate):
        if grant.agency not in competent or grant.scope.own_commune:
            continue
        opened = {
            camera.commune
            for camera in context.blueprint.cameras.values()
            if in_scope(grant.scope, camera)
        }
        outside = sorted((opened | {*grant.scope.communes}) - competent[grant.agency])
        if outside:
            yield Hit(
                (*path, "scope"),
                f"`{grant.agency}` is not competent in {', '.join(outside)}",
                "narrow the scope to its jurisdiction",
                subject,
            )


def _elsewhere(context: BlueprintContext) -> Iterator[Hit]:
    blueprint = context.blueprint
    for camera in blueprint.cameras.values():
        keeper = context.estate.centre.recorders[camera.recorder].owner
        if keeper and camera.owner and keeper != camera.owner:
            yield Hit(
                camera_path(blueprint, camera.id),
                f"camera {camera.id} is `{camera.owner}`'s and is recorded by"
                f" `{camera.recorder}`, which is `{keeper}`'s",
                "a commune has one recorder: give the camera's place to its owner, or waive it by"
                " what the two have agreed",
                camera.id,
            )


def _watching(
    code: str, title: str, source: str, text: str, severity: Severity = Severity.ERROR
) -> RuleInfo:
    return RuleInfo(code, title, severity, source, text)


RULES = (
    BlueprintRule(
        _watching(
            "G009",
            "grant outside the jurisdiction",
            "CSI L132-14",
            "An agency whose competence ends at a border sees nothing beyond it, whether its grant "
            "names communes, owners, views or everything.",
        ),
        _competence,
        judges=("convention",),
    ),
    EstateRule(
        _watching(
            "G010",
            "event beyond its commune",
            "CSI R253-3",
            "For an event a mayor may ask operators to watch live, and that means cameras of the "
            "own commune, or nomads that hang there on one of its days.",
        ),
        _events,
        judges=("commune",),
        follows=True,
    ),
    BlueprintRule(
        _watching(
            "G011",
            "case beyond its grant",
            "CSI R253-3, R253-5",
            "A case opens cameras that its grant holds, while its convention is in force, from one "
            "day to another; it is logged by its reference.",
        ),
        _cases,
        judges=("convention",),
    ),
    BlueprintRule(
        _watching(
            "G012",
            "analysis that cannot work",
            "maille",
            "An analysis watches some camera; it turns PTZ cameras alone; a vehicle is followed by "
            "two cameras at least. Across communes it takes one time, which N012 asks for.",
        ),
        _analyses,
        judges=(),
    ),
    BlueprintRule(
        _watching(
            "G013",
            "recorded by another owner",
            "CSI L252-1",
            "The owner of an installation answers for its images. A recorder belongs to a commune, "
            "so where owners differ within one, somebody keeps the images of somebody else.",
            Severity.WARNING,
        ),
        _elsewhere,
        judges=("camera", "commune"),
    ),
)
