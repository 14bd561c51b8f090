"""Multiple response: `[ ]` and `[x]`. The fraction is max(0, (right - wrong) / keys)."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from course.markup.findings import Findings
from course.quiz import choices, writing
from course.quiz.blocks import Answer
from course.quiz.choices import Choices, ChoiceView
from course.quiz.contract import Draft, Names, QuestionType, Remark, Renaming, Tally
from course.quiz.fields import Fields
from course.quiz.model import Order, Question, Value
from course.quiz.release import Curtain


@dataclass(frozen=True, slots=True)
class MultipleView:
    choices: tuple[ChoiceView, ...]


class Multiple(QuestionType[Choices]):
    name = "multiple"
    blocks = frozenset({"square"})
    partial = True
    Body = Choices

    def recognises(self, answer: Answer) -> bool:
        return answer.kind == "square"

    def parse(self, draft: Draft, findings: Findings) -> Choices | None:
        listed = choices.parse_choices(draft.answer, findings)
        if listed is None:
            return None
        body = Choices(listed)
        if not body.keys:
            message = "No choice of this question is right"
            findings.error(draft.answer.place, "multiple-key", message, "mark each right choice with [x]")
            return None
        return body

    def write(self, question: Question) -> list[str]:
        return writing.choices(self.body(question).choices, "[ ]")

    def size(self, question: Question) -> int:
        return len(self.body(question).choices)

    def key(self, question: Question) -> Value:
        return choices.right_choices(self.body(question).choices)

    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        return choices.read_choices(self.body(question).choices, order, fields)

    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        return choices.fill_choices(self.body(question).choices, order, value)

    def score(self, question: Question, value: Value, language: str) -> Fraction:
        counts = self.tally(question, value)
        return max(Fraction(0), Fraction(counts.right - counts.wrong, counts.of))

    def tally(self, question: Question, value: Value) -> Tally:
        keys, picked = self.body(question).keys, choices.chosen(value)
        return Tally(len(picked & keys), len(keys), len(picked - keys))

    def view(
        self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain
    ) -> MultipleView:
        return MultipleView(choices.view_choices(self.body(question).choices, order, value, curtain))

    def named(self, question: Question) -> Names:
        return choices.named(self.body(question).choices)

    def renamed(self, value: Value, names: Renaming) -> Value:
        return choices.renamed(value, names)

    def differences(self, source: Question, translation: Question) -> Iterator[Remark]:
        return choices.differences(self.body(source).choices, translation, self.body(translation).choices)

    def style(self, question: Question) -> Iterator[Remark]:
        return choices.style(self.body(question).choices)


TYPE = Multiple()
