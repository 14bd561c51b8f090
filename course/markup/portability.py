"""Where Git hosts read a list, a table or a heading differently from us: each is a finding, so both show the same."""

import re

from course.markup.findings import Findings, Place
from course.markup.inline import RAW_BREAK, RAW_PAIR, RAW_TAGS
from course.markup.scan import Line

_BULLET = re.compile(r"(?P<indent> *)(?P<marker>[-+*]|\d{1,9}(?P<end>[.)]))[ \t]+\S")
_DELIMITER = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_QUOTES = re.compile(r"(?: {0,3}>)* ?")
_QUOTED_HEADING = re.compile(r"(?: {0,3}>)+ {0,4}#{1,6} |\s*(?:[-+*]|\d{1,9}[.)])[ \t]+#{1,6} ")
_OUR_DETAILS = re.compile(r"</?details(?: open)?>|</?summary>", re.IGNORECASE)
_TAG = re.compile(r"<(?:/?[A-Za-z]|[!?])[^<>\n]{0,400}>")
_KNOWN_TAG = re.compile(
    rf"{RAW_BREAK}|</?(?:{'|'.join(RAW_TAGS)})(?:\s[^<>]*)?>|<[A-Za-z][\w+.-]*:[^<>]*>|<[^<>\s@]+@[^<>\s]+>"
)
_CODE_SPAN = re.compile(r"(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")


def check(lines: list[Line], file: str, findings: Findings) -> None:
    """Find what a Git host would show differently, or what we would show as it is written."""
    before = _Before()
    for line in lines:
        if line.inert:
            before = _Before()
            continue
        quotes = _QUOTES.match(line.live)
        text = line.live[quotes.end() :] if quotes and ">" in quotes[0] else line.live
        place = Place(file, line.number, len(line.live) - len(text.lstrip()) + 1)
        _list(text, place, before, findings)
        _table(text, place, before, findings)
        _heading(line.live, text, place, before, findings)
        raw(line, file, findings)
        before.see(text, line.live, line.heading is not None)


class _Before:
    """What the line before means for this one."""

    def __init__(self) -> None:
        self.blank = True
        self.in_list = False
        self.in_table = False
        self.paragraph = False
        self.text = ""
        self.lines = 0
        self.depth = 0

    def see(self, text: str, live: str, heading: bool) -> None:
        """`text` is the line `live` without its quote marks."""
        stripped = text.strip()
        depth = live[: len(live) - len(text)].count(">")
        marker = bool(_BULLET.match(text))
        if depth != self.depth and not live.startswith("  "):
            self.in_list = False
        if marker:
            self.in_list = True
        elif stripped and (heading or (self.blank and not text.startswith(" "))):
            self.in_list = False
        self.lines = 0 if not stripped or heading else self.lines + 1
        self.in_table = bool(stripped) and (self.in_table or bool(_DELIMITER.fullmatch(text) and "|" in text))
        self.blank = not stripped or heading
        self.paragraph = bool(stripped) and not heading and not self.in_list and not self.in_table
        self.text = text
        self.depth = depth


def _list(text: str, place: Place, before: _Before, findings: Findings) -> None:
    match = _BULLET.match(text)
    if match is None:
        return
    indent = len(match["indent"])
    if match["end"] == ")" and (indent < 4 or before.in_list):
        findings.error(
            place,
            "list-marker",
            f"`{match['marker']}` begins a list on Git hosts only",
            f"write `{match['marker'][:-1]}.`",
        )
    elif before.paragraph and indent < 4 and (not match["end"] or match["marker"] == "1."):
        findings.error(
            place, "list-blank-line", "this list has no blank line before it", "put one there, or it is read as text"
        )
    elif before.in_list and indent % 4 >= 2:
        findings.error(
            place,
            "list-indent",
            f"this item is indented by {indent} spaces: Git hosts nest it, we do not",
            f"indent it by {indent // 4 * 4 + 4} spaces, or by {indent // 4 * 4} if it is not nested",
        )


def _table(text: str, place: Place, before: _Before, findings: Findings) -> None:
    if "|" in text and _DELIMITER.fullmatch(text) and "|" in before.text and before.lines > 1 and not before.in_table:
        findings.error(
            Place(place.file, place.line - 1),
            "table-blank-line",
            "this table has no blank line before it",
            "put one there, or it is read as text",
        )


def _heading(live: str, text: str, place: Place, before: _Before, findings: Findings) -> None:
    if before.paragraph and before.lines and _UNDERLINE.fullmatch(text) and "|" not in before.text:
        findings.error(
            place,
            "underlined-heading",
            "a line under a text makes it a heading on Git hosts",
            "write `## ` before the text, or put a blank line between them",
        )
    if _QUOTED_HEADING.match(live):
        findings.error(
            place, "heading-inside", "a heading stands inside a quote or list", "write it in bold, `**like this**`"
        )


def raw(line: Line, file: str, findings: Findings) -> None:
    """Find HTML in `line` that would be shown as it is written."""
    if "<" not in line.live:
        return
    text = _CODE_SPAN.sub(lambda span: " " * len(span[0]), line.live)
    text = re.sub(RAW_PAIR, _blank_ends, text)
    for match in _TAG.finditer(text):
        if match.start() and text[match.start() - 1] == "\\":
            continue
        if _KNOWN_TAG.fullmatch(match[0]) or _OUR_DETAILS.fullmatch(match[0]):
            continue
        findings.error(
            Place(file, line.number, match.start() + 1),
            "raw-html",
            f"the HTML `{match[0][:60]}` has no meaning here",
            "use Markdown, or write `\\<` if it is meant as text",
        )


def _blank_ends(pair: re.Match[str]) -> str:
    return " " * (pair.start("inside") - pair.start()) + pair["inside"] + " " * (pair.end() - pair.end("inside"))
