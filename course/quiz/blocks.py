"""Finding the blocks of a question that can hold its answer. Shape only: what they mean is their type's affair."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from course.markup.findings import Place
from course.markup.scan import Line

Kind = Literal["round", "square", "equals", "gaps", "table", "numbered", "bulleted"]
MARKED: frozenset[Kind] = frozenset({"round", "square", "equals", "gaps"})
"""Kinds that are an answer wherever they stand; the others may as well be part of the stem."""

CHOICE = re.compile(r" {0,3}[-*+] +(?P<mark>\([ xX]\)|\[[ xX]\])(?:\s+(?P<text>.*))?$")
BULLET = re.compile(r" {0,3}[-*+] +(?P<text>.*)$")
EQUALS = re.compile(r" {0,3}=(?!=)\s*(?P<text>.*)$")
WRONG = re.compile(r"wrong:\s*", re.IGNORECASE)
NUMBERED = re.compile(r" {0,3}[0-9]{1,9}[.)] +(?P<text>\S.*)$")
_QUOTED = re.compile(r" {0,3}>")
CODE = re.compile(r"`[^`]*`")
GAP = re.compile(r"(?<!\\)\[\[[^\[\]]*\]\]")
INDENTED = re.compile(r"( +|\t)\s*\S")
_LISTED: frozenset[Kind] = frozenset({"round", "square", "bulleted"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A run of lines of one kind, blank lines at its end left out."""

    kind: Kind
    file: str
    lines: tuple[Line, ...]

    @property
    def place(self) -> Place:
        return place(self.file, self.lines[0])


@dataclass(frozen=True, slots=True)
class Run:
    """Where a block stands among a question's lines: `lines[start:end]`. `kinds` has more than one where mixed.

    `wrong` is the run of lines `= wrong: ...` that follows it and is about it.
    """

    kinds: frozenset[Kind]
    start: int
    end: int
    wrong: "Run | None" = None

    @property
    def last(self) -> int:
        """Where the whole answer ends."""
        return self.end if self.wrong is None else self.wrong.end


def place(file: str, line: Line) -> Place:
    """Where a line's first visible character stands."""
    return Place(file, line.number, len(line.live) - len(line.live.lstrip()) + 1)


def readable(lines: Sequence[Line]) -> list[Line]:
    """The lines with `live` saying all that Markdown may see of them: code as it is, comments gone."""
    last = 0
    found: list[Line] = []
    for line in lines:
        last = line.fence.last if line.fence else last
        found.append(replace(line, live=line.text) if line.number <= last else line)
    return found


def runs(lines: Sequence[Line]) -> list[Run]:
    """All blocks that could hold an answer, in order. What stands between the first gap and the last is one block."""
    found: list[Run] = []
    gaps = _gaps(lines)
    at = 0
    while at < len(lines):
        run = gaps if gaps and at == gaps.start else _run(lines, at)
        if run is not None and found and _is_about(run, found[-1], lines):
            found[-1] = replace(found[-1], wrong=run)
        elif run is not None:
            found.append(run)
        at = run.end if run is not None else at + 1
    return found


def _is_about(run: Run, before: Run, lines: Sequence[Line]) -> bool:
    """Whether a run is nothing but feedback for wrong answers to the table or the gaps before it."""
    if run.kinds != {"equals"} or not before.kinds & {"table", "gaps"} or before.wrong is not None:
        return False
    if any(line.live.strip() for line in lines[before.end : run.start]):
        return False
    said = [match["text"] for line in lines[run.start : run.end] if (match := EQUALS.match(line.live))]
    return all(WRONG.match(text) for text in said)


def _gaps(lines: Sequence[Line]) -> Run | None:
    """The paragraphs from the first that has a gap to the last."""
    having = [at for at, line in enumerate(lines) if _goes_on(line) and GAP.search(CODE.sub("", line.live))]
    if not having:
        return None
    start, end = having[0], having[-1]
    while start > 0 and _goes_on(lines[start - 1]):
        start -= 1
    while end < len(lines) and _goes_on(lines[end]) and (end == having[-1] or not _ends_gaps(lines[end])):
        end += 1
    return Run(frozenset({"gaps"}), start, end)


def _ends_gaps(line: Line) -> bool:
    """Feedback ends the text with gaps, with or without a blank line before it."""
    return bool(EQUALS.match(line.live) or _QUOTED.match(line.live))


def _goes_on(line: Line) -> bool:
    return bool(line.live.strip()) and not line.heading and not line.inert


def _run(lines: Sequence[Line], start: int) -> Run | None:
    if is_table(lines, start):
        end = next((at for at in range(start, len(lines)) if "|" not in lines[at].live), len(lines))
        return Run(frozenset({"table"}), start, end)
    first = _item(lines[start])
    if first is None:
        return None
    kinds, end = {first}, start + 1
    for at in range(start + 1, len(lines)):
        line = lines[at]
        kind = _item(line)
        if kind is not None and (kind in _LISTED) == (first in _LISTED) and (kind in _LISTED or kind == first):
            kinds.add(kind)
        elif line.live.strip() and not (INDENTED.match(line.live) and kind is None):
            break
        end = at + 1 if line.live.strip() else end
    return Run(frozenset(kinds - {"bulleted"} or {"bulleted"}), start, end)


def _item(line: Line) -> Kind | None:
    """The kind of block that a line begins or goes on with an item of."""
    if line.inert or line.heading:
        return None
    if choice := CHOICE.match(line.live):
        return "round" if choice["mark"][0] == "(" else "square"
    if BULLET.match(line.live):
        return "bulleted"
    if EQUALS.match(line.live):
        return "equals"
    return "numbered" if NUMBERED.match(line.live) else None


def is_table(lines: Sequence[Line], at: int) -> bool:
    """Whether a header and the row of dashes under it stand here."""
    if lines[at].inert or at + 1 == len(lines) or lines[at + 1].inert:
        return False
    under = set(lines[at + 1].live)
    return "|" in lines[at].live and {"|", "-"} <= under <= set("|-: \t")
