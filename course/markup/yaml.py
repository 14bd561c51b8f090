"""YAML as authors mean it: data with places, and nothing that surprises.

Read from PyYAML's events, not from its nodes, so that depth and aliases are seen before anything is built.
Plain words have their YAML 1.2 core meaning: only `true` and `false` are booleans, `NO` and `yes` stay text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import yaml

from course.markup.findings import Findings, Place

MAX_CHARACTERS = 100_000
MAX_DEPTH = 20
MAX_NODES = 5_000

Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,18}|[0-9]{1,18}\.[0-9]{0,18})([eE][-+]?[0-9]{1,2})?")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A document: `value` is plain data (dict, list, str, int, float, bool, None); keys are always text."""

    value: object
    _values: Mapping[Path, Place]
    _keys: Mapping[Path, Place]

    def place(self, *path: str | int) -> Place:
        """Where the value at `path` begins, or where the nearest value around it does."""
        while path and path not in self._values:
            path = path[:-1]
        return self._values[path]

    def places(self) -> Iterator[tuple[Path, Place]]:
        """Every value's path, and where it begins."""
        return iter(self._values.items())

    def key(self, *path: str | int) -> Place:
        """Where the key that ends `path` stands; for an item of a list, where the item begins."""
        return self._keys.get(path) or self.place(*path)


def load(text: str, file: str, findings: Findings, first_line: int = 1) -> Node | None:
    """Read one YAML document; `first_line` is the line of the file on which `text` begins.

    Returns None after an error that leaves nothing to read. An equal key is an error too, but reading goes on.
    """
    if len(text) > MAX_CHARACTERS:
        message = f"this YAML is {len(text):,} characters long"
        findings.error(Place(file, first_line), "too-large", message, f"{MAX_CHARACTERS:,} is the most")
        return None
    builder = _Builder(file, first_line, findings)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Refused:
        return None
    except yaml.MarkedYAMLError as error:
        _broken(error, builder)
        return None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        place = Place(file, first_line + line)
        findings.error(place, "yaml", "this YAML has a character that is not allowed", "remove control characters")
        return None
    return builder.node()


class _Mark(Protocol):
    """What PyYAML's own mark and libyaml's have in common; both count from 0."""

    line: int
    column: int


class _Refused(Exception):
    """Something that ends reading; the finding is already there."""


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open. `key` is the mapping's key whose value comes next."""

    container: dict[str, object] | list[object]
    path: Path
    key: str | None = None
    skip: bool = False
    """That key was there before: its value is read, and left out."""


class _Builder:
    def __init__(self, file: str, first_line: int, findings: Findings) -> None:
        self.file, self.first_line, self.findings = file, first_line, findings
        self.stack: list[_Frame] = []
        self.root: object = None
        self.values: dict[Path, Place] = {(): Place(file, first_line)}
        self.keys: dict[Path, Place] = {}
        self.documents = self.nodes = 0

    def node(self) -> Node:
        return Node(self.root, self.values, self.keys)

    def at(self, mark: _Mark | None) -> Place:
        return Place(self.file, self.first_line + mark.line, mark.column + 1) if mark else Place(self.file)

    def refuse(self, event: yaml.Event, rule: str, message: str, remedy: str) -> None:
        self.findings.error(self.at(event.start_mark), rule, message, remedy)
        raise _Refused

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.refuse(event, "yaml", "a second YAML document begins here", "keep one document in each file")
        elif isinstance(event, yaml.NodeEvent):
            self.guard(event)
            self.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close(self.stack.pop().container)

    def guard(self, event: yaml.NodeEvent) -> None:
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, "alias", f"*{event.anchor} is an alias", "aliases are not read; write the value out")
        if event.anchor is not None:
            self.refuse(event, "alias", f"&{event.anchor} is an anchor", "anchors are not read; remove it")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.refuse(event, "tag", f"{tag} is a tag", "tags are not read; remove it, or put text in quotes")
        if self.nodes > MAX_NODES:
            self.refuse(event, "too-large", "this YAML has too many entries", f"{MAX_NODES:,} is the most")
        if len(self.stack) >= MAX_DEPTH:
            self.refuse(event, "too-deep", "this YAML is nested too deeply", f"{MAX_DEPTH} levels are the most")

    def open(self, event: yaml.NodeEvent) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.container, dict) and frame.key is None:
            self.name(frame, event)
            return
        path = () if frame is None else (*frame.path, self.step(frame))
        self.values[path] = self.at(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            self.close(_scalar(event))
        else:
            container: dict[str, object] | list[object] = {} if isinstance(event, yaml.MappingStartEvent) else []
            self.stack.append(_Frame(container, path))

    def step(self, frame: _Frame) -> str | int:
        if isinstance(frame.container, list):
            return len(frame.container)
        # A second value under the same key is read, and must not move the places of the first.
        return f"{frame.key}\0again" if frame.skip else frame.key or ""

    def name(self, frame: _Frame, event: yaml.NodeEvent) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self.refuse(event, "yaml", "a key has to be a word", "write `key: value`; put text with braces in quotes")
            return
        if event.value == "<<" and event.implicit[0]:
            self.refuse(event, "alias", "<< merges another mapping", "merging is not read; write the keys out")
        frame.key, place = event.value, self.at(event.start_mark)
        frame.skip = frame.key in frame.container
        if frame.skip:
            first = self.keys.get((*frame.path, frame.key))
            where = f" (first on line {first.line})" if first else ""
            self.findings.error(place, "duplicate-key", f'the key "{frame.key}" is there twice{where}', "remove one")
        else:
            self.keys[(*frame.path, frame.key)] = place

    def close(self, value: object) -> None:
        """Put a finished value where it belongs."""
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if isinstance(frame.container, list):
            frame.container.append(value)
            return
        if not frame.skip and frame.key is not None:
            frame.container[frame.key] = value
        frame.key = None


def _scalar(event: yaml.ScalarEvent) -> object:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _broken(error: yaml.MarkedYAMLError, builder: _Builder) -> None:
    problem = error.problem or error.context or "it cannot be read"
    remedy = "look at this line and the one before: indents, brackets, and quotes around text with a colon"
    place = builder.at(error.problem_mark or error.context_mark)
    builder.findings.error(place, "yaml", f"this is not valid YAML: {problem}", remedy)
