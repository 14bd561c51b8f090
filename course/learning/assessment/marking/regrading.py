"""What a corrected key would change: every answer that counts, marked anew by the questions of another revision.

Reads only. What is asked for now in another way, or not at all, is left as it is, and said to be.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from sqlalchemy import func, select

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.db import db
from course.errors import NotFound
from course.learning.assessment import queries as assessment
from course.learning.assessment.answers import read_answer
from course.learning.assessment.models import MILLION, Attempt, AttemptQuestion, Marking, Response
from course.learning.models import Enrolment
from course.quiz import attempt_grade, carried, is_marked, millionths, passed, score, waits
from course.quiz.model import Question, Value
from course.quiz.scoring import after_tries

Why = Literal["gone", "changed"]


class Change(NamedTuple):
    """An answer that gets another fraction (both in millionths). `points` are those it was drawn with."""

    response: int
    position: int
    question: str
    points: int
    before: int
    after: int


class Left(NamedTuple):
    """An answer that is left as it is: its question is gone, or asks for something else now."""

    position: int
    question: str
    why: Why


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a regrade changes in an attempt. Grades in millionths; `passes`: whether before and after reach the mark."""

    attempt: int
    number: int
    person: int
    before: int
    after: int
    passes: tuple[bool, bool]
    changes: tuple[Change, ...]
    left: tuple[Left, ...]


class _Answer(NamedTuple):
    """An answer that counts, or that was a try. `fraction`: what it is worth so far, None where it has no marking."""

    response: int
    language: str
    value: Value | None
    fraction: int | None


class _Row(NamedTuple):
    """A question of an attempt, with its answers, the first one first; the last of them counts."""

    item: int
    question: str
    position: int
    points: int
    answers: tuple[_Answer, ...]


def of_attempt(attempt: Attempt, published: Published) -> Outcome:
    """What the keys of `published` change in one closed attempt."""
    return next(iter(_outcomes([attempt], published)))


def of_quiz(item: int, published: Published, after: int, limit: int) -> list[Outcome]:
    """The same for the closed attempts at a quiz behind the attempt `after`, in the order of their ids."""
    query = select(Attempt).where(Attempt.item_id == item, Attempt.closed.is_not(None), Attempt.id > after)
    return list(_outcomes(db.session.scalars(query.order_by(Attempt.id).limit(limit)).all(), published))


def count(item: int) -> int:
    """How many closed attempts at a quiz there are."""
    query = select(func.count()).where(Attempt.item_id == item, Attempt.closed.is_not(None))
    return db.session.scalar(query) or 0


def under_way(item: int, published: Published) -> int:
    """How many open attempts will be marked by the key of an earlier revision when they are handed in."""
    query = select(func.count()).where(Attempt.item_id == item, Attempt.closed.is_(None))
    return db.session.scalar(query.where(Attempt.revision_id != published.revision_id)) or 0


def _outcomes(attempts: Sequence[Attempt], published: Published) -> Iterable[Outcome]:
    people = _people(attempts)
    rows = _rows([attempt.id for attempt in attempts])
    scores = _Scores(published)
    for attempt in attempts:
        yield _outcome(attempt, people[attempt.id], rows.get(attempt.id, []), scores)


def _outcome(attempt: Attempt, person: int, rows: Sequence[_Row], scores: "_Scores") -> Outcome:
    rules = assessment.rules(attempt)
    changes: list[Change] = []
    left: list[Left] = []
    marks: list[tuple[Fraction, int]] = []
    for row in rows:
        worth: list[int] = []
        for answer in row.answers:
            now = scores.of(attempt.revision_id, row.item, answer)
            before = answer.fraction or 0
            if isinstance(now, str):
                left.append(Left(row.position, row.question, now))
            elif now is not None and now != before:
                changes.append(Change(answer.response, row.position, row.question, row.points, before, now))
            worth.append(now if isinstance(now, int) else before)
        marks.append((_earned(worth, rules.penalty), row.points))
    before, after = attempt.grade or 0, millionths(attempt_grade(marks))
    reaches = passed(rules, Fraction(before, MILLION)), passed(rules, Fraction(after, MILLION))
    return Outcome(attempt.id, attempt.number, person, before, after, reaches, tuple(changes), tuple(left))


def _earned(worth: Sequence[int], penalty: Fraction) -> Fraction:
    """What a question's answers earn together: the last one, or, where tries cost something, the best after that."""
    fractions = [Fraction(one, MILLION) for one in worth]
    if not penalty:
        return fractions[-1] if fractions else Fraction(0)
    return Fraction(millionths(after_tries(fractions, penalty)), MILLION)


def _people(attempts: Sequence[Attempt]) -> dict[int, int]:
    query = select(Attempt.id, Enrolment.person_id).join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    found = db.session.execute(query.where(Attempt.id.in_([attempt.id for attempt in attempts])))
    return dict(found.all())


def _rows(attempts: Sequence[int]) -> dict[int, list[_Row]]:
    """By attempt, its questions in their order. Three queries, however many attempts."""
    marked = select(Marking.response_id, Marking.fraction).join(Response, Response.id == Marking.response_id)
    latest = dict(db.session.execute(marked.where(Response.attempt_id.in_(attempts)).order_by(Marking.id)).all())
    answers = _answers(attempts, latest)
    drawn = select(AttemptQuestion).where(AttemptQuestion.attempt_id.in_(attempts))
    found: dict[int, list[_Row]] = {}
    for one in db.session.scalars(drawn.order_by(AttemptQuestion.attempt_id, AttemptQuestion.position)):
        row = _Row(one.item_id, one.question, one.position, one.points, tuple(answers.get(one.id, ())))
        found.setdefault(one.attempt_id, []).append(row)
    return found


def _answers(attempts: Sequence[int], latest: Mapping[int, int]) -> dict[int, list[_Answer]]:
    """By attempt question, the answers that were marked, and the one that counts."""
    query = select(Response.attempt_question_id, Response.id, Response.language, Response.value, Response.text)
    query = query.where(Response.attempt_id.in_(attempts), Response.late.is_(False)).order_by(Response.number)
    found: dict[int, list[_Answer]] = {}
    for question, response, language, value, text in db.session.execute(query):
        so_far = found.setdefault(question, [])
        if so_far and so_far[-1].fraction is None:  # counted for a while, and was no try
            so_far.pop()
        so_far.append(_Answer(response, language, read_answer(value, text), latest.get(response)))
    return found


@dataclass(slots=True)
class _Scores:
    """What answers are worth by a revision. Equal answers are looked at once."""

    published: Published
    _worth: dict[tuple[int, int, str, str], int | Why | None] = field(default_factory=dict)

    def of(self, revision: int, item: int, answer: _Answer) -> int | Why | None:
        """A fraction in millionths, why there is none to be told, or None where there is nothing to mark."""
        key = (revision, item, answer.language, json.dumps(answer.value, sort_keys=True))
        if key not in self._worth:
            self._worth[key] = self._score(revision, item, answer)
        return self._worth[key]

    def _score(self, revision: int, item: int, answer: _Answer) -> int | Why | None:
        old = question_of(catalogue.of_revision(revision), item, answer.language)
        if answer.value is None or old is None or waits(old, answer.value) or not is_marked(old):
            return None
        new = question_of(self.published, item, answer.language)
        if new is None:
            return "gone"
        if new.language != old.language and not isinstance(answer.value, str):  # ids are the same in all languages
            old = question_of(catalogue.of_revision(revision), item, new.language) or old
        value = carried(old, new, answer.value)
        return "changed" if value is None else millionths(score(new, value, new.language))


def question_of(published: Published, item: int, language: str) -> Question | None:
    """A question of a revision by its item, in a language; None where the revision has it no more."""
    kind, name = published.names.get(item, ("", ""))
    quiz, _, question = name.partition("/")
    if kind != "question":
        return None
    try:
        found = catalogue.quiz(published, quiz, language)
    except NotFound:
        return None
    return next((one for one in found.questions if one.id == question), None)
