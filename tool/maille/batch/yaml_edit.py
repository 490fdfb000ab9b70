"""Change a YAML text so that it holds another tree, touching nothing else.

The difference of two trees becomes replacements of spans of the text, found by the marks of
libyaml's parser. Every character outside of them stays: comments, blank lines, quotes, the
way in which somebody has broken a line. (Libraries that load and dump a file again attach
what follows an entry, such as the blank line and the comment above the next cabinet, to the
entry; what is appended then comes after it.)
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from maille.batch.yaml_text import INDENT, entry, fields, is_block
from maille.inventory.yaml_text import flow, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from maille.inventory.reading.fault import Path

Order: TypeAlias = "Callable[[Path], Sequence[str]]"
"""Gives the order in which the fields at a path are written."""


class CannotEdit(Exception):  # noqa: N818 - becomes a finding at the file
    """The text is written in a way in which a change can't be made; `file` may be named."""

    def __init__(self, reason: str, file: str = "") -> None:
        """Keep the reason, as a sentence without a full stop."""
        super().__init__(reason)
        self.file = file


class Edit(NamedTuple):
    """A span of the text, in characters, and what stands there afterwards."""

    start: int
    end: int
    text: str


def edited(text: str, before: Any, after: Any, order: Order) -> str:  # noqa: ANN401 - plain Python
    """Give the text changed from holding `before` to holding `after`; raises CannotEdit."""
    if before == after:
        return text
    return _applied(text, _Editor(text, order).difference(_root(text), before, after, ()))


def moved(text: str, source: Path, target: Path) -> str:
    """Move an entry with its lines to the fields at `target`; raises CannotEdit.

    An entry is a field of a block, such as a camera of a cabinet. What stands at `target` is
    a block too, or still `{}`.
    """
    root = _root(text)
    editor = _Editor(text, lambda _path: ())
    home = _mapping_at(root, source[:-1])
    others = _mapping_at(root, target)
    if home.flow_style or (others.flow_style and others.value):
        raise CannotEdit(f"`{source[-1]}` stands among others on one line")
    start, end = editor.lines_of(home, _index(home, str(source[-1])))
    edits = [Edit(start, end, "")]
    if len(home.value) == 1:
        colon = text.index(":", _key_at(root, source[:-1]).end_mark.index) + 1
        edits.append(Edit(colon, colon, " {}"))
    if others.value:
        column = others.start_mark.column
        at = editor.lines_of(others, len(others.value) - 1)[1]
    else:
        column = _key_at(root, target).start_mark.column + len(INDENT)
        at = editor.line_end(others.end_mark.index)
        edits.append(editor.without_braces(others))
    lines = text[start:end].splitlines()
    shift = column - home.start_mark.column
    edits.append(editor.inserted(at, [_shifted(line, shift) for line in lines]))
    return _applied(text, edits)


def _applied(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits that don't overlap; those at one place in the order given."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def _root(text: str) -> MappingNode:
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if not isinstance(root, MappingNode):
        raise CannotEdit("the file holds no fields")
    return root


def _index(fields: MappingNode, name: str) -> int:
    return next(at for at, (key, _) in enumerate(fields.value) if key.value == name)


def _mapping_at(root: MappingNode, path: Path) -> MappingNode:
    node: Node = root
    for step in path:
        node = node.value[_index(node, str(step))][1] if isinstance(node, MappingNode) else node
    if not isinstance(node, MappingNode):
        raise CannotEdit(f"`{path[-1]}` holds no fields")
    return node


def _key_at(root: MappingNode, path: Path) -> Node:
    fields = _mapping_at(root, path[:-1])
    key: Node = fields.value[_index(fields, str(path[-1]))][0]
    return key


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return line
    return " " * by + line if by > 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


class _Editor:
    """Turns the difference of trees into edits of one text."""

    def __init__(self, text: str, order: Order) -> None:
        self._text = text
        self._order = order
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def difference(self, node: Node, before: Any, after: Any, path: Path) -> Iterator[Edit]:  # noqa: ANN401
        """Give the edits that make `node`, which holds `before`, hold `after`."""
        if before == after and type(before) is type(after):
            return
        if isinstance(node, MappingNode) and isinstance(after, dict) and before:
            yield from self._in_fields(node, before, after, path)
        elif isinstance(node, SequenceNode) and isinstance(after, list) and before:
            yield from self._in_items(node, before, after, path)
        elif isinstance(node, MappingNode) and isinstance(after, dict) and is_block(path):
            yield self.without_braces(node)
            indent = self._indent_at(node.start_mark.index) + INDENT
            yield self.inserted(self.line_end(node.end_mark.index), fields(after, path, indent))
        else:
            yield self._replaced(node, after)

    # Fields

    def _in_fields(
        self, node: MappingNode, before: dict[str, Any], after: dict[str, Any], path: Path
    ) -> Iterator[Edit]:
        values = {key.value: value for key, value in node.value}
        if gone := before.keys() - after.keys():
            raise CannotEdit(f"`{min(gone)}` would have to be taken out")
        for name, value in before.items():
            yield from self.difference(values[name], value, after[name], (*path, name))
        order = list(self._order(path))
        new = [name for name in after if name not in before]
        for name in sorted(
            new, key=lambda name: order.index(name) if name in order else len(order)
        ):
            earlier = order[: order.index(name)] if name in order else list(values)
            index = max((list(values).index(one) for one in earlier if one in values), default=None)
            yield self._added(node, index, (*path, name), after[name])

    def _added(self, node: MappingNode, index: int | None, path: Path, value: object) -> Edit:
        """Add the field `path` behind the one at `index`, or before all."""
        name = str(path[-1])
        if node.flow_style:
            text = f"{scalar(name)}: {flow(value)}"
            if index is None:
                start = node.value[0][0].start_mark.index
                return Edit(start, start, f"{text}, ")
            end = node.value[index][1].end_mark.index
            return Edit(end, end, f", {text}")
        lines = list(entry(name, value, path, " " * node.start_mark.column))
        if path == ("cabinets",) or (path[:-1] == ("cabinets",) and self._spaced(node)):
            lines.insert(0, "")
        at = self.lines_of(node, 0)[0] if index is None else self.lines_of(node, index)[1]
        return self.inserted(at, lines)

    def _spaced(self, node: MappingNode) -> bool:
        """Say whether empty lines part the entries; a single entry says nothing against it."""
        gaps = [self._gap_above(node, index) for index in range(1, len(node.value))]
        return not gaps or any(not line.strip() for gap in gaps for line in gap)

    def _gap_above(self, node: MappingNode, index: int) -> list[str]:
        """Give the lines between two entries: comments and empty ones."""
        end, start = self.lines_of(node, index - 1)[1], self.lines_of(node, index)[0]
        return self._text[end:start].splitlines()

    # Items

    def _in_items(
        self, node: SequenceNode, before: list[Any], after: list[Any], path: Path
    ) -> Iterator[Edit]:
        if len(before) == len(after):
            pairs = zip(node.value, before, after, strict=True)
            for index, (item, old, new) in enumerate(pairs):
                yield from self.difference(item, old, new, (*path, index))
        elif node.flow_style or not after:
            yield self._replaced(node, after)
        else:
            yield from self._changed_lines(node, before, after)

    def _changed_lines(
        self, node: SequenceNode, before: list[Any], after: list[Any]
    ) -> Iterator[Edit]:
        """Change the items of a block line by line, so that comments beside others stay."""
        old, new = [flow(item) for item in before], [flow(item) for item in after]
        starts = [self._line_start(item.start_mark.index) for item in node.value]
        ends = [self.line_end(self._content_end(item)) for item in node.value]
        dash = " " * node.start_mark.column + "- "
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for tag, first, last, begin, stop in matcher.get_opcodes():
            if tag != "equal":
                yield from (Edit(starts[at], ends[at], "") for at in range(first, last))
                where = ends[last - 1] if last else starts[0]
                yield self.inserted(where, [dash + item for item in new[begin:stop]])

    # Values

    def _replaced(self, node: Node, after: object) -> Edit:
        """Put another value in the place of one, in its quotes."""
        start, end = node.start_mark.index, self._content_end(node)
        quoted = isinstance(node, ScalarNode) and node.style == '"' and isinstance(after, str)
        text = scalar(after, quoted=True) if quoted else flow(after)
        return Edit(start, end, text) if end > start else Edit(start, start, f" {text}")

    def without_braces(self, node: MappingNode) -> Edit:
        """Take `{}` away, so that fields can follow on lines of their own."""
        start = len(self._text[: node.start_mark.index].rstrip())
        return Edit(start, node.end_mark.index, "")

    def inserted(self, at: int, lines: Iterable[str]) -> Edit:
        """Put lines where a line begins, or where the text ends."""
        block = "".join(line + self._newline for line in lines)
        if block and at and self._text[at - 1] != "\n":
            block = self._newline + block.removesuffix(self._newline)
        return Edit(at, at, block)

    # Places in the text

    def lines_of(self, block: MappingNode, index: int) -> tuple[int, int]:
        """Give where the lines of one field of a block start and end."""
        key, value = block.value[index]
        end = max(self._content_end(value), key.end_mark.index)
        return self._line_start(key.start_mark.index), self.line_end(end)

    def line_end(self, at: int) -> int:
        """Give the place behind the line's end, or the end of the text."""
        found = self._text.find("\n", at)
        return len(self._text) if found < 0 else found + 1

    def _content_end(self, node: Node) -> int:
        """Give the end of what is written; a block's own mark lies behind what follows it."""
        if isinstance(node, (MappingNode, SequenceNode)) and not node.flow_style:
            parts = chain.from_iterable(
                part if isinstance(part, tuple) else (part,) for part in node.value
            )
            return max((self._content_end(part) for part in parts), default=node.start_mark.index)
        start, end = node.start_mark.index, node.end_mark.index
        return max(start, len(self._text[:end].rstrip())) if end > start else start

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _indent_at(self, at: int) -> str:
        line = self._text[self._line_start(at) : at]
        return line[: len(line) - len(line.lstrip(" "))]
