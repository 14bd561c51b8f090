"""Questions as the heads of lessons and quizzes keep them."""

from collections.abc import Iterable

from course.content.compiled import LinkHead, QuestionHead, StyleHead
from course.markup.findings import Findings
from course.markup.html import Html
from course.markup.links import targets
from course.quiz import codec
from course.quiz.model import Question


def question_heads(questions: Iterable[Question]) -> dict[str, QuestionHead]:
    """What the checks and the outline need of each question, by its id."""
    return {
        question.id: {
            "type": question.type,
            "points": question.points,
            "objective": question.objective,
            "shuffle": question.shuffle,
            "names": list(question.names),
            "at": (question.line, 1),
        }
        for question in questions
    }


def question_links(question: Question) -> list[LinkHead]:
    """The links and pictures in all HTML of a question, at its heading."""
    return links_in(codec.dump_question(question), question.line)


def links_in(data: object, line: int) -> list[LinkHead]:
    """The links and pictures in the HTML anywhere in `data`, which is JSON."""
    if isinstance(data, str):
        found = targets(Html(data)) if '="hole:' in data else []
        return [{"target": target.target, "at": (line, 1), "kind": target.kind} for target in found]
    entries = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [link for entry in entries for link in links_in(entry, line)]


def style_heads(warnings: Findings) -> list[StyleHead]:
    """Warnings that only count once it is known whether the file is in the source language."""
    return [
        {"line": found.place.line, "rule": found.rule, "message": found.message, "remedy": found.remedy}
        for found in warnings
    ]
