"""Plans, states, warnings and records of holds, without a cluster."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError
from tests.estates import INVENTORY, built
from tests.recordings import MINUTE, NOW

from maille.errors import MailleError, UsageError
from maille.holds import mirror
from maille.holds.asking import asked_of
from maille.holds.coverage import Coverage, Wanted
from maille.holds.export import require_exportable, sums_of
from maille.holds.model import Asked, Copy, Deed, Gap, Hold, Span, Step, Window
from maille.holds.places import cameras_named
from maille.holds.plan import Plan, require_room, require_some
from maille.holds.report import list_text
from maille.holds.rights import doubts
from maille.holds.slip.as_html import as_html
from maille.holds.slip.as_text import as_text
from maille.holds.slip.sheet import Camera, Handover, sheet_of
from maille.holds.work import by_urgency, overdue, require_releasable
from maille.retention.expire.holds import Register as MirrorRegister
from maille.retention.segments.model import Named, Segment
from maille.tongue import tongue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maille.blueprint.model import Blueprint

HERE = "26169-0001"
WINDOW = Window(start=NOW - 60 * MINUTE, end=NOW - 30 * MINUTE)
ASKED = Asked(
    authority="gendarmerie",
    agent="Adjudant <Martin>",
    service="brigade de Pierrelatte",
    reference="PV 2026/01234",
    basis="CPP 60-1",
    cameras=(HERE, "26169-0002"),
    windows=(WINDOW,),
    deadline=NOW + timedelta(days=9),
)
OWED = Span(camera=HERE, start=WINDOW.start, end=WINDOW.end)
COPY = Copy(
    camera=HERE,
    path=f"{HERE}/2026-11-22/20261122T110000Z.mp4",
    source=f"/s/0/{HERE}/2026-11-22/20261122T110000Z.mp4",
    start=WINDOW.start,
    end=WINDOW.start + 10 * MINUTE,
    size_bytes=1000,
    sha256="ab" * 32,
    at=NOW,
)


def step(deed: Deed, at: datetime = NOW) -> Step:
    return Step(deed=deed, at=at, author="me@here", reason="requisition")


def hold(*deeds: Deed, name: str = "pv", owed: tuple[Span, ...] = (), **more: object) -> Hold:
    steps = tuple(step(deed) for deed in ("requested", *deeds))
    made = Hold(name=name, asked=ASKED, owed=owed, steps=steps)
    return made.model_copy(update=more)


def plan(*, end: datetime = NOW - 50 * MINUTE, now: datetime = NOW, **asked: object) -> Plan:
    segment = Segment("/x", Named(WINDOW.start), end, 5000, 1)
    wanted = Wanted(HERE, segment, end, settled=True)
    coverage = Coverage(HERE, (wanted,), (), (), (OWED,), end + timedelta(days=2))
    return Plan(ASKED.model_copy(update=asked), (coverage,), now)


@pytest.fixture(scope="module")
def blueprint() -> Blueprint:
    return built(INVENTORY / "malataverne").blueprint


def test_a_hold_goes_from_copying_to_released() -> None:
    assert hold(owed=(OWED,)).state == "copying"
    assert hold("copied").state == "copied"
    assert hold("copied", "exported").state == "exported"
    assert hold("copied", "exported", "copied").state == "copied"
    assert hold("copied", "exported", handed_to="x").state == "releasing"
    assert hold("copied", "exported", "released", handed_to="x").state == "released"


def test_what_nobody_got_is_released_only_by_its_name() -> None:
    for one in (hold("copied"), hold("copied", "exported", "copied")):
        with pytest.raises(UsageError, match="not exported since it was last copied"):
            require_releasable(one, unexported=False)
        require_releasable(one, unexported=True)
    require_releasable(hold("copied", "exported"), unexported=False)
    require_releasable(hold("copied", handed_to="cut off"), unexported=False)
    with pytest.raises(UsageError, match="released already"):
        require_releasable(hold("exported", "released", handed_to="x"), unexported=True)


def test_half_a_hold_is_exported_only_if_that_is_wanted() -> None:
    half = hold("copied", owed=(OWED,))
    with pytest.raises(UsageError, match="not all of hold"):
        require_exportable(half, {COPY.path: COPY}, partial=False)
    require_exportable(half, {COPY.path: COPY}, partial=True)
    with pytest.raises(UsageError, match="no copy yet"):
        require_exportable(hold(), {}, partial=False)


def test_overdue_comes_first_and_released_last() -> None:
    def due(name: str, days: int, *deeds: Deed) -> Hold:
        asked = ASKED.model_copy(update={"deadline": NOW + timedelta(days=days)})
        return hold(*deeds, name=name, asked=asked)

    holds = [due("later", 5), due("done", -9, "released"), due("late", -1), due("soon", 1)]
    found = by_urgency(holds, NOW)
    assert [one.name for one in found] == ["late", "soon", "later", "done"]
    assert [overdue(one, NOW) for one in found] == [True, False, False, False]
    first, *_ = list_text(found, NOW).splitlines()
    assert "OVERDUE by 1 d" in first


def test_it_is_told_that_images_expire_before_the_deadline() -> None:
    assert any("before the deadline" in told for told in plan().warnings())
    soon = plan(deadline=NOW + timedelta(hours=1))
    assert not any("before the deadline" in told for told in soon.warnings())
    late = plan(deadline=NOW - MINUTE)
    assert any(told.startswith("the deadline") for told in late.warnings())


def test_no_room_is_refused_with_the_numbers() -> None:
    with pytest.raises(MailleError) as caught:
        require_room(plan(), quota_bytes=10_000, used_bytes=6_000)
    assert "5,000 bytes" in caught.value.what
    assert "room for 4,000: 6,000 of its 10,000 are used" in caught.value.what
    require_room(plan(), quota_bytes=11_000, used_bytes=6_000)
    require_room(plan(), quota_bytes=0, used_bytes=6_000)


def test_nothing_there_and_nothing_to_come_is_refused() -> None:
    gap = Gap(camera=HERE, start=WINDOW.start, end=WINDOW.end, why="expired")
    with pytest.raises(MailleError, match="no image that is asked for is there"):
        require_some(Plan(ASKED, (Coverage(HERE, (), (), (gap,), (), None),), NOW))


def test_expiry_leaves_alone_what_the_mirror_names_and_nothing_else(tmp_path: Path) -> None:
    inside = (WINDOW.start, WINDOW.start + MINUTE)
    register = MirrorRegister(tmp_path / "holds")
    mirror.write(tmp_path, [hold(owed=(OWED,))])
    assert register.on(HERE, *inside) == "PV 2026/01234"
    assert register.on("26169-0002", *inside) is None
    assert register.on(HERE, NOW, NOW + MINUTE) is None
    mirror.write(tmp_path, [hold("copied"), hold("copied", owed=(OWED,), handed_to="x")])
    assert register.on(HERE, *inside) is None
    assert list((tmp_path / "holds").glob("*.json")) == []


def test_sums_are_what_sha256sum_reads() -> None:
    assert sums_of([COPY]) == f"{'ab' * 32}  images/{COPY.path}\n".encode()


@pytest.mark.parametrize(
    ("word", "wrong", "told"),
    [
        ("reference", "  ", "--reference cannot be used: it is empty"),
        ("agent", "x" * 301, "--agent cannot be used: it is longer"),
        ("authority", "a\x1b[2J", "--authority cannot be used: it holds characters"),
        ("service", "a\nb", "--service cannot be used"),
    ],
)
def test_a_word_that_cannot_be_is_named(word: str, wrong: str, told: str) -> None:
    words = {"authority": "a", "agent": "b", "service": None, "reference": "c", "basis": None}
    with pytest.raises(UsageError, match=told.replace("(", "\\(")):
        asked_of({**words, word: wrong}, (HERE,), (WINDOW,), NOW)


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/2026-11-22/x", "a/2026-11-22/../x", "a/2026-11-22/.x", "a/b"]
)
def test_a_tampered_digest_leads_nowhere_else(path: str) -> None:
    with pytest.raises(ValidationError):
        Copy.model_validate({**COPY.model_dump(), "path": path})


def test_cameras_are_named_by_id_commune_and_place(blueprint: Blueprint) -> None:
    assert cameras_named(blueprint, [HERE], [], []) == (HERE,)
    assert len(cameras_named(blueprint, [], ["malataverne"], [])) == 12
    place = blueprint.cameras[HERE].place
    assert cameras_named(blueprint, [], [], [place.upper()]) == (HERE,)
    wrongs: list[tuple[list[str], list[str], list[str]]] = [
        (["26169-9999"], [], []),
        ([], ["paris"], []),
        ([], [], ["the moon"]),
    ]
    for wrong in wrongs:
        with pytest.raises(UsageError, match="unknown"):
            cameras_named(blueprint, *wrong)
    with pytest.raises(UsageError, match="no camera is named"):
        cameras_named(blueprint, [], [], [])


@pytest.mark.parametrize(
    ("authority", "told"),
    [
        ("gendarmerie", None),
        ("Gendarmerie nationale, brigade compétente", None),
        ("prefecture", "no convention grants prefecture the export of 2 of 2 cameras"),
        ("Parquet de Valence", "`Parquet de Valence` is no agency of parties.yaml"),
    ],
)
def test_an_authority_without_a_convention_is_warned_of(
    blueprint: Blueprint, authority: str, told: str | None
) -> None:
    asked = ASKED.model_copy(update={"authority": authority})
    found = [what for what, _ in doubts(blueprint, asked)]
    assert len(found) == (told is not None)
    assert all(what.startswith(told or "") for what in found)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_record_of_a_hand_over_says_all_that_it_has_to(
    language: str, assert_golden: Callable[[str, Path], None]
) -> None:
    from tests.estates import ROOT

    gap = Gap(camera=HERE, start=WINDOW.start + 10 * MINUTE, end=WINDOW.end, why="missing")
    handover = Handover(
        estate="Centre de vidéo-protection urbain de Malataverne",
        hold=hold("copied", gaps=(gap,)),
        copies=[COPY],
        cameras={HERE: Camera("Malataverne", "mât de la place")},
        sums_sha256="cd" * 32,
        author="me@here",
        at=datetime(2026, 11, 22, 14, tzinfo=UTC),
        zone=ZoneInfo("Europe/Paris"),
    )
    sheet = sheet_of(handover, tongue(language))
    golden = ROOT / "tests" / "golden" / "holds"
    assert_golden(as_text(sheet), golden / f"slip.{language}.txt")
    page = as_html(sheet)
    assert "Adjudant &lt;Martin&gt;" in page
    assert all(value in page for _, value in sheet.facts if "<" not in value)
    assert "http" not in page
