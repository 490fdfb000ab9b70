"""Errors cross from one process to another as they are."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from maille import errors
from maille.errors import Finding, InventoryError, MailleError, Place, Severity, Waiver

PLACE = Place("estate.yaml", 3, 1, "settings")
FINDINGS = (
    Finding("N001", Severity.ERROR, "a cut", "a splice", PLACE, "ring", "ring: nord"),
    Finding("L001", Severity.WARNING, "old", waiver=Waiver("agreed", date(2025, 1, 1))),
)

ERRORS = [found for found in vars(errors).values() if isinstance(found, type)]
ERRORS = [found for found in ERRORS if issubclass(found, MailleError)]


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_comes_out_of_another_process_whole(kind: type[MailleError]) -> None:
    """A pool of processes that cannot unpickle an error waits for it for ever."""
    if issubclass(kind, InventoryError):
        error: MailleError = kind(iter(FINDINGS))
    else:
        error = kind("a cut", "a splice", PLACE)
    error.add_note("while building")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # bytes of our own
    assert type(again) is kind
    assert str(again) == str(error)
    assert vars(again) == vars(error)
    assert again.args == error.args
