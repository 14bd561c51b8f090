"""What pure guessing brings, by the question's type."""

from fractions import Fraction

from course.quiz import types
from course.quiz.model import Question


def random_guess_score(question: Question) -> Fraction | None:
    """The fraction, 0 to 1, that somebody who guesses gets on average; None where guessing has no such figure.

    Single choice: the mean of the choices' fractions; true/false 1/2; matching 1 / choices; gaps with a list the mean
    of 1 / choices (by their weights); typed answers 0; multiple response and written answers none (Moodle 4.5). Ours:
    categorising 1 / categories, ordering 1 / things, and none where `credit=all` takes partial credit away.
    """
    if question.attributes.get("credit") == "all":
        return None
    return types.of(question).guess(question)
