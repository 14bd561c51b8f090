"""A learner in a course, and the form by which a trainer or an admin allows them more than the rules do."""

from flask import Blueprint, Flask, Response, make_response, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from course import clock
from course.catalogue.published import Published
from course.errors import Conflict, NotAllowed
from course.learning.assessment import actions
from course.learning.assessment.allowances import allowances, in_force
from course.learning.models import Enrolment
from course.results.frame import scoped, show
from course.results.learners import pages, queries, rules
from course.results.learners.forms import EVERY, AllowForm, ResetForm
from course.web.access import allow, signed_in_viewer, trainer
from course.web.language import path_language
from course.web.pages import notice, see_other

blueprint = Blueprint(
    "learner_results",
    __name__,
    url_prefix="/<lang>/courses/<course>/results/learners",
    template_folder="../templates",
)
LEARNER = "/<int(max=9223372036854775807):person>/"


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get(LEARNER)
@allow(trainer)
def learner(course: str, person: int) -> Response:
    """How far a learner is, their attempts, and what they were granted. With `quiz`, the form is for that one."""
    published, _scope = scoped(course)
    enrolment = queries.enrolment(person, published.course_id)
    return _page(published, enrolment, _filled(published, enrolment, request.args.get("quiz", "")))


@blueprint.post(LEARNER)
@allow(trainer)
def grant(course: str, person: int) -> Response:
    """Allow the learner more at a quiz, or at every quiz of the course."""
    published, scope = scoped(course)
    enrolment, by, at = queries.enrolment(person, published.course_id), signed_in_viewer(), clock.now()
    form = AllowForm(_titles(published), at)
    if not (form.validate() and _makes_sense(published, enrolment, form)):
        return _page(published, enrolment, form, 422)
    try:
        actions.grant(
            enrolment,
            _item(published, form.quiz.data),
            attempts=form.more[0],
            time=form.more[1],
            closes=form.moment,
            by=by,
            reason=form.reason.data or "",
            at=at,
        )
    except NotAllowed:
        return _page(published, enrolment, form, 403)
    notice(_("Saved. The learner sees it, and your reason, on the quiz’s page."))
    return see_other("learner_results.learner", course=course, person=person, **scope.written())


@blueprint.post(LEARNER + "resets")
@allow(trainer)
def reset(course: str, person: int) -> Response:
    """Set the learner's attempts at a quiz aside, so that they can begin it anew."""
    published, scope = scoped(course)
    enrolment = queries.enrolment(person, published.course_id)
    form = ResetForm(_titles(published))
    if not form.validate():
        return _page(published, enrolment, _filled(published, enrolment, ""), 422, form)
    try:
        item, reason = published.item("quiz", form.quiz.data), form.why.data or ""
        actions.reset(enrolment, item, by=signed_in_viewer(), reason=reason, at=clock.now())
    except Conflict as refused:
        form.refuse("quiz", str(refused))
        return _page(published, enrolment, _filled(published, enrolment, ""), 409, form)
    except NotAllowed:
        return _page(published, enrolment, _filled(published, enrolment, ""), 403, form)
    notice(_("Set aside. The learner sees it, and your reason, on the quiz’s page."))
    return see_other("learner_results.learner", course=course, person=person, **scope.written())


def _filled(published: Published, enrolment: Enrolment, quiz: str) -> AllowForm:
    """The form with what is allowed there now, so that what is added does not take it away."""
    known = quiz == EVERY or quiz in published.outline.quizzes
    before = in_force(allowances(enrolment.id), _item(published, quiz)) if known else None
    return AllowForm.filled(_titles(published), clock.now(), quiz if known else "", before)


def _makes_sense(published: Published, enrolment: Enrolment, form: AllowForm) -> bool:
    """Whether it changes something. What does not, is said at its field."""
    quiz = form.quiz.data
    before = in_force(allowances(enrolment.id), _item(published, quiz))
    if form.is_empty and (before is None or rules.is_nothing(before)):
        form.refuse("attempts", _("Allow something: attempts, time or a later closing."))
    elif before is not None and form.is_less(before) and not form.less.data:
        form.refuse("less", _("More was allowed there before: see the list above. Tick this to take some of it back."))
    if quiz != EVERY:
        for field, why in rules.idle(published.quiz(quiz).rules, *form.more, form.moment):
            form.refuse(field, why)
    return not form.errors


def _item(published: Published, quiz: str) -> int | None:
    return None if quiz == EVERY else published.item("quiz", quiz)


def _titles(published: Published) -> list[tuple[str, str]]:
    language = path_language()
    return [(name, published.text(one.titles, language)) for name, one in published.outline.quizzes.items()]


def _page(
    published: Published, enrolment: Enrolment, form: AllowForm, status: int = 200, resetting: ResetForm | None = None
) -> Response:
    context = pages.learner(published, enrolment, clock.now(), path_language())
    html = show(
        "learner.html",
        published,
        scoped(published.slug)[1],
        **context,
        form=form,
        resetting=resetting or ResetForm(_titles(published), MultiDict()),
        is_own=enrolment.person_id == signed_in_viewer(),
        every=EVERY,
    )
    return make_response(html, status)
