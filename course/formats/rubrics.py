"""The rubric in notes for whoever marks, where it is a table headed by points, as `moodle_xml_out` writes it."""

import re

from course.formats.inward import sentence
from course.formats.report import About
from course.markup.writing import Unwritable
from course.markup.writing.tree import tree
from course.quiz.model import MAX_POINTS
from course.quiz.types.written import Criterion, Level, WrittenBody

_ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL | re.IGNORECASE)


def read_rubric(html: str, note: About) -> WrittenBody | None:
    """The rubric; None where the notes are no such table."""
    rows = [_CELL.findall(row) for row in _ROW.findall(html)]
    if len(rows) < 2 or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:
        return None
    columns = ["".join(_words(cell)) for cell in rows[0][1:]]
    if not all(re.fullmatch(r"\d{1,3}", column.strip()) for column in columns):
        return None
    points = [int(column) for column in columns]
    if points != sorted(set(points)):
        return None
    criteria = [_criterion(row, points, note) for row in rows[1:]]
    kept = tuple(criterion for criterion in criteria if criterion.text and criterion.levels)
    total = sum(criterion.top for criterion in kept)
    return (
        WrittenBody(sentence(rows[0][0], note), kept)
        if len(kept) == len(criteria) and 1 <= total <= MAX_POINTS
        else None
    )


def _criterion(row: list[str], points: list[int], note: About) -> Criterion:
    name, *cells = [sentence(cell, note) for cell in row]
    return Criterion(name, tuple(Level(at, text) for at, text in zip(points, cells, strict=True) if text))


def _words(cell: str) -> list[str]:
    try:
        return list(tree(cell).itertext())
    except Unwritable:
        return []
