"""The pages of a quiz: what it is, an attempt at it, handing in, the result. Every action is a plain form."""

import secrets

from flask import Blueprint, Flask, Response, jsonify, request
from flask_babel import force_locale
from flask_babel import gettext as _

from course import clock, i18n
from course.catalogue import queries as catalogue
from course.catalogue.readers import readers_only
from course.db import transaction
from course.errors import NotFound, TooOften
from course.learning.assessment import actions, kept, pages, queries, review
from course.learning.assessment.models import Attempt
from course.learning.assessment.words import said
from course.learning.models import Enrolment
from course.people import throttles
from course.people.rules import HOUR, MINUTE, Limit
from course.web.access import allow, anyone, signed_in, signed_in_viewer, viewer
from course.web.app import arrived
from course.web.language import path_language
from course.web.pages import notice, page, see_other
from course.web.sweeps import on_sweep

blueprint = Blueprint(
    "assessment",
    __name__,
    url_prefix="/<lang>/courses/<course>/quizzes/<quiz>",
    template_folder="templates",
)
STARTS = Limit(tries=100, window=HOUR, rest=10 * MINUTE)
"""Attempts that one learner starts, at all quizzes. Where a quiz limits its attempts, its rules come first."""
ATTEMPT = "/attempts/<int(max=1000000):number>"


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    on_sweep(app, sweep)


def sweep() -> None:
    """Close the attempts whose time is over, then count what waited until a quiz had closed: in small transactions."""
    for some in (actions.sweep, actions.tell_closed):
        place: tuple[int, int] | None = (0, 0)
        while place is not None:
            with transaction():
                place = some(clock.now(), place)


@blueprint.get("/")
@allow(anyone)
def quiz(course: str, quiz: str) -> str | Response:
    """What the quiz is, where I stand, and a button to start or go on."""
    published = catalogue.published(course)
    readers_only(published)
    person = viewer().person
    enrolment = None if person is None else queries.enrolment(person, published.course_id)
    name = published.names.get(published.item("quiz", quiz), ("", ""))[1]
    if name != quiz:
        published.quiz(name)
        return see_other("assessment.quiz", course=course, quiz=name)
    return page("assessment/quiz.html", **pages.quiz(published, enrolment, quiz, clock.now(), path_language()))


@blueprint.post("/attempts")
@allow(signed_in)
def start(course: str, quiz: str) -> Response:
    """Start an attempt, or go on with the open one: a double click on the button gives the same attempt."""
    published = catalogue.published(course)
    enrolment = queries.enrolment(signed_in_viewer(), published.course_id)
    if enrolment is None:
        notice(_("Enrol in the course first; then you can take its quizzes."))
        return see_other("assessment.quiz", course=course, quiz=quiz)
    if not throttles.may(throttles.key_for("attempts", f"person {enrolment.person_id}"), STARTS):
        raise TooOften(_("You have started very many attempts. Wait ten minutes, then go on; nothing is lost."))
    attempt = actions.start(enrolment, published, quiz, clock.now(), secrets.randbits(63))
    return see_other("assessment.attempt", course=course, quiz=quiz, number=attempt.number)


@blueprint.get(ATTEMPT + "/")
@allow(signed_in)
def attempt(course: str, quiz: str, number: int) -> str | Response:
    """The questions of an open attempt: all of them, or one with `?question=n`."""
    _enrolment, found = _mine(course, quiz, number)
    shown = pages.attempt(found, clock.now(), path_language(), request.args.get("question", ""))
    if shown is None:
        return see_other("assessment.result", course=course, quiz=quiz, number=number)
    return page("assessment/attempt.html", key=secrets.token_urlsafe(18), **shown)


@blueprint.post(ATTEMPT + "/responses")
@allow(signed_in)
def save(course: str, quiz: str, number: int) -> Response:
    """Save what is in the form; then go where the button says: on, to another question, language, or to the end."""
    published = catalogue.published(course)
    found = kept.mine(signed_in_viewer(), published.course_id, published.item("quiz", quiz), number)
    saved = _save(found)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(
            bases=saved.made,
            replaced=saved.replaced,
            late=saved.late,
            message=said(saved),
            understood=pages.understood(found, saved.made, _form(), path_language()),
        )
    language = _next_language(found)
    with force_locale(i18n.interface_for(language, viewer().language)):  # the page that comes next says it
        notice(said(saved))
    if saved.late:
        return see_other("assessment.result", course=course, quiz=quiz, number=number, lang=language)
    if "check" in request.form:
        return _checked(course, quiz, number, language)
    if "finish" in request.form:
        return see_other("assessment.submission", course=course, quiz=quiz, number=number)
    return _onward(course, quiz, number, language)


@blueprint.get(ATTEMPT + "/submission")
@allow(signed_in)
def submission(course: str, quiz: str, number: int) -> str | Response:
    """Asks whether to hand in, and says what is not answered yet."""
    _enrolment, found = _mine(course, quiz, number)
    shown = pages.attempt(found, clock.now(), path_language(), "all")
    if shown is None:
        return see_other("assessment.result", course=course, quiz=quiz, number=number)
    shown["languages"] = tuple(queries.revision(found).outline.languages)  # nothing here could be lost on the way
    return page("assessment/submission.html", **shown)


@blueprint.post(ATTEMPT + "/submission")
@allow(signed_in)
def submit(course: str, quiz: str, number: int) -> Response:
    """Hand in, saving what the form holds first. Without `confirmed`, save only and ask."""
    _enrolment, found = _mine(course, quiz, number)
    if "confirmed" not in request.form:
        if actions.has_answers(_form()):
            notice(said(_save(found)))
        return see_other("assessment.submission", course=course, quiz=quiz, number=number)
    saved = actions.submit(found, _form(), arrived(), path_language(), request.form.get("key", ""))
    if saved.late:
        notice(said(saved))
    return see_other("assessment.result", course=course, quiz=quiz, number=number)


@blueprint.get(ATTEMPT + "/result")
@allow(signed_in)
def result(course: str, quiz: str, number: int) -> str | Response:
    """What became of a closed attempt, as far as the quiz's rules release it."""
    enrolment, found = _mine(course, quiz, number)
    published = catalogue.published(course)
    shown = review.result(enrolment, published, found, clock.now(), path_language())
    if shown is None:
        return see_other("assessment.attempt", course=course, quiz=quiz, number=number)
    return page("assessment/result.html", **shown)


def _mine(course: str, quiz: str, number: int) -> tuple[Enrolment, Attempt]:
    """The viewer's own attempt. Raises NotFound for anybody else's."""
    published = catalogue.published(course)
    enrolment = queries.enrolment(signed_in_viewer(), published.course_id)
    if enrolment is None:
        raise NotFound(_("You have no such attempt."))
    return enrolment, queries.attempt(enrolment, published.item("quiz", quiz), number)


def _form() -> dict[str, list[str]]:
    return request.form.to_dict(flat=False)


def _save(attempt: Attempt | kept.Mine) -> actions.Saved:
    return actions.save(attempt, _form(), arrived(), path_language(), request.form.get("key", ""))


def _next_language(attempt: Attempt | kept.Mine) -> str:
    """The language of the page to go on to: the path's, unless the button names another that the quiz is in."""
    wished = request.form.get("switch", "")
    return wished if wished in queries.revision(attempt).outline.languages else path_language()


def _checked(course: str, quiz: str, number: int, language: str) -> Response:
    """The same place, at the question whose answer was checked."""
    place = request.form["check"]
    position = int(place) if place.isascii() and place.isdigit() and len(place) < 5 else 0
    _enrolment, found = _mine(course, quiz, number)
    actions.check(found, position, arrived())
    one = position if request.form.get("here") == place else None
    return see_other(
        "assessment.attempt",
        course=course,
        quiz=quiz,
        number=number,
        lang=language,
        question=one,
        _anchor=f"question-{position}",
    )


def _onward(course: str, quiz: str, number: int, language: str) -> Response:
    """The same place in `language`, unless the button names another question."""
    place = request.form.get("question", request.form.get("here", ""))
    question = place if place.isascii() and place.isalnum() and len(place) < 5 else None
    return see_other("assessment.attempt", course=course, quiz=quiz, number=number, lang=language, question=question)
