"""Holds as people and programs read them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maille.holds.work import overdue, reason_of
from maille.retention.said import at, many, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from maille.holds.copying import Outcome
    from maille.holds.export import Export
    from maille.holds.model import Copy, Gap, Hold
    from maille.holds.moving import Moved
    from maille.holds.plan import Plan
    from maille.holds.proof import Proof

_GAPS_SHOWN = 20


def plan_document(plan: Plan) -> dict[str, Any]:
    """Give what a requisition comes to, for a program."""
    return {
        "asked": plan.asked.model_dump(mode="json"),
        "segments": plan.segments,
        "size_bytes": plan.size_bytes,
        "copied": plan.copied,
        "owed": [one.model_dump(mode="json") for one in plan.owed],
        "gaps": [one.model_dump(mode="json") for one in plan.gaps],
        "warnings": list(plan.warnings()),
    }


def plan_text(plan: Plan) -> str:
    """Give what a requisition comes to, for people."""
    return "\n".join(_plan_lines(plan))


def _plan_lines(plan: Plan) -> Iterator[str]:
    yield f"{plan.asked.reference}: {many(plan.segments, 'segment')}, {plan.size_bytes:,} bytes"
    for one in plan.coverages:
        size = sum(each.segment.size_bytes for each in one.ready)
        more = [f"{len(one.copied)} copied already"] * bool(one.copied)
        written = len(one.wanted) - len(one.ready)
        more += [f"{written} still being written"] * bool(written)
        tail = f" ({', '.join(more)})" if more else ""
        yield f"  {one.camera}  {many(len(one.ready), 'segment')}, {size:,} bytes{tail}"
    yield from gap_lines(plan.gaps)


def gap_lines(gaps: Sequence[Gap]) -> Iterator[str]:
    """Tell of the times without images."""
    said = {"expired": "expired already", "missing": "no images"}
    for gap in gaps[:_GAPS_SHOWN]:
        length = span(gap.end - gap.start)
        yield f"  {gap.camera}  {at(gap.start)} to {at(gap.end)}: {said[gap.why]} ({length})"
    if len(gaps) > _GAPS_SHOWN:
        yield f"  … and {len(gaps) - _GAPS_SHOWN} more times without images"


def copied_text(hold: Hold, outcome: Outcome) -> str:
    """Tell what one run copied."""
    size = sum(one.size_bytes for one in outcome.copied)
    lines = [f"hold {hold.name}: {many(len(outcome.copied), 'segment')} copied, {size:,} bytes"]
    lines += [f"  {path} was erased before it was copied" for path in outcome.gone]
    lines += [f"  {path} is still being written" for path in outcome.changed]
    if hold.owed:
        begin = min(one.start for one in hold.owed)
        end = max(one.end for one in hold.owed)
        lines.append(f"  still to come: {at(begin)} to {at(end)}; `maille hold copy` goes on")
    else:
        lines.append("  all of it is copied; what is there may expire")
    return "\n".join(lines)


def copied_document(hold: Hold, outcome: Outcome) -> dict[str, Any]:
    """Give what one run copied, for a program."""
    return {
        "hold": hold.name,
        "state": hold.state,
        "copied": len(outcome.copied),
        "size_bytes": sum(one.size_bytes for one in outcome.copied),
        "gone": outcome.gone,
        "changed": outcome.changed,
        "owed": [one.model_dump(mode="json") for one in hold.owed],
    }


def list_document(holds: Iterable[Hold], now: datetime) -> list[dict[str, Any]]:
    """Give holds in a line each, for a program."""
    return [
        {
            "name": hold.name,
            "reference": hold.asked.reference,
            "authority": hold.asked.authority,
            "state": hold.state,
            "deadline": hold.asked.deadline,
            "overdue": overdue(hold, now),
            "cameras": len(hold.asked.cameras),
        }
        for hold in holds
    ]


def list_text(holds: Sequence[Hold], now: datetime) -> str:
    """Give holds in a line each."""
    if not holds:
        return "no hold is open"
    rows = [
        (
            hold.name,
            hold.state,
            _due(hold, now),
            many(len(hold.asked.cameras), "camera"),
            hold.asked.authority,
            hold.asked.reference,
        )
        for hold in holds
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _due(hold: Hold, now: datetime) -> str:
    if hold.state == "released":
        return f"handed to {hold.handed_to}"
    left = hold.asked.deadline - now
    return f"OVERDUE by {span(-left)}" if overdue(hold, now) else f"due in {span(left)}"


def show_document(hold: Hold, copies: Mapping[str, Copy]) -> dict[str, Any]:
    """Give all that is known of a hold, for a program."""
    return {
        **hold.model_dump(mode="json"),
        "state": hold.state,
        "copies": [copy.model_dump(mode="json") for _, copy in sorted(copies.items())],
    }


def show_text(hold: Hold, copies: Mapping[str, Copy], now: datetime) -> str:
    """Give what is known of a hold; the digests are for programs."""
    return "\n".join(_show_lines(hold, copies, now))


def _show_lines(hold: Hold, copies: Mapping[str, Copy], now: datetime) -> Iterator[str]:
    asked = hold.asked
    yield f"{hold.name}: {hold.state}, {_due(hold, now)}"
    yield f"  asked for    {reason_of(asked)}"
    yield f"  asked by     {asked.asked_by}"
    yield f"  deadline     {at(asked.deadline)}"
    for window in asked.windows:
        yield f"  window       {at(window.start)} to {at(window.end)}"
    size = sum(one.size_bytes for one in copies.values())
    yield f"  copies       {many(len(copies), 'segment')}, {size:,} bytes"
    for ident in asked.cameras:
        count = sum(one.camera == ident for one in copies.values())
        yield f"  {ident}  {many(count, 'segment')}"
    yield from gap_lines(hold.gaps)
    for one in hold.owed:
        yield f"  {one.camera}  {at(one.start)} to {at(one.end)}: still to be copied"
    for step in hold.steps:
        more = f", to {step.recipient}" if step.recipient else ""
        done = f" {many(step.segments, 'segment')}" if step.segments else ""
        yield f"  {at(step.at)}  {step.deed}{done} by {step.author}{more}"


def proof_document(proofs: Iterable[Proof]) -> list[dict[str, Any]]:
    """Give what was verified, for a program."""
    return [
        {
            "hold": one.hold.name,
            "segments": one.segments,
            "size_bytes": one.size_bytes,
            "findings": [
                {"code": each.code, "what": each.what, "how": each.how, "path": each.place.path}
                for each in one.findings
            ],
        }
        for one in proofs
    ]


def proof_text(proofs: Sequence[Proof]) -> str:
    """Give what was verified."""
    lines = [] if proofs else ["no hold has copies"]
    for one in proofs:
        wrong = f"{len(one.findings)} wrong" if one.findings else "as they were copied"
        count = many(one.segments, "copy", "copies")
        lines.append(f"{one.hold.name}: {count}, {one.size_bytes:,} bytes, {wrong}")
        for each in one.findings:
            lines += [f"  {each.code}  {each.what}", f"        {each.how}"]
    return "\n".join(lines)


def move_document(pool: str, moved: Mapping[str, Moved], left: int) -> dict[str, Any]:
    """Give what was moved, or would be, for a program."""
    return {
        "pool": pool,
        "to_move": left,
        "holds": [{"hold": name, **asdict(one)} for name, one in moved.items()],
    }


def move_text(pool: str, moved: Mapping[str, Moved], left: int) -> str:
    """Tell what was moved, or would be."""
    if left:
        return f"{many(left, 'file')} would be moved to pool {pool}; nothing was moved"
    if not moved:
        return f"nothing to move: all of it lies in pool {pool}"
    lines = []
    for name, one in moved.items():
        lines.append(f"{name}: {many(one.files, 'file')}, {one.size_bytes:,} bytes moved to {pool}")
        lines += [f"  {path} is not what was copied: `maille hold verify`" for path in one.damaged]
        lines += [f"  {path} is being written to: run it again" for path in one.changed]
    return "\n".join(lines)


def export_text(export: Export) -> str:
    """Tell what lies where, and how it is checked."""
    return (
        f"{many(export.segments, 'segment')}, {export.size_bytes:,} bytes in {export.folder},"
        f" read back and the same\nSHA-256 of SHA256SUMS: {export.sums_sha256}\n"
        f"check it with: cd {export.folder} && sha256sum -c SHA256SUMS"
    )
