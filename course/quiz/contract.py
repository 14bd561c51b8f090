"""What a question type is. One file in `types/`, one template, one fixture: see README.md."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Generic, Literal, NamedTuple, TypeVar

from course.markup.findings import Findings, Place
from course.quiz.blocks import Answer, Kind
from course.quiz.fields import Fields
from course.quiz.model import Html, Order, Question, Value
from course.quiz.release import Curtain

B = TypeVar("B")

Names = Mapping[str, Mapping[str, Html]]
Renaming = Mapping[str, Mapping[str, str]]

Marking = Literal["engine", "person", "none"]
"""Who says what a response is worth: the type itself, a person later, or nobody (a survey)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that has been cut up but not yet read by its type. `place` is its heading's.

    `wrong` is the block of `= wrong: ...` lines after the answer, for a type that is `foreseen`.
    """

    id: str
    place: Place
    language: str
    attributes: Mapping[str, str]
    answer: Answer
    wrong: Answer | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """`read_as` is the number in what was typed, in the page's language; None where it is no number.

    `sample` is a number as the page's language writes it, for who has to write it again.
    """

    read_as: str | None
    sample: str


class Remark(NamedTuple):
    """What a type has to say about a question: the line it is about, a rule's name, what is wrong, how to mend it."""

    line: int
    rule: str
    message: str
    remedy: str


class Tally(NamedTuple):
    """How a response with parts came to its fraction: `right` of `of` parts, or of their weights.

    `wrong`: what was chosen and should not have been, which is taken off. `weighed`: not all parts weigh the same.
    """

    right: int
    of: int
    wrong: int = 0
    weighed: bool = False


class QuestionType(ABC, Generic[B]):
    """One kind of question. Stateless; `Body` is a frozen dataclass of JSON-able things, its HTML annotated `Html`."""

    name: ClassVar[str]
    """As in `type=single`; also the template's name."""

    blocks: ClassVar[frozenset[Kind]]
    """The kinds of block that its answer is written in; the last of them in the question is the answer."""

    optional: ClassVar[bool] = False
    """Whether a question may have no answer block; then `draft.answer` has no lines, and all text is stem."""

    marking: ClassVar[Marking] = "engine"
    """Who marks it. Where it is not the engine, `score` is 0: a response that waits for a person has earned nothing
    yet, and a survey has no points. Ask `responses.waits`."""

    partial: ClassVar[bool] = False
    """Whether a response can be partly right; then the heading may say `credit=all`, which makes that wrong."""

    foreseen: ClassVar[bool] = False
    """Whether lines `= wrong: ... > feedback` may follow its answer block (the typed kinds have them inside it)."""

    options: ClassVar[frozenset[str]] = frozenset()
    """Attributes of its own on the heading. They are read from `question.attributes`, never kept in the body."""

    Body: type[B]

    def recognises(self, answer: Answer) -> bool:
        """Whether an answer block tells this type by itself, so that the heading needs no `type=`."""
        return False

    @abstractmethod
    def parse(self, draft: Draft, findings: Findings) -> B | None:
        """The body, from the answer block and the heading's options; None after an error, which is in `findings`."""

    @abstractmethod
    def write(self, question: Question) -> list[str]:
        """The reverse of `parse`: the lines of the answer block. Raises Unwritable for what no author can write."""

    def size(self, question: Question) -> int:
        """How many choices are shown in an order of the attempt's own; 0 for none."""
        return 0

    def mixed(self, question: Question) -> int:
        """How many of those, at the end, are mixed even where the author keeps the order, which would tell the key."""
        return 0

    def points(self, body: B) -> int:
        """The points of a question whose heading names none."""
        return 0 if self.marking == "none" else 1

    @abstractmethod
    def key(self, question: Question) -> Value | None:
        """A value that earns 1, in the question's language; None where there is no key."""

    @abstractmethod
    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        """The value that a form sent, in ids; None where it is empty. Raises Malformed for what no form sends.

        A value that is a `str` is free text, and only such a value is. What cannot be understood but was typed by
        a person is kept as text and earns nothing: it is not malformed.
        """

    @abstractmethod
    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        """The reverse of `read`: the part of each field's name → its values, as the form shows them."""

    def understood(self, question: Question, value: Value, language: str) -> Understood | None:
        """How something typed was taken, to be said before anything is marked; None where there is nothing to say."""
        return None

    @abstractmethod
    def score(self, question: Question, value: Value, language: str) -> Fraction:
        """0 to 1, exact. `value` may come from anywhere; what it names that the question has not is wrong."""

    def tally(self, question: Question, value: Value) -> Tally | None:
        """The counts behind `score`, for whoever explains a mark; None where an answer is right or wrong as a whole."""
        return None

    def guess(self, question: Question) -> Fraction | None:
        """The fraction that guessing earns on average; None where that is no fixed figure, or nothing is marked."""
        return None

    @abstractmethod
    def view(self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain) -> object:
        """What the type's template shows. Everything that tells about the key goes through `curtain`."""

    def named(self, question: Question) -> Names:
        """What a value may name, in groups: the ids of choices, rows, steps or options → their words."""
        return {}

    def renamed(self, value: Value, names: Renaming) -> Value:
        """A value with other ids, by group: the same answer to a question that numbers its parts otherwise."""
        return value

    def differences(self, source: Question, translation: Question) -> Iterator[Remark]:
        """Where the pattern of keys of a translation differs from the source's; typed keys may."""
        return iter(())

    def style(self, question: Question) -> Iterator[Remark]:
        """What a careful author would change; warnings only."""
        return iter(())

    def body(self, question: Question) -> B:
        """The question's body, as this type's own class."""
        if not isinstance(question.body, self.Body):
            raise TypeError(f"Question {question.id} is not of type {self.name}")
        return question.body
