"""What stands in quotes below a field is its description: read when a schema is asked for.

pydantic can read it too, but does so whenever a class is made, which would cost every command
a tenth of a second.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise


@cache
def field_docstrings(model: type) -> dict[str, str]:
    """Give the text below each field of a class and of those it is derived from."""
    found: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        if owner.__module__.startswith("maille."):
            found |= _own(owner)
    return found


def _own(model: type) -> dict[str, str]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(model)))
    except OSError:
        return {}
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    return {
        statement.target.id: inspect.cleandoc(below.value.value)
        for statement, below in pairwise(body)
        if isinstance(statement, ast.AnnAssign)
        and isinstance(statement.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }
