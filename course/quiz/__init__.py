"""Questions and marks. Pure: no Flask, no database, no network, no clock; randomness comes in as a seed.

What a room needs is named here. Reading Markdown is in `grammar`, `rules`, `compare` and `style`.
"""

from course.quiz.carried import carried
from course.quiz.codec import dump_question, dump_quiz, load_question, load_quiz
from course.quiz.drawing import Banked, arrange, draw
from course.quiz.fields import Malformed
from course.quiz.model import EVERYTHING, NOTHING, Order, Question, Quiz, Release, Rules, Value
from course.quiz.release import phase, released
from course.quiz.responses import fill, is_marked, key, read, score, understood, waits
from course.quiz.scoring import (
    SCORING_VERSION,
    Mark,
    attempt_grade,
    final_grade,
    from_millionths,
    millionths,
    passed,
)
from course.quiz.view import QuestionView, view

__all__ = [
    "EVERYTHING",
    "NOTHING",
    "SCORING_VERSION",
    "Banked",
    "Malformed",
    "Mark",
    "Order",
    "Question",
    "QuestionView",
    "Quiz",
    "Release",
    "Rules",
    "Value",
    "arrange",
    "attempt_grade",
    "carried",
    "draw",
    "dump_question",
    "dump_quiz",
    "fill",
    "final_grade",
    "from_millionths",
    "is_marked",
    "key",
    "load_question",
    "load_quiz",
    "millionths",
    "passed",
    "phase",
    "read",
    "released",
    "score",
    "understood",
    "view",
    "waits",
]
