"""A question as an attempt shows it: in a language, with its choices in the attempt's own order."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from course.learning.assessment.models import AttemptQuestion
from course.quiz import fill, read, understood
from course.quiz.contract import Understood
from course.quiz.model import Order, Question, Value


class Drawn(NamedTuple):
    """What a save needs of an `AttemptQuestion`."""

    id: int
    position: int
    question: str
    arrangement: str


@dataclass(frozen=True)
class Shown:
    """`drawn` is the row that says what was drawn; `language` the page's.

    `question` is in that language where it is translated, and says itself in which language its words are.
    """

    drawn: AttemptQuestion | Drawn
    question: Question
    language: str

    @property
    def field(self) -> str:
        """The name of its field in a form; its parts' names begin with it."""
        return f"q{self.drawn.position}"

    @cached_property
    def order(self) -> Order:
        return tuple(json.loads(self.drawn.arrangement))

    def read(self, form: Mapping[str, Sequence[str]]) -> Value | None:
        """The answer in a form, in ids; None for an empty field. Raises Invalid for what no form sends."""
        return read(self.question, self.order, form, self.field, self.language)

    def understood(self, form: Mapping[str, Sequence[str]]) -> Understood | None:
        """How the answer in a form is taken, where that is to be said."""
        return understood(self.question, self.read(form), self.language)

    def as_rendered(self, answer: Value | None) -> Value | None:
        """What the form of a page that shows this answer would send back if nobody touched it.

        Nearly always the answer itself; not for text that means a number in this page's language only.
        """
        return self.read(fill(self.question, self.order, answer, self.field, self.language))
