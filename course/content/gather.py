"""The files of a pack, compiled and sorted by what they are: what the checks and the outline work on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from course.content.collector import collector_paused
from course.content.compile import compile_source
from course.content.compiled import (
    AssetHead,
    Cached,
    CompiledSource,
    GlossaryHead,
    Key,
    LessonHead,
    Position,
    QuizHead,
    SettingsHead,
    source_key,
)
from course.content.pack import Pack
from course.content.paths import SourcePath, classify
from course.markup.findings import Findings, Place

Head = TypeVar("Head")


class Job(NamedTuple):
    """A file to compile."""

    path: str
    source: SourcePath
    data: bytes


Compile = Callable[[list[Job]], Iterable[CompiledSource]]
"""Compiles many files, in the order given; how, and on how many cores, is the caller's affair."""


def one_by_one(jobs: list[Job]) -> Iterator[CompiledSource]:
    for job in jobs:
        yield compile_source(*job)


@dataclass(frozen=True, slots=True)
class Text(Generic[Head]):
    """A file that could be read: where it is, the hash of its bytes, its head, and all that was compiled."""

    path: str
    hash: str
    head: Head
    compiled: CompiledSource

    def at(self, position: Position | None) -> Place:
        return Place(self.path, *position) if position else Place(self.path)


@dataclass(slots=True)
class Sources:
    """`lessons`, `quizzes` and `glossary` map a path without language to a language's file.

    `languages` has the paths of all files of a language. `unread` are the paths of files that are there and could not
    be read: nothing more is said about them.
    """

    pack: Pack
    findings: Findings
    course: Text[SettingsHead] | None = None
    modules: dict[str, Text[SettingsHead]] = field(default_factory=dict)
    lessons: dict[str, dict[str, Text[LessonHead]]] = field(default_factory=lambda: defaultdict(dict))
    quizzes: dict[str, dict[str, Text[QuizHead]]] = field(default_factory=lambda: defaultdict(dict))
    glossary: dict[str, Text[GlossaryHead]] = field(default_factory=dict)
    assets: dict[str, Text[AssetHead]] = field(default_factory=dict)
    languages: dict[str, list[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    made: dict[Key, CompiledSource] = field(default_factory=dict)

    def path(self, name: str) -> str:
        return f"lessons/{self.pack.course}/{name}"


def gather(pack: Pack, cached: Cached, compile_all: Compile) -> Sources:
    """Compile what is not `cached`, and sort all of it. What compiling found is in the findings."""
    sources = Sources(pack, Findings(list(pack.findings)), unread=set(pack.refused))
    files = list(_files(pack, sources))
    keys = {path: source_key(source, pack.hashes[path]) for path, source in files}
    ready = {key: compiled for key in set(keys.values()) if (compiled := cached(key)) is not None}
    todo = {keys[path]: (path, source) for path, source in files if keys[path] not in ready}
    made = compile_all([Job(path, source, pack.files[path]) for path, source in todo.values()])
    sources.made.update(zip(todo, made, strict=True))
    with collector_paused():
        for path, source in files:
            _take(sources, path, source, ready.get(keys[path]) or sources.made[keys[path]])
    return sources


def _files(pack: Pack, sources: Sources) -> Iterator[tuple[str, SourcePath]]:
    starts = tuple(f"{folder}/{pack.course}/" for folder in ("lessons", "quizzes"))
    for path in sorted(pack.hashes):
        source = classify(path)
        if source is None or not path.startswith(starts):
            message = "a pack has no file of this name here"
            sources.findings.error(Place(path), "unknown-file", message, expected(path))
            sources.unread.add(path)
        else:
            yield path, source


def expected(path: str) -> str:
    """How a file should have been called, by where it stands."""
    folder = path.split("/", 1)[0]
    if path.endswith((".yaml", ".yml")):
        return "settings are called `course.yaml` and, in a module's folder, `module.yaml`"
    if path.endswith(".md"):
        lesson = "`1-understanding/1-why.en.md` and `glossary.en.md`" if folder == "lessons" else "`1-name.en.md`"
        return f"name it as {lesson}: a number, a name in small letters, the language"
    return "pictures go to `figures/`, attachments to `files/`; or delete it"


def _take(sources: Sources, path: str, source: SourcePath, compiled: CompiledSource) -> None:
    """Put a compiled file where it belongs, and its findings with the others."""
    if source.language:
        sources.languages.setdefault(source.language, []).append(path)
    if compiled.findings:
        sources.findings.found.extend(compiled.findings_in(path))
    if compiled.head is None:
        sources.unread.add(path)
        return
    text: Text[Any] = Text(path, sources.pack.hashes[path], compiled.head, compiled)
    match source.kind:
        case "lesson":
            sources.lessons[source.stem][source.language] = text
        case "quiz":
            sources.quizzes[source.stem][source.language] = text
        case "picture" | "attachment":
            sources.assets[path] = text
        case "glossary":
            sources.glossary[source.language] = text
        case "module":
            sources.modules[path.rpartition("/")[0]] = text
        case "course":
            sources.course = text
