"""Tables as CSV and as XLSX, a row at a time: however long a table is, little of it is in memory.

The first row names the columns, the second explains them and their units. A text that a spreadsheet could take for a
formula is written so that it stays a text.
"""

import csv
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from course.clock import MICROSECONDS

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Kind = Literal["text", "number", "percent", "moment"]
Value = str | int | Fraction | float | None
"""Of a moment: microseconds UTC. Of a percentage: 0 to 1."""
ROWS_OF_SHEET, LETTERS_OF_CELL = 1_048_576, 32_767
"""What a sheet and a cell of an XLSX file can hold."""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what stands in it and in which unit, and how it is written."""

    name: str
    explained: str
    kind: Kind = "text"


Rows = Iterable[Sequence[Value]]


def write_csv(path: Path, columns: Sequence[Column], rows: Rows) -> int:
    """Write a CSV file (UTF-8 with its mark, as spreadsheets expect it); how many rows are below the headings."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([inert(column.name) for column in columns])
        writer.writerow([inert(column.explained) for column in columns])
        for row in rows:
            writer.writerow([_plain(value, column.kind) for value, column in zip(row, columns, strict=True)])
            count += 1
    return count


def write_xlsx(path: Path, columns: Sequence[Column], rows: Rows, *, most: int = ROWS_OF_SHEET) -> int:
    """Write an XLSX file; how many rows are below the headings. `most`: after so many rows comes another sheet."""
    from xlsxwriter import Workbook  # heavy, and only jobs need it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    count = 0
    with closing(Workbook(path, options)) as book:
        sheets = _Sheets(book, columns, most)
        for row in rows:
            sheets.add(row)
            count += 1
    return count


class _Sheets:
    """The sheets of a book, one after the other, each with the headings."""

    def __init__(self, book: "Workbook", columns: Sequence[Column], most: int) -> None:
        self.book, self.columns, self.most = book, columns, most
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.soft = book.add_format({"italic": True, "text_wrap": True, "valign": "top", "font_color": "#555555"})
        self.formats = {
            "percent": book.add_format({"num_format": "0.0%"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        self.quoted = book.add_format({"quote_prefix": True})
        self._begin()

    def _begin(self) -> None:
        self.sheet = self.book.add_worksheet()
        for at, column in enumerate(self.columns):
            self.sheet.set_column(at, at, 20 if column.kind in ("text", "moment") else 14)
        self.sheet.freeze_panes(2, 1)
        for at, column in enumerate(self.columns):
            self.sheet.write_string(0, at, column.name, self.bold)
        for at, column in enumerate(self.columns):
            self.sheet.write_string(1, at, column.explained, self.soft)
        self.row = 2

    def add(self, row: Sequence[Value]) -> None:
        if self.row >= self.most:
            self._begin()
        for at, (value, column) in enumerate(zip(row, self.columns, strict=True)):
            if value is not None and value != "":
                self._write(at, value, column.kind)
        self.row += 1

    def _write(self, at: int, value: Value, kind: Kind) -> None:
        if isinstance(value, str):
            text = value if len(value) <= LETTERS_OF_CELL else value[: LETTERS_OF_CELL - 1] + "…"
            self.sheet.write_string(self.row, at, text, self.quoted if _is_dangerous(text) else None)
        elif kind == "moment":
            # Sheets know no zones: the column says that it is UTC.
            self.sheet.write_datetime(self.row, at, _moment(int(value or 0)).replace(tzinfo=None), self.formats[kind])
        else:
            self.sheet.write_number(self.row, at, float(value or 0), self.formats.get(kind))


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula, nor one that reads full-width signs as the narrow ones."""
    return f"'{text}" if _is_dangerous(text) else text


def _is_dangerous(text: str) -> bool:
    return normalize("NFKC", text[:1]).startswith(DANGEROUS) or text[:1] in DANGEROUS


def _plain(value: Value, kind: Kind) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return inert(value)
    if kind == "moment":
        return _moment(int(value)).strftime("%Y-%m-%dT%H:%M:%SZ")
    if kind == "percent":
        return f"{100 * float(value):.4g}" if value else "0"
    return f"{float(value):.6g}" if isinstance(value, Fraction | float) else str(value)


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at // MICROSECONDS, UTC)
