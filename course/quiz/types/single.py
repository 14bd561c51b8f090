"""Single choice: `( )` and one `(x)`. The chosen one's fraction is 1 if it is the key, else 0."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from course.errors import N_
from course.markup.findings import Findings
from course.quiz import choices, writing
from course.quiz.blocks import Answer
from course.quiz.choices import Choices, ChoiceView
from course.quiz.contract import Draft, Names, QuestionType, Remark, Renaming
from course.quiz.fields import Fields, Malformed
from course.quiz.model import Order, Question, Value
from course.quiz.release import Curtain


@dataclass(frozen=True, slots=True)
class SingleView:
    choices: tuple[ChoiceView, ...]


class Single(QuestionType[Choices]):
    name = "single"
    blocks = frozenset({"round"})
    Body = Choices

    def recognises(self, answer: Answer) -> bool:
        return answer.kind == "round"

    def parse(self, draft: Draft, findings: Findings) -> Choices | None:
        listed = choices.parse_choices(draft.answer, findings)
        if listed is None:
            return None
        body = Choices(listed)
        if len(body.keys) != 1:
            count = len(body.keys) or "no"
            message = f"This question has {count} right choice{'s' if body.keys else ''}; single choice has one"
            remedy = "mark one choice with (x), or use [ ] and [x] where several are right"
            findings.error(draft.answer.place, "single-key", message, remedy)
            return None
        return body

    def write(self, question: Question) -> list[str]:
        return writing.choices(self.body(question).choices, "( )")

    def size(self, question: Question) -> int:
        return len(self.body(question).choices)

    def key(self, question: Question) -> Value:
        return choices.right_choices(self.body(question).choices)

    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        value = choices.read_choices(self.body(question).choices, order, fields)
        if value is not None and len(fields.many()) > 1:
            raise Malformed(N_("One choice can be taken here, and several came. Please load the page again."))
        return value

    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        return choices.fill_choices(self.body(question).choices, order, value)

    def score(self, question: Question, value: Value, language: str) -> Fraction:
        return Fraction(choices.chosen(value) == self.body(question).keys)

    def guess(self, question: Question) -> Fraction:
        return Fraction(1, len(self.body(question).choices))

    def view(
        self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain
    ) -> SingleView:
        return SingleView(choices.view_choices(self.body(question).choices, order, value, curtain))

    def named(self, question: Question) -> Names:
        return choices.named(self.body(question).choices)

    def renamed(self, value: Value, names: Renaming) -> Value:
        return choices.renamed(value, names)

    def differences(self, source: Question, translation: Question) -> Iterator[Remark]:
        return choices.differences(self.body(source).choices, translation, self.body(translation).choices)

    def style(self, question: Question) -> Iterator[Remark]:
        return choices.style(self.body(question).choices)


TYPE = Single()
