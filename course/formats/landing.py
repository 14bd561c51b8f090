"""An imported bank as a quiz file that `course check` accepts."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from course.formats.asking import ask
from course.formats.foreign import Bank, Foreign
from course.formats.report import Report
from course.markup.attributes import ID_FORM
from course.markup.findings import Findings
from course.markup.writing import Unwritable
from course.quiz.codec import dump_question
from course.quiz.grammar import parse_quiz
from course.quiz.model import EMPTY, Question
from course.quiz.rules import Front
from course.quiz.write import write_question, write_quiz


def land(bank: Bank, name: str, title: str, language: str, report: Report) -> tuple[str, tuple[Question, ...]]:
    """The Markdown of a quiz called `name`, and its questions. What could not be carried is in `report`."""
    taken: set[str] = set()
    found: list[Question] = []
    for line, question, why in bank.left_out:
        report.about(line, question)(why)
    for foreign in bank.questions:
        own = _id(foreign, taken)
        note = report.about(foreign.line, foreign.name if foreign.name and foreign.name != own else own)
        if foreign.objective is not None and not ID_FORM.fullmatch(foreign.objective):
            note(f"the objective `{foreign.objective[:60]}` cannot be an id here, and is not carried")
            foreign.objective = None
        asked = ask(foreign, own, language, note)
        if asked is not None and (why := unreadable(asked)):
            note(f"left out: {why}")
        elif asked is not None:
            taken.add(own)
            found.append(asked)
    return write_quiz(name, title, EMPTY, tuple(found)), tuple(found)


def unreadable(question: Question) -> str:
    """Why a question would not be read as it is written; "" where it is."""
    findings = Findings()
    try:
        text = write_question(question)
    except Unwritable as error:
        return f"{error} cannot be written in Markdown"
    quiz = parse_quiz(text, "", 1, question.language, Front("x", "X"), findings)
    if findings.errors:
        return f"{findings.errors[0].message} ({findings.errors[0].remedy})"
    if quiz is None or _bare(dump_question(quiz.questions[0])) != _bare(dump_question(question)):
        return "its text would be read as a part of its answer; change it there and import it again"
    return ""


def _bare(data: Any) -> Any:
    """Plain data without line numbers."""
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items() if key != "line"}
    return [_bare(one) for one in data] if isinstance(data, list) else data


def _id(foreign: Foreign, taken: Iterable[str]) -> str:
    """Its id there, where that can be one here; else its name in small letters. Different from all others."""
    wanted = slug(foreign.id) or slug(foreign.name) or f"question-{foreign.number}"
    tries = (wanted, *(f"{wanted[:50].rstrip('-')}-{at}" for at in range(2, 1000)))
    return next(one for one in tries if one not in taken)


def slug(text: str) -> str:
    """Words as an id: `Which aims?` → `which-aims`; "" where nothing is left."""
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")[:60].rstrip("-")
