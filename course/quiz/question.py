"""One question: heading, stem, one answer block, general feedback."""

import difflib
from collections.abc import Sequence
from typing import NamedTuple

from course.markup.findings import Findings
from course.markup.render import fragment, inline
from course.markup.scan import Heading, Line
from course.quiz.blocks import MARKED, Answer, Kind, Run, place, runs
from course.quiz.contract import Draft
from course.quiz.heading import check_names, common
from course.quiz.model import EMPTY, Html, Question
from course.quiz.quotes import CALLOUT, QUOTE, unquote
from course.quiz.types import TYPES, AnyType

_MARKS: dict[Kind, str] = {"round": "( )", "square": "[ ]", "equals": "="}
_LATER = {
    "cloze": "gaps",
    "match": "matching",
    "order": "ordering",
    "categorise": "categorising",
    "written": "written answers",
    "scale": "scales",
}


class Where(NamedTuple):
    """The file that a question stands in, and its language."""

    file: str
    language: str
    in_lesson: bool


class Read(NamedTuple):
    """A question, and the last line that belongs to it."""

    question: Question
    last_line: int


class _Rest(NamedTuple):
    """What stands after the answer block: the general feedback, and how many lines it takes."""

    feedback: Html
    length: int


def parse_question(heading: Heading, lines: Sequence[Line], where: Where, findings: Findings) -> Read | None:
    """The question under `heading`. `lines` are those after it, up to where it ends at the latest."""
    before = len(findings.errors)
    blocks = runs(lines)
    shared = common(heading, findings)
    answer, kind = _answer(heading, lines, blocks, where, findings)
    if answer is None or kind is None:
        return None
    check_names(heading, kind, findings)
    _check_blocks(blocks, answer, lines, where, findings)
    draft = Draft(
        heading.id or "",
        heading.place,
        where.language,
        heading.attributes,
        Answer(_kind(answer), where.file, tuple(lines[answer.start : answer.end])),
    )
    body = kind.parse(draft, findings)
    stem = _stem(lines[: answer.start], where, findings)
    rest = _after(lines[answer.end :], where, findings)
    if body is None or len(findings.errors) > before:
        return None
    question = Question(
        id=draft.id,
        type=kind.name,
        prompt=inline(heading.text, heading.place, findings),
        stem=stem,
        body=body,
        feedback=rest.feedback,
        points=shared.points,
        objective=shared.objective,
        shuffle=shared.shuffle,
        line=heading.place.line,
        language=where.language,
        attributes=dict(heading.attributes),
    )
    return Read(question, lines[answer.end + rest.length - 1].number)


def _answer(
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
    if not fitting:
        message = f"This question of type {kind.name} has no answer that fits it"
        findings.error(heading.place, "no-answer", message, _how(kind))
        return None, None
    return fitting[-1], kind


def _told(
    heading: Heading, lines: Sequence[Line], blocks: Sequence[Run], where: Where, findings: Findings
) -> tuple[Run | None, AnyType | None]:
    """As `_answer`, where only the block can tell the type."""
    marked = [block for block in blocks if block.kinds & MARKED]
    if not marked:
        if any("[[" in line.live for line in lines if not line.inert):
            _unknown_type("cloze", heading, findings)
            return None, None
        remedy = "write choices (`- ( )`, `- (x)` or `- [ ]`, `- [x]`) or `= number`, or say `type=` in its heading"
        findings.error(heading.place, "no-answer", "This question has no answer", remedy)
        return None, None
    block = marked[-1]
    answer = Answer(_kind(block), where.file, tuple(lines[block.start : block.end]))
    for kind in TYPES.values():
        if kind.recognises(answer):
            return block, kind
    remedy = "say `type=short` or `type=truefalse` in the heading; only `= number` needs no type"
    findings.error(answer.place, "untyped", "This `=` line does not tell what type the question is", remedy)
    return None, None


def _kind(block: Run) -> Kind:
    return min(block.kinds)


def _unknown_type(written: str, heading: Heading, findings: Findings) -> None:
    known = ", ".join(sorted(TYPES))
    if written in _LATER:
        message = f"This version cannot ask for {_LATER[written]} yet"
        findings.error(heading.place, "unknown-type", message, f"use one of {known}")
        return
    near = difflib.get_close_matches(written, TYPES, n=1)
    remedy = f"did you mean `type={near[0]}`?" if near else f"known types: {known}"
    findings.error(heading.place, "unknown-type", f"There is no question type `{written[:40]}`", remedy)


def _how(kind: AnyType) -> str:
    marks = [
        f"`- {_MARKS[block]}`" if block != "equals" else "`= ...`" for block in sorted(kind.blocks) if block in _MARKS
    ]
    return f"write it as lines that begin with {' or '.join(marks)}" if marks else "see the grammar of a question"


def _check_blocks(blocks: Sequence[Run], answer: Run, lines: Sequence[Line], where: Where, findings: Findings) -> None:
    """One answer block, of one kind."""
    for block in blocks:
        here = place(where.file, lines[block.start])
        if len(block.kinds) > 1 or (block.kinds & MARKED and block.kinds != answer.kinds):
            kinds = " and ".join(f"`{_MARKS[kind]}`" for kind in sorted(block.kinds | answer.kinds))
            findings.error(here, "mixed-answers", f"The answer mixes {kinds}", "use one kind of answer in a question")
        elif block is not answer and block.kinds & MARKED:
            remedy = "join it with the other, or begin a new question with a heading before it"
            findings.error(here, "two-answers", "A second answer stands in this question", remedy)


def _stem(lines: Sequence[Line], where: Where, findings: Findings) -> Html:
    if not any(line.live.strip() for line in lines):
        return EMPTY
    for line in lines:
        if line.heading and "type" in line.heading.attributes:
            remedy = "begin a question with `##`, or take `type=` out"
            findings.error(line.heading.place, "nested-question", "A question cannot stand in another", remedy)
    return fragment("\n".join(line.live for line in lines), place(where.file, lines[0]), findings)


def _after(lines: Sequence[Line], where: Where, findings: Findings) -> _Rest:
    """The general feedback: the quotation that follows the answer. In a quiz nothing may follow it."""
    start = next((at for at, line in enumerate(lines) if line.live.strip()), len(lines))
    end = start
    for at in range(start, len(lines)):
        if QUOTE.match(lines[at].live) and not (end > start and where.in_lesson and _is_callout(lines[at])):
            end = at + 1
        elif lines[at].live.strip():
            break
    _check_after(lines, start, end, where, findings)
    quoted = lines[start:end]
    if not quoted:
        return _Rest(EMPTY, 0)
    return _Rest(fragment(unquote(quoted), place(where.file, quoted[0]), findings), end)


def _check_after(lines: Sequence[Line], start: int, end: int, where: Where, findings: Findings) -> None:
    for line in lines[start:end]:
        if _is_callout(line):
            remedy = "move it before the answer, or take `[!...]` out if it is feedback"
            findings.error(place(where.file, line), "callout-after-answer", "A callout stands after the answer", remedy)
            break
    if start < end < len(lines) and lines[end].live.strip() and not lines[end].heading:
        remedy = "begin it with `>` too, or leave a blank line before it"
        findings.error(
            place(where.file, lines[end]), "feedback-line", "It is not clear whether this line is feedback", remedy
        )
        return
    extra = next((line for line in lines[end:] if line.live.strip()), None)
    if extra is not None and not where.in_lesson:
        remedy = "put it before the answer, or begin it with `>` if it is feedback"
        findings.error(place(where.file, extra), "after-answer", "Text stands after the answer", remedy)


def _is_callout(line: Line) -> bool:
    return CALLOUT.match(unquote([line])) is not None
