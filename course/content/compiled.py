"""What the compiler makes of one file of a pack, as it is kept in a store: a small head and a body.

The head is all that the checks and the outline need, so a body is only unpacked for the page that shows it. Heads are
plain JSON and stay so: ten thousand of them are read whenever one lesson changes.
"""

import functools
import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

import course
from course.content.collector import collector_paused
from course.content.paths import SourcePath, suffix
from course.markup.findings import Finding, Place

Position = tuple[int, int]
"""Line and column, from 1; a list after JSON."""


class Key(NamedTuple):
    """What a compiled source depends on: a file's hash, what else went in, and the compiler.

    `inputs` is the file's kind with its language or ending; for a translation beside its source, the source's hash.
    """

    source: str
    inputs: str
    compiler: str


class LinkHead(TypedDict):
    target: str
    at: Position
    kind: str


class QuestionHead(TypedDict):
    type: str
    points: int
    objective: str | None
    shuffle: bool
    names: list[str]
    at: Position


class SectionHead(TypedDict):
    id: str
    title: str
    at: Position


class StyleHead(TypedDict):
    """A warning about how a question is written."""

    line: int
    rule: str
    message: str
    remedy: str


class TextHead(TypedDict):
    """What the heads of lessons and quizzes share. `places` maps a path in the front matter to where it stands.

    `digests` has one for each unit (`units`); `made_from` those of the source that a translation says it was made from.

    `spoilt`: so much is wrong that the rest of the head only says what could be made out, which is at least the id.
    """

    spoilt: bool
    id: str
    title: str
    links: list[LinkHead]
    places: dict[str, Position]
    was: str | None
    retired: list[str]
    asked: dict[str, QuestionHead]
    style: list[StyleHead]
    digests: dict[str, str]
    made_from: dict[str, str]


class LessonHead(TextHead):
    """`anchors` are all ids that a link can lead to; `notes` the labels of the footnotes."""

    minutes: int
    objectives: dict[str, str]
    sections: list[SectionHead]
    anchors: list[str]
    figures: list[str]
    notes: list[str]


class QuizHead(TextHead):
    """`rules` is empty in a translation."""

    rules: dict[str, Any]


class TermHead(TypedDict):
    id: str
    term: str
    definition: str
    forms: list[str]
    at: Position


class GlossaryHead(TypedDict):
    terms: list[TermHead]
    links: list[LinkHead]


class SettingsHead(TypedDict):
    """`course.yaml` or `module.yaml`, as its schema gives it, with the place of each path (joined by `.`)."""

    values: dict[str, Any]
    places: dict[str, Position]


class AssetHead(TypedDict):
    size: int
    width: int | None
    height: int | None


PASSING = ("internal", "too-slow")
"""Rules of findings that depend on more than the file's bytes."""


@dataclass(frozen=True, slots=True)
class CompiledSource:
    """`head` is one of the heads above, None where the file could not be read. The findings' places name no file:

    files with equal bytes share one compiled source. `body` is packed, and empty where there is nothing to show.
    """

    head: Any
    body: bytes = b""
    findings: tuple[Finding, ...] = ()

    @property
    def lasts(self) -> bool:
        """Whether the same would come out again. What was given up, or met a fault of the engine, is not kept."""
        return not any(found.rule in PASSING for found in self.findings)

    def findings_in(self, file: str) -> list[Finding]:
        """The findings, with their places in `file`."""
        return [replace(found, place=replace(found.place, file=file)) for found in self.findings]


def pack_body(data: object) -> bytes:
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack_body(body: bytes) -> Any:
    return json.loads(zlib.decompress(body)) if body else None


def dump(compiled: CompiledSource) -> bytes:
    """A compiled source as bytes to store."""
    findings = [
        (found.place.line, found.place.column, found.rule, found.message, found.remedy, found.severity)
        for found in compiled.findings
    ]
    head = json.dumps([compiled.head, findings], ensure_ascii=False, separators=(",", ":")).encode()
    return struct.pack(">I", len(head)) + head + compiled.body


def load(data: bytes) -> CompiledSource:
    """What `dump` stored."""
    (length,) = struct.unpack_from(">I", data)
    head, findings = json.loads(data[4 : 4 + length])
    found = tuple(_finding(entry) for entry in findings)
    return CompiledSource(head, data[4 + length :], found)


def load_many(stored: Iterable[tuple[Key, bytes]]) -> dict[Key, CompiledSource]:
    """What `dump` stored of many sources."""
    with collector_paused():
        return {key: load(data) for key, data in stored}


def _finding(entry: Sequence[Any]) -> Finding:
    line, column, rule, message, remedy, severity = entry
    return Finding(Place("", line, column), rule, message, remedy, severity)


def source_key(source: SourcePath, digest: str) -> Key:
    """The key of the file at `source`, whose bytes have the SHA-256 `digest`."""
    return Key(digest, f"{source.kind}:{source.language or suffix(source.stem)}", compiler_version())


def pair_key(kind: str, source: str, translation: str) -> Key:
    """The key of the comparison of a translation with its source, both given by their SHA-256."""
    return Key(translation, f"{kind}:{source}", compiler_version())


_LIBRARIES = ("markdown", "pymdown-extensions", "nh3", "pyyaml", "pydantic")

Cached = Callable[[Key], CompiledSource | None]
"""Looks a compiled source up; `dict.get` will do."""


@functools.cache
def compiler_version() -> str:
    """Changes with the code that compiles, its libraries too, and so never has to be remembered."""
    root = Path(course.__file__).parent
    digest = hashlib.sha256(" ".join(map(version, _LIBRARIES)).encode())
    for folder in ("markup", "quiz", "content"):
        for file in sorted((root / folder).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
