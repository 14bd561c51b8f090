"""What a learner does: enrol and leave, mark a lesson as read, stop somewhere, answer a question in a lesson."""

from contextlib import nullcontext

from flask import Response, request, url_for
from flask_babel import gettext as _

from course import clock
from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.catalogue.readers import readers_only
from course.db import reading
from course.errors import NotFound, SignInNeeded
from course.learning.models import Enrolment
from course.learning.reading import actions, pages, queries, rules, shown, visitor
from course.learning.reading.views.blueprint import COURSE, LESSON, blueprint
from course.learning.reading.views.lesson import lesson_page
from course.learning.reading.views.place import ANSWER_TO, enrol_in, may_read, shown_as_page, standing_in
from course.quiz import fill, is_marked, millionths, read, score, waits
from course.quiz.model import Question, Value
from course.web.access import allow, anyone, signed_in, signed_in_viewer, viewer
from course.web.forgery import by_origin
from course.web.language import path_language
from course.web.limits import ANSWERS, within
from course.web.pages import back_to, notice, see_other, to_address, with_query


@blueprint.post(COURSE + "enrolment")
@allow(signed_in)
def enrol(course: str) -> Response:
    """Enrol in a course that anybody may join. What was read before signing in counts."""
    published = catalogue.published(course)
    enrol_in(signed_in_viewer(), published)
    notice(_("You are enrolled. Your progress is kept from now on."))
    return to_address(back_to(_url(course)))


@blueprint.post(COURSE + "enrolment/end")
@allow(signed_in)
def leave(course: str) -> Response:
    """Leave a course. What was earned is kept for coming back."""
    published = catalogue.published(course)
    found = queries.enrolment(signed_in_viewer(), published.course_id)
    if found is not None:
        actions.leave(found, clock.now())
        notice(_("You have left the course. What you did is kept; enrol again to go on from there."))
    return see_other("reading.course", course=course)


@blueprint.post(LESSON + "completion")
@allow(anyone)
@by_origin
def complete(course: str, lesson: str) -> Response:
    """Mark a lesson as read and go on. A visitor's mark is kept in their browser."""
    standing = standing_in(course)
    published = standing.published
    if not may_read(standing):
        raise SignInNeeded(_("Sign in and enrol to read this course."))
    person = viewer().person
    item = published.item("lesson", published.lesson(lesson).id)
    onward = to_address(shown.onward(standing, lesson, path_language()))
    if person is None:
        visitor.keep(onward, visitor.has_read() | {item})
        return onward
    enrolment = queries.enrolment(person, published.course_id) or enrol_in(person, published)
    before = standing.completed
    actions.read_lesson(enrolment, published, lesson, clock.now())
    if standing.enrolment is None:
        notice(_("You are enrolled, and your progress is kept."))
    if before is None and rules.course_completed(published, rules.read_done(enrolment.done_items)):
        notice(_("You have completed the course. Well done."))
        return see_other("reading.course", course=course)
    return onward


@blueprint.post(LESSON + "position")
@allow(signed_in)
def position(course: str, lesson: str) -> Response:
    """Keep the section where reading stopped (`section`). Asked for by JavaScript only."""
    published = catalogue.published(course)
    enrolment = queries.enrolment(signed_in_viewer(), published.course_id)
    if enrolment is not None:
        actions.stop_at(enrolment, published, lesson, request.form.get("section", ""), clock.now())
    return Response(status=204)


@blueprint.get(LESSON + "answers/<question>")
@allow(anyone)
def question(course: str, lesson: str, question: str) -> Response:
    """A question's own address leads to it: for whoever switches the language, or comes back, after answering."""
    return see_other("reading.lesson", course=course, lesson=lesson, _anchor=f"answer-{question}")


@blueprint.post(LESSON + "answers/<question>")
@allow(anyone)
@by_origin
def answer(course: str, lesson: str, question: str) -> Response:
    """Record the answer to a question in a lesson, then show it there with its feedback. A visitor's is not recorded.

    What somebody wrote is shown at once: in the address of a further page, histories and logs would keep it.
    """
    within("answers", ANSWERS)
    with reading() if viewer().person is None else nullcontext():
        return _answered(course, lesson, question)


def _answered(course: str, lesson: str, question: str) -> Response:
    published = catalogue.published(course)
    readers_only(published)
    asked = pages.questions(catalogue.lesson(published, lesson, path_language())).get(question)
    if asked is None:
        raise NotFound(_("There is no such question in this lesson."))
    value = read(asked, pages.order(asked), request.form.to_dict(flat=False), question)
    person = viewer().person
    enrolment = queries.enrolment(person, published.course_id) if person is not None else None
    if enrolment is not None and value is not None:
        _record(enrolment, published, lesson, asked, value, request.form.get("key", ""))
    fields = fill(asked, pages.order(asked), value, question).items()
    if any(not text.isdecimal() for _name, texts in fields for text in texts):
        return shown_as_page(lesson_page(standing_in(course, lesson), lesson, (asked, value)))
    query = with_query([(ANSWER_TO, question), *((name, text) for name, texts in fields for text in texts)])
    return to_address(url_for("reading.lesson", course=course, lesson=lesson) + f"{query}#answer-{question}")


def _record(enrolment: Enrolment, published: Published, lesson: str, asked: Question, value: Value, key: str) -> None:
    fraction, name = millionths(score(asked, value, asked.language)), f"{lesson}/{asked.id}"
    practised = is_marked(asked) and not waits(asked, value)
    actions.answer_in_lesson(enrolment, published, name, fraction, asked.language, clock.now(), key, practised)


def _url(course: str) -> str:
    return f"/{path_language()}/courses/{course}/"
