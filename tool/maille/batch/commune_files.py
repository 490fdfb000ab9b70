"""A file of the inventory, new or changed, from its fields."""

from __future__ import annotations

import codecs
import pathlib
import unicodedata
from typing import TYPE_CHECKING, Any

from yaml import YAMLError

from maille.batch.drafts import Draft
from maille.batch.trees import after_moves
from maille.batch.yaml_edit import CannotEdit, edited, moved
from maille.batch.yaml_text import fields
from maille.inventory.source import parse_document
from maille.inventory.suggest import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maille.batch.existing import Existing
    from maille.batch.trees import Move
    from maille.batch.yaml_edit import Order
    from maille.inventory.source import Document

_SCHEMA_LINE = "# yaml-language-server:"


def new_file(folder: pathlib.Path, tree: Mapping[str, Any], existing: Existing) -> Draft:
    """Give the file of a commune that has none yet; raises CannotEdit as `changed_file` does."""
    schema = schema_line(existing)
    lines = [*([schema, ""] if schema else []), *fields(tree)]
    text = "".join(f"{line}\n" for line in lines)
    name = f"{tree['insee']}-{file_slug(str(tree['commune']))}.yaml"
    return _proven(Draft(folder / "communes" / name, None, text.encode()), tree)


def changed_file(
    document: Document, after: dict[str, Any], order: Order, moves: Sequence[Move] = ()
) -> Draft:
    """Give a file with nothing changed but what has to be, so that it holds another tree.

    Raises CannotEdit if the file is written in a way that defeats it.
    """
    path = pathlib.Path(document.shown_as)
    before = path.read_bytes()
    mark = before[: len(before) - len(before.removeprefix(codecs.BOM_UTF8))]
    text = before.removeprefix(mark).decode()
    try:
        text = edited(text, document.tree, after, order)
        for source, target in moves:
            text = moved(text, source, target)
    except CannotEdit as reason:
        raise CannotEdit(str(reason), document.shown_as) from None
    except YAMLError:
        raise CannotEdit("the change would break the file", document.shown_as) from None
    return _proven(Draft(path, before, mark + text.encode()), after_moves(after, moves))


def _proven(draft: Draft, tree: Mapping[str, Any]) -> Draft:
    """Give a draft that is read back as what it should hold; raises CannotEdit."""
    written = parse_document(draft.after, shown_as=str(draft.path))
    wrong = next((found.what for found in written.findings if found.fails), None)
    if wrong is None and written.tree != tree:
        wrong = "the way in which the file is written defeats the change"
    if wrong:
        raise CannotEdit(wrong, str(draft.path))
    return draft


def file_slug(name: str) -> str:
    """Give the name of a commune as it stands in the name of its file, in ASCII."""
    plain = slug(name.casefold().replace("œ", "oe").replace("æ", "ae"))
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


def schema_line(existing: Existing) -> str:
    """Give the line that leads editors to the schema, as other communes have it, or nothing."""
    for path, mount in existing.loaded.sources.mounts.items():
        first = mount.document.line_text(1)
        if path[:1] == ("communes",) and first.startswith(_SCHEMA_LINE):
            return first
    return ""
