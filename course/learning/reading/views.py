"""A learner's pages: home, course and lesson; and what is done on them."""

from collections.abc import Sequence
from dataclasses import asdict

from flask import (
    Blueprint,
    Flask,
    Response,
    after_this_request,
    current_app,
    jsonify,
    make_response,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from markupsafe import Markup

from course import clock
from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.catalogue.readers import joined_with, readable, readers_only
from course.errors import Invalid, NotAllowed, NotFound, SignInNeeded
from course.learning.assessment import signals as assessment_signals
from course.learning.assessment.marking import queries as marking
from course.learning.models import Enrolment
from course.learning.reading import actions, luggage, pages, queries, receivers, rules, shown, visitor
from course.learning.reading.first_steps import FirstSteps, first_steps
from course.learning.reading.notes import views as notes
from course.people import queries as people
from course.people import signals as people_signals
from course.quiz import QuestionView, fill, is_marked, millionths, read, score, waits
from course.quiz.model import Question, Value
from course.web import forgery
from course.web.access import allow, anyone, signed_in, signed_in_viewer, viewer
from course.web.errors import sentence
from course.web.forgery import by_origin
from course.web.frames import framed
from course.web.headers import PERSONAL
from course.web.language import path_language
from course.web.pages import back_to, notice, page, see_other, to_address, with_query
from course.web.sweeps import on_sweep

blueprint = Blueprint("reading", __name__, url_prefix="/<lang>", template_folder="templates")
COURSE = "/courses/<course>/"
LESSON = "/courses/<course>/<lesson>/"
ANSWER_TO = "answer_to"
"""Names the question that a query answers. No id of a pack has a `_`, so no question's field is called so."""


def install(app: Flask) -> None:
    pages.keep(app)
    app.register_blueprint(blueprint)
    notes.install(app)
    assessment_signals.closed.connect(receivers.quiz_closed)
    people_signals.signed_in.connect(receivers.signed_in)
    joined_with(app, queries.joined)
    on_sweep(app, receivers.settle_published)


@blueprint.get("/")
@allow(anyone)
def home() -> Response:
    """For a visitor: what this is. For a learner: what to go on with."""
    person = viewer().person
    now = clock.now()
    standings = queries.standings(person, now)
    if person is None:
        place = tuple(_with_cookie(standing) for standing in standings)
        has_admin = bool(standings) or people.has_admin()
        return _shown(framed("reading/welcome.html", shown.welcome, (place, has_admin, path_language())))
    place = tuple(standing.anonymous(now) for standing in shown.latest_first(standings))
    todo = _first_steps(standings) if viewer().admin else None
    more = (todo, _waiting([standing.published for standing in standings]))
    return _shown(framed("reading/home.html", shown.home, (place, *more, path_language()), greeting=_greeting()))


def _waiting(courses: Sequence[Published]) -> tuple[tuple[Published, int], ...]:
    """The courses among these in which the viewer may mark, and how many answers wait there."""
    who = viewer()
    mine = [published for published in courses if who.admin or published.slug in who.trains]
    if who.person is None or not mine:
        return ()
    counts = marking.waiting([published.course_id for published in mine], who.person)
    return tuple((published, counts.get(published.course_id, 0)) for published in mine)


def _first_steps(standings: Sequence[queries.Standing]) -> FirstSteps | None:
    courses = [standing.published.slug for standing in standings]
    return first_steps(current_app.config["COURSE"], courses, people.has_trainer())


def _greeting() -> str:
    name = viewer().name
    return str(_("Hello, %(name)s", name=name) if "@" not in name else _("My learning"))


@blueprint.get(COURSE)
@allow(anyone)
def course(course: str) -> Response:
    """The course: its modules, lessons and quizzes, where I stand, and what is next."""
    standing = _standing(course)
    now = clock.now()
    place = (standing.anonymous(now), shown.notes(standing, now), _waiting([standing.published]))
    return _shown(framed("reading/course.html", shown.course, (*place, path_language())))


@blueprint.get(LESSON)
@allow(anyone)
def lesson(course: str, lesson: str) -> Response:
    """A lesson. With `answer_to` in the query, one of its questions is shown with the answer that the query gives."""
    standing = _standing(course, lesson)
    if moved := _moved(standing.published, lesson):
        return see_other("reading.lesson", course=course, lesson=moved)
    if not _may_read(standing):
        notice(_("Enrol in the course to read its lessons."))
        return see_other("reading.course", course=course)
    return _shown(_lesson(standing, lesson))


def _lesson(standing: queries.Standing, lesson: str, given: tuple[Question, Value | None] | None = None) -> bytes:
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


@blueprint.get(COURSE + "offline")
@allow(signed_in)
def offline(course: str) -> Response:
    """What to load to have the course on a device, and how many bytes that is."""
    standing = _standing(course)
    if not _may_read(standing):
        raise NotAllowed(_("Enrol in the course to read its lessons."))
    found = luggage.luggage(standing.published, path_language(), lambda lesson: _lesson(standing, lesson))
    return jsonify(asdict(found))


@blueprint.post(COURSE + "enrolment")
@allow(signed_in)
def enrol(course: str) -> Response:
    """Enrol in a course that anybody may join. What was read before signing in counts."""
    published = catalogue.published(course)
    _enrol(signed_in_viewer(), published)
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
    standing = _standing(course)
    published = standing.published
    if not _may_read(standing):
        raise SignInNeeded(_("Sign in and enrol to read this course."))
    person = viewer().person
    item = published.item("lesson", published.lesson(lesson).id)
    onward = to_address(shown.onward(standing, lesson, path_language()))
    if person is None:
        visitor.keep(onward, visitor.has_read() | {item})
        return onward
    enrolment = queries.enrolment(person, published.course_id) or _enrol(person, published)
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
@allow(signed_in)
def answer(course: str, lesson: str, question: str) -> Response:
    """Record the answer to a question in a lesson, then show it there with its feedback.

    What somebody wrote is shown at once: in the address of a further page, histories and logs would keep it.
    """
    published = catalogue.published(course)
    readers_only(published)
    asked = pages.questions(catalogue.lesson(published, lesson, path_language())).get(question)
    if asked is None:
        raise NotFound(_("There is no such question in this lesson."))
    value = read(asked, pages.order(asked), request.form.to_dict(flat=False), question)
    enrolment = queries.enrolment(signed_in_viewer(), published.course_id)
    if enrolment is not None and value is not None:
        _record(enrolment, published, lesson, asked, value, request.form.get("key", ""))
    fields = fill(asked, pages.order(asked), value, question).items()
    if any(not text.isdecimal() for _name, texts in fields for text in texts):
        return _shown(_lesson(_standing(course, lesson), lesson, (asked, value)))
    query = with_query([(ANSWER_TO, question), *((name, text) for name, texts in fields for text in texts)])
    return to_address(url_for("reading.lesson", course=course, lesson=lesson) + f"{query}#answer-{question}")


def _record(enrolment: Enrolment, published: Published, lesson: str, asked: Question, value: Value, key: str) -> None:
    fraction, name = millionths(score(asked, value, asked.language)), f"{lesson}/{asked.id}"
    practised = is_marked(asked) and not waits(asked, value)
    actions.answer_in_lesson(enrolment, published, name, fraction, asked.language, clock.now(), key, practised)


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


def _standing(course: str, lesson: str | None = None) -> queries.Standing:
    person = viewer().person
    standing = queries.standing(person, course, lesson)
    return standing if person is not None else _with_cookie(standing)


def _with_cookie(standing: queries.Standing) -> queries.Standing:
    """A visitor's standing: what their own browser says they have read."""
    return queries.as_read(standing, visitor.has_read())


def _may_read(standing: queries.Standing) -> bool:
    """Whether the lessons are open to who asks. Raises SignInNeeded where that would help."""
    if standing.enrolment is not None or readable([standing.published]):
        return True
    signed_in_viewer()
    return False


def _enrol(person: int, published: Published) -> Enrolment:
    if published.outline.access == "edition":
        raise NotAllowed(_("This course is joined by invitation. Ask its trainers."))
    enrolment = actions.enrol(person, published, clock.now())
    read_before = visitor.has_read()
    if read_before:
        actions.read_before(enrolment, published, read_before, clock.now())
        after_this_request(visitor.forget)
    return enrolment


def _moved(published: Published, lesson: str) -> str | None:
    """What a lesson is called now, where this is a name that it had before. Raises NotFound for one that is gone."""
    now = published.names.get(published.item("lesson", lesson))
    if now is None:
        raise NotFound(_("This lesson is no part of the course any more."))
    return now[1] if now[1] != lesson else None


def _shown(body: bytes) -> Response:
    """A page. A visitor's may be kept and asked for again; one that tells what they did is theirs alone."""
    response = make_response(body)
    if visitor.has_read() or ANSWER_TO in request.args:
        response.headers["Cache-Control"] = PERSONAL
    elif viewer().person is None and not session:
        response.add_etag(weak=True)
        response.make_conditional(request)
    return response


def _url(course: str) -> str:
    return f"/{path_language()}/courses/{course}/"
