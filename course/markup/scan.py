"""Lines that know what they are: headings, and what is inert (code, comments)."""

import re
from dataclasses import dataclass, field

from course.markup.attributes import attributes as attributes
from course.markup.findings import Findings, Place

_FENCE = re.compile(r"(?P<quotes>(?: {0,3}>)*)(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>.*)")
_MARKER = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)")
_HOLDS_INDENTED = re.compile(r" {0,3}\[\^[^\]\s]+\]:")
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(?:.{0,2000}?[^`])??\1(?!`)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A `#` heading. `text` is its Markdown without the attribute list; `attributes` are those besides the id."""

    level: int
    text: str
    id: str | None
    attributes: dict[str, str]
    place: Place


@dataclass(slots=True)
class Fence:
    """A fenced block of code, known at the line that opens it. `last` is the number of the line that closes it."""

    quotes: str
    indent: str
    mark: str
    language: str
    last: int
    code: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """One line of a file. `number` counts from 1 in the file. `inert`: inside a fence, a comment or indented code.

    `live` is what Markdown may see of it: the text without comments.
    """

    number: int
    text: str
    inert: bool = False
    heading: Heading | None = None
    live: str = ""
    fence: Fence | None = None


def scan(body: str, file: str, first_line: int, findings: Findings) -> list[Line]:
    """The lines of `body`, which begins at `first_line` of `file`. Malformed headings and open fences are findings."""
    reader = _Reader(file, findings)
    lines = [reader.read(Line(first_line + offset, text)) for offset, text in enumerate(body.split("\n"))]
    reader.finish()
    return lines


class _Reader:
    """What one line tells about the next: open fence, open comment, whether indented text belongs to a list."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file = file
        self.findings = findings
        self.fence: Fence | None = None
        self.fence_place = Place(file)
        self.comment: Place | None = None
        self.after_blank = True
        self.in_code = False
        self.in_list = False

    def read(self, line: Line) -> Line:
        if self.fence is not None and self._in_fence(self.fence, line):
            return line
        if self.comment is None and self._indented_code(line):
            line.inert = True
            line.live = line.text
        elif self.comment is not None or not self._opens_fence(line):
            self._prose(line)
        self.after_blank = not line.text.strip()
        return line

    def finish(self) -> None:
        if self.fence is not None:
            mark = self.fence.mark
            self.findings.error(
                self.fence_place,
                "open-fence",
                f"the code that opens here with `{mark}` never closes",
                f"put a line `{mark}` after the code",
            )
        if self.comment is not None:
            self.findings.error(
                self.comment, "open-comment", "the comment that opens here never closes", "put `-->` after it"
            )

    def _in_fence(self, fence: Fence, line: Line) -> bool:
        quotes = fence.quotes.count(">")
        rest = _unquote(line.text, quotes)
        if rest is None:
            self.finish()
            self.fence = None
            return False
        line.inert = True
        fence.last = line.number
        mark = rest.strip()
        if len(mark) >= len(fence.mark) and not mark.strip(fence.mark[0]):
            self.fence = None
        else:
            fence.code.append(rest[_common(rest, fence.indent) :])
        return True

    def _opens_fence(self, line: Line) -> bool:
        match = _FENCE.fullmatch(line.text)
        if match is None or (match["mark"][0] == "`" and "`" in match["info"]):
            return False
        language = match["info"].split(maxsplit=1)[0] if match["info"].strip() else ""
        quotes, indent = match["quotes"], match["indent"]
        if quotes and indent.startswith(" "):
            indent = indent[1:]
        self.fence = line.fence = Fence(quotes, indent, match["mark"], language, line.number)
        self.fence_place = Place(self.file, line.number, match.start("mark") + 1)
        line.inert = True
        return True

    def _indented_code(self, line: Line) -> bool:
        text = line.text
        if not text.strip():
            return False
        if text.startswith(("    ", "\t")):
            self.in_code = not self.in_list and (self.in_code or self.after_blank)
            return self.in_code
        self.in_code = False
        if _MARKER.match(text) or _HOLDS_INDENTED.match(text):
            self.in_list = True
        elif self.after_blank:
            self.in_list = False
        return False

    def _prose(self, line: Line) -> None:
        line.live = self._without_comments(line)
        line.inert = line.live != line.text and not line.live.strip()
        if not line.inert:
            line.heading = self._heading(line)
        if line.heading is not None:
            self.in_list = False

    def _without_comments(self, line: Line) -> str:
        text, kept, at = line.text, "", 0
        while at < len(text):
            if self.comment is not None:
                end = text.find("-->", at)
                if end < 0:
                    return kept
                self.comment, at = None, end + 3
                continue
            start = _comment_start(text, at)
            if start < 0:
                return kept + text[at:]
            kept += text[at:start]
            self.comment, at = Place(self.file, line.number, start + 1), start + 4
        return kept

    def _heading(self, line: Line) -> Heading | None:
        text = line.live.strip()
        level = len(text) - len(text.lstrip("#"))
        if not 1 <= level <= 6 or len(line.live) - len(line.live.lstrip(" ")) > 3:
            return None
        rest = text[level:]
        place = Place(self.file, line.number, line.live.index("#") + 1)
        if rest and rest[0] not in " \t":
            if level > 1:
                self.findings.error(
                    place,
                    "heading-space",
                    f"`{text[:40]}` is no heading without a space after `{'#' * level}`",
                    "put a space there, or `\\` before it if no heading is meant",
                )
            return None
        column = Place(self.file, line.number, line.live.index(rest) + 1) if rest else place
        words, name, named = attributes(_without_closing(rest), column, self.findings)
        if not words.strip():
            self.findings.error(place, "empty-heading", "this heading has no words", "write some, or delete the line")
        return Heading(level, words.strip(), name, named, place)


def _unquote(text: str, depth: int) -> str | None:
    """`text` without `depth` quote marks; None where it has fewer."""
    if not depth:
        return text
    for _ in range(depth):
        stripped = text.lstrip(" ")
        if not stripped.startswith(">"):
            return None
        text = stripped[1:]
    return text.removeprefix(" ")


def _common(text: str, indent: str) -> int:
    """How much of the fence's own indentation a line of its code begins with."""
    return min(len(text) - len(text.lstrip(" \t")), len(indent))


def _without_closing(text: str) -> str:
    """`Words ##` as `Words`: the closing hashes of a heading are decoration."""
    stripped = text.rstrip()
    shorter = stripped.rstrip("#")
    return shorter if shorter != stripped and (not shorter or shorter[-1] in " \t") else text


def _comment_start(text: str, at: int) -> int:
    start = text.find("<!--", at)
    if start < 0:
        return -1
    spans = [span.span() for span in _CODE_SPAN.finditer(text)] if "`" in text else []
    while start >= 0:
        escaped = start > 0 and text[start - 1] == "\\"
        if not escaped and not any(begin < start < end for begin, end in spans):
            return start
        start = text.find("<!--", start + 4)
    return -1
