"""Compiled lessons and quizzes, linked: the holes for links, pictures and glossary terms are filled."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from course.content.compiled import CompiledSource, Key, source_key, unpack_body
from course.content.model import LessonOutline, LessonPage, Outline, QuizOutline, Section, Source, Term
from course.content.paths import classify
from course.content.references import Broken, targets_of
from course.content.terms import Marker
from course.markup.html import Html
from course.markup.links import Target, fill
from course.quiz import codec
from course.quiz.compare import adopt, adopt_quiz
from course.quiz.model import Question, Quiz

Fetch = Callable[[Source], CompiledSource]
"""Gives what was compiled from a file of the outline; its key in a store is `key_of(source)`."""


class Urls(Protocol):
    """The addresses of things, for one language of one published course."""

    def lesson(self, lesson: str, section: str, /) -> str:
        """`section` is what follows `#`, and may be empty."""

    def quiz(self, quiz: str, /) -> str: ...

    def asset(self, hash: str, name: str, /) -> str:
        """A picture or attachment by the SHA-256 of its bytes; `name` is its file name."""

    def glossary(self, term: str, /) -> str:
        """`term` may be empty: the glossary as a whole."""


def key_of(source: Source) -> Key:
    """Under which key the compiled form of a file of an outline is kept."""
    path = classify(source.path)
    if path is None:
        raise ValueError(f"{source.path} is no file of a pack")
    return source_key(path, source.hash)


def language_of(thing: LessonOutline | QuizOutline, outline: Outline, language: str) -> str:
    """The language in which a reader of `language` gets something: the source's, where a translation is missing."""
    return language if language in thing.sources else outline.source_language


class Linker:
    """Links the pages of one outline in one language. Kept, it serves any number of pages."""

    def __init__(self, outline: Outline, language: str, urls: Urls, fetch: Fetch) -> None:
        self.outline, self.language, self.urls, self.fetch = outline, language, urls, fetch
        self.targets = targets_of(outline)
        self.lessons = {lesson.id: lesson for lesson in outline.lessons}
        self.terms: dict[str, tuple[Term, ...]] = {}

    def lesson(self, lesson_id: str) -> LessonPage:
        """A lesson's page. Raises KeyError if the outline has no such lesson."""
        outline = self.lessons[lesson_id]
        language = language_of(outline, self.outline, self.language)
        compiled = self.fetch(outline.sources[language])
        body = unpack_body(compiled.body)
        file = outline.sources[language].path
        questions = self._questions(outline, language, body)
        marker = Marker(self.glossary(language), self.urls.glossary)
        behind = {section.id for section in outline.sections if language in section.behind}
        sections = tuple(self._section(section, file, questions, marker, behind) for section in body["sections"])
        return LessonPage(
            id=outline.id,
            language=language,
            title=compiled.head["title"],
            minutes=outline.minutes,
            objectives=dict(compiled.head["objectives"]),
            sections=sections,
            notes=self._fill(Html(body["notes"]), file),
            terms=tuple(marker.found.values()),
            text=body["text"],
        )

    def quiz(self, quiz_id: str) -> Quiz:
        """A quiz with the rules of its source. Raises KeyError if the outline has no such quiz."""
        outline = self.outline.quizzes[quiz_id]
        language = language_of(outline, self.outline, self.language)
        quiz = self._quiz(outline.sources[language])
        if language == self.outline.source_language:
            return quiz
        return adopt_quiz(self._quiz(outline.sources[self.outline.source_language]), quiz)

    def glossary(self, language: str) -> tuple[Term, ...]:
        """The glossary in a language, the links in its definitions filled; empty where it has none."""
        if language not in self.terms:
            file = f"lessons/{self.outline.id}/glossary.{language}.md"
            terms = self.outline.glossary.get(language, ())
            self.terms[language] = tuple(replace(term, definition=self._fill(term.definition, file)) for term in terms)
        return self.terms[language]

    def _quiz(self, source: Source) -> Quiz:
        return codec.load_quiz(self._fill_all(unpack_body(self.fetch(source).body), source.path))

    def _questions(self, outline: LessonOutline, language: str, body: Any) -> dict[str, Question]:
        """The lesson's questions; a translation's have what only the source says, such as their points."""
        file = outline.sources[language].path
        questions = {name: codec.load_question(self._fill_all(data, file)) for name, data in body["questions"].items()}
        if language == self.outline.source_language:
            return questions
        source = unpack_body(self.fetch(outline.sources[self.outline.source_language]).body)["questions"]
        return {name: adopt(codec.load_question(source[name]), question) for name, question in questions.items()}

    def _section(
        self, section: Any, file: str, questions: dict[str, Question], marker: Marker, behind: set[str]
    ) -> Section:
        parts: list[Html | Question] = []
        for part in section["parts"]:
            parts.append(marker.mark(self._fill(Html(part), file)) if isinstance(part, str) else questions[part[0]])
        title = self._fill(Html(section["title"]), file)
        return Section(section["id"], title, tuple(parts), section["id"] in behind)

    def _fill_all(self, data: Any, file: str) -> Any:
        """The JSON of a question, with the holes in all its HTML filled."""
        if isinstance(data, str):
            return self._fill(Html(data), file) if '="hole:' in data else data
        if isinstance(data, list):
            return [self._fill_all(entry, file) for entry in data]
        return {name: self._fill_all(entry, file) for name, entry in data.items()} if isinstance(data, dict) else data

    def _fill(self, html: Html, file: str) -> Html:
        return fill(html, lambda target: self._attributes(target, file))

    def _attributes(self, target: Target, file: str) -> dict[str, str]:
        """What stands in a link's or picture's hole. A published course has no broken ones."""
        found = self.targets.resolve(file, target.target)
        if isinstance(found, Broken):
            return {}
        match found.thing:
            case "lesson":
                return {"href": self.urls.lesson(found.name, found.anchor)}
            case "quiz":
                return {"href": self.urls.quiz(found.name)}
            case "glossary":
                return {"href": self.urls.glossary(found.anchor)}
        asset = self.outline.assets[found.name]
        address = self.urls.asset(asset.hash, found.name.rpartition("/")[2])
        if target.kind == "link":
            return {"href": address}
        sides = {"width": asset.width, "height": asset.height}
        return {"src": address} | {name: str(side) for name, side in sides.items() if side}


def with_definitions_linked(linker: Linker) -> dict[str, Html]:
    """The glossary's definitions in the linker's language, by term, their own links filled."""
    outline = linker.outline
    language = linker.language if linker.language in outline.glossary else outline.source_language
    return {term.id: term.definition for term in linker.glossary(language)}
