"""Books of sample estates, written once for all tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import estates

from maille.documents.book import book

if TYPE_CHECKING:
    from maille.check.built import Built
    from maille.documents.book import Files


@pytest.fixture(scope="session")
def chartres() -> Built:
    return estates.built(estates.INVENTORY / "chartres")


@pytest.fixture(scope="session")
def complete() -> Built:
    return estates.built(estates.COMPLETE)


@pytest.fixture(scope="session")
def chartres_book(chartres: Built) -> Files:
    return book(chartres)
