"""The two languages in which a workbook is written, and read whatever the command's own."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    """Language of headings, lists and explanations."""

    FR = "fr"
    EN = "en"


class Words(NamedTuple):
    """One text in both languages."""

    fr: str
    en: str

    def within(self, language: Language) -> str:
        """Give the text in one language."""
        return self.fr if language is Language.FR else self.en
