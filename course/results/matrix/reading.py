"""A matrix of marks from a CSV file: a row a learner, a column a question, the first data row the maximum marks.

The file is read line by line, and marks are kept as 8-byte integers, so that memory is bounded: `MOST_MARKS` of them
take 40 MB. What is wrong is told with its line and column.
"""

import csv
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import BinaryIO

from course.errors import Invalid

DECIMALS = 9
UNIT = 1_000_000_000
MOST_MARKS, MOST_QUESTIONS, LONGEST_LINE = 5_000_000, 2_000, 1_000_000
LARGEST = 1_000_000
MAXIMUM = "max"
_NUMBER = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]*))?|[.,]([0-9]+)")


@dataclass(frozen=True, slots=True)
class Matrix:
    """Marks by question, in units of 1 / `unit`; an answer that was left out is 0."""

    questions: tuple[str, ...]
    maxima: tuple[int, ...]
    marks: tuple["array[int]", ...]
    unit: int

    @property
    def totals(self) -> list[int]:
        return [sum(row) for row in zip(*self.marks, strict=True)]


def read_matrix(file: BinaryIO, name: str) -> Matrix:
    """The matrix in a file of that name. Raises Invalid, with line and column, for what is none."""
    rows = _Rows(file, name)
    questions = rows.questions()
    maxima = rows.maxima(questions)
    columns = tuple(array("q") for _ in questions)
    for marks in rows.marks(questions, maxima):
        for column, mark in zip(columns, marks, strict=True):
            column.append(mark)
        if len(columns[0]) * len(columns) > MOST_MARKS:
            raise rows.wrong(1, f"there are more than {MOST_MARKS} marks; split the file")
    if not columns[0]:
        raise rows.wrong(1, "no learner's row follows the maximum marks; write one for each learner")
    return _in_larger_units(questions, maxima, columns)


class _Rows:
    """The file's rows, one after the other, and where in it we are."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name, self._line = file, name, 0
        first = self._next_line()
        delimiter = max(",;\t", key=first.count)
        self._reader = csv.reader(self._lines(first), delimiter=delimiter, strict=True)

    def questions(self) -> tuple[str, ...]:
        header = self._row()
        if header is None:
            raise self.wrong(1, "the file is empty; its first row names the questions")
        names = tuple(cell.strip() for cell in header[1:])
        if not names:
            raise self.wrong(1, "the first row names no question; write `learner,q1,q2,...`")
        if len(names) > MOST_QUESTIONS:
            raise self.wrong(MOST_QUESTIONS + 2, f"there are more than {MOST_QUESTIONS} questions")
        known: set[str] = set()
        for column, name in enumerate(names, start=2):
            if not name:
                raise self.wrong(column, "this question has no name")
            if name in known:
                raise self.wrong(column, f"two questions are called {name!r}; give each its own name")
            known.add(name)
        return names

    def maxima(self, questions: tuple[str, ...]) -> tuple[int, ...]:
        row = self._row()
        if row is None or row[0].strip().lower() != MAXIMUM:
            found = "the file ends" if row is None else f"it begins with {row[0][:40]!r}"
            raise self.wrong(1, f"the first row under the names holds the maximum marks and begins with `max`; {found}")
        return tuple(self._mark(cell, at, questions, None) for at, cell in enumerate(self._cells(row, questions)))

    def marks(self, questions: tuple[str, ...], maxima: tuple[int, ...]) -> Iterator[list[int]]:
        while (row := self._row()) is not None:
            cells = self._cells(row, questions)
            yield [self._mark(cell, at, questions, maxima[at]) for at, cell in enumerate(cells)]

    def wrong(self, column: int, what: str) -> Invalid:
        return Invalid(f"{self._name}:{max(self._line, 1)}:{column}: {what}")

    def _cells(self, row: list[str], questions: tuple[str, ...]) -> list[str]:
        if len(row) != len(questions) + 1:
            raise self.wrong(
                min(len(row), len(questions) + 1), f"this row has {len(row)} columns, the first {len(questions) + 1}"
            )
        return row[1:]

    def _mark(self, cell: str, at: int, questions: tuple[str, ...], most: int | None) -> int:
        text = cell.strip()
        if not text and most is not None:
            return 0
        match = _NUMBER.fullmatch(text)
        decimals = (match[2] or match[3] or "") if match else ""
        if match is None or len(decimals.rstrip("0")) > DECIMALS:
            what = f"{text[:40]!r} is no mark" if text else "the maximum mark is missing"
            raise self.wrong(
                at + 2, f"{what} ({questions[at]}); write a number such as 1 or 0.5, {DECIMALS} decimals at most"
            )
        mark: int = int(match[1] or 0) * UNIT + int(decimals[:DECIMALS].ljust(DECIMALS, "0"))
        if mark > (LARGEST * UNIT if most is None else most):
            above = f"the maximum, {Fraction(most, UNIT)}" if most is not None else str(LARGEST)
            raise self.wrong(at + 2, f"{text} is more than {above} ({questions[at]})")
        return mark

    def _row(self) -> list[str] | None:
        """The next row that is not empty; None at the end."""
        try:
            for row in self._reader:
                if any(cell.strip() for cell in row):
                    return row
        except csv.Error as error:
            raise self.wrong(1, f"this is no CSV: {error}") from None
        return None

    def _lines(self, first: str) -> Iterator[str]:
        line = first
        while line:
            yield line
            line = self._next_line()

    def _next_line(self) -> str:
        raw = self._file.readline(LONGEST_LINE + 1)
        self._line += bool(raw)
        if len(raw) > LONGEST_LINE:
            raise self.wrong(1, f"this line is longer than {LONGEST_LINE} bytes")
        try:
            line = raw.decode("utf-8-sig" if self._line == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise self.wrong(error.start + 1, "this is not UTF-8; save the file as CSV in UTF-8") from None
        if "\0" in line:
            raise self.wrong(line.index("\0") + 1, "there is a null character here: this is no text file")
        return line


def _in_larger_units(questions: tuple[str, ...], maxima: tuple[int, ...], columns: tuple["array[int]", ...]) -> Matrix:
    """The same marks in the largest unit that holds them all: small integers are added quicker."""
    step = gcd(UNIT, *maxima)
    for column in columns:
        step = gcd(step, *set(column))
    marks = tuple(array("q", (mark // step for mark in column)) for column in columns)
    return Matrix(questions, tuple(most // step for most in maxima), marks, UNIT // step)
