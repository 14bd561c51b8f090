"""Lesson pages, prepared: all that does not depend on the reader is made once per worker and kept as text.

What is left open are the questions (so that one of them can be shown with an answer), the reader's own notes and the
token of their session. The course line is kept by what is done, so that readers at the same place share it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, render_template
from markupsafe import Markup

from course.catalogue import queries as catalogue
from course.catalogue.addresses import Addresses
from course.catalogue.published import Published
from course.content.model import LessonOutline, LessonPage, ModuleOutline, QuizOutline
from course.learning.reading import rules
from course.learning.reading.notes.rules import Written
from course.learning.reading.words import labelled, minutes
from course.quiz import EVERYTHING, QuestionView, arrange, view
from course.quiz.model import Order, Question, Value
from course.web.frames import Frame, filled, hole, split
from course.web.language import interface_language
from course.web.line import Part, Shape, Stretch, line, words
from course.web.line import Stop as Station

PAGES = 512
LINES = 256
TOKEN = hole("csrf_token")
_HOLE = re.compile(r"<!--(question [a-z0-9-]+|note [a-z0-9-]*)-->")
SEED = 0
"""In lessons the choices stand in one order for everybody, in all languages."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A lesson as HTML for everybody who reads it in one language and may, or may not, have answers kept.

    `pieces` alternates HTML and what stands in between: `question` or `note` and an id; `filled` has each one's HTML
    without an answer or a text; `frame` is all of it together. `page` has no sections: what is in them is in the
    pieces. `headings` are those of the sections that can have a note, by id.
    """

    page: LessonPage
    questions: Mapping[str, Question]
    module: ModuleOutline
    number: int
    head: Markup
    pieces: tuple[str, ...]
    filled: Mapping[str, str]
    headings: Mapping[str, str]
    frame: Frame

    def body(self, token: str, own: Mapping[str, str]) -> bytes:
        """The text with its questions. `own` has what is this reader's, by hole; `token` goes into forms."""
        if not own:
            return filled(self.frame, {"csrf_token": token})
        parts = [
            piece if at % 2 == 0 else own.get(piece) or self.filled[piece].replace(TOKEN, token)
            for at, piece in enumerate(self.pieces)
        ]
        return "".join(parts).encode()


def keep(app: Flask) -> None:
    """Give an application its own memory of prepared pages."""
    app.extensions["course.reading"] = {"lesson": lru_cache(PAGES)(_prepare), "line": lru_cache(LINES)(_line)}


def lesson(published: Published, lesson_id: str, language: str, kept: bool) -> Prepared:
    """A prepared lesson. `kept`: the reader is enrolled, and their answers are kept. Raises NotFound."""
    published.lesson(lesson_id)
    prepared: Prepared = _memory("lesson")(published, lesson_id, language, interface_language(), kept)
    return prepared


def course_line(
    published: Published, language: str, done: rules.Done, shape: Shape, here: str = "", notes: tuple[str, ...] = ()
) -> Markup:
    """The course line. `here`: the lesson where one is, or `quiz/` and a quiz.

    `notes`: what stands beside each quiz, in the line's order.
    """
    drawn: Markup = _memory("line")(published, language, interface_language(), done, shape, here, notes)
    return drawn


def _memory(what: str) -> Callable[..., Any]:
    memory: dict[str, Callable[..., Any]] = current_app.extensions["course.reading"]
    return memory[what]


def _prepare(published: Published, lesson_id: str, language: str, _interface: str, kept: bool) -> Prepared:
    page = catalogue.lesson(published, lesson_id, language)
    number, module = next(
        (number, module)
        for number, module in enumerate(published.outline.modules, start=1)
        if any(lesson.id == lesson_id for lesson in module.lessons)
    )
    common = {"page": page, "course": published.slug, "kept": kept, "source": published.outline.source_language}
    body = render_template("reading/lesson_body.html", **common)
    head = render_template("reading/lesson_head.html", module=module, number=number, published=published, **common)
    token, headings = TOKEN if kept else "", headings_of(page) if kept else {}
    fillings = {
        f"question {name}": question_html(published, lesson_id, token, shown_with(question, None), answered=False)
        for name, question in questions(page).items()
    }
    fillings |= {
        f"note {section}": note_html(published.slug, lesson_id, section, token, headings) for section in headings
    }
    bare = replace(page, sections=(), terms=(), text="")
    pieces = tuple(_HOLE.split(labelled(body)))
    frame = split("".join(piece if at % 2 == 0 else fillings[piece] for at, piece in enumerate(pieces)))
    return Prepared(bare, questions(page), module, number, Markup(head), pieces, fillings, headings, frame)  # noqa: S704


def questions(page: LessonPage) -> dict[str, Question]:
    """The questions in a lesson's text."""
    return {part.id: part for section in page.sections for part in section.parts if isinstance(part, Question)}


def headings_of(page: LessonPage) -> dict[str, str]:
    """The headings of the sections that can have a note, by id; of a lesson without sections, its title under ""."""
    found = {section.id: Markup(section.title).striptags() for section in page.sections if section.id}  # noqa: S704
    return found or {"": page.title}


def order(question: Question) -> Order:
    return arrange(question, SEED)


def question_html(published: Published, lesson_id: str, token: str, view: QuestionView, answered: bool = True) -> str:
    """A question's form. With `token` the answer is sent to be kept; without, it is looked at and forgotten."""
    html = render_template(
        "reading/question.html",
        view=view,
        course=published.slug,
        lesson_id=lesson_id,
        question_id=view.prefix,
        token=Markup(token),  # noqa: S704
        answered=answered and not view.error,
    )
    return labelled(html)


def note_html(
    course: str, lesson_id: str, section: str, token: str, headings: Mapping[str, str], note: Written | None = None
) -> str:
    """A note's form. A section that is in no heading has left the lesson; its note is still there."""
    return render_template(
        "reading/note.html",
        course=course,
        lesson_id=lesson_id,
        section=section,
        heading=headings.get(section),
        note=note,
        token=Markup(token),  # noqa: S704
    )


def shown_with(question: Question, value: Value | None, error: str = "") -> QuestionView:
    """A question of a lesson: with an answer, everything about it is told at once; without one, nothing is."""
    release = EVERYTHING if value is not None else frozenset()
    return view(question, order(question), value, question.language, release, question.id, error=error)


def _line(
    published: Published,
    language: str,
    _interface: str,
    done: rules.Done,
    shape: Shape,
    here: str,
    notes: tuple[str, ...],
) -> Markup:
    drawing = _Drawing(published, language, done, here, iter(notes))
    return line(drawing.stretches(), shape, words())


@dataclass(slots=True)
class _Drawing:
    published: Published
    language: str
    done: rules.Done
    here: str
    notes: Any

    def stretches(self) -> list[Stretch]:
        outline = self.published.outline
        found = [self._stretch(number, module) for number, module in enumerate(outline.modules, start=1)]
        if outline.quiz:
            quiz = outline.quizzes[outline.quiz]
            found.append(Stretch(0, self._text(quiz.titles), (self._quiz(quiz),), "final"))
        return found

    def _stretch(self, number: int, module: ModuleOutline) -> Stretch:
        stations = [self._lesson(lesson) for lesson in module.lessons]
        if module.quiz:
            stations.append(self._quiz(self.published.quiz(module.quiz)))
        return Stretch(number, self._text(module.titles), tuple(stations), module.id)

    def _lesson(self, lesson: LessonOutline) -> Station:
        is_here = lesson.id == self.here
        parts = [Part(self._text(section.titles), f"#{section.id}") for section in lesson.sections if section.id]
        return Station(
            "lesson",
            self._text(lesson.titles),
            self._addresses.lesson(lesson.id),
            done=self.published.item("lesson", lesson.id) in self.done,
            here=is_here,
            note=minutes(lesson.minutes),
            parts=tuple(parts) if is_here else (),
        )

    def _quiz(self, quiz: QuizOutline) -> Station:
        is_done = self.published.item("quiz", quiz.id) in self.done
        note = next(self.notes, "")
        is_here = f"quiz/{quiz.id}" == self.here
        url = self._addresses.quiz(quiz.id)
        title, assignment = self._text(quiz.titles), quiz.is_assignment
        return Station("quiz", title, url, done=is_done, here=is_here, note=note, assignment=assignment)

    @property
    def _addresses(self) -> Addresses:
        return Addresses(self.published.slug, self.language)

    def _text(self, texts: Mapping[str, str]) -> str:
        return self.published.text(texts, self.language)
