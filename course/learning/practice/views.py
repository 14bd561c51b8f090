"""The practice page: one question that is due, then what there is to say about the answer, then the next."""

from flask import Blueprint, Flask, Response, request, url_for
from flask_babel import gettext as _

from course import clock
from course.catalogue import queries as catalogue
from course.catalogue.addresses import Addresses
from course.catalogue.published import Published
from course.errors import Invalid, NotFound
from course.learning.assessment import queries as assessment
from course.learning.assessment import signals
from course.learning.assessment.words import day
from course.learning.models import Enrolment
from course.learning.practice import actions, queries, receivers, rules
from course.learning.practice.models import Card
from course.quiz import EVERYTHING, NOTHING, arrange, fill, millionths, read, score, view
from course.quiz.model import Order, Question, Value
from course.web.access import allow, signed_in, signed_in_viewer
from course.web.language import path_language
from course.web.pages import notice, page, see_other, to_address, with_query

blueprint = Blueprint("practice", __name__, url_prefix="/<lang>/courses/<course>/practice", template_folder="templates")
FIELD = "answer"


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    signals.closed.connect(receivers.quiz_closed)


@blueprint.get("/")
@allow(signed_in)
def practice(course: str) -> Response | str:
    """What is due; or, with `card` and `turn`, a question that was just answered, with all there is to say."""
    published = catalogue.published(course)
    enrolment = _enrolment(published)
    if enrolment is None:
        notice(_("Enrol in the course to practise its questions."))
        return see_other("reading.course", course=course)
    answered = _just_answered(enrolment)
    if answered is not None:
        return _told(enrolment, published, *answered)
    return _asks(enrolment, published)


@blueprint.post("/reviews")
@allow(signed_in)
def review(course: str) -> Response | str:
    """Answer the question that was asked. What somebody wrote is shown at once and stands in no address."""
    published = catalogue.published(course)
    enrolment = _enrolment(published)
    if enrolment is None:
        raise NotFound
    card, turn = queries.card(enrolment, _number("card")), _number("turn")
    if card.turn == turn and card not in queries.askable(enrolment, published, [card], clock.now()):
        raise NotFound(_("This question cannot be practised at present."))
    language = path_language()
    asked = queries.question(published, card, language)
    order = _order(asked, card, turn)
    value = read(asked, order, request.form.to_dict(flat=False), FIELD, language)
    if value is None:
        return _asks(enrolment, published, _("Choose or type an answer first."))
    fraction = millionths(score(asked, value, asked.language))
    if not actions.review(enrolment, published, card, turn, fraction, asked.language, clock.now()):
        notice(_("This question was answered already, perhaps in another tab."))
        return see_other("practice.practice", course=course)
    fields = fill(asked, order, value, FIELD, language).items()
    if any(not text.isdecimal() for _name, texts in fields for text in texts if text):
        return _told(enrolment, published, card, turn, value)
    pairs = [("card", str(card.id)), ("turn", str(turn)), *((name, text) for name, texts in fields for text in texts)]
    return to_address(url_for("practice.practice", course=course) + with_query(pairs))


@blueprint.get("/reviews")
@allow(signed_in)
def reviewed(course: str) -> Response:
    """For whoever switches the language, or loads the page again, after an answer in words."""
    return see_other("practice.practice", course=course)


@blueprint.post("/cards")
@allow(signed_in)
def take_in(course: str) -> Response:
    """Bring in the questions of quizzes that have been closed meanwhile."""
    published = catalogue.published(course)
    if enrolment := _enrolment(published):
        actions.take_in(enrolment, published, clock.now())
    return see_other("practice.practice", course=course)


@blueprint.post("/pause")
@allow(signed_in)
def rest(course: str) -> Response:
    """Let practice rest."""
    if enrolment := _enrolment(catalogue.published(course)):
        actions.rest(enrolment, clock.now())
    return see_other("practice.practice", course=course)


@blueprint.post("/pause/end")
@allow(signed_in)
def resume(course: str) -> Response:
    """Go on with practice."""
    if enrolment := _enrolment(catalogue.published(course)):
        actions.resume(enrolment, clock.now())
    return see_other("practice.practice", course=course)


def _enrolment(published: Published) -> Enrolment | None:
    return assessment.enrolment(signed_in_viewer(), published.course_id)


def _asks(enrolment: Enrolment, published: Published, error: str = "") -> str:
    """The next question that is due, or that none is."""
    at, language = clock.now(), path_language()
    resting = queries.pause(enrolment) is not None
    due = [] if resting else queries.due(enrolment, published, at)
    all_cards = queries.cards(enrolment)
    later = [one.due for one in queries.askable(enrolment, published, all_cards, at) if one.due > at]
    shown = None
    if due:
        asked = queries.question(published, due[0], language)
        shown = view(asked, _order(asked, due[0], due[0].turn), None, language, NOTHING, FIELD, error=error)
    return page(
        "practice/practice.html",
        **_course(published, language),
        resting=resting,
        card=due[0] if due else None,
        left=len(due),
        minutes=rules.minutes(len(due)),
        view=shown,
        cards=len(all_cards),
        unmet=0 if due or resting else len(queries.unmet(enrolment, published, at)),
        next_when=day(min(later)) if later and not due else "",
        more_today=bool(not due and any(one.due <= at for one in all_cards)),
    )


def _told(enrolment: Enrolment, published: Published, card: Card, turn: int, value: Value) -> str:
    """A question that was answered, with everything about it, and where it is taught."""
    at, language = clock.now(), path_language()
    asked = queries.question(published, card, language)
    taught = queries.taught_in(published, card, asked, language)
    left = len(queries.due(enrolment, published, at))
    lesson = published.lesson(taught[0]) if taught else None
    return page(
        "practice/answered.html",
        **_course(published, language),
        view=view(asked, _order(asked, card, turn), value, language, EVERYTHING, FIELD, locked=True),
        left=left,
        minutes=rules.minutes(left),
        taught=Addresses(published.slug, language).lesson(*taught) if taught else "",
        taught_title=published.text(lesson.titles, language) if lesson else "",
        again=day(card.due),
    )


def _just_answered(enrolment: Enrolment) -> tuple[Card, int, Value] | None:
    """What the query says was answered. Only for a turn that is over: nobody is told before they have answered."""
    if "card" not in request.args:
        return None
    card, turn = queries.card(enrolment, _number("card")), _number("turn")
    if turn >= card.turn:
        return None
    published, language = catalogue.published(str((request.view_args or {})["course"])), path_language()
    if card not in queries.askable(enrolment, published, [card], clock.now()):
        raise NotFound(_("This question cannot be practised at present."))
    asked = queries.question(published, card, language)
    value = read(asked, _order(asked, card, turn), request.args.to_dict(flat=False), FIELD, language)
    return None if value is None else (card, turn, value)


def _order(asked: Question, card: Card, turn: int) -> Order:
    """Another order each time, the same in all languages."""
    return arrange(asked, card.id * 1000 + turn)


def _number(name: str) -> int:
    text = request.values.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Invalid
    return int(text)


def _course(published: Published, language: str) -> dict[str, object]:
    return {
        "course": published.slug,
        "course_title": published.text(published.outline.titles, language),
        "languages": tuple(published.outline.languages),
    }
