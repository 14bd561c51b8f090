"""What a careful author would change in a question that works: warnings for `course check`."""

from collections import Counter
from collections.abc import Iterator

from course.markup.findings import Findings, Place
from course.quiz import types
from course.quiz.choices import Choices
from course.quiz.contract import Remark
from course.quiz.model import Question, Quiz
from course.quiz.responses import is_marked

ENOUGH = 4
"""Single choices that a quiz must have before it says anything that all their keys stand in one place."""
MANY = 6
"""... and before it says anything that more than two in three do."""


def check_question(question: Question, file: str) -> Findings:
    """Warnings about one question, which stands in `file`."""
    return _warnings(file, [*_objective(question), *types.of(question).style(question)])


def check_quiz(quiz: Quiz, file: str) -> Findings:
    """Warnings about a quiz and each of its questions."""
    findings = _warnings(file, [*_key_position(quiz), *_points(quiz)])
    for question in quiz.questions:
        findings.extend(check_question(question, file))
    return findings


def _warnings(file: str, remarks: list[Remark]) -> Findings:
    findings = Findings()
    for remark in remarks:
        findings.warn(Place(file, remark.line), remark.rule, remark.message, remark.remedy)
    return findings


def _objective(question: Question) -> Iterator[Remark]:
    if question.objective is None and is_marked(question):
        remedy = "name the lesson's objective that it tests: `objective=...` in its heading"
        yield Remark(question.line, "no-objective", f"The question `{question.id}` tests no objective", remedy)


def _key_position(quiz: Quiz) -> Iterator[Remark]:
    """Keys that (nearly) always stand in one place show in the file, in print and in exports, shuffled or not."""
    places: Counter[int] = Counter()
    for question in quiz.questions:
        body = question.body
        if isinstance(body, Choices) and len(body.keys) == 1:
            places[next(at for at, choice in enumerate(body.choices, start=1) if choice.key)] += 1
    if not places:
        return
    position, there = places.most_common(1)[0]
    total = places.total()
    if (there == total >= ENOUGH) or (total >= MANY and 3 * there > 2 * total):
        among = f"all {total} questions" if there == total else f"{there} of {total} questions"
        message = f"The right choice is number {position} in {among}"
        yield Remark(quiz.questions[0].line, "key-position", message, "put it in another place in some of them")


def _points(quiz: Quiz) -> Iterator[Remark]:
    """A survey that nobody can pass would never be complete."""
    if quiz.questions and quiz.rules.pass_mark and not any(question.points for question in quiz.questions):
        message = "No question of this quiz has points, so nobody can pass it"
        yield Remark(quiz.questions[0].line, "nothing-counts", message, "write `pass: 0%` in the front matter")
