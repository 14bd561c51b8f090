"""Reading questions out of Markdown: whole quiz files, and questions that stand in a lesson."""

from collections.abc import Sequence
from dataclasses import replace

from course.markup.findings import Findings, Place
from course.markup.render import fragment
from course.markup.scan import Heading, Line, scan
from course.quiz.answer import Where
from course.quiz.blocks import place, readable
from course.quiz.drawing import Banked, short_of
from course.quiz.heading import check_id
from course.quiz.model import EMPTY, Html, Question, Quiz, Rules
from course.quiz.question import parse_question
from course.quiz.rules import Front

MAX_QUESTIONS = 500

Found = tuple[int, int, Question]
"""First and last line of a question in a lesson, and the question."""


def parse_quiz(body: str, file: str, first_line: int, language: str, front: Front, findings: Findings) -> Quiz | None:
    """The quiz in the `body` of a quiz file, which begins at `first_line`; None after an error.

    `front` is what its front matter said (`rules.read_front`). Every violation of the grammar becomes a finding.
    A translation (`front.rules` is None) has the default rules: `compare.adopt` gives it the source's. It may have no
    question, as its source may that draws from other quizzes.
    """
    before = len(findings.errors)
    lines = readable(scan(body, file, first_line, findings))
    starts = [at for at, line in enumerate(lines) if line.heading and line.heading.level <= 2]
    intro = _intro(lines[: starts[0]] if starts else lines, file, findings)
    where = Where(file, language, in_lesson=False)
    ends = [*starts[1:], len(lines)][: len(starts)]
    questions = [question for _, _, question in _read(lines, starts, ends, where, findings)]
    rules = front.rules or Rules()
    if not starts and front.rules is not None and not rules.draw.banks:
        findings.error(Place(file, first_line), "no-questions", "This quiz has no question", "begin one with `## ...`")
    _check_draw(front, questions, len(starts), findings)
    if len(findings.errors) > before:
        return None
    if not rules.shuffle:
        questions = [replace(question, shuffle=False) for question in questions]
    return Quiz(front.id, front.title, language, rules, intro, tuple(questions), front.names, front.retired)


def parse_questions_in_lesson(body: str, file: str, first_line: int, language: str, findings: Findings) -> list[Found]:
    """The questions in the `body` of a lesson: headings with `type=`. What the prose around them says is not looked at.

    The lines of each, from its heading to the end of its feedback (or of its answer), are no prose of the lesson.
    """
    # Whatever is wrong with headings and fences is reported by whoever reads the lesson as a whole.
    lines = readable(scan(body, file, first_line, Findings()))
    starts = [at for at, line in enumerate(lines) if line.heading and "type" in line.heading.attributes]
    ends = [_end(lines, start) for start in starts]
    return _read(lines, starts, ends, Where(file, language, in_lesson=True), findings)


def _read(
    lines: Sequence[Line], starts: Sequence[int], ends: Sequence[int], where: Where, findings: Findings
) -> list[Found]:
    """The questions whose headings stand at `starts`, with ids of their own."""
    if len(starts) > MAX_QUESTIONS:
        here = Place(where.file, lines[starts[MAX_QUESTIONS]].number)
        message = f"This file has {len(starts)} questions"
        findings.error(here, "too-many-questions", message, f"{MAX_QUESTIONS} is the most; split it")
        return []
    taken: dict[str, Place] = {}
    found: list[Found] = []
    for start, end in zip(starts, ends, strict=True):
        heading = lines[start].heading
        if heading is None or not _opens(heading, where, findings):
            continue
        named = check_id(heading, taken, findings)
        if heading.id:
            taken.setdefault(heading.id, heading.place)
        read = parse_question(heading, lines[start + 1 : end], where, findings)
        if read and named:
            found.append((lines[start].number, read.last_line, read.question))
    return found


def _opens(heading: Heading, where: Where, findings: Findings) -> bool:
    if heading.level == 1 and not where.in_lesson:
        remedy = "put the quiz's title into the front matter; a question begins with `##`"
        findings.error(heading.place, "top-heading", "A heading with one `#` has no meaning in a quiz", remedy)
        return False
    return True


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the part of a lesson ends in which the question at `start` has to end."""
    opening = lines[start].heading
    for at in range(start + 1, len(lines)):
        heading = lines[at].heading
        if heading and opening and (heading.level <= opening.level or "type" in heading.attributes):
            return at
    return len(lines)


def _intro(lines: Sequence[Line], file: str, findings: Findings) -> Html:
    said = [line for line in lines if line.live.strip()]
    if not said:
        return EMPTY
    for line in said:
        if line.heading:
            remedy = "make it `##` if it is a question, or bold if it is not"
            findings.error(
                line.heading.place, "heading-before-questions", "A heading stands before the first question", remedy
            )
    text = "\n".join(line.live for line in lines)
    return fragment(text, place(file, lines[0]), findings)


def _check_draw(front: Front, questions: Sequence[Question], written: int, findings: Findings) -> None:
    """Whether there is enough to draw from; where other quizzes are drawn from, that is not known here."""
    rules = front.rules
    if rules is None or rules.draw.banks or not written or len(questions) < written:
        return
    bank = [Banked(front.id, question.id, question.objective) for question in questions]
    for share in short_of(rules, front.id, bank):
        of = f" of the objective `{share.name}`" if share.name else ""
        message = f"The rules draw {share.wanted} questions{of}, and the quiz has {len(share.bank)}"
        findings.error(front.draw_place, "draw", message, "draw fewer, or write more questions")
