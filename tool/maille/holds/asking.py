"""A requisition from what somebody typed; what is wrong with it is told by the option's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from maille.errors import UsageError
from maille.holds.model import Asked

if TYPE_CHECKING:
    from datetime import datetime

    from maille.holds.model import Window

_SAID = {
    "string_too_short": "it is empty",
    "string_too_long": "it is longer than 300 characters",
    "value_error": "it holds characters that cannot be printed",
}


def asked_of(
    words: dict[str, str | None],
    cameras: tuple[str, ...],
    windows: tuple[Window, ...],
    deadline: datetime,
) -> Asked:
    """Give a requisition.

    Args:
        words: authority, agent, service, reference and basis, as they were typed.
        cameras: by id.
        windows: in order, apart from each other.
        deadline: when it is to be handed over.

    Raises:
        UsageError: one of the words cannot be.
    """
    if not windows:
        raise UsageError("no time is named", "add --from and --to")
    try:
        return Asked.model_validate(
            {**words, "cameras": cameras, "windows": windows, "deadline": deadline}
        )
    except ValidationError as error:
        first = error.errors()[0]
        told = _SAID.get(first["type"], first["msg"])
        raise UsageError(f"--{first['loc'][0]} cannot be used: {told}", "write it anew") from None
