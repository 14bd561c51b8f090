"""The heading of a question: what its attributes say, apart from what belongs to its type."""

import difflib
import re
from collections.abc import Mapping
from typing import NamedTuple

from course.markup.attributes import valid_id
from course.markup.findings import Findings, Place
from course.markup.scan import Heading
from course.quiz.model import MAX_POINTS
from course.quiz.types import AnyType

COMMON = frozenset({"type", "objective", "points", "shuffle", "renamed-from"})
_MARKED = {"points"}
"""Attributes that a question has only where it is marked."""

_POINTS = re.compile(r"[0-9]{1,3}")


class Common(NamedTuple):
    """What every question's heading can say."""

    points: int
    objective: str | None
    shuffle: bool


def common(heading: Heading, findings: Findings) -> Common:
    """The attributes that every type has; what cannot be read is a finding and counts as not written."""
    named = heading.attributes
    objective = named.get("objective")
    if objective is not None and not valid_id(objective, heading.place, findings):
        objective = None
    for name in named.get("renamed-from", "").replace(",", " ").split():
        valid_id(name, heading.place, findings)
    return Common(_points(named, heading.place, findings), objective, _shuffle(named, heading.place, findings))


def check_names(heading: Heading, kind: AnyType, findings: Findings) -> None:
    """A finding for each attribute that a question of this type does not have."""
    known = (COMMON | kind.options | ({"credit"} if kind.partial else set())) - (
        _MARKED if kind.marking == "none" else set()
    )
    for name in sorted(heading.attributes.keys() - known):
        near = difflib.get_close_matches(name, known, n=1)
        remedy = f"did you mean `{near[0]}=`?" if near else f"known here: {', '.join(sorted(known))}"
        message = f"A question of type {kind.name} has no attribute `{name}`"
        findings.error(heading.place, "unknown-attribute", message, remedy)
    credit = heading.attributes.get("credit", "partial")
    if kind.partial and credit not in {"all", "partial"}:
        remedy = "write `credit=all` for all or nothing, or leave it out"
        findings.error(heading.place, "credit", f"`credit={credit[:40]}` means nothing", remedy)


def check_id(heading: Heading, taken: Mapping[str, Place], findings: Findings) -> bool:
    """Whether the question has an id of its own."""
    if heading.id is None:
        remedy = "end its heading with an id that stays for ever, such as {#first-aims}"
        findings.error(heading.place, "question-id", "This question has no id", remedy)
        return False
    if heading.id in taken:
        message = f"The id `{heading.id}` is also that of the question on line {taken[heading.id].line}"
        findings.error(heading.place, "equal-ids", message, "give each question its own id")
        return False
    return True


def _points(named: Mapping[str, str], place: Place, findings: Findings) -> int:
    written = named.get("points", "1")
    if _POINTS.fullmatch(written) and int(written) <= MAX_POINTS:
        return int(written)
    message = f"`points={written[:40]}` is not a number of points"
    findings.error(place, "points", message, f"write a whole number from 0 to {MAX_POINTS}")
    return 1


def _shuffle(named: Mapping[str, str], place: Place, findings: Findings) -> bool:
    written = named.get("shuffle", "yes")
    if written not in {"yes", "no"}:
        findings.error(
            place, "shuffle", f"`shuffle={written[:40]}` means nothing", "write `shuffle=no`, or leave it out"
        )
    return written != "no"
