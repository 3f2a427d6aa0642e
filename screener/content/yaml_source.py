"""YAML as authored: strings, lists and mappings, each with its place; nothing is guessed and nothing expands.

Only the plain part of YAML is read. Anchors, aliases, tags, merge keys, duplicate keys, several documents, depth over
20 and files over 1 MB are refused while the events are parsed, before any value is built from them.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from screener import file_text
from screener.content.json_escapes import SAVED_COLUMNS, JoinedSurrogates, with_joined_surrogates
from screener.content.yaml_mistakes import TextMark, not_yaml, place_of
from screener.errors import ContentError, Place, Problem, quoted

MOST_BYTES = 1_000_000
DEEPEST = 20

Value = str | list["Value"] | dict[str, "Value"]
Keys = tuple[str | int, ...]

_NULLS = ("null", "Null", "NULL", "~")
_YamlLoader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_REFUSED = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""The characters that YAML refuses unless they are escaped, and line ends and marks that it would swallow."""
_QUOTES = ("'", '"')
_BLOCK_COMMENT = re.compile(r"[|>][0-9+-]*[ \t]+#")
_EARLY_COMMENT = re.compile(r"(^|[:?-])[ \t]+#")
"""A comment on a line of its own, or behind a key or a hyphen."""
_COMMENT = re.compile(r"[ \t]+#")


@dataclass(frozen=True)
class YamlSource:
    """One file as it was authored. ``value`` holds only strings, lists and mappings."""

    file: str
    value: Value
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    places: dict[Keys, Place] = field(repr=False)
    keys: dict[Keys, Place] = field(repr=False)
    indents: dict[Keys, int] = field(repr=False)
    """For text on one line without escapes: the distance from its place to its first character (1 for a quote)."""

    def at(self, *path: str | int) -> str:
        """Return the text at ``path``."""
        node: Value = self.value
        for part in path:
            node = node[part]  # type: ignore[index]
        return str(node)

    def place(self, *path: str | int) -> Place:
        """Return the start of the value at ``path``, or of the nearest enclosing value that exists."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]

    def key(self, *path: str | int) -> Place:
        """Return the place of the key that ends ``path``."""
        return self.keys.get(path) or self.place(*path)

    def within(self, *path: str | int, offset: int) -> Place:
        """Return the place of the character at ``offset`` of a text; its start if it has several lines or escapes."""
        place = self.place(*path)
        if path not in self.indents:
            return place
        return Place(place.file, place.line, place.column + self.indents[path] + offset)


@dataclass
class _Collection:
    """A list or mapping while it is read; ``key`` is the mapping key of the next value."""

    path: Keys
    value: list[Value] | dict[str, Value]
    column: int
    """The column of its keys or hyphens, from 0."""
    is_flow: bool
    """Whether it stands in brackets."""
    key: str | None = None


def read_bytes(path: Path, name: str, most: int, *, regular: bool = False) -> bytes:
    """Return at most ``most`` + 1 bytes of a file, which problems call ``name``. Raise ``ContentError``.

    Refuse pipes and devices if it must be ``regular``: nobody may ever write to them, and the program would wait.
    """
    try:
        if regular and not stat.S_ISREG(mode := path.stat().st_mode) and not stat.S_ISDIR(mode):
            raise ContentError([Problem(Place(name), "This is not a file.", "Remove it, or put a file in its place.")])
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        raise ContentError([Problem(Place(name), "There is no such file.", "Add it, or check its name.")]) from None
    except IsADirectoryError:
        raise ContentError([Problem(Place(name), "This is a folder.", "Name a file.")]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is impossible"
        message = f"The file cannot be read: {reason}."
        raise ContentError([Problem(Place(name), message, "Check its name and its permissions.")]) from None


def read_file(path: Path) -> YamlSource:
    """Read one YAML (or JSON) file. Raise ``ContentError`` with the place of the first part that is not plain YAML."""
    return read_text(read_bytes(path, str(path), MOST_BYTES), str(path))


def read_text(content: bytes, name: str) -> YamlSource:
    """Read YAML (or JSON) from bytes; see ``read_file``."""
    if len(content) > MOST_BYTES:
        raise ContentError([Problem(Place(name), "The file is larger than 1 MB.", "Split it.")])
    text = file_text.read_text(content, name)
    if match := _REFUSED.search(text):
        message = f"The file contains the control character U+{ord(match[0]):04X}."
        raise ContentError([Problem(file_text.after(name, text[: match.start()]), message, "Remove it.")])
    text, joined = with_joined_surrogates(text, name)
    try:
        reader = _Reader(name, text, joined)
        return reader.read(yaml.parse(text, Loader=_YamlLoader), hashlib.sha256(content).hexdigest())
    except yaml.MarkedYAMLError as error:
        raise ContentError([not_yaml(name, error)]) from None
    except (yaml.YAMLError, ValueError) as error:
        reason = getattr(error, "reason", None) or "it cannot be read"
        message = f"This is not YAML: {reason}."
        raise ContentError([Problem(Place(name), message, "Compare it with a file that works.")]) from None


class _Reader:
    def __init__(self, file: str, text: str, joined: JoinedSurrogates) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.joined = joined
        self.places: dict[Keys, Place] = {}
        self.keys: dict[Keys, Place] = {}
        self.indents: dict[Keys, int] = {}
        self.open: list[_Collection] = []
        self.root: Value = {}

    def read(self, events: Iterator[yaml.Event], digest: str) -> YamlSource:
        documents = 0
        for event in events:
            match event:
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self.refuse(event, "A second document starts here.", "Write one document in each file.")
                case yaml.AliasEvent():
                    self.refuse(event, "Aliases (*name) are not read.", "Write the text out.")
                case yaml.ScalarEvent():
                    self.guard(event)
                    self.scalar(event)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self.guard(event)
                    self.collection(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self.open.pop()
        self.places.setdefault((), Place(self.file, 1, 1))
        return YamlSource(self.file, self.root, digest, self.places, self.keys, self.indents)

    def guard(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            self.refuse(event, "Anchors (&name) are not read.", "Write the text out.")
        if tag := getattr(event, "tag", None):
            self.refuse(event, f"Tags ({quoted(tag)}) are not read.", "Remove the tag.")

    def scalar(self, event: yaml.ScalarEvent) -> None:
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            if event.value == "<<":
                self.refuse(event, "Merge keys (<<) are not read.", "Write the keys out.")
            if event.value in top.value:
                first = self.keys[(*top.path, event.value)].line
                self.refuse(
                    event, f"The key {quoted(event.value)} is here twice (first on line {first}).", "Remove one."
                )
            top.key = event.value
            self.keys[(*top.path, event.value)] = self.position(event)
            return
        if not event.style and event.value in _NULLS:
            self.refuse(event, "A null says nothing.", "Leave the key out, or put quotes round the word.")
        if event.style not in _QUOTES and event.value and not file_text.is_archived():
            self.refuse_cut_before(event)
            self.refuse_cut(event)
        path = self.put(event, event.value)
        start, end = self.position(event), place_of(self.file, event.end_mark)
        quotes = 2 if event.style else 0
        if start.line == end.line and end.column - start.column == len(event.value) + quotes:
            self.indents[path] = quotes // 2

    def refuse_cut_before(self, event: yaml.ScalarEvent) -> None:
        """Refuse a comment between a key or hyphen and the text that follows it on a later line."""
        start: TextMark = event.start_mark  # type: ignore[assignment]
        line, column = start.line, start.column
        if event.style:  # A block of text, which begins after the line of its sign.
            comment = _BLOCK_COMMENT.match(self.lines[line], column)
        elif line == 0 or self.lines[line][:column].strip():
            return
        else:
            line -= 1
            while line > 0 and not self.lines[line].strip():
                line -= 1
            comment = _EARLY_COMMENT.search(self.lines[line])
            if comment and self.open and comment.end() - 1 <= self.open[-1].column:
                return
        if comment:
            place = Place(self.file, line + 1, comment.end())
            remedy = "Put quotes round the whole text, or put the comment above its key."
            raise ContentError([Problem(place, 'The text begins after this "#", which begins a comment.', remedy)])

    def refuse_cut(self, event: yaml.ScalarEvent) -> None:
        """Refuse a comment where text without quotes could go on, because the author may mean it as text."""
        end: TextMark = event.end_mark  # type: ignore[assignment]
        line, column = end.line, end.column
        if not self.lines[line][:column].strip():
            column = 0  # A block of text ends before the next line, wherever that begins.
        comment = _COMMENT.match(self.lines[line], column) if column else None
        remedy = "Put quotes round the whole text, or put the comment on a line of its own."
        if comment is None and self.open and not self.open[-1].is_flow:
            line += bool(column)
            while line < len(self.lines) and not self.lines[line].strip():
                line += 1
            comment = _COMMENT.match(self.lines[line]) if line < len(self.lines) else None
            if comment and comment.end() - 1 <= self.open[-1].column:
                return
            remedy = "Put quotes round the whole text, or begin the comment in the column of the keys."
        if comment:
            place = Place(self.file, line + 1, comment.end())
            message = 'The text ends before this "#", which begins a comment.'
            raise ContentError([Problem(place, message, remedy)])

    def collection(self, event: yaml.CollectionStartEvent, container: list[Value] | dict[str, Value]) -> None:
        if len(self.open) >= DEEPEST:
            self.refuse(event, f"This is nested more than {DEEPEST} levels deep.", "Make it flatter.")
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self.refuse(event, "A key must be a plain word.", "Put quotes round it, or check the brackets.")
        path = self.put(event, container)
        column = self.places[path].column - 1
        self.open.append(_Collection(path, container, column, bool(event.flow_style)))

    def put(self, event: yaml.Event, node: Value) -> Keys:
        """Add a finished scalar or a newly opened collection to its parent, and return its path."""
        path: Keys = ()
        if not self.open:
            self.root = node
        else:
            top = self.open[-1]
            if isinstance(top.value, dict):
                assert top.key is not None
                path = (*top.path, top.key)
                top.value[top.key] = node
                top.key = None
            else:
                path = (*top.path, len(top.value))
                top.value.append(node)
        self.places[path] = self.position(event)
        return path

    def position(self, event: yaml.Event) -> Place:
        place = place_of(self.file, event.start_mark)
        columns = self.joined.get(place.line)
        if not columns:
            return place
        moved = sum(SAVED_COLUMNS for number, at in enumerate(columns) if at < place.column + SAVED_COLUMNS * number)
        return place._replace(column=place.column + moved)

    def refuse(self, event: yaml.Event, message: str, remedy: str) -> None:
        raise ContentError([Problem(self.position(event), message, remedy)])
