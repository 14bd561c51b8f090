"""The two states of a course that are compared: the draft, and what is or was published."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from course.authoring import checking
from course.authoring.checking import Checked
from course.authoring.queries import State
from course.catalogue import loading, store
from course.catalogue.addresses import Addresses
from course.catalogue.models import Publication, Revision
from course.content.compiled import CompiledSource
from course.content.link import Linker
from course.content.model import Outline, Source
from course.db import db
from course.quiz.model import Question


@dataclass(frozen=True)
class Stand:
    """A state of a course: its outline, its files' hashes, and ways to get at what is in them."""

    outline: Outline
    hashes: Mapping[str, str]
    read: Callable[[str], bytes]
    fetch: Callable[[Source], CompiledSource]
    linkers: dict[str, Linker] = field(default_factory=dict)

    def linker(self, language: str) -> Linker:
        if language not in self.linkers:
            self.linkers[language] = Linker(self.outline, language, Addresses(self.outline.id, language), self.fetch)
        return self.linkers[language]

    def questions(self, kind: str, name: str, language: str) -> Mapping[str, Question]:
        linker = self.linker(language)
        if kind == "quiz":
            return {question.id: question for question in linker.quiz(name).questions}
        parts = (part for section in linker.lesson(name).sections for part in section.parts)
        return {part.id: part for part in parts if isinstance(part, Question)}


def published(publication: Publication) -> Stand:
    """A state that was published."""
    revision = db.session.get_one(Revision, publication.revision_id)
    files = store.files_of(revision.id)
    return Stand(loading.outline(revision.id, revision.hash), files.hashes, files.__getitem__, loading.fetch)


def drafted(state: State, checked: Checked) -> Stand | None:
    """The draft; None while something is wrong with it."""
    if checked.built.outline is None:
        return None
    files = state.pack().files
    return Stand(
        checked.built.outline,
        state.hashes,
        files.__getitem__,
        lambda source: checking.compiled(source.path, files[source.path]),
    )
