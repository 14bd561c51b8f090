"""Pages for a course's trainers and for admins: results, the marking of written answers, and regrading."""

from time import monotonic

from flask import Blueprint, Flask, Response, make_response, request
from flask_babel import gettext as _
from flask_babel import ngettext

from course import clock
from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.db import db, transaction
from course.errors import Invalid, NotFound
from course.learning.assessment.marking import actions, queries, regrading, rules
from course.learning.assessment.models import Attempt
from course.results import shown
from course.web.access import allow, signed_in_viewer, trainer
from course.web.language import path_language
from course.web.pages import notice, page, see_other

blueprint = Blueprint("results", __name__, url_prefix="/<lang>/courses/<course>/results", template_folder="templates")
MARKING = "/marking/<quiz>/"
ANSWER = MARKING + "<int(max=9223372036854775807):response>/"
REGRADE = "/regrade/<quiz>/"
REGRADING_SECONDS = 1.0
"""For which one press of the button regrades: the worker serves nobody else meanwhile. Each attempt is regraded in a
transaction of its own, so that other workers' saves go in between, and what was done stays done."""


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/")
@allow(trainer)
def index(course: str) -> str:
    """What waits in this course, and its quizzes."""
    published = catalogue.published(course)
    return page("results/index.html", **shown.index(published, signed_in_viewer(), path_language()))


@blueprint.get(MARKING)
@allow(trainer)
def marking(course: str, quiz: str) -> str:
    """The answers to a quiz that wait, oldest first; with `show=marked` those that were marked, the last one first."""
    published, item = _marked_in(course, quiz)
    asked = shown.Asked.read(request.args)
    return page("results/marking.html", **shown.marking(published, quiz, item, signed_in_viewer(), asked))


@blueprint.get(ANSWER)
@allow(trainer)
def answer(course: str, quiz: str, response: int) -> str:
    """One answer, to be marked. With `names=1` it says whose it is."""
    published, item = _marked_in(course, quiz)
    found = queries.answer(item, response)
    return page("results/answer.html", **shown.answer(published, quiz, found, signed_in_viewer(), _names()))


@blueprint.post(ANSWER + "markings")
@allow(trainer)
def mark(course: str, quiz: str, response: int) -> Response:
    """Mark an answer, then go on to the next one. Where somebody else was quicker, both markings are shown."""
    published, item = _marked_in(course, quiz)
    by, found, form = signed_in_viewer(), queries.answer(item, response), request.form.to_dict()
    try:
        given = rules.read(found.question, found.drawn.points, form, path_language())
        made = actions.mark(found, given, _number(form.get("base", "")), by, clock.now())
    except actions.Clash:
        db.session.expire_all()
        found = queries.answer(item, response)
        return _again(409, shown.answer(published, quiz, found, by, _names(), form, clash=True))
    except rules.Unmarked as wrong:
        return _again(422, shown.answer(published, quiz, found, by, _names(), form, wrong=wrong.fields))
    except Invalid:
        return _again(422, shown.answer(published, quiz, found, by, _names(), form, wrong=("reason",)))
    notice(_("Saved: %(mark)s.", mark=shown.mark(made.fraction, found.drawn.points)))
    following = queries.following(published.course_id, item, by, (found.attempt.closed or 0, response))
    more = {"names": "1"} if _names() else {}
    if following is None:
        return see_other("results.marking", course=course, quiz=quiz, **more)
    return see_other("results.answer", course=course, quiz=quiz, response=following, **more)


@blueprint.get(REGRADE)
@allow(trainer)
def regrade(course: str, quiz: str) -> str:
    """What the published keys would change in attempts that were marked before. Changes nothing."""
    published, item = _quiz(course, quiz)
    after = _number(request.args.get("after", ""))
    return page("results/regrade.html", **shown.regrade(published, quiz, item, after, signed_in_viewer()))


@blueprint.post(REGRADE + "markings")
@allow(trainer)
def apply(course: str, quiz: str) -> Response:
    """Regrade what the page listed, unless the course was published again since."""
    published, item = _quiz(course, quiz)
    after, reason = _number(request.form.get("after", "")), request.form.get("reason", "").strip()
    if request.form.get("revision") != published.revision:
        notice(_("The course has been published again meanwhile. This is what its keys change now; nothing was done."))
    elif not reason:
        context = shown.regrade(published, quiz, item, after, signed_in_viewer())
        return make_response(page("results/regrade.html", **context | {"wrong": True}), 422)
    else:
        done, left = _regrade(published, item, after, reason[: rules.LONGEST])
        notice(ngettext("%(num)s attempt was regraded.", "%(num)s attempts were regraded.", done))
        if left:
            notice(ngettext("%(num)s is left: press again.", "%(num)s are left: press again.", left))
            context = shown.regrade(published, quiz, item, after, signed_in_viewer())
            return make_response(page("results/regrade.html", **context | {"reason": reason}))
    return see_other("results.regrade", course=course, quiz=quiz, **({"after": after} if after else {}))


def _regrade(published: Published, item: int, after: int, reason: str) -> tuple[int, int]:
    """Regrade for a while, one attempt at least: how many are done, and how many left."""
    by, at, end = signed_in_viewer(), clock.now(), monotonic() + REGRADING_SECONDS
    found = regrading.of_quiz(item, published, after, shown.LOOKED_AT)
    todo = [one.attempt for one in found if one.changes and one.person != by]
    for done, attempt in enumerate(todo, start=1):
        with transaction():
            actions.regrade(db.session.get_one(Attempt, attempt), published, by, reason, at)
        if monotonic() > end:
            return done, len(todo) - done
    return len(todo), 0


def _quiz(course: str, quiz: str) -> tuple[Published, int]:
    """The course as it is published, and the item of one of its quizzes. Raises NotFound."""
    published = catalogue.published(course)
    if quiz not in published.outline.quizzes:
        raise NotFound(_("This course has no such quiz."))
    return published, published.item("quiz", quiz)


def _marked_in(course: str, quiz: str) -> tuple[Published, int]:
    """The same for a quiz whose answers are marked: that may have left the course, with answers that still wait."""
    published = catalogue.published(course)
    item = published.item("quiz", quiz)
    return (published, item) if item not in published.names else _quiz(course, quiz)


def _names() -> bool:
    """Whether the marker wants to see whose answer it is. Marking is blind unless they do."""
    return request.values.get("names") == "1"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _again(status: int, context: shown.Context) -> Response:
    """The page of an answer once more, with what was picked and written in it."""
    return make_response(page("results/answer.html", **context), status)
