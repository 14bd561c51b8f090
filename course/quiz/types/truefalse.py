"""True/false: `type=truefalse` and `= true`. The words for true and false are the interface's, so it has no choices."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from course.markup.findings import Findings
from course.quiz import writing
from course.quiz.choices import ChoiceView, chosen
from course.quiz.contract import Draft, QuestionType, Remark
from course.quiz.fields import Fields, position
from course.quiz.keys import Keys, parse_keys
from course.quiz.model import EMPTY, Html, Order, Question, Value
from course.quiz.release import Curtain

Truth = Literal["true", "false"]
SHOWN: tuple[Truth, Truth] = ("true", "false")
"""True comes first, always: an order of its own per attempt would only slow readers down."""


@dataclass(frozen=True, slots=True)
class TrueFalseBody:
    """`feedback` is for whoever is wrong."""

    key: Truth
    feedback: Html = EMPTY


@dataclass(frozen=True, slots=True)
class TrueFalseView:
    """True, then false; their texts are empty, because the template says them."""

    choices: tuple[ChoiceView, ...]


class TrueFalse(QuestionType[TrueFalseBody]):
    name = "truefalse"
    blocks = frozenset({"equals"})
    Body = TrueFalseBody

    def parse(self, draft: Draft, findings: Findings) -> TrueFalseBody | None:
        keys = parse_keys(draft.answer, findings)
        if keys is None:
            return None
        key = _truth(keys.key.text)
        if key is None:
            message = f"`{keys.key.text[:40]}` is neither true nor false"
            findings.error(keys.key.place, "truth", message, "write `= true` or `= false`, in every language")
            return None
        return TrueFalseBody(key, _feedback(keys, key, findings))

    def write(self, question: Question) -> list[str]:
        body = self.body(question)
        other = SHOWN[body.key == SHOWN[0]]
        return [f"= {body.key}", *([writing.wrong(other, body.feedback)] if body.feedback else [])]

    def key(self, question: Question) -> Value:
        return [self.body(question).key]

    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        sent = fields.one()
        return [SHOWN[position(sent, len(SHOWN))]] if sent else None

    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        return {"": [str(at) for at, truth in enumerate(SHOWN) if truth in chosen(value)]}

    def score(self, question: Question, value: Value, language: str) -> Fraction:
        return Fraction(chosen(value) == {self.body(question).key})

    def guess(self, question: Question) -> Fraction:
        return Fraction(1, len(SHOWN))

    def view(
        self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain
    ) -> TrueFalseView:
        body, picked = self.body(question), chosen(value)
        return TrueFalseView(
            tuple(
                ChoiceView(
                    position=at,
                    text=EMPTY,
                    chosen=truth in picked,
                    right=curtain.correctness(truth == body.key) if truth in picked else None,
                    key=curtain.key(truth == body.key),
                    feedback=curtain.feedback(body.feedback) or None if truth in picked and truth != body.key else None,
                )
                for at, truth in enumerate(SHOWN)
            )
        )

    def differences(self, source: Question, translation: Question) -> Iterator[Remark]:
        here, there = self.body(translation).key, self.body(source).key
        if here != there:
            message = f"The key is {here} here and {there} in the source"
            yield Remark(translation.line, "translation-keys", message, "give both the same key, or mend the sentence")

    def style(self, question: Question) -> Iterator[Remark]:
        if not self.body(question).feedback and not question.feedback:
            remedy = "add `= wrong: ... > why`, or general feedback"
            yield Remark(question.line, "no-feedback", "Whoever is wrong is not told why", remedy)


def _truth(text: str) -> Truth | None:
    word = text.strip().lower()
    return next((truth for truth in SHOWN if truth == word), None)


def _feedback(keys: Keys, key: Truth, findings: Findings) -> Html:
    feedback = EMPTY
    for wrong in keys.wrong:
        if _truth(wrong.text) in {None, key} or feedback:
            remedy = f"write one line `= wrong: {'false' if key == 'true' else 'true'} > ...`"
            findings.error(wrong.place, "wrong-line", "This line is not about the wrong answer", remedy)
        else:
            feedback = wrong.feedback
    return feedback


TYPE = TrueFalse()
