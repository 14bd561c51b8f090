"""The bank from which a quiz draws: its own questions, and those of the other quizzes that its rules name.

In an attempt a question of another quiz is called `quiz/question`. An attempt keeps its revision, so what is asked is
what that bank held on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.quiz import Banked
from course.quiz.drawing import Share, shares
from course.quiz.model import Question


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many questions an attempt gets of a part of the bank. `quiz`: that part is this quiz's questions.

    `title` is the quiz's or the words of the objective, "" for the whole bank. `points` of them together; None where
    that depends on what is drawn.
    """

    count: int
    of: int
    title: str
    quiz: str | None
    points: int | None


def bank(published: Published, quiz_id: str) -> list[Banked]:
    """Everything that an attempt at a quiz may get, in the order of the files."""
    named = (quiz_id, *published.quiz(quiz_id).rules.draw.banks)
    return [
        Banked(name, question, outline.objective)
        for name in named
        for question, outline in published.quiz(name).asked.items()
    ]


def called(quiz_id: str, one: Banked) -> str:
    """What a question is called in an attempt at this quiz."""
    return one.question if one.quiz == quiz_id else f"{one.quiz}/{one.question}"


def questions(published: Published, quiz_id: str, names: Iterable[str], language: str) -> Mapping[str, Question]:
    """The questions that are called so, in a language where they are translated; and all of the quiz's own."""
    found = {question.id: question for question in catalogue.quiz(published, quiz_id, language).questions}
    for other in {name.partition("/")[0] for name in names if "/" in name}:
        for question in catalogue.quiz(published, other, language).questions:
            found[f"{other}/{question.id}"] = question
    return found


def drawn(published: Published, quiz_id: str, language: str) -> tuple[Drawn, ...]:
    """What an attempt at a quiz is drawn from, part by part."""
    parts = shares(published.quiz(quiz_id).rules, quiz_id, bank(published, quiz_id))
    return tuple(_drawn(published, share, language) for share in parts if share.bank and share.wanted)


def _drawn(published: Published, share: Share, language: str) -> Drawn:
    count, weights = min(share.wanted, len(share.bank)), [_points(published, one) for one in share.bank]
    alike = len(set(weights)) == 1
    points = sum(weights) if count == len(weights) else count * weights[0] if alike else None
    if share.name in published.outline.quizzes and all(one.quiz == share.name for one in share.bank):
        title = published.text(published.quiz(share.name).titles, language)
        return Drawn(count, len(share.bank), title, share.name, points)
    objective = published.outline.objectives.get(share.name, {})
    return Drawn(count, len(share.bank), published.text(objective, language), None, points)


def _points(published: Published, one: Banked) -> int:
    return published.quiz(one.quiz).points[one.question]
