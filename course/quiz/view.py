"""The one place that decides what of a question is shown. Lesson, quiz, preview, review and export all come here."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from course.quiz import types
from course.quiz.contract import Tally
from course.quiz.model import Html, Order, Question, Release, Value
from course.quiz.numbers import write_number
from course.quiz.release import Curtain
from course.quiz.responses import is_marked, score, waits

Outcome = Literal["right", "partial", "wrong", "unanswered"]
WRONG_BELOW = Fraction(1, 1_000_000)
RIGHT_ABOVE = 1 - WRONG_BELOW


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as a template shows it (`questions/question.html`). What is not released is not in here.

    `prefix` begins the names of its fields and ids. `lang` is set where its words are not in the page's language.
    `mark` is the points earned, as text in the page's language. `error` is why what was sent could not be kept.
    `locked`: shown, not to be answered. `waiting`: a person will mark it, and has not yet. `body` belongs to the
    type's own template, `questions/<type>.html`.
    """

    prefix: str
    type: str
    prompt: Html
    stem: Html
    points: int
    lang: str | None
    answered: bool
    locked: bool
    error: str
    body: object
    outcome: Outcome | None
    mark: str | None
    feedback: Html | None
    waiting: bool = False
    tally: Tally | None = None
    """How a response that is not wholly right came to its mark; released with marks and correctness together."""

    whole: bool = False
    """Whether partly right counts as wrong here (`credit=all`)."""


def view(
    question: Question,
    order: Order,
    value: Value | None,
    language: str,
    release: Release,
    prefix: str,
    *,
    fraction: Fraction | None = None,
    worth: Fraction | None = None,
    error: str = "",
    locked: bool = False,
) -> QuestionView:
    """What a page in `language` may show of a question and of the value that was answered (None: empty).

    `fraction` is the one that was recorded, where a marking exists; else the value is scored here, or, where a
    person marks it, said to be waiting. `worth`: what it counts, where that is not the same (after several tries).
    """
    curtain = Curtain(release)
    waiting = fraction is None and waits(question, value)
    unmarked = waiting or not is_marked(question)
    earned = score(question, value, question.language) if fraction is None else fraction
    return QuestionView(
        prefix=prefix,
        type=question.type,
        prompt=question.prompt,
        stem=question.stem,
        points=question.points,
        lang=None if question.language == language else question.language,
        answered=value is not None,
        locked=locked,
        error=error,
        body=types.of(question).view(question, order, value, language, curtain),
        outcome=None if unmarked else curtain.correctness(outcome(earned) if value is not None else "unanswered"),
        mark=None
        if unmarked
        else curtain.marks(points((earned if worth is None else worth) * question.points, language)),
        feedback=curtain.feedback(question.feedback) or None,
        waiting=waiting and locked,
        tally=None if unmarked else curtain.marks(curtain.correctness(_tally(question, value, earned))),
        whole=question.attributes.get("credit") == "all",
    )


def _tally(question: Question, value: Value | None, earned: Fraction) -> Tally | None:
    return None if value is None or earned > RIGHT_ABOVE else types.of(question).tally(question, value)


def outcome(fraction: Fraction) -> Outcome:
    """Right, partial or wrong, by the field's thresholds."""
    if fraction < WRONG_BELOW:
        return "wrong"
    return "right" if fraction > RIGHT_ABOVE else "partial"


def points(number: Fraction, language: str) -> str:
    """Points in the digits of `language`, with two decimals at most."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return write_number(exact.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize() + 0, language)
