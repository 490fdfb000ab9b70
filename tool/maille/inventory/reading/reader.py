"""Build plain Python from YAML, event by event, refusing what an inventory has no use for.

libyaml parses; this module walks its events with a stack of its own, so that depth, number
of values and number of faults are bounded while reading and not after. It takes less than
half the time of PyYAML's own loader, and needs no tree of nodes. After a fault that leaves
the structure whole (a key written twice, a tag) reading goes on: one run tells everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from yaml import CBaseLoader, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from maille.inventory.reading.complaint import Spot, Surroundings, Written
from maille.inventory.reading.fault import Fault, Path, cut
from maille.inventory.reading.scalars import FIRST_OF_SPECIAL, Refused, resolve
from maille.inventory.reading.syntax import translated
from maille.inventory.reading.text import MAX_FAULTS, hidden

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DEPTH = 50
MAX_EVENTS = 200_000

Tree: TypeAlias = dict[str, Any]
"""Plain Python: str, int, float, bool, None, and lists and dictionaries of them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of one text.

    `tree` is None if the structure is not known to its end. `broken` are the paths at which
    the tree holds a stand-in for a value that was refused, `broken_keys` those whose key was.
    """

    tree: Tree | None
    faults: tuple[Fault, ...] = ()
    broken: frozenset[Path] = frozenset()
    broken_keys: frozenset[Path] = frozenset()


class _Stop(Exception):  # noqa: N818 - ends a walk, is no error
    """The walk can't go on."""


class _Dropped:
    """The key of a pair that is read and thrown away; it equals no other key."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


_ITEM: Final = _Dropped("")
"""In the place of a key: what comes next is an item of a list."""

_Key: TypeAlias = str | _Dropped | None


class Walker:
    """One walk over the events of a text; `reading` is the result.

    The state is where the next node goes: `container` and, in it, `key`: a text or a dropped
    key awaits its value, `_ITEM` stands for the next place in a list, and None says that the
    next node is a key. `seen` holds the keys of these fields so far.
    """

    def __init__(self, data: bytes, lines: Callable[[], list[str]]) -> None:
        """Take UTF-8 without a byte order mark; `lines` gives the text's lines on demand."""
        self._parser = CBaseLoader(data)
        self._lines = lines
        self._roots: list[Any] = []
        self._container: Any = self._roots
        self._key: _Key = _ITEM
        self._seen: dict[str, ScalarEvent] = {}
        self._stack: list[tuple[Any, _Key, dict[str, ScalarEvent], Event]] = []
        self._last: Event | None = None
        self._faults: list[Fault] = []
        self._broken: set[Path] = set()
        self._broken_keys: set[Path] = set()
        self._with_dropped: list[dict[Any, Any]] = []
        self._handlers: dict[type[Event], Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._mapping,
            SequenceStartEvent: self._sequence,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        for passed in (StreamStartEvent, StreamEndEvent, DocumentEndEvent):
            self._handlers[passed] = _pass

    def walk(self) -> Reading:
        """Read to the end, or to the first fault that hides the structure."""
        try:
            self._walk()
        except _Stop:
            whole = False
        except YAMLError as error:
            self._faults.append(translated(error, self._lines(), self._surroundings()))
            whole = False
        else:
            whole = self._check_root()
        for container in self._with_dropped:
            for key in [key for key in container if isinstance(key, _Dropped)]:
                del container[key]
        tree = self._roots[0] if whole else None
        broken, broken_keys = frozenset(self._broken), frozenset(self._broken_keys)
        return Reading(tree, tuple(self._faults), broken, broken_keys)

    def _walk(self) -> None:
        """Handle one event after the other; the bound keeps the tree small."""
        get_event = self._parser.get_event
        handlers = self._handlers
        for _ in range(MAX_EVENTS):
            event = get_event()
            if event is None:
                return
            handlers[event.__class__](event)
            self._last = event
        what = f"the file holds more than {MAX_EVENTS:,} keys and values"
        self._fault(self._last, "I030", what, "split it: one file a commune")
        raise _Stop

    # Events, most frequent first.

    def _scalar(self, event: ScalarEvent) -> None:
        """Take a key or a value."""
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        if self._key is None:
            self._take_key(event)
            return
        text = event.value
        value: Any = text
        if event.implicit[0]:
            if not text or text[0] in FIRST_OF_SPECIAL:
                value = self._resolved(event)
        elif not text.isprintable():
            self._check_hidden(event)
        self._put(event, value)

    def _mapping(self, event: MappingStartEvent) -> None:
        """Open a set of fields."""
        self._open(event, {}, None)

    def _sequence(self, event: SequenceStartEvent) -> None:
        """Open a list."""
        self._open(event, [], _ITEM)

    def _close(self, _event: Event) -> None:
        """Go back to what holds the list or the fields that end here."""
        self._container, key, self._seen, _ = self._stack.pop()
        if key is None:
            self._drop_next("?")
        else:
            self._key = _ITEM if key is _ITEM else None

    def _alias(self, event: AliasEvent) -> None:
        """Refuse `*name`; nothing stands in its place."""
        how = "write the value out, or set it once in the estate's defaults"
        what = f"`*{cut(event.anchor or '')}` refers to another place of the file"
        self._fault(event, "I022", what, how)
        if self._key is None:
            self._drop_next("*")
            return
        self._broken.add(self.path())
        self._put(event, None)

    def _document(self, event: DocumentStartEvent) -> None:
        """Let a first document begin, and no second one."""
        if self._roots:
            what = "a second document begins here"
            self._fault(event, "I024", what, "put it in a file of its own, or delete `---`")
            raise _Stop
        if event.version or event.tags:
            what = "a line that begins with `%` is a directive"
            self._fault(event, "I024", what, "delete the line")

    # Steps.

    def _open(self, event: Any, child: Any, first: _Key) -> None:  # noqa: ANN401 - list or dict
        """Put an empty container in its place and go into it."""
        if event.anchor is not None or event.tag is not None:
            self._properties(event)
        key = self._key
        if key is None:
            how = "write a text as the key, in quotes if it holds brackets"
            self._fault(event, "I025", "a list or a set of fields can't be a key", how)
        else:
            self._put(event, child)
        self._stack.append((self._container, key, self._seen, event))
        if len(self._stack) > MAX_DEPTH:
            what = f"more than {MAX_DEPTH} levels are nested here"
            self._fault(event, "I029", what, "close the brackets of the levels above")
            raise _Stop
        self._container = child
        self._key = first
        self._seen = {}

    def _put(self, event: Event, value: Any) -> None:  # noqa: ANN401, ARG002 - for the subclass
        """Put a value in its place."""
        if self._key is _ITEM:
            self._container.append(value)
        else:
            self._container[self._key] = value
            self._key = None

    def _take_key(self, event: ScalarEvent) -> None:
        """Make a text the key of what follows."""
        text = event.value
        if event.implicit[0]:
            if not text or text[0] in FIRST_OF_SPECIAL or text == "<<":
                self._check_plain_key(event)
        elif not text.isprintable():
            self._check_hidden(event)
        first = self._seen.setdefault(text, event)
        if first is event:
            self._key = text
        else:
            self._duplicate(event, first)

    def _drop_next(self, text: str) -> None:
        """Let the next value be read and thrown away."""
        self._with_dropped.append(self._container)
        self._key = _Dropped(text)

    # Faults that leave the structure whole.

    def _duplicate(self, event: ScalarEvent, first: ScalarEvent) -> None:
        """Refuse a key that the same fields hold already, and throw its value away."""
        key = event.value
        spot = spot_of(first.start_mark)
        at = f"line {spot.line}, column {spot.column}"
        how = "keep one of them; two different things need two keys"
        self._fault(event, "I021", f"`{cut(key)}` is written twice, first in {at}", how, key)
        self._drop_next(key)

    def _properties(self, event: Any) -> None:  # noqa: ANN401 - any event with a node
        """Refuse an anchor, and a tag."""
        if event.anchor is not None:
            what = f"`&{cut(event.anchor)}` names this place for references"
            self._fault(
                event, "I022", what, "delete it, or put a text that begins with & in quotes"
            )
        if event.tag is not None:
            shown = cut(event.tag.replace("tag:yaml.org,2002:", "!!"))
            how = "delete it; quotes make a text, a text that begins with ! needs them"
            self._fault(event, "I023", f"the tag `{shown}` is not allowed", how)
            self._broken.add(self.path())

    def _check_plain_key(self, event: ScalarEvent) -> None:
        """Refuse a key without quotes that is more than a text to YAML."""
        text = event.value
        if text == "<<":
            how = "write the fields out, or set them once in the estate's defaults"
            self._fault(event, "I022", "`<<` merges fields from another place", how, text)
            return
        value = resolve(text)
        if not isinstance(value, str):
            what = f"the key `{cut(text)}` {_READ_AS[type(value)]}"
            how = f'put it in quotes: "{cut(text)}"'
            if number := self._with_comma(event):
                what, how = "a decimal comma ends the field before it", f"write {number}"
            self._fault(event, "I025", what, how, text)

    def _with_comma(self, event: ScalarEvent) -> str:
        """Give the number that was meant if `event` follows a digit and a comma: `{m: 4,5}`."""
        last = _written(self._last)
        digits = event.value.isdigit() and isinstance(self._last, ScalarEvent) and self._last.value
        if not last or not digits or not digits.isdigit():
            return ""
        here = spot_of(event.start_mark)
        adjacent = here == Spot(last.end.line, last.end.column + 1)
        return f"{digits}.{event.value}" if adjacent else ""

    def _resolved(self, event: ScalarEvent) -> Any:  # noqa: ANN401 - a scalar
        """Give the value of a plain text; a refused one stays a text."""
        value = resolve(event.value)
        if isinstance(value, Refused):
            self._fault(event, value.code, value.what, value.how)
            self._broken.add(self.path())
            return event.value
        return value

    def _check_hidden(self, event: ScalarEvent) -> None:
        """Refuse what an escape has brought in that the text itself may not hold."""
        if found := hidden(event.value):
            how = "delete the escape"
            self._fault(event, "I008", f"the text holds {found}", how)

    # Where the walk is.

    def path(self) -> Path:
        """Give the path of the node that comes next, or of the fields whose key comes next."""
        steps: list[str | int] = [
            _step(container, key, len(container) - 1) for container, key, _, _ in self._stack[1:]
        ]
        if self._stack and self._key is not None:
            steps.append(_step(self._container, self._key, len(self._container)))
        return tuple(steps)

    def _surroundings(self) -> Surroundings:
        """Give what the words for a syntax error are chosen by."""
        brackets = tuple(
            spot_of(event.start_mark)
            for _, _, _, event in self._stack
            if getattr(event, "flow_style", False)
        )
        return Surroundings(self.path(), brackets, _written(self._last))

    def _fault(
        self,
        event: Event | None,
        code: str,
        what: str,
        how: str,
        key: str | None = None,
    ) -> None:
        """Note a fault at the start of `event`; end the walk if there are too many."""
        spot = spot_of(event.start_mark) if event else Spot(1, 1)
        path = self.path()
        if key is not None:
            path = (*path, key)
            self._broken_keys.add(path)
        self._faults.append(Fault(code, spot.line, spot.column, what, how, path))
        if len(self._faults) >= MAX_FAULTS:
            what = f"reading stops here, after {MAX_FAULTS} errors"
            fault = Fault("I031", spot.line, spot.column, what, "mend those above first", path)
            self._faults.append(fault)
            raise _Stop

    def _check_root(self) -> bool:
        """Say whether the file holds fields, as each file of the inventory must."""
        root = self._roots[0] if self._roots else None
        if root is None:
            how = "describe something, or delete the file"
            self._faults.append(Fault("I012", 0, 0, "the file is empty", how))
        elif not isinstance(root, dict):
            kind = "a list" if isinstance(root, list) else "a single value"
            what = f"the file holds {kind}, where fields (`key: value`) are needed"
            self._faults.append(Fault("I013", 1, 1, what, "begin the first line with a key"))
        return isinstance(root, dict)


_READ_AS: dict[type, str] = {
    int: "is read as a number",
    float: "is read as a number",
    bool: "is read as true or false",
    type(None): "is read as nothing",
    Refused: "is read as a number by some programs",
}


def _step(container: Any, key: _Key, index: int) -> str | int:  # noqa: ANN401 - list or dict
    """Give one step of a path: where in `container` the walk is."""
    if key is _ITEM and isinstance(container, list):
        return index
    return key.text if isinstance(key, _Dropped) else key or "?"


def _written(event: Event | None) -> Written | None:
    """Give the bounds of a key or a value, nothing for any other event."""
    if not isinstance(event, ScalarEvent):
        return None
    quote = event.style if event.style in ("'", '"') else ""
    return Written(spot_of(event.start_mark), spot_of(event.end_mark), quote)


def spot_of(mark: Any) -> Spot:  # noqa: ANN401 - libyaml has a mark class of its own
    """Give a mark, which counts from 0, as a spot."""
    return Spot(mark.line + 1, mark.column + 1)


def _pass(_event: Event) -> None:
    """Let an event without meaning here go by."""
