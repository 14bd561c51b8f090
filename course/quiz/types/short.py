"""Short answer: `type=short` and `= mutual | mutual society`. Case, accents and spacing are forgiven."""

from dataclasses import dataclass
from fractions import Fraction

from course.markup.findings import Findings
from course.quiz import typed, writing
from course.quiz.contract import Draft, QuestionType
from course.quiz.fields import MAX_TEXT, Fields
from course.quiz.keys import parse_keys
from course.quiz.model import Html, Order, Question, Value
from course.quiz.release import Curtain
from course.quiz.typed import Foreseen


@dataclass(frozen=True, slots=True)
class ShortBody:
    """`keys`: every text that is right, as the author wrote it, the first the one to show."""

    keys: tuple[str, ...]
    wrong: tuple[Foreseen, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortView:
    text: str
    longest: int
    right: bool | None
    feedback: Html | None
    keys: tuple[str, ...] | None


class Short(QuestionType[ShortBody]):
    name = "short"
    blocks = frozenset({"equals"})
    options = typed.OPTIONS
    Body = ShortBody

    def parse(self, draft: Draft, findings: Findings) -> ShortBody | None:
        before = len(findings.errors)
        typed.check_options(draft, findings)
        read = parse_keys(draft.answer, findings)
        if read is None:
            return None
        keys = typed.parse_keys(read.key.text, read.key.place, draft.attributes, findings)
        wrong = typed.parse_foreseen(read.wrong, keys, draft.attributes, findings)
        return ShortBody(keys, wrong) if len(findings.errors) == before else None

    def write(self, question: Question) -> list[str]:
        body = self.body(question)
        said = [writing.wrong(writing.typed(wrong.texts), wrong.feedback) for wrong in body.wrong]
        return [f"= {writing.typed(body.keys)}", *said]

    def key(self, question: Question) -> Value:
        return self.body(question).keys[0]

    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        return fields.text() or None

    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        return {"": [value] if isinstance(value, str) else []}

    def score(self, question: Question, value: Value, language: str) -> Fraction:
        return Fraction(self._right(question, value))

    def guess(self, question: Question) -> Fraction:
        return Fraction(0)

    def view(self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain) -> ShortView:
        body, right = self.body(question), self._right(question, value)
        text = value if isinstance(value, str) else ""
        said = None if right else typed.feedback_for(text, body.wrong, question.attributes)
        return ShortView(
            text=text,
            longest=MAX_TEXT,
            right=curtain.correctness(right) if value is not None else None,
            feedback=curtain.feedback(said),
            keys=curtain.key(body.keys),
        )

    def _right(self, question: Question, value: Value | None) -> bool:
        return isinstance(value, str) and typed.matches(value, self.body(question).keys, question.attributes)


TYPE = Short()
