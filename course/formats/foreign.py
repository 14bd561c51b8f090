"""A question as another system has it, before it is known what of it we can ask."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from course.formats.moodle_cloze import ForeignGap

Kind = Literal["one", "many", "truefalse", "short", "numerical", "match", "order", "essay", "cloze"]
MOST_QUESTIONS = 500


class Answer(NamedTuple):
    """`text` is HTML where it is chosen, else plain. `right` is the other side of a pair, `within` a tolerance."""

    text: str
    fraction: Fraction = Fraction(0)
    feedback: str = ""
    right: str = ""
    within: Fraction = Fraction(0)


@dataclass(slots=True)
class Foreign:
    """`text`, `general` and feedback are HTML that nobody has looked at; `lost` is what the reader could not take."""

    number: int
    name: str
    kind: Kind
    text: str
    line: int = 0
    answers: list[Answer] = field(default_factory=list)
    gaps: "list[ForeignGap]" = field(default_factory=list)
    general: str = ""
    id: str = ""
    objective: str | None = None
    points: Fraction = Fraction(1)
    shuffle: bool = True
    strict: bool = False
    unit: str = ""
    rubric: str = ""
    lost: list[str] = field(default_factory=list)


class Refused(ValueError):
    """The file is none that can be read. `str(error)` says why, and what to do, in one sentence."""


@dataclass(slots=True)
class Bank:
    """What a file holds: its category's name, the questions, and notes on those that are of no type of ours."""

    title: str = ""
    questions: list[Foreign] = field(default_factory=list)
    left_out: list[tuple[int, str, str]] = field(default_factory=list)
