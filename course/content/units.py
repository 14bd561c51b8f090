"""The parts of a lesson or quiz that are translated one by one, and a digest for each, to know when it has changed.

A unit is a section or a quiz's question; `Top` is what stands before the first, with the title and the objectives. A
translation keeps in its front matter from which state of each unit it was made:

    translated-from: [Top@0f3a9c21, gap@77aa01bc]

That goes with the file through every version control, and needs no database.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

from course.content.compiled import SectionHead, TextHead

TOP = "Top"
DIGEST = re.compile(r"(?P<unit>Top|[a-z0-9][a-z0-9-]{0,59})@(?P<digest>[0-9a-f]{8})")
KEY = "translated-from"
_ATTRIBUTES = re.compile(r"^(#{1,6} .*?)[ \t]*\{[^{}]*\}[ \t]*$")
_TOP_LEVEL = re.compile(r"[^\s#-]")
_WIDTH = 100


def split_units(text: str, starts: Mapping[str, int], body_line: int) -> dict[str, str]:
    """The text of each unit, with the heading that opens it; `Top` first.

    `starts` are the lines, from 1, on which the units of a file begin; its body begins on `body_line`.
    """
    lines = text.split("\n")
    order = [(TOP, body_line), *sorted(starts.items(), key=lambda start: start[1])]
    ends = [line for _, line in order[1:]] + [len(lines) + 1]
    return {
        name: "\n".join(lines[start - 1 : end - 1]).strip("\n") for (name, start), end in zip(order, ends, strict=True)
    }


def digests(units: Mapping[str, str], front: Iterable[str]) -> dict[str, str]:
    """A digest for each unit. `front` is what the front matter says to readers: it belongs to `Top`.

    Attributes of headings and the way in which lines are broken do not count.
    """
    whole = {**units, TOP: "\n".join([*front, units.get(TOP, "")])}
    return {name: digest(text) for name, text in whole.items()}


def digest(text: str) -> str:
    words = " ".join(_ATTRIBUTES.sub(r"\1", line) for line in text.split("\n")).split()
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:8]


def read_record(entries: Iterable[str]) -> dict[str, str]:
    """From `gap@77aa01bc` to the unit and its digest."""
    return {found["unit"]: found["digest"] for entry in entries if (found := DIGEST.fullmatch(entry))}


def recorded(text: str, record: Mapping[str, str]) -> str:
    """The file's text, whose front matter says that it was made from these digests; all else stays as it is."""
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    close = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].lstrip("\ufeff").rstrip() != "---" or close is None:
        raise ValueError("there is no front matter")
    start = next((at for at in range(1, close) if lines[at].startswith(f"{KEY}:")), close)
    end = next((at for at in range(start + 1, close) if _TOP_LEVEL.match(lines[at])), close) if start < close else close
    return ends.join([*lines[:start], *_written(record), *lines[end:]])


def _written(record: Mapping[str, str]) -> list[str]:
    """The entry in lines of a width that a person can look over."""
    lines = [f"{KEY}: ["]
    entries = [f"{name}@{value}" for name, value in record.items()]
    for at, entry in enumerate(entries, start=1):
        piece = entry + (", " if at < len(entries) else "]")
        if len(lines[-1]) + len(piece) > _WIDTH:
            lines[-1] = lines[-1].rstrip()
            lines.append("  ")
        lines[-1] += piece
    return lines if entries else []


def starts_of(head: TextHead) -> dict[str, int]:
    """The lines on which the units of a compiled lesson or quiz begin."""
    things: list[SectionHead] | None = head.get("sections")  # type: ignore[assignment]
    if things is None:
        return {name: question["at"][0] for name, question in head["asked"].items()}
    return {section["id"]: section["at"][0] for section in things if section["id"]}
