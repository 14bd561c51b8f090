"""A question type over a table of pairs: all of matching and categorising but how the table is read."""

from collections.abc import Iterator
from fractions import Fraction

from course.quiz import pair_rows, pairs
from course.quiz.contract import Names, QuestionType, Remark, Renaming, Tally
from course.quiz.fields import Fields
from course.quiz.model import Order, Question, Value
from course.quiz.pairs import Pairs, PairsView
from course.quiz.release import Curtain


class PairType(QuestionType[Pairs]):
    blocks = frozenset({"table"})
    partial = True
    foreseen = True
    Body = Pairs

    def listed(self, body: Pairs) -> bool:
        """Whether targets are shown as a list to choose from, or stand in the open as radio fields."""
        return True

    def write(self, question: Question) -> list[str]:
        return pair_rows.write(self.body(question))

    def size(self, question: Question) -> int:
        return sum(self.body(question).sizes)

    def mixed(self, question: Question) -> int:
        return len(self.body(question).targets)

    def key(self, question: Question) -> Value:
        return pairs.key(self.body(question))

    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        return pairs.read(self.body(question), order, fields)

    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        body = self.body(question)
        return pairs.fill(body, order, value, listed=self.listed(body))

    def score(self, question: Question, value: Value, language: str) -> Fraction:
        return Fraction(*self.tally(question, value)[:2])

    def tally(self, question: Question, value: Value) -> Tally:
        return pairs.tally(self.body(question), value)

    def guess(self, question: Question) -> Fraction:
        return Fraction(1, len(self.body(question).targets))

    def view(self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain) -> PairsView:
        body = self.body(question)
        return pairs.view(body, order, value, curtain, listed=self.listed(body))

    def named(self, question: Question) -> Names:
        body = self.body(question)
        return {
            "item": {item.id: item.text for item in body.items},
            "target": {target.id: target.text for target in body.targets},
        }

    def renamed(self, value: Value, names: Renaming) -> Value:
        items, targets = names["item"], names["target"]
        return {items.get(item, item): targets.get(target, target) for item, target in pairs.given(value).items()}

    def differences(self, source: Question, translation: Question) -> Iterator[Remark]:
        return pairs.differences(self.body(source), translation, self.body(translation))

    def style(self, question: Question) -> Iterator[Remark]:
        return pairs.style(self.body(question), question)
