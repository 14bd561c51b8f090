"""A draft, compiled and checked. What was compiled is kept per worker, so that a change compiles one file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flask import Flask, current_app

from course.authoring.actions import digest
from course.authoring.queries import State
from course.catalogue import store
from course.catalogue.naming import resolve
from course.content.build import Built, build
from course.content.compile import compile_source
from course.content.compiled import CompiledSource, Key, source_key
from course.content.gather import Sources, gather, one_by_one
from course.content.pack import Pack
from course.content.paths import classify
from course.markup.findings import Finding

MOST_BYTES = 24_000_000
"""Of compiled sources that a worker keeps. The oldest go first."""
HEAD_BYTES = 8_000
"""What the head of a compiled source takes, about."""


@dataclass(frozen=True, slots=True)
class Checked:
    """`built` has the outline where nothing is wrong; `sources` are the files as far as they can be read.

    `findings` are sorted by place. Those about ids that learners' records hang on are among them.
    """

    built: Built
    sources: Sources
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")

    def of(self, path: str) -> list[Finding]:
        """What is to be mended in one file."""
        return [finding for finding in self.findings if finding.place.file == path]


@dataclass(slots=True)
class _Memory:
    sources: dict[Key, CompiledSource] = field(default_factory=dict)
    size: int = 0

    def keep(self, made: Mapping[Key, CompiledSource]) -> None:
        for key, source in made.items():
            if key not in self.sources:
                self.sources[key] = source
                self.size += len(source.body) + HEAD_BYTES
        while self.size > MOST_BYTES and len(self.sources) > len(made):
            self.size -= len(self.sources.pop(next(iter(self.sources))).body) + HEAD_BYTES


class _Instead(Mapping[str, bytes]):
    """Files, one of which has other bytes."""

    def __init__(self, files: Mapping[str, bytes], path: str, data: bytes) -> None:
        self.files, self.path, self.data = files, path, data

    def __getitem__(self, path: str) -> bytes:
        return self.data if path == self.path else self.files[path]

    def __iter__(self) -> Iterator[str]:
        yield from self.files
        if self.path not in self.files:
            yield self.path

    def __len__(self) -> int:
        return len(self.files) + (self.path not in self.files)


def keep(app: Flask) -> None:
    """Give an application its own memory of what was compiled."""
    app.extensions["course.authoring"] = _Memory()


def checked(state: State, path: str = "", data: bytes | None = None) -> Checked:
    """The draft as it is saved; with a path and bytes, as it would be with them in that file."""
    pack = state.pack()
    if data is not None:
        pack = Pack(pack.course, _Instead(pack.files, path, data), {**pack.hashes, path: digest(data)})
    memory = _memory()
    _load(memory, pack)
    built = build(pack, memory.sources.get)
    memory.keep(built.compiled)
    findings = set(built.findings)
    if built.outline is not None:
        findings.update(resolve(built.outline, state.published.items, state.published.outline).findings)
    return Checked(built, gather(pack, memory.sources.get, one_by_one), tuple(sorted(findings)))


def compiled(path: str, data: bytes) -> CompiledSource:
    """One file, compiled. Raises ValueError for a path that no pack has."""
    source = classify(path)
    if source is None:
        raise ValueError(path)
    memory, key = _memory(), source_key(source, digest(data))
    found = memory.sources.get(key)
    if found is None:
        found = compile_source(path, source, data)
        if found.lasts:
            memory.keep({key: found})
    return found


def _load(memory: _Memory, pack: Pack) -> None:
    """Fetch what was compiled when the course was published."""
    keys = {source_key(source, pack.hashes[path]) for path in pack.hashes if (source := classify(path))}
    missing = {key.source for key in keys if key not in memory.sources}
    if missing:
        memory.keep(store.compiled(missing))


def _memory() -> _Memory:
    memory: _Memory = current_app.extensions["course.authoring"]
    return memory
