"""Quizzes and questions as JSON and back, for whoever stores what was compiled."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from course.quiz import types
from course.quiz.model import Question, Quiz

JSON = dict[str, Any]

_QUIZ = TypeAdapter(Quiz)
_QUESTION = TypeAdapter(Question)


def dump_quiz(quiz: Quiz) -> JSON:
    """A quiz as plain JSON data, the same for equal quizzes."""
    data: JSON = _QUIZ.dump_python(replace(quiz, questions=()), mode="json")
    data["rules"]["release"] = {phase: sorted(things) for phase, things in data["rules"]["release"].items()}
    data["questions"] = [dump_question(question) for question in quiz.questions]
    return data


def load_quiz(data: Mapping[str, Any]) -> Quiz:
    """The reverse of `dump_quiz`. Raises ValueError for what it cannot have made."""
    bare: Quiz = _QUIZ.validate_python({**data, "questions": ()})
    return replace(bare, questions=tuple(load_question(question) for question in data["questions"]))


def dump_question(question: Question) -> JSON:
    """A question as plain JSON data."""
    data: JSON = _QUESTION.dump_python(replace(question, body=None), mode="json")
    data["body"] = _body(question.type).dump_python(types.of(question).body(question), mode="json")
    return data


def load_question(data: Mapping[str, Any]) -> Question:
    """The reverse of `dump_question`. Raises ValueError for what it cannot have made."""
    bare: Question = _QUESTION.validate_python(data)
    return replace(bare, body=_body(bare.type).validate_python(bare.body))


@cache
def _body(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(types.TYPES[kind].Body)
