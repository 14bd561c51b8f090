"""Reading what a form sent for one question. Nothing in it is trusted."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course.errors import N_, Invalid

MAX_VALUES = 200
MAX_TEXT = 1000
"""Characters in one typed answer; a form's own field says the same."""
MAX_PROSE = 10_000
"""Characters in a written answer."""
TOO_LONG = N_("An answer may have %(most)s characters. Please shorten it.")


class Malformed(Invalid):
    """What was sent is nothing that the page's own form could have sent. In English: see `errors.CourseError`."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one question in a form. Their names are the prefix alone, or `prefix-part`."""

    form: Mapping[str, Sequence[str]]
    prefix: str

    def many(self, part: str = "") -> list[str]:
        """All values of a field; a field that was not sent has none. Raises Malformed beyond any form's number."""
        values = self.form.get(f"{self.prefix}-{part}" if part else self.prefix, ())
        listed = [values] if isinstance(values, str) else list(values)
        if len(listed) > MAX_VALUES:
            raise Malformed(N_("The form carries more values than it has fields. Please load the page again."))
        return listed

    def one(self, part: str = "") -> str:
        """The value of a field that comes at most once, "" if it did not come. Raises Malformed when it is repeated."""
        values = self.many(part)
        if len(values) > 1:
            raise Malformed(N_("A field that takes one answer came twice. Please load the page again."))
        return values[0] if values else ""

    def text(self, part: str = "") -> str:
        """A typed line: NFC, without control characters and outer space. Raises Malformed when it is too long."""
        raw = self.one(part)
        if len(raw) > MAX_TEXT:
            raise Malformed(TOO_LONG, most=MAX_TEXT)
        kept = "".join(" " if char.isspace() else char for char in raw if char.isspace() or _speaks(char))
        return unicodedata.normalize("NFC", kept).strip()

    def prose(self, part: str = "") -> str:
        """Typed paragraphs, as `text` but with their line ends. Raises Malformed when they are too long."""
        raw = self.one(part)
        if len(raw) > MAX_PROSE + raw.count("\r"):
            raise Malformed(TOO_LONG, most=MAX_PROSE)
        lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        kept = [
            "".join(" " if char.isspace() else char for char in line if char.isspace() or _speaks(char))
            for line in lines
        ]
        return unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in kept)).strip()

    def position(self, size: int, part: str = "") -> int | None:
        """The one position chosen; None where none was. Raises Malformed as `positions`, and for a repeated field."""
        sent = self.one(part)
        return position(sent, size) if sent else None

    def positions(self, size: int, part: str = "") -> list[int]:
        """The positions chosen, counted from 0 in the shown order. Raises Malformed for any that was not shown."""
        return [position(value, size) for value in self.many(part) if value]


def position(value: str, size: int) -> int:
    """One position sent by a form. Raises Malformed unless it is 0 to `size` - 1 in plain digits."""
    if not (value.isascii() and value.isdigit() and len(value) <= 4) or int(value) >= size:
        raise Malformed(N_("A choice was sent that the page does not have. Please load the page again."))
    return int(value)


def _speaks(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cs", "Cn", "Co"}
