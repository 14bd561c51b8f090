"""What a learner's response is: read from a form, put back into one, and worth a fraction."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from course.quiz import types
from course.quiz.contract import Understood
from course.quiz.fields import Fields
from course.quiz.model import Order, Question, Value


def read(
    question: Question, order: Order, form: Mapping[str, Sequence[str]], prefix: str, language: str | None = None
) -> Value | None:
    """The value a form sent, in ids and the same for every language; None where it is empty.

    A choice is sent as its position in `order`, counted from 0. `form` maps each field's name to its values, and
    `prefix` is what `view` was given. `language` is the page's, for reading numbers; the question's if None.
    A value that is a `str` is free text. Raises Malformed for what the page's own form cannot have sent.
    """
    return types.of(question).read(question, order, Fields(form, prefix), language or question.language)


def fill(
    question: Question, order: Order, value: Value | None, prefix: str, language: str | None = None
) -> dict[str, list[str]]:
    """The fields, by name, that a page shows for a value: what `read` reads back as the same value."""
    parts = types.of(question).fill(question, order, value, language or question.language)
    return {f"{prefix}-{part}" if part else prefix: values for part, values in parts.items()}


def understood(question: Question, value: Value | None, language: str) -> Understood | None:
    """How a typed value was taken, on a page in `language`; None where nothing is to be said."""
    return None if value is None else types.of(question).understood(question, value, language)


def score(question: Question, value: Value | None, language: str) -> Fraction:
    """The fraction, 0 to 1 and exact, that a value earns; an empty one earns 0, and so does one that `waits`.

    `question` is in the language that the response was given in, so that typed answers meet that language's key.
    """
    kind = types.of(question)
    if value is None or kind.marking != "engine":
        return Fraction(0)
    earned = kind.score(question, value, language)
    return Fraction(0) if earned < 1 and question.attributes.get("credit") == "all" else earned


def key(question: Question) -> Value | None:
    """A value that earns 1; None for a question that has no key because a person or nobody marks it."""
    return types.of(question).key(question)


def waits(question: Question, value: Value | None) -> bool:
    """Whether a value is worth what a person will say. Until a marking says it, it counts as answered and as 0."""
    return value is not None and types.of(question).marking == "person"


def is_marked(question: Question) -> bool:
    """Whether a response to it is right or wrong, or earns points, at all; a survey's question is not marked."""
    return types.of(question).marking != "none"
