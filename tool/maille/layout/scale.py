"""A laboratory's share of the real sizes: 1/20000 of every byte, named wherever it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from maille.errors import UsageError


@dataclass(frozen=True, slots=True)
class Scale:
    """By how much bytes and rates are reduced; 1 is the real estate."""

    share: Fraction = Fraction(1)

    @property
    def real(self) -> bool:
        """Say whether nothing is reduced."""
        return self.share == 1

    def bytes(self, size_bytes: int) -> int:
        """Give a size at this scale: at least one byte of anything that has some."""
        if not size_bytes:
            return 0
        return max(1, round(size_bytes * self.share))

    def rate(self, mbps: float) -> float:
        """Give a rate in Mbit/s at this scale."""
        return float(mbps * self.share)

    def __str__(self) -> str:
        """Give it as it is asked for: `1/20000`, or `1`."""
        return str(self.share)


def parse_scale(text: str) -> Scale:
    """Read `1/20000` or `1`.

    Raises:
        UsageError: it is no such fraction, or more than 1.
    """
    found = re.fullmatch(r"1(?:/([1-9][0-9]{0,8}))?", text.strip())
    if not found:
        raise UsageError(f"'{text}' is no scale", "write 1/20000, or 1 for the real sizes")
    return Scale(Fraction(1, int(found[1] or 1)))
