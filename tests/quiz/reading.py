"""Short ways from Markdown to what it asks, for the tests of this package."""

from dataclasses import replace

from course.markup import yaml
from course.markup.findings import Findings
from course.quiz.compare import adopt_quiz
from course.quiz.grammar import parse_questions_in_lesson, parse_quiz
from course.quiz.model import Question, Quiz
from course.quiz.rules import Front, read_front

FILE = "quizzes/x/1-x.en.md"
FRONT = Front("x", "X")


def findings_of(body: str, front: Front = FRONT) -> list[tuple[str, int]]:
    """The rules that a quiz file's body breaks, with the lines."""
    findings = Findings()
    parse_quiz(body, FILE, 1, "en", front, findings)
    return [(finding.rule, finding.place.line) for finding in findings]


def quiz_of(body: str, language: str = "en", front: Front = FRONT) -> Quiz:
    findings = Findings()
    quiz = parse_quiz(body, FILE, 1, language, front, findings)
    assert not findings.found, [str(finding) for finding in findings]
    assert quiz is not None
    return quiz


def question_of(body: str, language: str = "en") -> Question:
    (question,) = quiz_of(body, language).questions
    return question


def translated(source: Quiz, body: str, language: str = "fr") -> Quiz:
    return adopt_quiz(source, replace(quiz_of(body, language)))


def in_lesson(body: str) -> tuple[list[tuple[int, int, str]], list[tuple[str, int]]]:
    """The questions in a lesson's body by their lines, and the rules that it breaks."""
    findings = Findings()
    found = parse_questions_in_lesson(body, FILE, 1, "en", findings)
    lines = [(first, last, question.id) for first, last, question in found]
    return lines, [(finding.rule, finding.place.line) for finding in findings]


def front_of(text: str, *, source: bool = True) -> tuple[Front | None, list[str]]:
    """What front matter says, and its findings as an author reads them."""
    findings = Findings()
    node = yaml.load(text, FILE, findings)
    front = read_front(node, findings, source=source) if node else None
    return front, [str(finding) for finding in findings]
