"""A course's outline with one file put into it that is still being written. Pure.

A preview has to be possible while something is wrong with the course, when it has no outline of its own.
"""

from collections.abc import Mapping
from dataclasses import replace

from course.content.compiled import LessonHead, QuizHead
from course.content.gather import Sources
from course.content.model import Asset, LessonOutline, ModuleOutline, Outline, QuizOutline, Source
from course.content.paths import media_type
from course.quiz.model import Rules


def with_assets(outline: Outline, sources: Sources) -> Outline:
    """The outline with the pictures and attachments that the files have now."""
    found = {
        path: Asset(text.hash, media_type(path), text.head["size"], text.head["width"], text.head["height"])
        for path, text in sources.assets.items()
    }
    return replace(outline, assets=found)


def with_lesson(
    outline: Outline, stem: str, language: str, sources: Sources, source: Source, head: LessonHead
) -> Outline:
    """The outline with a lesson as its file `source` says it is, in one language, beside its source where that fits."""
    files = {tag: Source(text.path, text.hash) for tag, text in sources.lessons.get(stem, {}).items()}
    beside = _beside(sources.lessons.get(stem, {}).get(outline.source_language), head)
    lesson = LessonOutline(
        id=head["id"],
        titles={language: head["title"]},
        minutes=head["minutes"],
        sections=(),
        sources={**(files if beside else {}), language: source},
    )
    alone = outline if beside or language == outline.source_language else _in(outline, language)
    modules = [_without(module, lesson.id) for module in alone.modules]
    first = modules[0] if modules else ModuleOutline("first", {}, (), None)
    return replace(alone, modules=(replace(first, lessons=(*first.lessons, lesson)), *modules[1:]))


def with_quiz(outline: Outline, stem: str, language: str, sources: Sources, source: Source, head: QuizHead) -> Outline:
    """The same for a quiz."""
    files = {tag: Source(text.path, text.hash) for tag, text in sources.quizzes.get(stem, {}).items()}
    beside = _beside(sources.quizzes.get(stem, {}).get(outline.source_language), head)
    quiz = QuizOutline(
        id=head["id"],
        titles={language: head["title"]},
        rules=Rules(),
        points={},
        sources={**(files if beside else {}), language: source},
    )
    alone = outline if beside or language == outline.source_language else _in(outline, language)
    return replace(alone, quizzes={**alone.quizzes, quiz.id: quiz})


def _beside(source: object, head: LessonHead | QuizHead) -> bool:
    """Whether a translation has the questions of its source, so that it can take over what only that says."""
    ours = getattr(source, "head", None)
    if ours is None or ours["spoilt"] or ours["id"] != head["id"]:
        return False
    return _types(ours["asked"]) == _types(head["asked"])


def _types(asked: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    return {name: question["type"] for name, question in asked.items()}


def _in(outline: Outline, language: str) -> Outline:
    """The outline as if it were written in this language alone."""
    return replace(outline, languages={language: "source"})


def _without(module: ModuleOutline, lesson_id: str) -> ModuleOutline:
    return replace(module, lessons=tuple(lesson for lesson in module.lessons if lesson.id != lesson_id))
