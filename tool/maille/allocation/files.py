"""The lock on disk: one file a commune, and one for what is shared.

All files are written beside their places before the first one is renamed there, and what takes
entries over is there before the file that they come from is removed: whenever writing is cut
short, every file is either the old or the new one, and nothing is lost. `verify` tells if they
do not go together, and settling again mends it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from maille.allocation.emit import lock_text
from maille.allocation.lock import CommuneLock, Lock, SharedLock
from maille.allocation.quarantine import read_records
from maille.allocation.subject import SHARED
from maille.errors import AllocationError, Finding, Place, Severity
from maille.files import write_all
from maille.inventory.schema_errors import schema_findings
from maille.inventory.source import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from maille.inventory.source import Document

FOLDER: Final = "allocations"
SUFFIX: Final = ".lock.yaml"
"""What the names of all files of a lock end with."""
_SHARED_NAME: Final = "shared"
_CONFLICT_MARKS: Final = (b"<<<<<<< ", b">>>>>>> ", b"=======\n", b"||||||| ")


def read_lock(folder: Path) -> tuple[Lock | None, tuple[Finding, ...]]:
    """Read the lock of the estate in a folder.

    Gives None and the findings that say why, if any of its files cannot be used. An estate
    without a lock has an empty one.
    """
    shared, communes = SharedLock(), {}
    findings: list[Finding] = []
    for path in _files(folder):
        document = read_document(path, shown_as=str(path))
        name = path.name.removesuffix(SUFFIX)
        model = SharedLock if name == _SHARED_NAME else CommuneLock
        found = _validated(document, model, findings)
        if isinstance(found, SharedLock):
            shared = found
        elif isinstance(found, CommuneLock) and found.commune != name:
            findings.append(_misnamed(document, found))
        elif isinstance(found, CommuneLock):
            communes[name] = found
    if any(finding.fails for finding in findings):
        return None, tuple(findings)
    return Lock.model_construct(shared=shared, communes=communes), tuple(findings)


def require_lock(folder: Path) -> Lock:
    """Read the lock; raises AllocationError with the first reason if it cannot be used."""
    lock, findings = read_lock(folder)
    if lock is None:
        first = next(finding for finding in findings if finding.fails)
        raise AllocationError(first.what, first.how, first.place)
    return lock


def _files(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob(f"*{SUFFIX}"))


def _validated(
    document: Document, model: type[CommuneLock | SharedLock], findings: list[Finding]
) -> CommuneLock | SharedLock | None:
    """Make the model of a file; what is wrong with it is added to the findings."""
    if conflict := _conflict(document):
        findings.append(conflict)
        return None
    findings += document.findings
    if document.tree is None or any(finding.fails for finding in document.findings):
        return None
    try:
        lock = model.model_validate(document.tree)
        scope = lock.commune if isinstance(lock, CommuneLock) else SHARED
        list(read_records(scope, lock.quarantine, lambda _: ""))
    except ValidationError as error:
        findings += schema_findings(error, data=document.tree, model=model, source=document)
    except AllocationError as error:
        damaged = Finding("A004", Severity.ERROR, error.what, error.how)
        findings.append(document.placed(damaged, ("quarantine",)))
    else:
        return lock
    return None


def _conflict(document: Document) -> Finding | None:
    """Find the marks that git leaves where two branches changed the same lines."""
    if not any(mark in document.data for mark in _CONFLICT_MARKS[:2]):
        return None
    for number, line in enumerate(document.data.splitlines(keepends=True), start=1):
        if line.startswith(_CONFLICT_MARKS):
            return Finding(
                "A004",
                Severity.ERROR,
                "a merge was not finished here",
                "keep the lines of both sides without the marks, then run"
                " `maille allocation settle`",
                Place(document.shown_as, number, 1),
                line_text=document.line_text(number),
            )
    return None


def _misnamed(document: Document, lock: CommuneLock) -> Finding:
    finding = Finding(
        "A004",
        Severity.ERROR,
        f"this is the lock of commune {lock.commune}, by what it says",
        f"call the file {lock.commune}{SUFFIX}, or correct `commune`",
        subject=lock.commune,
    )
    return document.placed(finding, ("commune",))


@dataclass(frozen=True, slots=True)
class Written:
    """What writing a lock has done, by file."""

    written: tuple[Path, ...]
    removed: tuple[Path, ...]


def write_lock(folder: Path, lock: Lock) -> Written:
    """Write the files of a lock that differ from those on disk, and remove those of nobody.

    Raises OSError as the system gives it; nothing has changed if a file can't be written.
    """
    target = folder / FOLDER
    texts = {target / f"{name}{SUFFIX}": text for name, text in _texts(lock)}
    changed = [path for path, text in texts.items() if _content(path) != text.encode()]
    if changed:
        target.mkdir(exist_ok=True)
    write_all({path: texts[path].encode() for path in changed})
    orphans = [path for path in _files(folder) if path not in texts]
    for path in orphans:
        path.unlink()
    return Written(tuple(changed), tuple(orphans))


def _texts(lock: Lock) -> Iterator[tuple[str, str]]:
    yield _SHARED_NAME, lock_text(lock.shared)
    for insee in sorted(lock.communes):
        yield insee, lock_text(lock.communes[insee])


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def placed_in_files(findings: Iterable[Finding], folder: Path) -> tuple[Finding, ...]:
    """Give findings about entries of the lock their file below the folder, and their line."""
    documents: dict[str, Document] = {}
    found = []
    for finding in findings:
        file = finding.place.file
        if not file.startswith(f"{FOLDER}/") or finding.place.line:
            found.append(finding)
            continue
        path = folder / file
        if file not in documents and path.is_file():
            documents[file] = read_document(path, shown_as=str(path))
        place = replace(finding.place, file=str(path))
        document = documents.get(file)
        section, _, key = finding.place.path.partition(".")
        if document is None or not key:
            found.append(replace(finding, place=place))
        else:
            found.append(document.placed(finding, (section, key.strip('"')), key=True))
    return tuple(found)
