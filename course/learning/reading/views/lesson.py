"""A lesson, and a whole course's lessons for a device without a connection."""

from dataclasses import asdict

from flask import Response, jsonify, request
from flask_babel import gettext as _
from markupsafe import Markup

from course.catalogue.published import Published
from course.errors import Invalid, NotAllowed, NotFound
from course.learning.reading import luggage, pages, queries, shown
from course.learning.reading.views.blueprint import COURSE, LESSON, blueprint
from course.learning.reading.views.place import ANSWER_TO, may_read, shown_as_page, standing_in
from course.quiz import QuestionView, read
from course.quiz.model import Question, Value
from course.web import forgery
from course.web.access import allow, anyone, signed_in
from course.web.errors import sentence
from course.web.frames import framed
from course.web.language import path_language
from course.web.pages import notice, page, see_other


@blueprint.get(LESSON)
@allow(anyone)
def lesson(course: str, lesson: str) -> Response:
    """A lesson. With `answer_to` in the query, one of its questions is shown with the answer that the query gives."""
    standing = standing_in(course, lesson)
    if moved := _moved(standing.published, lesson):
        return see_other("reading.lesson", course=course, lesson=moved)
    if not may_read(standing):
        notice(_("Enrol in the course to read its lessons."))
        return see_other("reading.course", course=course)
    return shown_as_page(lesson_page(standing, lesson))


def lesson_page(standing: queries.Standing, lesson: str, given: tuple[Question, Value | None] | None = None) -> bytes:
    """The page. `given`: a question and what was just answered to it; without it, the query's answer is shown."""
    language, enrolled = path_language(), standing.enrolment is not None
    prepared = pages.lesson(standing.published, lesson, language, enrolled)
    token = forgery.token() if enrolled else ""
    noted = shown.noted(standing, prepared, token) if enrolled else {}
    view = pages.shown_with(*given) if given else _asked_for(prepared)
    answered = {f"question {view.prefix}": pages.question_html(standing.published, lesson, token, view)} if view else {}
    body = prepared.body(token, noted | answered)
    key = (standing.published, lesson, language, enrolled, standing.is_done("lesson", lesson))
    own = shown.in_lesson(standing, lesson, language)
    left = [html for hole, html in noted.items() if hole not in prepared.filled]
    if left:
        context = shown.lesson(*key) | own | {"body": Markup(body.decode()), "left": left}  # noqa: S704
        return page("reading/lesson.html", **context).encode()
    return framed("reading/lesson.html", shown.lesson, key, body=body, **own)


def _asked_for(prepared: pages.Prepared) -> QuestionView | None:
    """The question that the query answers, with the answer and what is said about it; None where it answers none."""
    asked = prepared.questions.get(request.args.get(ANSWER_TO, ""))
    if asked is None:
        return None
    try:
        value = read(asked, pages.order(asked), request.args.to_dict(flat=False), asked.id)
        return pages.shown_with(asked, value, "" if value is not None else _("Choose or type an answer first."))
    except Invalid as malformed:
        return pages.shown_with(asked, None, sentence(malformed))


def _moved(published: Published, lesson: str) -> str | None:
    """What a lesson is called now, where this is a name that it had before. Raises NotFound for one that is gone."""
    now = published.names.get(published.item("lesson", lesson))
    if now is None:
        raise NotFound(_("This lesson is no part of the course any more."))
    return now[1] if now[1] != lesson else None


@blueprint.get(COURSE + "offline")
@allow(signed_in)
def offline(course: str) -> Response:
    """What to load to have the course on a device, and how many bytes that is."""
    standing = standing_in(course)
    if not may_read(standing):
        raise NotAllowed(_("Enrol in the course to read its lessons."))
    found = luggage.luggage(standing.published, path_language())
    return jsonify(asdict(found))
