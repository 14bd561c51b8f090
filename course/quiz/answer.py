"""Which of a question's blocks is its answer, and which type reads it."""

import difflib
from collections.abc import Sequence
from typing import NamedTuple

from course.markup.findings import Findings
from course.markup.scan import Heading, Line
from course.quiz.blocks import MARKED, Answer, Kind, Run, place
from course.quiz.types import TYPES, AnyType

_MARKS: dict[Kind, str] = {"round": "( )", "square": "[ ]", "equals": "=", "gaps": "[[ ]]"}
_SHAPES: dict[Kind, str] = {
    "round": "lines that begin with `- ( )`, and with `- (x)` where it is right",
    "square": "lines that begin with `- [ ]`, and with `- [x]` where it is right",
    "equals": "a line that begins with `= ...`",
    "gaps": "a text with gaps, such as `[[a: word | other word]]`",
    "table": "a table with two columns, under a header and a row of dashes",
    "numbered": "a list in the right order: `1. ...`, `2. ...`",
    "bulleted": "a list: `- 1: not at all` to `- 5: fully`",
}


class Where(NamedTuple):
    """The file that a question stands in, and its language."""

    file: str
    language: str
    in_lesson: bool


def find_answer(
    heading: Heading, lines: Sequence[Line], blocks: Sequence[Run], where: Where, findings: Findings
) -> tuple[Run | None, AnyType | None]:
    """The block that is the answer, and the type that reads it."""
    written = heading.attributes.get("type")
    if written is None:
        return _told(heading, lines, blocks, where, findings)
    kind = TYPES.get(written)
    if kind is None:
        _unknown_type(written, heading, findings)
        return None, None
    fitting = [block for block in blocks if block.kinds & kind.blocks]
    if not fitting and kind.optional:
        return Run(kind.blocks, len(lines), len(lines)), kind
    if not fitting:
        message = f"This question of type {kind.name} has no answer that fits it"
        findings.error(heading.place, "no-answer", message, _how(kind))
        return None, None
    return fitting[-1], kind


def _told(
    heading: Heading, lines: Sequence[Line], blocks: Sequence[Run], where: Where, findings: Findings
) -> tuple[Run | None, AnyType | None]:
    """As `find_answer`, where only the block can tell the type."""
    marked = [block for block in blocks if block.kinds & MARKED]
    if not marked:
        remedy = "write choices (`- ( )`, `- (x)` or `- [ ]`, `- [x]`) or `= number`, or say `type=` in its heading"
        findings.error(heading.place, "no-answer", "This question has no answer", remedy)
        return None, None
    block = marked[-1]
    answer = Answer(kind_of(block), where.file, tuple(lines[block.start : block.end]))
    for kind in TYPES.values():
        if kind.recognises(answer):
            return block, kind
    remedy = "say `type=short` or `type=truefalse` in the heading; only `= number` needs no type"
    findings.error(answer.place, "untyped", "This `=` line does not tell what type the question is", remedy)
    return None, None


def kind_of(block: Run) -> Kind:
    return min(block.kinds)


def _unknown_type(written: str, heading: Heading, findings: Findings) -> None:
    known = ", ".join(sorted(TYPES))
    near = difflib.get_close_matches(written, TYPES, n=1)
    remedy = f"did you mean `type={near[0]}`?" if near else f"known types: {known}"
    findings.error(heading.place, "unknown-type", f"There is no question type `{written[:40]}`", remedy)


def _how(kind: AnyType) -> str:
    return f"write it as {' or '.join(_SHAPES[block] for block in sorted(kind.blocks))}"


def check_blocks(blocks: Sequence[Run], answer: Run, lines: Sequence[Line], where: Where, findings: Findings) -> None:
    """One answer block, of one kind."""
    for block in blocks:
        here = place(where.file, lines[block.start])
        if len(block.kinds) > 1 or (block.kinds & MARKED and block.kinds != answer.kinds):
            kinds = " and ".join(f"`{_MARKS.get(kind, kind)}`" for kind in sorted(block.kinds | answer.kinds))
            findings.error(here, "mixed-answers", f"The answer mixes {kinds}", "use one kind of answer in a question")
        elif block is not answer and block.kinds & MARKED:
            remedy = "join it with the other, or begin a new question with a heading before it"
            findings.error(here, "two-answers", "A second answer stands in this question", remedy)


def check_kind(
    heading: Heading, kind: AnyType, answer: Run, lines: Sequence[Line], where: Where, findings: Findings
) -> None:
    """What depends on the type: where it may stand, and whether `= wrong:` lines may follow its answer."""
    if kind.marking == "person" and where.in_lesson:
        remedy = "ask it in a quiz, where its answers are kept and marked"
        findings.error(heading.place, "written-in-lesson", "Nobody would mark this answer in a lesson", remedy)
    if answer.wrong is not None and not kind.foreseen:
        remedy = "take these lines out, or say it in the general feedback (`> ...`)"
        here = place(where.file, lines[answer.wrong.start])
        findings.error(here, "wrong-line", f"A question of type {kind.name} has no foreseen wrong answers", remedy)
