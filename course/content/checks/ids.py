"""Ids: each is there once, is free to be used, and is what others mean when they name it."""

from collections.abc import Iterable, Iterator
from typing import Any

from course.content.compiled import LessonHead, QuizHead
from course.content.gather import Text
from course.content.layout import Layout, Unsure, place_of
from course.content.schema import suggest
from course.markup.findings import Findings, Place

RESERVED = frozenset(
    {
        "quizzes", "enrolment", "completion", "attempts", "search", "glossary", "notes", "offline", "practice",
        "results", "workshop",
    }
)  # fmt: skip
"""What a lesson cannot be called: the course's own pages have these addresses."""


Named = tuple[str, Text[Any], str]
"""An id, the file that gives it, and the path there of the value that does."""


def check_ids(layout: Layout) -> None:
    """Equal, reserved and unknown ids of modules, lessons, quizzes and objectives."""
    _course_id(layout)
    findings = layout.findings
    _equal("module", ((module.id, module.settings, "id") for module in layout.modules), findings)
    lessons = layout.lessons.values()
    _equal("lesson or quiz", ((text.head["id"], text, "id") for text in layout.texts()), findings)
    _equal("objective", _objectives(lessons), findings)
    for text in lessons:
        if text.head["id"] in RESERVED:
            message = f'"{text.head["id"]}" is the address of a page of the course itself'
            findings.error(_id_place(text), "reserved-id", message, "give the lesson another id")
    _empty(layout)
    _unknown(layout)
    _past(layout)


def _empty(layout: Layout) -> None:
    if not layout.lessons and "lesson" not in layout.unsure:
        message = "this course has no lesson"
        remedy = "write one, such as `1-understanding/1-why.en.md`"
        layout.findings.error(layout.at("id"), "empty-course", message, remedy)
    for module in layout.modules:
        if not module.lessons and "lesson" not in layout.unsure:
            remedy = "write one, or delete its folder"
            layout.findings.warn(place_of(module.settings), "empty-module", "this module has no lesson", remedy)


def _course_id(layout: Layout) -> None:
    folder = layout.sources.pack.course
    if layout.settings["id"] != folder:
        message = f'the id "{layout.settings["id"]}" is not the name of the folder, "{folder}"'
        layout.findings.error(layout.at("id"), "course-id", message, "make them equal")


def _id_place(text: Text[LessonHead] | Text[QuizHead]) -> Place:
    return text.at(text.head["places"].get("id"))


def _objectives(lessons: Iterable[Text[LessonHead]]) -> Iterator[Named]:
    for text in lessons:
        for objective in text.head["objectives"]:
            yield objective, text, f"objectives.{objective}"


def _equal(thing: str, ids: Iterable[Named], findings: Findings) -> None:
    first: dict[str, Named] = {}
    for named in ids:
        name, text, key = named
        before = first.setdefault(name, named)
        if before is not named:
            place = before[1].at(before[1].head["places"].get(before[2]))
            message = f'the id "{name}" is there twice: another {thing} has it at {place}'
            findings.error(text.at(text.head["places"].get(key)), "equal-ids", message, "change one of them")


def _unknown(layout: Layout) -> None:
    """Ids that settings name: quizzes, required modules, and what completes the course."""
    known: dict[Unsure, set[str]] = {
        "module": {module.id for module in layout.modules},
        "lesson": {text.head["id"] for text in layout.lessons.values()},
        "quiz": {text.head["id"] for text in layout.quizzes.values()},
    }
    placed = _placed(layout, known["quiz"])
    for module in layout.modules:
        for at, name in enumerate(module.settings.head["values"]["requires"]):
            _known(layout, "module", name, known["module"], place_of(module.settings, "requires", at))
    wanted_kinds: tuple[tuple[Unsure, str], ...] = (("lesson", "lessons"), ("quiz", "quizzes"))
    for kind, key in wanted_kinds:
        wanted = layout.settings["complete when"][key]
        for at, name in enumerate(wanted if isinstance(wanted, list) else ()):
            place = layout.at("complete when", key, at)
            is_known = _known(layout, kind, name, known[kind], place)
            if kind == "quiz" and is_known and name not in placed and "module" not in layout.unsure:
                message = f'the quiz "{name}" stands nowhere, so nobody can take it'
                remedy = "name it in a `module.yaml` or as the course's `quiz:`"
                layout.findings.error(place, "unplaced-quiz", message, remedy)
    for text in layout.quizzes.values():
        if text.head["id"] not in placed and "module" not in layout.unsure:
            message = f'the quiz "{text.head["id"]}" stands nowhere'
            remedy = "name it as `quiz:` of a module or of the course"
            layout.findings.warn(_id_place(text), "unplaced-quiz", message, remedy)


def _placed(layout: Layout, known: set[str]) -> dict[str, Place]:
    """The quizzes that stand after a module or at the end, each once."""
    placed: dict[str, Place] = {}
    for settings in (*(module.settings for module in layout.modules), layout.course):
        quiz, place = settings.head["values"]["quiz"], place_of(settings, "quiz")
        if quiz is None:
            continue
        _known(layout, "quiz", quiz, known, place)
        if quiz in placed:
            message = f'the quiz "{quiz}" stands already at {placed[quiz]}'
            layout.findings.error(place, "placed-twice", message, "name another quiz, or none")
        placed.setdefault(quiz, place)
    return placed


def _known(layout: Layout, kind: Unsure, name: str, known: set[str], place: Place) -> bool:
    if name not in known and kind not in layout.unsure:
        layout.findings.error(place, "unknown-id", f'there is no {kind} "{name}"', suggest(name, known))
    return name in known


def _past(layout: Layout) -> None:
    """An id that is in use is neither a former one nor retired. Modules have ids of their own, often a quiz's."""
    now: set[str] = set()
    for text in layout.texts():
        now |= {text.head["id"], *(f"{text.head['id']}/{name}" for name in text.head["asked"])}
    remedy = "take it out, or give what has this id now another one"
    for at, name in enumerate(layout.settings["retired"]):
        if name in now:
            layout.findings.error(layout.at("retired", at), "retired", f'"{name}" is retired, and in use', remedy)
    for text in layout.texts():
        for at, name in enumerate(text.head["retired"]):
            if name in text.head["asked"]:
                place = text.at(text.head["places"].get(f"retired.{at}"))
                layout.findings.error(place, "retired", f'"{name}" is retired, and in use', remedy)
        was = text.head["was"]
        if was in now and was != text.head["id"]:
            place = text.at(text.head["places"].get("renamed-from"))
            layout.findings.error(place, "renamed", f'"{was}" is in use, so it was not renamed', remedy)
