"""Categorise: `type=categorise` over a table of two columns; the right sides are the categories, and repeat.

The fraction is right items by all items. A row with an empty left cell is a category to which nothing belongs.
Feedback for a wrong category: `= wrong: ITEM | CATEGORY > ...`.
"""

from collections.abc import Iterator

from course.markup.findings import Findings
from course.markup.html import plain
from course.quiz.contract import Draft, Remark
from course.quiz.model import Question
from course.quiz.pair_table import finish, parse_rows
from course.quiz.pair_type import PairType
from course.quiz.pairs import Item, Pairs, Target

IN_THE_OPEN = 4
"""Categories that stand beside each item as radio fields; where there are more, they are a list to choose from."""


class Categorise(PairType):
    """Its value is `{"1": "2"}`: an item's id to a category's number, counted as they first appear in the table."""

    name = "categorise"

    def parse(self, draft: Draft, findings: Findings) -> Pairs | None:
        read = parse_rows(draft, findings)
        if read is None:
            return None
        named: dict[str, Target] = {}
        for row in read.rows:
            named.setdefault(plain(row.right), Target(str(len(named) + 1), row.right))
        if len(named) < 2:
            remedy = "write at least two categories"
            findings.error(draft.answer.place, "one-category", "Everything belongs to one category here", remedy)
            return None
        placed = [(row, named[plain(row.right)].id) for row in read.rows if row.left]
        items = tuple(Item(row.id, row.left, target, row.place.line) for row, target in placed)
        return finish(draft, Pairs(read.heads, items, tuple(named.values())), findings)

    def listed(self, body: Pairs) -> bool:
        return len(body.targets) > IN_THE_OPEN

    def style(self, question: Question) -> Iterator[Remark]:
        body = self.body(question)
        if len(body.targets) >= len(body.items):
            message = "There are as many categories as things to put into them"
            yield Remark(question.line, "use-match", message, "say `type=match` where each has its own")
        yield from super().style(question)


TYPE = Categorise()
