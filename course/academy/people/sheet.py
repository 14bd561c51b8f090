"""Reading a sheet of people: rows with named columns, as spreadsheets copy and save them. Pure."""

import csv
import io
import re
from dataclasses import dataclass, field

from course.people.rules import folded

MOST_ROWS = 500
MOST_BYTES = 256 * 1024

COLUMNS = {
    "name": ("name", "full name", "nom", "nom complet", "nombre", "nombre completo"),
    "email": ("email", "e-mail", "mail", "e-mail address", "adresse", "courriel", "adresse e-mail", "correo",
              "correo electronico"),
    "username": ("username", "user name", "user", "identifiant", "nom d'utilisateur", "usuario", "nombre de usuario"),
    "language": ("language", "langue", "idioma", "lengua"),
    "course": ("course", "cours", "curso"),
}  # fmt: skip
"""What a column may be called, folded (small letters, no accents)."""
CALLED = {word: column for column, words in COLUMNS.items() for word in words}


class Unreadable(Exception):
    """The sheet as a whole cannot be read. `why`: empty, no-columns, twice, too-long; `what`: the heading meant."""

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why)
        self.why, self.what = why, what


@dataclass(frozen=True, slots=True)
class Row:
    """One person. `line`: where the row begins in the sheet, from 1. What is not given is ""."""

    line: int
    name: str = ""
    email: str = ""
    username: str = ""
    language: str = ""
    course: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = field(default=())
    """Headings of columns that are none of ours."""


def decoded(body: bytes) -> str:
    """The text of a file, in whichever of the usual encodings a spreadsheet wrote it."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def read(text: str) -> Sheet:
    """The rows of a sheet. Raises Unreadable."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not lines.strip():
        raise Unreadable("empty")
    reader = csv.reader(io.StringIO(lines), delimiter=_delimiter(lines))
    heading: list[str] | None = None
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if heading is None:
                    heading = cells
                    columns = _columns(heading)
                else:
                    rows.append(_row(line, columns, cells))
            line = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                raise Unreadable("too-long")
    except csv.Error:
        raise Unreadable("no-columns") from None
    if not rows:
        raise Unreadable("empty")
    return Sheet(tuple(rows), tuple(cell.strip() for cell in heading or () if cell.strip() and not _called(cell)))


def _delimiter(text: str) -> str:
    """What stands between the headings: a tab (copied from a spreadsheet), a semicolon or a comma."""
    first = next(line for line in text.split("\n") if line.strip())
    return max("\t;,", key=first.count)


def _columns(heading: list[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at, cell in enumerate(heading):
        column = _called(cell)
        if column in found.values():
            raise Unreadable("twice", cell.strip())
        if column:
            found[at] = column
    if not {"name", "email", "username"} & set(found.values()):
        raise Unreadable("no-columns")
    return found


def _called(cell: str) -> str:
    return CALLED.get(re.sub(r"[\s_]+", " ", folded(cell).replace("’", "'")).strip(" :*"), "")


def _row(line: int, columns: dict[int, str], cells: list[str]) -> Row:
    return Row(line, **{column: " ".join(cells[at].split()) for at, column in columns.items() if at < len(cells)})
