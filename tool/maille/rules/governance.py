"""Conventions and owners: who may see what, and by which text: G001 to G008."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from maille.errors import Severity
from maille.rule_info import RuleInfo
from maille.rules.model import EstateRule, Hit
from maille.rules.walk import grants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.rules.model import EstateContext

LOCAL_KINDS = frozenset({"mayor", "police-municipale"})
"""Agencies that see the cameras of the own commune only (CSI R253-3)."""

NAMED_KINDS = frozenset({"police-nationale", "gendarmerie", "prefecture", "justice"})


def _member_conventions(context: EstateContext) -> Iterator[Hit]:
    estate = context.estate
    for insee, commune in estate.communes.items():
        if not commune.member:
            continue
        path = ("communes", insee, "member", "convention")
        convention = estate.conventions[commune.member.convention]
        if convention.kind != "member":
            yield Hit(
                path,
                f"`{commune.member.convention}` is no convention with a member commune",
                "name the convention that the commune signed, of `kind: member`",
                insee,
            )
        elif convention.communes and insee not in convention.communes:
            yield Hit(
                path,
                f"`{commune.member.convention}` does not bind {commune.commune}",
                f'add "{insee}" to its `communes`, or name another convention',
                insee,
            )
        elif convention.signed > commune.member.since:
            yield Hit(
                path,
                f"{commune.commune} is a member since {commune.member.since}, its convention was"
                f" signed on {convention.signed}",
                "an intercommunal body installs with the host commune's consent: sign first",
                insee,
            )


def _state_convention(context: EstateContext) -> Iterator[Hit]:
    estate = context.estate
    if context.knows("conventions") and not any(
        convention.kind == "state" for convention in estate.conventions.values()
    ):
        yield Hit(
            ("settings", "estate"),
            "there is no convention with the State",
            "add one of `kind: state` to conventions/",
            estate.settings.estate,
        )


def _convention_dates(context: EstateContext) -> Iterator[Hit]:
    soon = timedelta(days=context.estate.settings.expiry_warning_days)
    for key, convention in context.estate.conventions.items():
        ends = convention.expires
        if ends is None:
            continue
        path = ("conventions", key, "expires")
        if ends < context.as_of:
            yield Hit(path, f"`{key}` ended on {ends}", "renew it: its grants are void", key)
        elif ends - context.as_of <= soon:
            days = (ends - context.as_of).days
            what = f"`{key}` ends on {ends}, in {days} days"
            yield Hit(path, what, "prepare its renewal", key, Severity.WARNING)


def _local_only(context: EstateContext) -> Iterator[Hit]:
    for path, subject, _, grant in grants(context.estate):
        agency = context.estate.parties.agencies[grant.agency]
        if agency.kind in LOCAL_KINDS and not grant.scope.own_commune:
            yield Hit(
                (*path, "scope"),
                f"`{grant.agency}` may see cameras of the own commune only",
                "write `scope: {own_commune: true}`",
                subject,
            )


def _empty_scope(context: EstateContext) -> Iterator[Hit]:
    for path, subject, _, grant in grants(context.estate):
        if not any(getattr(grant.scope, name) for name in type(grant.scope).model_fields):
            yield Hit(
                (*path, "scope"),
                "the grant names no camera",
                "deny by default: name communes, cameras, views, owners, or `all: true`",
                subject,
            )
        if not grant.access:
            yield Hit(
                (*path, "access"), "the grant gives nothing", "name live or recorded", subject
            )


def _named_people(context: EstateContext) -> Iterator[Hit]:
    for path, subject, _, grant in grants(context.estate):
        agency = context.estate.parties.agencies[grant.agency]
        if agency.kind in NAMED_KINDS and not grant.people:
            yield Hit(
                path,
                f"nobody of `{grant.agency}` is named",
                "name the authorised people or their functions under `people`",
                subject,
            )


def _requisitions(context: EstateContext) -> Iterator[Hit]:
    for path, subject, _, grant in grants(context.estate):
        if grant.mode == "requisition" and not grant.reference_required:
            yield Hit(
                path,
                "a requisition without a reference cannot be journaled",
                "write `reference_required: true`",
                subject,
            )


def _owners_agree(context: EstateContext) -> Iterator[Hit]:
    """Whoever owns an installation is a party to what is granted over it."""
    estate = context.estate
    for path, subject, convention, grant in grants(estate):
        for owner in grant.scope.owners:
            if owner not in convention.parties:
                yield Hit(
                    (*path, "scope", "owners"),
                    f"`{owner}` is no party to this convention and owns what it opens",
                    f"the owner stays authoritative: add `{owner}` to its `parties`",
                    subject,
                )


def _governance(
    code: str, title: str, source: str, text: str, severity: Severity = Severity.ERROR
) -> RuleInfo:
    return RuleInfo(code, title, severity, source, text)


RULES = (
    EstateRule(
        _governance(
            "G001",
            "member without its convention",
            "CSI L132-14",
            "An intercommunal body installs with the consent of the host commune: one convention "
            "with each member, signed before it joins.",
        ),
        _member_conventions,
        judges=("commune", "convention"),
        follows=True,
    ),
    EstateRule(
        _governance(
            "G002",
            "no convention with the State",
            "CSI L132-14",
            "Putting staff at the disposal of a common service of video-protection takes a "
            "convention with the State.",
        ),
        _state_convention,
        judges=("commune",),
    ),
    EstateRule(
        _governance(
            "G003",
            "convention ended or ending",
            "CSI L132-14, R253-3",
            "What a convention grants ends with it. Its end is told `expiry_warning_days` ahead.",
        ),
        _convention_dates,
        judges=("convention",),
    ),
    EstateRule(
        _governance(
            "G004",
            "access beyond the own commune",
            "CSI R253-3",
            "Mayors, municipal police and approved agents receive images of their own commune.",
        ),
        _local_only,
        judges=("convention",),
        follows=True,
    ),
    EstateRule(
        _governance(
            "G005",
            "grant without effect",
            "maille",
            "Access is denied by default. A grant that names no camera or no kind of access looks "
            "like one and is none.",
        ),
        _empty_scope,
        judges=("convention",),
    ),
    EstateRule(
        _governance(
            "G006",
            "nobody named",
            "CSI R253-3",
            "Images may go to police officers, gendarmes and agents who are individually named and "
            "authorised.",
            Severity.WARNING,
        ),
        _named_people,
        judges=("convention",),
        follows=True,
    ),
    EstateRule(
        _governance(
            "G007",
            "requisition without a reference",
            "CSI R253-5",
            "Every communication of images is logged with its reason and its recipient.",
        ),
        _requisitions,
        judges=("convention",),
    ),
    EstateRule(
        _governance(
            "G008",
            "owner not a party",
            "CSI L252-1",
            "Several owners may share a platform; the owner of an installation answers for it and "
            "is a party to every convention that opens it.",
        ),
        _owners_agree,
        judges=("convention",),
    ),
)
