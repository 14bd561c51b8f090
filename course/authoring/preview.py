"""A file as learners will see it, made from text that need not be saved, nor be right."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from course.authoring import checking, sketch
from course.authoring.checking import Checked
from course.authoring.queries import State
from course.catalogue import loading
from course.catalogue.addresses import Addresses
from course.content.compiled import CompiledSource
from course.content.link import Linker
from course.content.model import LessonPage, Outline, Source
from course.content.paths import SourcePath, classify
from course.errors import Invalid
from course.learning.reading.words import labelled
from course.quiz import EVERYTHING, QuestionView, arrange, key, read, view
from course.quiz.model import Question, Quiz
from course.web.errors import sentence

Given = Mapping[str, Sequence[str]]
PREFIX = "try-"
"""Begins the names of a question's fields: they stand in the form of the text."""
SEED = 0
_QUESTION = re.compile(r"<!--question ([a-z0-9-]+)-->")


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody tries in a preview: the fields of the form, the question whose answer is to be checked, and

    whether all answers are shown.
    """

    given: Given
    checked: str = ""
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """`html` is the page's text, None where there is nothing to show; `anchors` say which line each id came from."""

    html: Markup | None
    anchors: Mapping[str, int]
    title: str = ""


class _Addresses(Addresses):
    """Where the links of a preview lead: to what is published; pictures come from the draft."""

    def asset(self, hash: str, name: str) -> str:
        return url_for("authoring.asset", course=self.course, hash=hash, name=name)


def preview(state: State, checked: Checked, path: str, data: bytes, tried: Tried) -> Preview:
    """The page that a file makes. `checked` is the draft with these bytes in it."""
    source, made = classify(path), checking.compiled(path, data)
    if source is None or made.head is None or source.kind not in ("lesson", "quiz", "glossary"):
        return Preview(None, {})
    outline = sketch.with_assets(checked.built.outline or state.published.outline, checked.sources)
    file = Source(path, checked.sources.pack.hashes[path])
    if source.kind == "glossary":
        return _glossary(made)
    if not made.body:
        return Preview(None, {})
    if source.kind == "lesson":
        return _lesson(state, checked, outline, source, file, made, tried)
    return _quiz(state, checked, outline, source, file, made, tried)


def _lesson(
    state: State,
    checked: Checked,
    outline: Outline,
    source: SourcePath,
    file: Source,
    made: CompiledSource,
    tried: Tried,
) -> Preview:
    put = sketch.with_lesson(outline, source.stem, source.language, checked.sources, file, made.head)
    page = _linker(state, checked, put, source.language, file, made).lesson(made.head["id"])
    asked = {part.id: part for section in page.sections for part in section.parts if isinstance(part, Question)}
    common = {"course": state.published.slug, "path": file.path}
    html = labelled(render_template("authoring/_lesson.html", page=page, kept=False, **common))
    filled = _QUESTION.sub(lambda found: _question(asked[found[1]], source.language, tried, common), html)
    anchors = {section["id"]: section["at"][0] for section in made.head["sections"] if section["id"]}
    return Preview(Markup(filled), anchors | _questions(made), _title(page))  # noqa: S704


def _quiz(
    state: State,
    checked: Checked,
    outline: Outline,
    source: SourcePath,
    file: Source,
    made: CompiledSource,
    tried: Tried,
) -> Preview:
    put = sketch.with_quiz(outline, source.stem, source.language, checked.sources, file, made.head)
    quiz = _linker(state, checked, put, source.language, file, made).quiz(made.head["id"])
    views = [_view(question, source.language, tried) for question in quiz.questions]
    common = {"course": state.published.slug, "path": file.path}
    html = render_template("authoring/_quiz.html", quiz=quiz, views=views, prefix=PREFIX, **common)
    return Preview(Markup(labelled(html)), _questions(made), _title(quiz))  # noqa: S704


def _glossary(made: CompiledSource) -> Preview:
    terms = made.head["terms"]
    html = render_template("authoring/_glossary.html", terms=terms)
    return Preview(Markup(html), {f"word-{term['id']}": term["at"][0] for term in terms})  # noqa: S704


def _linker(
    state: State, checked: Checked, outline: Outline, language: str, file: Source, made: CompiledSource
) -> Linker:
    files = checked.sources.pack.files

    def fetch(source: Source) -> CompiledSource:
        if source == file:
            return made
        return checking.compiled(source.path, files[source.path]) if source.path in files else loading.fetch(source)

    return Linker(outline, language, _Addresses(state.published.slug, language), fetch)


def _question(question: Question, language: str, tried: Tried, common: Mapping[str, str]) -> str:
    made = _view(question, language, tried)
    return labelled(render_template("authoring/_question.html", view=made, question_id=question.id, **common))


def _view(question: Question, language: str, tried: Tried) -> QuestionView:
    """A question as it is asked, or with an answer and all that is said about it."""
    order, prefix = arrange(question, SEED), PREFIX + question.id
    if tried.answers:
        return view(question, order, key(question), language, EVERYTHING, prefix, locked=True)
    if tried.checked != question.id:
        return view(question, order, None, language, frozenset(), prefix)
    try:
        value = read(question, order, tried.given, prefix, language)
    except Invalid as malformed:
        return view(question, order, None, language, frozenset(), prefix, error=sentence(malformed))
    return view(question, order, value, language, EVERYTHING, prefix)


def _questions(made: CompiledSource) -> dict[str, int]:
    asked: dict[str, Any] = made.head["asked"]
    return {PREFIX + name: question["at"][0] for name, question in asked.items()}


def _title(page: LessonPage | Quiz) -> str:
    return page.title
