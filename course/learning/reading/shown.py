"""What a learner's pages show, gathered for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from course.catalogue.addresses import Addresses
from course.catalogue.published import Published
from course.learning.assessment import standing as assessment
from course.learning.assessment.words import when
from course.learning.practice.rules import minutes as practice_minutes
from course.learning.reading import pages, rules
from course.learning.reading.first_steps import FirstSteps
from course.learning.reading.queries import Standing
from course.learning.reading.words import percent, percent_done, reading_left

Context = dict[str, Any]
Waiting = tuple[tuple[Published, int], ...]
"""For who may mark in a course: how many answers wait there."""


@dataclass(frozen=True, slots=True)
class Onward:
    """A lesson, quiz or assignment to go to. `minutes` is 0 but for a lesson; `resumed`: reading stopped there."""

    kind: str
    title: str
    url: str
    minutes: int = 0
    resumed: bool = False


def welcome(standings: Sequence[Standing], has_admin: bool, language: str) -> Context:
    """A visitor's home: the courses, each with the way in."""
    return {"has_admin": has_admin, "courses": [_card(standing, language) for standing in _in_order(standings)]}


def latest_first(standings: Sequence[Standing]) -> list[Standing]:
    """What is under way before what is complete, what the learner was at last first."""
    return sorted(standings, key=lambda one: (one.completed is not None, -(one.stopped_when or 0), one.published.slug))


def home(standings: Sequence[Standing], todo: FirstSteps | None, waiting: Waiting, language: str) -> Context:
    """A learner's home: what they are enrolled in, and the other courses. `todo` is for admins."""
    return {
        "todo": todo,
        "waiting": waiting,
        "mine": [_card(one, language) | _progress(one, language) for one in standings if one.enrolment is not None],
        "others": [_card(one, language) for one in _in_order(standings) if one.enrolment is None],
    }


def _in_order(standings: Sequence[Standing]) -> list[Standing]:
    """By slug; but what is written for authors stands after what is written for learners."""
    return sorted(standings, key=lambda one: (one.published.is_for_authors, one.published.slug))


def course(standing: Standing, notes: tuple[str, ...], waiting: Waiting, language: str) -> Context:
    """The course page. `notes`: what stands beside each quiz, in the line's order."""
    published = standing.published
    outline = published.outline
    return (
        _card(standing, language)
        | _progress(standing, language)
        | {
            "line": pages.course_line(published, language, standing.done, "map", _here(standing), notes),
            "waiting": waiting,
            "access": outline.access,
            "languages": list(outline.languages),
            "has_glossary": any(outline.glossary.values()),
        }
    )


def lesson(published: Published, lesson_id: str, language: str, enrolled: bool, is_done: bool) -> Context:
    """The lesson page, but for what is one reader's."""
    prepared = pages.lesson(published, lesson_id, language, enrolled)
    before, after = rules.beside(published, ("lesson", lesson_id))
    return {
        "course": published.slug,
        "course_title": published.text(published.outline.titles, language),
        "page": prepared.page,
        "prepared": prepared,
        "enrolled": enrolled,
        "is_done": is_done,
        "before": _onward(published, before, language),
        "after": _onward(published, after, language),
        "left": (),
        "languages": list(published.outline.languages),
    }


def in_lesson(standing: Standing, lesson_id: str, language: str) -> dict[str, str]:
    """What is one reader's on a lesson page: where they stand."""
    published, done = standing.published, standing.done
    return {
        "line": pages.course_line(published, language, done, "outline", here=lesson_id),
        "percent_done": percent_done(standing.percent),
        "reading_left": reading_left(rules.minutes_left(published, done)),
        "stopped_at": _section(standing, lesson_id),
    }


def noted(standing: Standing, prepared: pages.Prepared, token: str) -> dict[str, str]:
    """The learner's notes on a lesson, as HTML by hole. What has no hole belongs to a section that is gone."""
    course, lesson_id = standing.published.slug, prepared.page.id
    return {
        f"note {section}": pages.note_html(course, lesson_id, section, token, prepared.headings, note)
        for section, note in standing.notes.items()
    }


def onward(standing: Standing, lesson_id: str, language: str) -> str:
    """The address to go on to when a lesson has been read: what comes next on the line, else the course's page."""
    _before, after = rules.beside(standing.published, ("lesson", lesson_id))
    found = _onward(standing.published, after, language)
    return found.url if found else Addresses(standing.published.slug, language).home


def _card(standing: Standing, language: str) -> Context:
    published = standing.published
    outline = published.outline
    return {
        "course": published.slug,
        "url": Addresses(published.slug, language).home,
        "title": published.text(outline.titles, language),
        "description": published.text(outline.descriptions, language),
        "words": language if language in outline.titles else outline.source_language,
        "lessons": len(outline.lessons),
        "minutes": sum(lesson.minutes for lesson in outline.lessons),
        "next": _next(standing, language),
        "begun": bool(standing.done),
        "enrolled": standing.enrolment is not None,
        "access": outline.access,
        "picture": pages.course_line(published, language, standing.done, "picture", _here(standing)),
    }


def _progress(standing: Standing, language: str) -> Context:
    published, done = standing.published, standing.done
    lessons_left = rules.lessons_left(published, done)
    return {
        "percent": standing.percent,
        "completed": standing.completed,
        "lessons_left": [_lesson(published, lesson.id, language) for lesson in lessons_left],
        "quizzes_left": [_quiz(published, quiz.id, language) for quiz in rules.quizzes_left(published, done)],
        "minutes_left": rules.minutes_left(published, done),
        "due": _due(standing, language),
        "practice": standing.practice,
        "practice_minutes": practice_minutes(standing.practice),
    }


def _here(standing: Standing) -> str:
    """Where somebody who has begun stands on the line: what they would go on with."""
    if standing.enrolment is None and not standing.done:
        return ""
    stop = _resumed(standing) or rules.next_stop(standing.published, standing.done)
    return "" if stop is None else stop[1] if stop[0] == "lesson" else f"quiz/{stop[1]}"


def _resumed(standing: Standing) -> rules.Stop | None:
    """The lesson in which reading stopped, unless it has been read since."""
    if standing.stopped_at and standing.stopped_at[0] in standing.published.names:
        kind, name = standing.published.names[standing.stopped_at[0]]
        if kind == "lesson" and standing.stopped_at[0] not in standing.done:
            return "lesson", name
    return None


def _next(standing: Standing, language: str) -> Onward | None:
    """Where to go on: the section where reading stopped, else the first thing on the line that is not done."""
    published = standing.published
    resumed = _resumed(standing)
    if resumed and standing.stopped_at:
        return _lesson(published, resumed[1], language, standing.stopped_at[1], resumed=True)
    return _onward(published, rules.next_stop(published, standing.done), language)


def _due(standing: Standing, language: str) -> list[tuple[Onward, str]]:
    """Attempts that are under way, with the moment by which they have to be handed in, in words; "" for none."""
    published = standing.published
    open_ones = [tried for tried in standing.tried if tried.grade is None and tried.item in published.names]
    return [
        (_quiz(published, published.names[tried.item][1], language), when(tried.deadline) if tried.deadline else "")
        for tried in open_ones
    ]


def notes(standing: Standing, at: int) -> tuple[str, ...]:
    """What stands beside each quiz: the grade, as far as the revisions on which it was taken release it."""
    published = standing.published
    if standing.enrolment is None or not standing.tried:
        return ()
    seen = assessment.grades(standing.enrolment, published, at)
    grades = {published.names[item][1]: percent(int(grade * 100)) for item, grade in seen.items()}
    return tuple(grades.get(quiz, "") for kind, quiz in rules.stops(published) if kind == "quiz")


def _onward(published: Published, stop: rules.Stop | None, language: str) -> Onward | None:
    if stop is None:
        return None
    kind, name = stop
    return _lesson(published, name, language) if kind == "lesson" else _quiz(published, name, language)


def _lesson(published: Published, name: str, language: str, section: str = "", resumed: bool = False) -> Onward:
    lesson = published.lesson(name)
    url = Addresses(published.slug, language).lesson(name, section)
    return Onward("lesson", published.text(lesson.titles, language), url, lesson.minutes, resumed)


def _quiz(published: Published, name: str, language: str) -> Onward:
    quiz = published.quiz(name)
    kind = "assignment" if quiz.is_assignment else "quiz"
    return Onward(kind, published.text(quiz.titles, language), Addresses(published.slug, language).quiz(name))


def _section(standing: Standing, lesson_id: str) -> str:
    if standing.stopped_at and standing.stopped_at[0] == standing.published.item("lesson", lesson_id):
        return standing.stopped_at[1]
    return ""
