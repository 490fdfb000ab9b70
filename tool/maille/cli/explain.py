"""What is known of every code, as `maille check --explain` tells it."""

from __future__ import annotations

import textwrap

from maille.adopt.codes import ADOPTION_RULES
from maille.audit.codes import all_codes
from maille.batch.codes import BATCH_RULES
from maille.errors import UsageError
from maille.health.judging.codes import HEALTH_RULES
from maille.holds.codes import HOLD_RULES
from maille.inventory.suggest import unknown
from maille.recording.drift import codes as drift
from maille.recording.preflight import codes as preflight
from maille.recording.status import codes as status
from maille.retention.codes import RETENTION_RULES
from maille.rules.registry import ALL_CODES

_CODES = {
    **ALL_CODES,
    **BATCH_RULES,
    **ADOPTION_RULES,
    **all_codes(),
    **preflight.CODES,
    **drift.CODES,
    **status.CODES,
    **RETENTION_RULES,
    **HOLD_RULES,
    **HEALTH_RULES,
}
_WIDTH = 88


def explain_code(code: str) -> str:
    """Tell what one code means; raises UsageError for a code that there is not."""
    if code not in _CODES:
        raise UsageError(*unknown("code", code, _CODES))
    info = _CODES[code]
    head = f"{info.code}  {info.title}"
    facts = f"severity: {info.severity.value}\nsource:   {info.source}"
    return f"{head}\n{facts}\n\n{textwrap.fill(info.text, _WIDTH)}"


def explain_all() -> str:
    """List every code with its severity, its title and its source."""
    rows = sorted(_CODES.values(), key=lambda info: info.code)
    width = max(len(info.title) for info in rows)
    return "\n".join(
        f"{info.code}  {info.severity.value:<8}{info.title:<{width}}  {info.source}"
        for info in rows
    )
