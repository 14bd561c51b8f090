"""Keeping the index with what is published: what a new publication did not change keeps its rows.

`prepare` reads and computes; `put` writes, in the transaction that publishes, so that whoever sees a publication
finds what is in it.
"""

import json
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from sqlalchemy import delete, insert, select

from course.catalogue.search import documents, rules, words
from course.catalogue.search.models import SearchSection, SearchSource
from course.content.compiled import CompiledSource, compiler_version
from course.content.model import Outline, Source
from course.db import db

BATCH = 200
Thing = TypeVar("Thing")
Fetch = Callable[[Source], CompiledSource]


class Place(NamedTuple):
    """What is indexed as one: a lesson in a language, or the glossary in one (`lesson` is "")."""

    lesson: str
    language: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A place, what it is made from, the languages whose readers get it, and what can be found in it."""

    place: Place
    state: str
    served: tuple[str, ...]
    found: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Update:
    """What makes the index that of an outline: the ids of sources to drop, and what to put in."""

    gone: tuple[int, ...]
    fresh: tuple[Entry, ...]

    def __bool__(self) -> bool:
        return bool(self.gone or self.fresh)


def prepare(course_id: int | None, outline: Outline, fetch: Fetch) -> Update:
    """What has to change for the index to be that of `outline`. Writes nothing.

    `course_id` is None for a course that has not been published yet; `fetch` gives a lesson's compiled source.
    """
    query = select(SearchSource.lesson, SearchSource.language, SearchSource.state, SearchSource.id)
    rows = db.session.execute(query.where(SearchSource.course_id == course_id)) if course_id else ()
    kept = {(lesson, language, state): number for lesson, language, state, number in rows}
    fresh = []
    for place, source, served in _places(outline):
        state = _state(source.hash if source else _terms_hash(outline, place.language), served)
        if kept.pop((*place, state), None) is None:
            found = (
                documents.of_lesson(fetch(source), place.language)
                if source
                else documents.of_glossary(outline.glossary[place.language], place.language)
            )
            fresh.append(Entry(place, state, served, tuple(map(_row, found))))
    return Update(tuple(kept.values()), tuple(fresh))


def put(course_id: int, update: Update) -> None:
    """Write what was prepared, in the caller's transaction. Whoever else did it meanwhile did the same."""
    for gone in _batches(update.gone):
        db.session.execute(delete(SearchSource).where(SearchSource.id.in_(gone)))
    for batch in _batches(update.fresh):
        lessons = {entry.place.lesson for entry in batch}
        there = select(SearchSource.lesson, SearchSource.language, SearchSource.id).where(
            SearchSource.course_id == course_id, SearchSource.lesson.in_(lessons)
        )
        places = {entry.place for entry in batch}
        again = [number for lesson, language, number in db.session.execute(there) if (lesson, language) in places]
        db.session.execute(delete(SearchSource).where(SearchSource.id.in_(again)))
        _insert(course_id, batch)


def _insert(course_id: int, entries: Sequence[Entry]) -> None:
    sources = [
        SearchSource(course_id=course_id, lesson=entry.place.lesson, language=entry.place.language, state=entry.state)
        for entry in entries
    ]
    db.session.add_all(sources)
    db.session.flush()
    rows = []
    for source, entry in zip(sources, entries, strict=True):
        scopes = [words.scope(course_id, served, entry.place.language) for served in entry.served]
        for found in entry.found:
            rows.append({"source_id": source.id, **found, "words": _with_scopes(found["words"], scopes)})
    if rows:
        db.session.execute(insert(SearchSection), rows)


def _places(outline: Outline) -> Iterator[tuple[Place, Source | None, tuple[str, ...]]]:
    """Everything to index, and for which languages. Where a translation is missing, its readers get the source."""
    for lesson in outline.lessons:
        for language, source in lesson.sources.items():
            yield Place(lesson.id, language), source, _served(outline, language, lesson.sources)
    for language in outline.glossary:
        yield Place("", language), None, _served(outline, language, outline.glossary)


def _served(outline: Outline, language: str, there: Container[str]) -> tuple[str, ...]:
    others = outline.languages if language == outline.source_language else ()
    return (language, *sorted(tag for tag in others if tag not in there))


def _state(hash: str, served: Sequence[str]) -> str:
    return f"{_version()}:{hash}:{','.join(served)}"


def _terms_hash(outline: Outline, language: str) -> str:
    terms = [asdict(term) for term in outline.glossary[language]]
    return sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()


def _row(found: documents.Document) -> dict[str, str]:
    if db.engine.dialect.name == "sqlite":
        indexed = " ".join(words.phrase(run) for run in found.runs)
    else:
        indexed = rules.vector(found.runs)
    return {"anchor": found.anchor, "title": found.title, "text": found.text, "words": indexed}


def _with_scopes(indexed: str, scopes: Sequence[str]) -> str:
    quote = "" if db.engine.dialect.name == "sqlite" else "'"
    return " ".join([indexed, *(f"{quote}{scope}{quote}" for scope in scopes)])


def _batches(things: Sequence[Thing]) -> Iterator[list[Thing]]:
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch


@cache
def _version() -> str:
    """Changes with the code that decides what is indexed, and with the stemmers."""
    own = [Path(module.__file__ or "").read_bytes() for module in (documents, words)]
    parts = [compiler_version().encode(), version("pystemmer").encode(), *own]
    return sha256(b"\0".join(parts)).hexdigest()[:16]
