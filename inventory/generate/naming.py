"""Ids from names."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """Give a name as an id: `Saint-Georges-sur-Eure`, `Bailleau-l'Évêque` in plain letters."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "Oe"))
    letters = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters.replace("'", "-")).strip("-")[:40]
