"""What a learner's response is: read from a form, put back into one, and worth a fraction."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from course.quiz import types
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


def score(question: Question, value: Value | None, language: str) -> Fraction:
    """The fraction, 0 to 1 and exact, that a value earns; an empty one earns 0.

    `question` is in the language that the response was given in, so that typed answers meet that language's key.
    """
    return Fraction(0) if value is None else types.of(question).score(question, value, language)
