"""Plain lists that are answers: the steps of an order, the points of a scale."""

import re
from typing import NamedTuple

from course.markup.findings import Findings, Place
from course.quiz.blocks import BULLET, NUMBERED, Answer, place

MOST = 20


class Entry(NamedTuple):
    """One item of a list: its Markdown on one line, and where it begins."""

    text: str
    place: Place


def parse_list(answer: Answer, findings: Findings) -> list[Entry]:
    """The items of a numbered or bulleted list, none if there are too many. What cannot stand in one is a finding."""
    begins: re.Pattern[str] = NUMBERED if answer.kind == "numbered" else BULLET
    entries: list[Entry] = []
    for line in answer.lines:
        here = place(answer.file, line)
        match = None if line.inert else begins.match(line.live)
        if match:
            entries.append(Entry(match["text"].strip(), here))
        elif line.inert and line.live.strip():
            findings.error(here, "code-in-list", "Code cannot stand in this list", "put it before the list")
        elif line.live.lstrip().startswith(">"):
            remedy = "put `>` in the first column after the list, for the general feedback"
            findings.error(here, "indented-feedback", "An item of this list has no feedback of its own", remedy)
        elif line.live.strip() and entries:
            entries[-1] = Entry(f"{entries[-1].text} {line.live.strip()}", entries[-1].place)
    if len(entries) > MOST:
        message = f"The list has {len(entries)} items"
        findings.error(answer.place, "item-count", message, f"write {MOST} at the most")
        return []
    return entries
