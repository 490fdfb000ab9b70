"""What the sheets and the schema know about the fields of a commune's file, by path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from maille.batch.sheets import CABINETS, CAMERAS, COMMUNES, POINTS
from maille.inventory.schema.commune import Commune

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic.fields import FieldInfo

    from maille.batch.columns import Sheet
    from maille.inventory.reading.fault import Path


def record_at(path: Path) -> tuple[Sheet, Path]:
    """Give the sheet of the innermost record that `path` lies in, and the path inside it."""
    match path:
        case ("cabinets", _, "cameras", _, *inside):
            return CAMERAS, tuple(inside)
        case ("cabinets", _, "attachment_points", _, *inside):
            return POINTS, tuple(inside)
        case ("cabinets", _, *inside):
            return CABINETS, tuple(inside)
    return COMMUNES, path


def field_order(path: Path) -> Sequence[str]:
    """Give the order in which the fields at `path` are written, as far as sheets know them."""
    sheet, inside = record_at(path)
    if not path:
        return list(Commune.model_fields)
    depth = len(inside)
    names = [
        str(column.path[depth])
        for column in sheet.columns
        if len(column.path) > depth and column.path[:depth] == inside
    ]
    if sheet is CABINETS and not inside:
        names += ["cameras", "attachment_points"]
    return list(dict.fromkeys(names))


def is_default(sheet: Sheet, path: Path, value: object) -> bool:
    """Say whether a field need not be written, for it holds this value in any case."""
    model: type[BaseModel] = sheet.model
    info: FieldInfo | None = None
    for step in path:
        if info is not None:
            below = _model_of(info)
            if below is None:
                return False
            model = below
        info = model.model_fields[str(step)]
    return info is not None and not info.is_required() and info.default == value


def _model_of(info: FieldInfo) -> type[BaseModel] | None:
    """Give the model that a field holds, alone or as an alternative to nothing."""
    candidates: tuple[Any, ...] = (info.annotation, *get_args(info.annotation))
    for candidate in candidates:
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def ordered(tree: Any, path: Path = ()) -> Any:  # noqa: ANN401 - plain Python
    """Give a tree with its fields in the order in which they are written."""
    if not isinstance(tree, dict):
        return tree
    names = [name for name in field_order(path) if name in tree]
    names += [name for name in tree if name not in names]
    return {name: ordered(tree[name], (*path, name)) for name in names}
