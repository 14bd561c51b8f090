"""Tables of two columns, read as pairs: the left side belongs to the right one."""

from dataclasses import replace
from typing import NamedTuple

from course.markup.attributes import attributes
from course.markup.findings import Findings, Place
from course.markup.html import plain
from course.markup.render import inline
from course.quiz.contract import Draft
from course.quiz.keys import Wrong, alternatives, parse_wrong
from course.quiz.model import Html
from course.quiz.pairs import Foreseen, Pairs
from course.quiz.tables import Cell, Table, parse_table

LEAST = 2


class Row(NamedTuple):
    """A row; `left` is empty where nothing belongs to its right side. `id` is its number, or the author's own."""

    id: str
    left: Html
    right: Html
    place: Place
    right_place: Place


class Rows(NamedTuple):
    heads: tuple[Html, Html]
    rows: tuple[Row, ...]


def parse_rows(draft: Draft, findings: Findings) -> Rows | None:
    """The headings and rows of the question's table; None after an error."""
    before = len(findings.errors)
    table = parse_table(draft.answer, findings)
    if table is None:
        return None
    if len(table.header) != 2:
        message = f"This table has {len(table.header)} columns; a question of this type has two"
        findings.error(draft.answer.place, "pair-columns", message, "write what is asked left, and its answer right")
        return None
    rows = tuple(_row(left, right, number, findings) for number, (left, right) in enumerate(table.rows, start=1))
    _check(rows, table, findings)
    left, right = (inline(cell.text, cell.place, findings) for cell in table.header)
    return Rows((left, right), rows) if len(findings.errors) == before else None


def finish(draft: Draft, body: Pairs, findings: Findings) -> Pairs | None:
    """The pairs with the feedback that the lines under the table give; None after an error."""
    before = len(findings.errors)
    wrong = [found for line in parse_wrong(draft.wrong, findings) if (found := _wrong(line, body, findings))]
    return replace(body, wrong=tuple(wrong)) if len(findings.errors) == before else None


def _row(left: Cell, right: Cell, number: int, findings: Findings) -> Row:
    words, own, others = attributes(left.text, left.place, findings)
    for name in others:
        message = f"A row has no attribute `{name}`"
        findings.error(left.place, "unknown-attribute", message, "its left cell can end with an {#id}, nothing else")
    shown = inline(words, left.place, findings)
    return Row(own or str(number), shown, inline(right.text, right.place, findings), left.place, right.place)


def _check(rows: tuple[Row, ...], table: Table, findings: Findings) -> None:
    ids: set[str] = set()
    lefts: set[str] = set()
    for row in rows:
        words = plain(row.left)
        if row.id in ids:
            findings.error(row.place, "row-id", f"Two rows have the id `{row.id}`", "give each its own {#id}")
        if words and words in lefts:
            findings.error(row.place, "equal-rows", f"Two left cells say “{words}”", "change or remove one")
        if not plain(row.right):
            remedy = "write words there; an empty left cell makes a distractor, an empty right one nothing"
            findings.error(row.right_place, "empty-cell", "The right cell of this row has no words", remedy)
        ids.add(row.id)
        lefts.add(words)
    if sum(bool(row.left) for row in rows) < LEAST:
        message = "This table asks for fewer than two things"
        findings.error(table.header[0].place, "table-rows", message, f"fill the left cells of at least {LEAST} rows")


def _wrong(line: Wrong, body: Pairs, findings: Findings) -> Foreseen | None:
    sides = alternatives(line.text)
    if len(sides) != 2:
        remedy = "write `= wrong: LEFT | RIGHT > feedback`, in the words of the table"
        findings.error(line.place, "wrong-line", "This line does not name a wrong pair", remedy)
        return None
    words = [plain(inline(side, line.place, Findings())).casefold() for side in sides]
    item = next((one for one in body.items if plain(one.text).casefold() == words[0]), None)
    target = next((one for one in body.targets if plain(one.text).casefold() == words[1]), None)
    if item is None or target is None:
        missing = sides[0] if item is None else sides[1]
        message = f"The table has no “{missing[:60]}” on its {'left' if item is None else 'right'}"
        findings.error(line.place, "wrong-line", message, "write both sides in the words of the table")
        return None
    if item.target == target.id:
        findings.error(line.place, "right-and-wrong", "This pair is right", "name a wrong one, or take the line out")
        return None
    return Foreseen(item.id, target.id, line.feedback)
