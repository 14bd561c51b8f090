"""From files that passed every check to the outline of the course."""

from typing import Any

from pydantic import TypeAdapter

from course.content.compiled import LessonHead, QuestionHead, QuizHead
from course.content.gather import Text
from course.content.layout import Layout, Module
from course.content.model import (
    Access,
    Asset,
    CompletionRule,
    LessonOutline,
    ModuleOutline,
    Outline,
    QuestionOutline,
    QuizOutline,
    SectionOutline,
    Source,
    Term,
)
from course.content.paths import media_type
from course.content.units import TOP
from course.markup.html import Html
from course.quiz.model import Rules

_RULES = TypeAdapter(Rules)
ACCESS: dict[str, Access] = {"open": "open", "enrolled": "enrolled", "by edition": "edition"}


def assemble(layout: Layout) -> Outline:
    """The outline of a course in whose layout nothing is wrong."""
    values = layout.settings
    modules = tuple(_module(layout, module) for module in layout.modules)
    quizzes = {text.head["id"]: _quiz(layout, stem, text) for stem, text in layout.quizzes.items()}
    return Outline(
        id=values["id"],
        titles=values["title"],
        descriptions=values["description"],
        languages=layout.languages,
        access=ACCESS[values["access"]],
        modules=modules,
        quizzes=quizzes,
        quiz=values["quiz"],
        complete_when=_completion(values, modules),
        glossary=_glossary(layout),
        assets={path: _asset(layout, path) for path in layout.sources.assets},
        objectives=_objectives(layout),
        names=_names(values["renamed-from"]),
        retired=_retired(layout),
    )


def _module(layout: Layout, module: Module) -> ModuleOutline:
    values = module.settings.head["values"]
    return ModuleOutline(
        id=values["id"],
        titles=values["title"],
        lessons=tuple(_lesson(layout, stem, layout.lessons[stem]) for stem in module.lessons),
        quiz=values["quiz"],
        requires=tuple(values["requires"]),
        names=_names(values["renamed-from"]),
    )


def _lesson(layout: Layout, stem: str, source: Text[LessonHead]) -> LessonOutline:
    files = layout.sources.lessons[stem]
    head = source.head
    titles: dict[str, dict[str, str]] = {section["id"]: {} for section in head["sections"]}
    for language, text in files.items():
        for section in text.head["sections"]:
            titles[section["id"]][language] = section["title"]
    return LessonOutline(
        id=head["id"],
        titles={language: text.head["title"] for language, text in files.items()},
        minutes=head["minutes"],
        sections=tuple(SectionOutline(name, texts, _behind(name, source, files)) for name, texts in titles.items()),
        sources=_sources(files),
        questions=tuple(head["asked"]),
        names=_names(head["was"]),
        objectives=tuple(head["objectives"]),
        asked=_asked(head["asked"]),
    )


def _behind(section: str, source: Text[LessonHead], files: dict[str, Text[LessonHead]]) -> tuple[str, ...]:
    """The languages in which a section was translated from an older state of the source."""
    name = section or TOP
    now = source.head["digests"][name]
    return tuple(tag for tag, text in files.items() if text.head["made_from"].get(name, now) != now)


def _quiz(layout: Layout, stem: str, source: Text[QuizHead]) -> QuizOutline:
    files = layout.sources.quizzes[stem]
    head = source.head
    return QuizOutline(
        id=head["id"],
        titles={language: text.head["title"] for language, text in files.items()},
        rules=_RULES.validate_python(head["rules"]),
        points={name: question["points"] for name, question in head["asked"].items()},
        sources=_sources(files),
        names=_names(head["was"]),
        asked=_asked(head["asked"]),
    )


def _sources(files: dict[str, Text[Any]]) -> dict[str, Source]:
    return {language: Source(text.path, text.hash) for language, text in files.items()}


def _asked(asked: dict[str, QuestionHead]) -> dict[str, QuestionOutline]:
    return {
        name: QuestionOutline(
            question["points"],
            question["objective"],
            question["shuffle"],
            tuple(question["names"]),
            question["type"],
        )
        for name, question in asked.items()
    }


def _names(was: str | None) -> tuple[str, ...]:
    return (was,) if was else ()


def _completion(values: dict[str, Any], modules: tuple[ModuleOutline, ...]) -> CompletionRule:
    """`all` quizzes are those that stand somewhere."""
    wanted = values["complete when"]
    lessons = [lesson.id for module in modules for lesson in module.lessons]
    quizzes = [quiz for quiz in (*(module.quiz for module in modules), values["quiz"]) if quiz]
    return CompletionRule(
        tuple(lessons if wanted["lessons"] == "all" else wanted["lessons"]),
        tuple(quizzes if wanted["quizzes"] == "all" else wanted["quizzes"]),
    )


def _glossary(layout: Layout) -> dict[str, tuple[Term, ...]]:
    return {
        language: tuple(
            Term(term["id"], term["term"], Html(term["definition"]), tuple(term["forms"]))
            for term in text.head["terms"]
        )
        for language, text in layout.sources.glossary.items()
    }


def _asset(layout: Layout, path: str) -> Asset:
    text = layout.sources.assets[path]
    return Asset(text.hash, media_type(path), text.head["size"], text.head["width"], text.head["height"])


def _objectives(layout: Layout) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for stem in layout.lessons:
        for language, text in layout.sources.lessons[stem].items():
            for objective, words in text.head["objectives"].items():
                found.setdefault(objective, {})[language] = words
    return found


def _retired(layout: Layout) -> tuple[str, ...]:
    """A lesson's or quiz's own list names its questions; all others stand in `course.yaml` and `module.yaml`."""
    named = list(layout.settings["retired"])
    for module in layout.modules:
        named.extend(module.settings.head["values"]["retired"])
    for text in layout.texts():
        named.extend(f"{text.head['id']}/{name}" for name in text.head["retired"])
    return tuple(dict.fromkeys(named))
