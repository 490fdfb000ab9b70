"""Findings on paper: for people (`text`), programs (`as_json`) and CI systems (JUnit, SARIF).

Every renderer is pure: findings in, one text out.
"""

from maille.report.as_json import render_json
from maille.report.junit import render_junit
from maille.report.sarif import render_sarif
from maille.report.text import render_text

__all__ = ["render_json", "render_junit", "render_sarif", "render_text"]
