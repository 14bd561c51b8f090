"""One question: heading, stem, one answer block, general feedback."""

from collections.abc import Sequence
from typing import NamedTuple

from course.markup.findings import Findings
from course.markup.render import fragment, inline
from course.markup.scan import Heading, Line
from course.quiz.answer import Where, check_blocks, check_kind, find_answer, kind_of
from course.quiz.blocks import Answer, Run, place, runs
from course.quiz.contract import Draft
from course.quiz.heading import check_names, common
from course.quiz.model import EMPTY, Html, Question
from course.quiz.quotes import CALLOUT, QUOTE, unquote


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
    answer, kind = find_answer(heading, lines, blocks, where, findings)
    if answer is None or kind is None:
        return None
    check_names(heading, kind, findings)
    check_blocks(blocks, answer, lines, where, findings)
    check_kind(heading, kind, answer, lines, where, findings)
    draft = _draft(heading, answer, lines, where)
    body = kind.parse(draft, findings)
    stem = _stem(lines[: answer.start], where, findings)
    rest = _after(lines[answer.last :], where, findings)
    if body is None or len(findings.errors) > before:
        return None
    question = Question(
        id=draft.id,
        type=kind.name,
        prompt=inline(heading.text, heading.place, findings),
        stem=stem,
        body=body,
        feedback=rest.feedback,
        points=shared.points if "points" in heading.attributes else kind.points(body),
        objective=shared.objective,
        shuffle=shared.shuffle,
        line=heading.place.line,
        language=where.language,
        attributes=dict(heading.attributes),
    )
    end = answer.last + rest.length
    return Read(question, lines[end - 1].number if end else heading.place.line)


def _draft(heading: Heading, answer: Run, lines: Sequence[Line], where: Where) -> Draft:
    def cut(run: Run) -> Answer:
        return Answer(kind_of(run), where.file, tuple(lines[run.start : run.end]))

    wrong = cut(answer.wrong) if answer.wrong else None
    return Draft(heading.id or "", heading.place, where.language, heading.attributes, cut(answer), wrong)


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
