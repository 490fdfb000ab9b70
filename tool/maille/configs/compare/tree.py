"""A configuration as a tree: each line once under its parent, in the order of the text.

`{"interface Vlan10": {"ip address 10.0.0.1 255.255.255.0": {}}}`. Trees are values: no function
here or beside changes the tree it is given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from maille.configs.compare.dialect import compiled
from maille.errors import MailleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maille.configs.compare.dialect import Dialect, Path

Tree: TypeAlias = "dict[str, Tree]"

_PAGED = re.compile(r"[^\t\n\r\x03\x20-\x7e\x80-\U0010ffff]|^ ?-+ ?More ?-+", re.MULTILINE)
"""Control characters (but the one that delimits banners), or the pager's own words."""

_END_OF_LINE = re.compile(r"\r\n|\n|\r")
_BANNER = re.compile(r"banner (\S+)(?: (\^C|\S)(.*))?$")
_END_OF_BANNER = "EOF"
_DELIMITERS = "@#%$~|^\x03"


class ConfigTextError(MailleError):
    """A configuration text that must not be compared: it is not whole, or not to be read."""


def parse(text: str, dialect: Dialect, label: str) -> Tree:
    """Read a configuration as the device prints it; `label` says which one, for errors.

    Comments, prompts and the headers of the output are left out, and so are the lines that
    only leave a section. A banner becomes one line with line breaks inside.

    Raises:
        ConfigTextError: the text ends before its `end`, or a pager left its marks in it. A cut
            text would be taken for the wish to remove everything after the cut.
    """
    if paged := _PAGED.search(text):
        raise ConfigTextError(
            f"the {label} configuration holds marks of a pager or of a terminal, the first in"
            f" line {text.count(chr(10), 0, paged.start()) + 1}",
            "fetch it again after `terminal length 0`",
        )
    tree: Tree = {}
    stack: list[tuple[int, Tree]] = [(-1, tree)]
    lines = iter(_END_OF_LINE.split(text.removeprefix("\ufeff")))
    for raw in lines:
        line = " ".join(raw.split())
        if not line or line.startswith("!"):
            continue
        level = len(raw) - len(raw.lstrip())
        if level == 0:
            if line == "end":
                return tree
            if compiled(dialect.noise).match(line):
                continue
            if banner := _BANNER.match(raw.rstrip()):
                tree[_read_banner(banner, lines, dialect)] = {}
                stack = [(-1, tree)]
                continue
        if line == "exit" or line.startswith("exit-"):
            continue
        _hang(line, level, stack, dialect)
    raise ConfigTextError(
        f"the {label} configuration is cut short: its last line is not `end`",
        "fetch it again, whole, with `show running-config`",
    )


def _hang(line: str, level: int, stack: list[tuple[int, Tree]], dialect: Dialect) -> None:
    """Put a line below the last one that stands less far in and may have lines below it."""
    while stack[-1][0] >= level:
        stack.pop()
    below = stack[-1][1].setdefault(line, {})
    if not compiled(dialect.flat).match(line):
        stack.append((level, below))


def _read_banner(first: re.Match[str], lines: Iterator[str], dialect: Dialect) -> str:
    kind, delimiter, body = first[1], first[2] or "", first[3] or ""
    if not dialect.delimited_banners:
        text = "\n".join(iter(lambda: next(lines, _END_OF_BANNER), _END_OF_BANNER))
    else:
        while delimiter and delimiter not in body:
            following = next(lines, None)
            if following is None:
                break
            body += f"\n{following}"
        text = body.partition(delimiter)[0] if delimiter else ""
    return f"banner {kind}\n" + "\n".join(part.rstrip() for part in text.strip("\n").split("\n"))


def banner_command(line: str, dialect: Dialect) -> str:
    """Give the command that sets a banner, one text with line breaks inside."""
    kind, _, body = line.partition("\n")
    if not dialect.delimited_banners:
        return f"{line}\n{_END_OF_BANNER}"
    delimiter = next(sign for sign in _DELIMITERS if sign not in body)
    return f"{kind} {delimiter}\n{body}\n{delimiter}"


def walk(tree: Tree, parents: Path = ()) -> Iterator[Path]:
    """Give every line with its parents, in the order of the text."""
    for text, below in tree.items():
        yield (*parents, text)
        yield from walk(below, (*parents, text))


def at(tree: Tree, path: Path) -> Tree:
    """Give what stands below a path; nothing where the path does not exist."""
    for text in path:
        tree = tree.get(text, {})
    return tree
