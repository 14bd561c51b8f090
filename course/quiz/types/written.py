"""Written answer: `type=written`, marked by a person, along the rubric if there is one (a table).

The rubric's header has a column for each level, named by its points: `| Criterion | 0 | 1 | 2 |`. The question's points
are the sum of the top levels, unless its heading says `points=`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from course.markup.findings import Findings
from course.markup.html import plain
from course.markup.render import inline
from course.quiz import writing
from course.quiz.contract import Draft, QuestionType, Remark
from course.quiz.fields import MAX_PROSE, Fields
from course.quiz.model import EMPTY, MAX_POINTS, Html, Order, Question, Value
from course.quiz.release import Curtain
from course.quiz.tables import Cell, parse_table


@dataclass(frozen=True, slots=True)
class Level:
    """What an answer has to be like for these points."""

    points: int
    text: Html


@dataclass(frozen=True, slots=True)
class Criterion:
    """One row of a rubric. An empty cell is no level."""

    text: Html
    levels: tuple[Level, ...]

    @property
    def top(self) -> int:
        return max(level.points for level in self.levels)


@dataclass(frozen=True, slots=True)
class WrittenBody:
    """`head` is the heading of the rubric's first column; without a rubric there are no criteria."""

    head: Html = EMPTY
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenView:
    """The rubric is shown to everybody at any time: it is part of the question."""

    text: str
    longest: int
    head: Html
    criteria: tuple[Criterion, ...]


class Written(QuestionType[WrittenBody]):
    name = "written"
    blocks = frozenset({"table"})
    optional = True
    marking = "person"
    Body = WrittenBody

    def parse(self, draft: Draft, findings: Findings) -> WrittenBody | None:
        if not draft.answer.lines:
            return WrittenBody()
        before = len(findings.errors)
        table = parse_table(draft.answer, findings)
        if table is None:
            return None
        head, *names = table.header
        levels = [_points(name, findings) for name in names]
        if not levels:
            remedy = "add a column for each level, headed by its points: `| Criterion | 0 | 1 | 2 |`"
            findings.error(head.place, "rubric-levels", "This rubric has no levels", remedy)
        rows = tuple(_criterion(row, levels, findings) for row in table.rows)
        if len(findings.errors) == before:
            _check(rows, draft, findings)
        return WrittenBody(inline(head.text, head.place, findings), rows) if len(findings.errors) == before else None

    def write(self, question: Question) -> list[str]:
        body = self.body(question)
        if not body.criteria:
            return []
        columns = sorted({level.points for criterion in body.criteria for level in criterion.levels})
        rows = [[criterion.text, *_cells(criterion, columns)] for criterion in body.criteria]
        return writing.table([body.head, *(Html(str(points)) for points in columns)], rows)

    def points(self, body: WrittenBody) -> int:
        return sum(criterion.top for criterion in body.criteria) or 1

    def key(self, question: Question) -> None:
        return None

    def read(self, question: Question, order: Order, fields: Fields, language: str) -> Value | None:
        return fields.prose() or None

    def fill(self, question: Question, order: Order, value: Value | None, language: str) -> dict[str, list[str]]:
        return {"": [value if isinstance(value, str) else ""]}

    def score(self, question: Question, value: Value, language: str) -> Fraction:
        return Fraction(0)

    def view(
        self, question: Question, order: Order, value: Value | None, language: str, curtain: Curtain
    ) -> WrittenView:
        body = self.body(question)
        return WrittenView(value if isinstance(value, str) else "", MAX_PROSE, body.head, body.criteria)

    def differences(self, source: Question, translation: Question) -> Iterator[Remark]:
        theirs, ours = _pattern(self.body(source)), _pattern(self.body(translation))
        if theirs != ours:
            remedy = "keep the source's rows and levels, in its order"
            yield Remark(translation.line, "translation-rubric", "The rubric is not the source's", remedy)

    def style(self, question: Question) -> Iterator[Remark]:
        if not self.body(question).criteria:
            message = "Neither who answers nor who marks is told what counts"
            yield Remark(question.line, "no-rubric", message, "add a rubric: `| Criterion | 0 | 1 | 2 |`")


def _cells(criterion: Criterion, columns: list[int]) -> list[Html]:
    said = {level.points: level.text for level in criterion.levels}
    return [said.get(points, EMPTY) for points in columns]


def _pattern(body: WrittenBody) -> list[list[int]]:
    return [[level.points for level in criterion.levels] for criterion in body.criteria]


def _points(cell: Cell, findings: Findings) -> int:
    if cell.text.isascii() and cell.text.isdigit() and int(cell.text) <= MAX_POINTS:
        return int(cell.text)
    remedy = "head each column of the rubric with its points: `| Criterion | 0 | 1 | 2 |`"
    findings.error(cell.place, "rubric-levels", f"“{cell.text[:40]}” is not a number of points", remedy)
    return 0


def _criterion(row: tuple[Cell, ...], levels: list[int], findings: Findings) -> Criterion:
    name, *cells = row
    text = inline(name.text, name.place, findings)
    said = zip(levels, cells, strict=True)
    reached = tuple(Level(points, inline(cell.text, cell.place, findings)) for points, cell in said if cell.text)
    if not plain(text):
        findings.error(name.place, "empty-cell", "This criterion has no name", "write it into the first cell")
    if not reached:
        findings.error(name.place, "empty-cell", "This criterion has no level", "say what it takes for which points")
    return Criterion(text, reached)


def _check(rows: tuple[Criterion, ...], draft: Draft, findings: Findings) -> None:
    for row in rows:
        points = [level.points for level in row.levels]
        if points != sorted(set(points)):
            findings.error(
                draft.answer.place, "rubric-levels", "The levels do not rise", "begin with the fewest points"
            )
            return
    total = sum(row.top for row in rows)
    if not 1 <= total <= MAX_POINTS:
        message = f"The top levels of this rubric give {total} points"
        findings.error(draft.answer.place, "rubric-points", message, f"let them give 1 to {MAX_POINTS} together")


TYPE = Written()
