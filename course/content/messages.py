"""A lesson or quiz as the messages that translators work on with their own tools, and back. Pure.

A message is a paragraph, list, table or the like; where a translation has other ones than its source, it is the whole
section. The title and each objective are messages, too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from course.content.compile import compile_source
from course.content.paths import SourcePath, classify
from course.content.units import TOP, split_units, starts_of
from course.markup.findings import Findings
from course.markup.front_matter import split

_FENCE = re.compile(r"\s*(?:>\s*)*(`{3,}|~{3,})")
Key = tuple[str, str]
"""Context (`why#gap`) and text of a message, as in PO."""


@dataclass(frozen=True, slots=True)
class Message:
    """`text` in the source language, `translation` as far as there is one. `line` is where it stands in the source."""

    context: str
    text: str
    line: int
    translation: str = ""
    unit: str = TOP

    @property
    def key(self) -> Key:
        return self.context, self.text


@dataclass(frozen=True, slots=True)
class Parts:
    """A file taken apart: `units` maps each to its text and line; `title` and `objectives` are the front matter's."""

    text: str
    head: Any
    units: Mapping[str, str]
    lines: Mapping[str, int]
    title: str
    objectives: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> int:
        """The line on which the body begins."""
        return self.lines[TOP]

    def first(self, unit: str) -> int:
        """The line on which the words of a unit begin."""
        line, lines = self.lines[unit], self.text.split("\n")
        while line < len(lines) and not lines[line - 1]:
            line += 1
        return line


def parts(path: str, data: bytes) -> Parts | None:
    """A lesson or quiz taken apart; None for anything else, and after errors."""
    source = classify(path)
    if source is None or source.kind not in ("lesson", "quiz"):
        return None
    return _parts(path, source, data)


def _parts(path: str, source: SourcePath, data: bytes) -> Parts | None:
    head = compile_source(path, source, data).head
    if head is None or not head["digests"]:
        return None
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    body = split(text, path, Findings()).body_line
    starts = starts_of(head)
    lines = {TOP: body, **starts}
    return Parts(text, head, split_units(text, starts, body), lines, head["title"], head.get("objectives", {}))


def messages(source: Parts, translation: Parts | None) -> list[Message]:
    """Everything to translate in a file, with what is translated already."""
    found = list(_front(source, translation))
    for unit, text in source.units.items():
        there = translation.units.get(unit) if translation else None
        keys = block_keys(context_of(source, unit), text)
        others = split_blocks(there)[0] if there is not None else [""] * len(keys)
        if len(others) != len(keys):
            found.append(Message(context_of(source, unit), text, source.first(unit), there or "", unit))
            continue
        lines = _lines_of_blocks(text, source.first(unit))
        found += [
            Message(context, block, line, other, unit)
            for (context, block), line, other in zip(keys, lines, others, strict=True)
        ]
    return [message for message in found if message.text]


def context_of(source: Parts, unit: str) -> str:
    return f"{source.head['id']}#{unit}"


def block_keys(context: str, text: str) -> list[Key]:
    """The keys of the blocks of a unit; equal blocks are numbered."""
    seen: dict[str, int] = {}
    keys = []
    for block in split_blocks(text)[0]:
        seen[block] = seen.get(block, 0) + 1
        keys.append((f"{context} ({seen[block]})" if seen[block] > 1 else context, block))
    return keys


def _front(source: Parts, translation: Parts | None) -> Iterator[Message]:
    name = source.head["id"]
    yield Message(f"{name} title", source.title, 1, translation.title if translation else "")
    for objective, words in source.objectives.items():
        there = translation.objectives.get(objective, "") if translation else ""
        yield Message(f"{name} objective {objective}", words, 1, there)


def split_blocks(text: str) -> tuple[list[str], list[str]]:
    """The blocks of a text, and what stands before, between and after them (one more): blank lines.

    Inside a fence or a comment a blank line is part of the block.
    """
    groups = [
        (blank, "\n".join(line for _, line in lines)) for blank, lines in groupby(_marked(text), lambda one: one[0])
    ]
    blocks = [words for blank, words in groups if not blank]
    gaps = [""]
    for at, (blank, words) in enumerate(groups):
        if blank:
            gaps[-1] = f"{gaps[-1]}{words}" + ("\n" if at < len(groups) - 1 else "")
        else:
            gaps.append("\n" if at < len(groups) - 1 else "")
    return blocks, gaps


def _marked(text: str) -> Iterator[tuple[bool, str]]:
    """Each line, and whether it stands between blocks."""
    fence, comment = "", False
    for line in text.split("\n"):
        yield not line.strip() and not fence and not comment, line
        mark = _FENCE.match(line)
        if mark and not comment:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        if not fence and ("<!--" in line or "-->" in line):
            comment = line.rfind("<!--") > line.rfind("-->")


def _lines_of_blocks(text: str, first: int) -> list[int]:
    """The line on which each block begins, where the text begins on line `first`."""
    blocks, gaps = split_blocks(text)
    lines = []
    for block, gap in zip(blocks, gaps, strict=False):
        first += gap.count("\n")
        lines.append(first)
        first += block.count("\n")
    return lines
