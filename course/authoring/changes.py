"""What changed between two states of a course, in an author's words. Pure: outlines and quizzes in, decisions out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from course.content.model import LessonOutline, Outline, QuizOutline
from course.markup.html import plain
from course.quiz.model import Question
from course.results.items.rules import same_but_for_words

What = Literal["new", "gone", "renamed", "moved", "changed"]
AskedWhat = Literal["new", "gone", "key", "words"]


class Side(Protocol):
    """One of the two states."""

    @property
    def outline(self) -> Outline: ...

    def questions(self, kind: str, name: str, language: str) -> Mapping[str, Question]:
        """The questions of a lesson or quiz in a language, by id."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question. `item` is what it is called in people's records: `quiz/question`, by its old ids."""

    id: str
    words: str
    what: AskedWhat
    item: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a lesson, quiz, module, glossary, of the settings, or of a picture or attachment.

    `languages`: in which its text changed. `was` is the id that it had before, where it was renamed. `rules`: so did a
    quiz's rules, such as its pass mark.
    """

    kind: str
    id: str
    title: str
    what: What
    languages: tuple[str, ...] = ()
    questions: tuple[Asked, ...] = ()
    was: str = ""
    rules: bool = False


class _Pair(NamedTuple):
    before: LessonOutline | QuizOutline | None
    after: LessonOutline | QuizOutline | None


def changes(before: Side, after: Side, language: str) -> list[Change]:
    """Everything that is other than it was, in the order of the course. Titles in `language` where they have one."""
    old, new = before.outline, after.outline
    lessons = _pairs({one.id: one for one in old.lessons}, {one.id: one for one in new.lessons})
    quizzes = _pairs(old.quizzes, new.quizzes)
    return [
        *_settings(old, new, language),
        *_things("lesson", lessons, before, after, language),
        *_things("quiz", quizzes, before, after, language),
        *_glossary(old, new),
        *_assets(old, new),
    ]


def _things(kind: str, pairs: list[_Pair], before: Side, after: Side, language: str) -> Iterator[Change]:
    for pair in pairs:
        here = pair.after or pair.before
        assert here is not None
        source = (after if pair.after else before).outline.source_language
        title = here.titles.get(language) or here.titles.get(source, here.id)
        if pair.before is None or pair.after is None:
            yield Change(kind, here.id, title, "gone" if pair.after is None else "new")
            continue
        old, new = pair.before, pair.after
        tags = {*old.sources, *new.sources}
        changed = tuple(sorted(tag for tag in tags if _hash(old, tag) != _hash(new, tag)))
        questions = tuple(_questions(kind, old, new, before, after, changed, language)) if changed else ()
        if old.id != new.id:
            yield Change(kind, new.id, title, "renamed", changed, questions, old.id)
        elif changed:
            yield Change(kind, new.id, title, "changed", changed, questions, rules=_rules(old) != _rules(new))
        elif old.sources != new.sources:
            yield Change(kind, new.id, title, "moved")


def _questions(
    kind: str,
    old: LessonOutline | QuizOutline,
    new: LessonOutline | QuizOutline,
    before: Side,
    after: Side,
    changed: tuple[str, ...],
    language: str,
) -> Iterator[Asked]:
    """Each question once, by the weightiest thing that became of it in any language."""
    found: dict[str, Asked] = {}
    for tag in sorted(changed, key=lambda tag: tag != language):
        if tag not in old.sources or tag not in new.sources:
            continue
        was, now = before.questions(kind, old.id, tag), after.questions(kind, new.id, tag)
        names = {
            name: next((old for old in (name, *question.names) if old in was), "") for name, question in now.items()
        }
        for name, question in now.items():
            earlier = was.get(names[name])
            item = f"{old.id}/{names[name] or name}"
            what = _became(earlier, question)
            if what and (name not in found or what == "key"):
                found[name] = Asked(name, plain(question.prompt), what, item)
        for name, question in was.items():
            if name not in names.values() and name not in found:
                found[name] = Asked(name, plain(question.prompt), "gone", f"{old.id}/{name}")
    yield from found.values()


def _before(name: str, question: Question, was: Mapping[str, Question]) -> str:
    """What a question was called, "" for a new one."""
    return next((before for before in (name, *question.names) if before in was), "")


def _became(before: Question | None, after: Question) -> AskedWhat | None:
    if before is None:
        return "new"
    if not same_but_for_words(before, after):
        return "key"
    same = (before.prompt, before.stem, before.body, before.feedback) == (
        after.prompt, after.stem, after.body, after.feedback,
    )  # fmt: skip
    return None if same else "words"


def _pairs(
    old: Mapping[str, LessonOutline] | Mapping[str, QuizOutline],
    new: Mapping[str, LessonOutline] | Mapping[str, QuizOutline],
) -> list[_Pair]:
    """What was there and what is there, brought together by their ids, of today or from before."""
    pairs: list[_Pair] = []
    taken: set[str] = set()
    for name, thing in new.items():
        was = next((before for before in (name, *thing.names) if before in old), None)
        taken.update([was] if was else [])
        pairs.append(_Pair(old[was] if was else None, thing))
    return [*pairs, *(_Pair(thing, None) for name, thing in old.items() if name not in taken)]


def _rules(thing: LessonOutline | QuizOutline) -> object:
    return thing.rules if isinstance(thing, QuizOutline) else None


def _hash(thing: LessonOutline | QuizOutline, language: str) -> str | None:
    source = thing.sources.get(language)
    return source.hash if source else None


def _settings(old: Outline, new: Outline, language: str) -> Iterator[Change]:
    def said(outline: Outline) -> tuple[object, ...]:
        return (
            outline.titles, outline.descriptions, outline.languages, outline.access, outline.quiz,
            outline.complete_when, outline.retired,
        )  # fmt: skip

    if said(old) != said(new):
        yield Change("course", new.id, new.titles.get(language, new.id), "changed")
    modules = {module.id: module for module in old.modules}
    for module in new.modules:
        was = next((modules[name] for name in (module.id, *module.names) if name in modules), None)
        title = module.titles.get(language) or module.id
        if was is None:
            yield Change("module", module.id, title, "new")
        elif was.id != module.id:
            yield Change("module", module.id, title, "renamed", was=was.id)
        elif (was.titles, was.quiz, was.requires) != (module.titles, module.quiz, module.requires):
            yield Change("module", module.id, title, "changed")
        elif [lesson.id for lesson in was.lessons] != [lesson.id for lesson in module.lessons]:
            yield Change("module", module.id, title, "moved")
    kept = {name for module in new.modules for name in (module.id, *module.names)}
    for module in old.modules:
        if module.id not in kept:
            yield Change("module", module.id, module.titles.get(language) or module.id, "gone")


def _glossary(old: Outline, new: Outline) -> Iterator[Change]:
    tags = sorted(tag for tag in {*old.glossary, *new.glossary} if old.glossary.get(tag) != new.glossary.get(tag))
    if tags:
        yield Change("glossary", "", "", "changed", tuple(tags))


def _assets(old: Outline, new: Outline) -> Iterator[Change]:
    for path in sorted({*old.assets, *new.assets}):
        before, after = old.assets.get(path), new.assets.get(path)
        name = path.split("/", 2)[2]
        if before is None or after is None:
            yield Change("asset", path, name, "new" if before is None else "gone")
        elif before.hash != after.hash:
            yield Change("asset", path, name, "changed")
