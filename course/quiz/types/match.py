"""Matching: `type=match` over a table of two columns. The fraction is right pairs by all pairs.

A row with an empty left cell is a distractor. Feedback for a wrong pair: `= wrong: LEFT | RIGHT > ...`.
"""

from course.markup.findings import Findings
from course.markup.html import plain
from course.quiz.contract import Draft
from course.quiz.pair_table import Row, finish, parse_rows
from course.quiz.pair_type import PairType
from course.quiz.pairs import Item, Pairs, Target


class Match(PairType):
    """Its value is `{"1": "3"}`: an item's id to the number of the row whose right side was chosen."""

    name = "match"

    def parse(self, draft: Draft, findings: Findings) -> Pairs | None:
        read = parse_rows(draft, findings)
        if read is None or not _rights_differ(read.rows, findings):
            return None
        numbered = list(enumerate(read.rows, start=1))
        items = tuple(Item(row.id, row.left, str(number), row.place.line) for number, row in numbered if row.left)
        targets = tuple(Target(str(number), row.right) for number, row in numbered)
        return finish(draft, Pairs(read.heads, items, targets), findings)


def _rights_differ(rows: tuple[Row, ...], findings: Findings) -> bool:
    known: set[str] = set()
    for row in rows:
        words = plain(row.right)
        if words in known:
            remedy = "give each row its own, or say `type=categorise`"
            findings.error(row.right_place, "equal-rights", f"Two right cells say “{words}”", remedy)
            return False
        known.add(words)
    return True


TYPE = Match()
