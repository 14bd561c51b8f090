"""Tables that are answers: cells, each with its place."""

import re
from itertools import pairwise
from typing import NamedTuple

from course.markup.findings import Findings, Place
from course.quiz.blocks import EQUALS, Answer

MAX_ROWS = 30
_BAR = re.compile(r"(?<!\\)\|")


class Cell(NamedTuple):
    """A cell's Markdown, and where it begins."""

    text: str
    place: Place


class Table(NamedTuple):
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def parse_table(answer: Answer, findings: Findings) -> Table | None:
    """The table of an answer block; every row has as many cells as the header. None after an error."""
    before = len(findings.errors)
    header, dashes, *rows = [_cells(line.live, Place(answer.file, line.number)) for line in answer.lines]
    for line, row in zip(answer.lines[2:], rows, strict=True):
        if EQUALS.match(line.live):
            remedy = "leave a blank line between the table and the lines `= wrong: ...`"
            findings.error(row[0].place, "row-or-line", "This line would be read as a row of the table", remedy)
        elif len(row) != len(header):
            message = f"This row has {len(row)} cells and the header has {len(header)}"
            findings.error(row[0].place, "table-cells", message, "give every row as many cells as the header")
    if len(dashes) != len(header):
        message = f"The header has {len(header)} cells and the row of dashes {len(dashes)}"
        findings.error(answer.place, "table-cells", message, "write `---` once under each cell of the header")
    if not 1 <= len(rows) <= MAX_ROWS:
        message = f"The table has {len(rows) or 'no'} rows"
        findings.error(answer.place, "table-rows", message, f"write 1 to {MAX_ROWS} rows under the dashes")
    return Table(header, tuple(rows)) if len(findings.errors) == before else None


def _cells(line: str, start: Place) -> tuple[Cell, ...]:
    bars = [bar.start() for bar in _BAR.finditer(line)]
    edges = [-1, *bars, len(line)]
    spans = [(begin + 1, end) for begin, end in pairwise(edges)]
    if not line[slice(*spans[0])].strip():
        spans = spans[1:]
    if spans and not line[slice(*spans[-1])].strip():
        spans = spans[:-1]
    return tuple(_cell(line, begin, end, start) for begin, end in spans) or (_cell(line, 0, len(line), start),)


def _cell(line: str, begin: int, end: int, start: Place) -> Cell:
    text = line[begin:end]
    column = begin + len(text) - len(text.lstrip()) + 1
    # A bar in a cell has to be escaped, whatever it stands in; Markdown outside tables need not know it.
    return Cell(text.strip().replace("\\|", "|"), Place(start.file, start.line, column))
