"""Secrets in rendered text: `<secret:REF>` for reading, the value in memory at push time.

A device stores a form of a secret: a hash, an encrypted text. Each form is kept beside the
reference of the inventory, under its name: `env:ENABLE` in the form `type9` is `env:ENABLE_TYPE9`,
`file:/run/enable` is `file:/run/enable.type9`, and a command gets `type9` as a last argument.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maille.blueprint.snmp import localized_keys
from maille.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN = re.compile(r"<secret:([^<>\n]+)>")
_REFERENCE = re.compile(r"(env|file|command):[^<>\x00-\x1f\x7f-\x9f]+")
_LOCALIZED = re.compile(
    r"(?P<head> localized (?P<engine>[0-9a-f]+) auth (?P<auth>\w+) )<secret:(?P<first>[^<>\n]+)>"
    r"(?P<middle> priv (?P<privacy>\w+) )<secret:(?P<second>[^<>\n]+)>"
)
_VALUE = re.compile(r"[\x21-\x7e]+")


def token(reference: str, form: str = "") -> str:
    """Give what stands in a rendered text in place of a secret, in a stored form or in clear.

    Raises:
        RenderError: the reference could end its line or the token itself.
    """
    if not _REFERENCE.fullmatch(reference):
        raise RenderError(
            "a reference to a secret holds a line break or one of `<` and `>`",
            "write env:NAME, file:/path or command:program argument",
        )
    return f"<secret:{_with_form(reference, form)}>"


def _with_form(reference: str, form: str) -> str:
    if not form:
        return reference
    kind = reference.partition(":")[0]
    if kind == "env":
        return f"{reference}_{form.upper()}"
    return f"{reference}.{form}" if kind == "file" else f"{reference} {form}"


def resolve_secrets(text: str, resolver: Callable[[str], str]) -> str:
    """Put the values in place of the references; the result exists in memory only.

    `resolver` gives the value of one reference (`maille.secrets.resolve`). Where a line holds
    SNMPv3 keys localised for an engine, they are made here from the pass phrases.

    Raises:
        RenderError: a value is not one word; the message names the reference, never the value.
    """

    def value(reference: str) -> str:
        found = resolver(reference)
        if not _VALUE.fullmatch(found):
            raise RenderError(
                f"the secret `{reference}` is empty, or holds blanks or line breaks",
                "keep one word of printable ASCII under this reference",
            )
        return found

    def localized(line: re.Match[str]) -> str:
        keys = localized_keys(
            line["auth"], value(line["first"]), value(line["second"]), line["engine"]
        )
        return f"{line['head']}{keys.auth}{line['middle']}{keys.privacy}"

    return TOKEN.sub(lambda found: value(found[1]), _LOCALIZED.sub(localized, text))
