"""What would keep the Markdown library busy for minutes, or end in its recursion limit, is refused before it begins."""

import re
from itertools import groupby

from course.markup.findings import Findings, Place
from course.markup.scan import Line

MOST_BYTES = 100_000
MOST_BRACKETS = 500
MOST_NOTES = 200
DEEPEST = 20
MOST_MARKS = 1_000
MOST_LINES = 1_000
MOST_PARAGRAPHS = 3_000
LONGEST_RUN = 40
_DEEPEST_CODE = 200

_STEP = re.compile(r"(?P<spaces> *)(?P<mark>[-+*](?= |$)|\d{1,9}[.)](?= |$)|>|)")
_RUN = re.compile(rf"([*_`~<&|!\\])\1{{{LONGEST_RUN},}}")
_MARKS = "*_`~<&\\"


def fits(text: str, place: Place, findings: Findings) -> bool:
    """Whether `text` is small enough to be read at all; a finding where it is not."""
    size = len(text.encode("utf-8", "replace"))
    if size <= MOST_BYTES:
        return True
    findings.error(
        place,
        "text-size",
        f"the text has {size // 1000:,} kB; {MOST_BYTES // 1000} kB are allowed",
        "split it into several lessons",
    )
    return False


def safe(lines: list[Line], file: str, findings: Findings) -> bool:
    """Whether Markdown can read these lines in good time; the first place of each excess is a finding."""
    before = len(findings)
    _count(lines, file, "[", MOST_BRACKETS, "brackets", "opening brackets", findings)
    _count(lines, file, "[^", MOST_NOTES, "notes", "references to footnotes", findings)
    for line in lines:
        if _depth(line) > DEEPEST:
            findings.error(
                Place(file, line.number),
                "too-deep",
                f"quotes and lists are nested {_depth(line)} deep here; {DEEPEST} levels are allowed",
                "take levels out",
            )
            break
    _runs(lines, file, findings)
    _paragraphs(lines, file, findings)
    return len(findings) == before


def _count(lines: list[Line], file: str, what: str, most: int, rule: str, name: str, findings: Findings) -> None:
    total = 0
    for line in lines:
        total += line.live.count(what)
        if total > most:
            findings.error(
                Place(file, line.number, line.live.find(what) + 1),
                f"too-many-{rule}",
                f"there are more than {most} {name} in this text, up to here",
                "split it into several lessons",
            )
            return


def _depth(line: Line) -> int:
    """How many quotes and lists a line stands in at most: its marks, and a level for every four columns."""
    text, at, depth = line.live.expandtabs(4), 0, 0
    if line.inert and len(text) - len(text.lstrip()) < _DEEPEST_CODE:
        return 0
    while at < len(text):
        step = _STEP.match(text, at)
        assert step is not None  # it matches nothing, too
        depth += len(step["spaces"]) // 4 + bool(step["mark"])
        at = step.end()
        if not step["mark"]:
            break
    return depth


def _runs(lines: list[Line], file: str, findings: Findings) -> None:
    for line in lines:
        match = None if line.inert else _RUN.search(line.live)
        if match and not _is_rule(line.live):
            findings.error(
                Place(file, line.number, match.start() + 1),
                "long-run",
                f"`{match[1]}` stands {len(match[0])} times in a row here; {LONGEST_RUN} are allowed",
                "shorten it, or put it into a fence if it is code",
            )
            return


def _is_rule(text: str) -> bool:
    return len(text) <= 200 and not text.strip().strip("*_ ")


def _paragraphs(lines: list[Line], file: str, findings: Findings) -> None:
    groups = groupby(lines, key=lambda line: bool(line.live.strip()))
    for number, paragraph in enumerate(list(group) for solid, group in groups if solid):
        marks = sum(line.live.count(mark) for line in paragraph for mark in _MARKS)
        if marks > MOST_MARKS:
            rule, excess = (
                "too-many-marks",
                f"this paragraph has {marks:,} marks such as `*`, `_` or `<`; {MOST_MARKS:,}",
            )
            remedy = "put blank lines into it, or put it into a fence if it is code"
        elif len(paragraph) > MOST_LINES:
            rule, excess = (
                "too-many-lines",
                f"{len(paragraph):,} lines stand together without a blank line; {MOST_LINES:,}",
            )
            remedy = "put blank lines between them"
        elif number == MOST_PARAGRAPHS:
            rule, excess = "too-many-paragraphs", f"there are more than the {MOST_PARAGRAPHS:,} paragraphs that"
            remedy = "split the text into several lessons"
        else:
            continue
        findings.error(Place(file, paragraph[0].number), rule, f"{excess} are allowed", remedy)
        return
