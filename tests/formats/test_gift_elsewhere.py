"""What we write as GIFT is GIFT to somebody else's parser, gift-pegjs of npm."""

import json
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from course.formats import gift_out
from course.formats.report import Report
from course.markup.html import plain
from course.quiz.choices import Choices
from course.quiz.model import EMPTY, Html, Question, Quiz, Rules
from course.quiz.types.short import ShortBody
from tests.formats.test_round_trips import GIFT
from tests.node import HERE, node_with
from tests.quiz.asked import questions
from tests.quiz.reading import quiz_of

ROOT = Path(__file__).parents[2]
KINDS = {
    "single": "MC",
    "multiple": "MC",
    "truefalse": "TF",
    "short": "Short",
    "numerical": "Numerical",
    "match": "Matching",
    "categorise": "Matching",
    "written": "Essay",
}


def parsed(*texts: str) -> list[list[dict[str, Any]]]:
    """What gift-pegjs reads in each text; categories aside."""
    node = node_with("gift-pegjs")
    done = subprocess.run(
        [node, "gift.js"], cwd=HERE, input=json.dumps(texts), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return [[question for question in text if question["type"] != "Category"] for text in found]


def test_the_shipped_quizzes_are_read_question_by_question() -> None:
    quizzes = [quiz_of(path.read_text("utf-8").split("---\n", 2)[2]) for path in sorted(ROOT.glob("quizzes/*/*.md"))]
    texts = [gift_out.write(quiz, Report()) for quiz in quizzes]
    for quiz, found in zip(quizzes, parsed(*texts), strict=True):
        kept = [question for question in quiz.questions if question.type in KINDS]
        assert [(one["id"], one["type"]) for one in found] == [(one.id, KINDS[one.type]) for one in kept]


@pytest.mark.parametrize("kind", GIFT)
def test_any_signs_are_read_as_they_were_meant(kind: str) -> None:
    asked: list[Question] = []

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(questions(kind))
    def ask(question: Question) -> None:
        asked.append(question)

    ask()
    texts = [gift_out.write(Quiz("x", "X", "en", Rules(), EMPTY, (question,)), Report()) for question in asked]
    for ours, found in zip(asked, parsed(*texts), strict=True):
        (theirs,) = found
        assert theirs["type"] == KINDS[ours.type]
        assert words(theirs["stem"]["text"]).startswith(plain(ours.prompt))
        assert answers(theirs) == keys(ours), ours


def words(html: str) -> str:
    return plain(Html(html))


def keys(question: Question) -> list[str]:
    """Words that have to come through, as they are."""
    if isinstance(question.body, Choices):
        return [plain(choice.text) for choice in question.body.choices]
    if isinstance(question.body, ShortBody):
        return [key.replace("*", "\\*") for key in question.body.keys]
    return []


def answers(found: dict[str, Any]) -> list[str]:
    if found["type"] == "MC":
        return [words(choice["text"]["text"]) for choice in found["choices"]]
    if found["type"] == "Short":
        return [unescape(one["text"]["text"]) for one in found["choices"] if one["weight"] == 100]
    return []
