"""What there is to know about attempts. They are reached through an enrolment, so others' are not found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from sqlalchemy import select

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.db import db
from course.errors import NotFound
from course.learning.assessment import banks
from course.learning.assessment import rules as decisions
from course.learning.assessment.answers import answer
from course.learning.assessment.kept import Mine
from course.learning.assessment.models import MILLION, Attempt, AttemptQuestion, Marking, Response, Waiting
from course.learning.assessment.resets import counted
from course.learning.assessment.shown import Shown
from course.learning.models import Enrolment
from course.quiz import attempt_grade, final_grade, millionths, passed, score, waits
from course.quiz.model import Question, Quiz, Rules, Value
from course.quiz.scoring import after_tries


def enrolment(person: int, course_id: int) -> Enrolment | None:
    """The person's open enrolment in a course."""
    query = select(Enrolment).where(
        Enrolment.person_id == person, Enrolment.course_id == course_id, Enrolment.ended.is_(None)
    )
    return db.session.scalar(query)


def attempt(enrolment: Enrolment, quiz_item: int, number: int) -> Attempt:
    """One of the enrolment's own attempts. Raises NotFound."""
    query = select(Attempt).where(
        Attempt.enrolment_id == enrolment.id, Attempt.item_id == quiz_item, Attempt.number == number
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def attempts(enrolment: Enrolment, quiz_item: int) -> Sequence[Attempt]:
    """The enrolment's attempts at a quiz, the first one first."""
    query = select(Attempt).where(Attempt.enrolment_id == enrolment.id, Attempt.item_id == quiz_item)
    return db.session.scalars(query.order_by(Attempt.number)).all()


def responses(attempt: Attempt) -> Sequence[Response]:
    """Every response in an attempt, late ones too, in the order in which they came."""
    query = select(Response).where(Response.attempt_id == attempt.id)
    return db.session.scalars(query.order_by(Response.number)).all()


def drawn(attempt: Attempt | Mine) -> Sequence[AttemptQuestion]:
    """What was drawn for an attempt, in the order in which it is shown."""
    query = select(AttemptQuestion).where(AttemptQuestion.attempt_id == attempt.id)
    return db.session.scalars(query.order_by(AttemptQuestion.position)).all()


def revision(attempt: Attempt | Mine) -> Published:
    """The revision on which an attempt was started, and on which it stays."""
    return catalogue.of_revision(attempt.revision_id)


def rules(attempt: Attempt) -> Rules:
    """The rules of the attempt's quiz, on its revision."""
    published = revision(attempt)
    return published.quiz(published.names[attempt.item_id][1]).rules


def quiz(attempt: Attempt | Mine, language: str) -> Quiz:
    """The attempt's quiz, on its revision, in a language (in the source language where it is not translated)."""
    published = revision(attempt)
    return catalogue.quiz(published, published.names[attempt.item_id][1], language)


def questions(attempt: Attempt | Mine, names: Iterable[str], language: str) -> Mapping[str, Question]:
    """The questions that are called so in an attempt, on its revision, in a language."""
    published = revision(attempt)
    return banks.questions(published, published.names[attempt.item_id][1], names, language)


def shown(attempt: Attempt | Mine, language: str) -> list[Shown]:
    """The attempt's questions, in their order, in a language."""
    rows = drawn(attempt)
    asked = questions(attempt, [row.question for row in rows], language)
    return [Shown(row, asked[row.question], language) for row in rows]


def marked(attempt: Attempt) -> dict[int, int]:
    """By response, late ones aside: its fraction (millionths) by its latest marking."""
    query = select(Marking).join(Response, Response.id == Marking.response_id)
    query = query.where(Response.attempt_id == attempt.id, Response.late.is_(False)).order_by(Marking.id)
    return {marking.response_id: marking.fraction for marking in db.session.scalars(query)}


def scored(attempt: Attempt) -> Iterator[tuple[Response, int]]:
    """Every answer that counts, with the fraction (millionths) that it is worth by today's scoring.

    Where tries are counted, each of them is an answer that counts. A typed answer is scored by the key of the language
    in which it was given. One that waits for a person's marking is left out: it is marked by nobody else.
    """
    for response, question, value in answered(attempt):
        if not waits(question, value):
            yield response, millionths(score(question, value, response.language))


def answered(attempt: Attempt) -> Iterator[tuple[Response, Question, Value]]:
    """Every answer that counts, with its question in the language in which it was given; those taken back are not."""
    given = responses(attempt)
    tried = marked(attempt) if rules(attempt).penalty else {}
    counting = {response.id for response in decisions.counting(given).values()}
    counted = [response for response in given if response.id in counting or response.id in tried]
    languages = {response.language for response in counted}
    asked = {(one.drawn.id, language): one.question for language in languages for one in shown(attempt, language)}
    for response in counted:
        value = answer(response)
        if value is not None:
            yield response, asked[response.attempt_question_id, response.language], value


def marks(attempt: Attempt) -> dict[int, int]:
    """By response, what it is worth by itself (millionths).

    As marked, or, where nobody has closed an overdue attempt yet, as it will be.
    """
    if attempt.closed is None:
        return {response.id: fraction for response, fraction in scored(attempt)}
    return marked(attempt)


def fractions(attempt: Attempt) -> dict[int, int]:
    """By attempt question, what the answer is worth (millionths) after all that was tried."""
    return worth(attempt, responses(attempt), marks(attempt))


def worth(attempt: Attempt, given: Sequence[Response], marks: Mapping[int, int]) -> dict[int, int]:
    """The same, from all responses and what each is worth by itself. Without a penalty the one that counts decides."""
    penalty = rules(attempt).penalty
    if not penalty:
        counting = decisions.counting(given)
        return {question: marks[one.id] for question, one in counting.items() if one.id in marks}
    tries = tried(given, marks)
    return {
        question: millionths(after_tries([Fraction(one, MILLION) for one in fractions], penalty))
        for question, fractions in tries.items()
    }


def tried(given: Sequence[Response], marks: Mapping[int, int]) -> dict[int, list[int]]:
    """By attempt question, what each try was worth by itself (millionths), the first one first."""
    found: dict[int, list[int]] = {}
    for response in given:
        if response.id in marks:
            found.setdefault(response.attempt_question_id, []).append(marks[response.id])
    return found


def grade(attempt: Attempt, fractions: Mapping[int, int]) -> int:
    """The grade, in millionths, from the fractions (millionths) by attempt question; none counts as 0."""
    marks = [(Fraction(fractions.get(row.id, 0), MILLION), row.points) for row in drawn(attempt)]
    return millionths(attempt_grade(marks))


def final(quiz_rules: Rules, grades: Iterable[int | None]) -> Fraction | None:
    """The grade of the quiz, 0 to 1, from the grades (millionths) of its attempts, by its grade method."""
    return final_grade(quiz_rules.grade, [None if one is None else Fraction(one, MILLION) for one in grades])


def is_passed(enrolment: Enrolment, published: Published, quiz_item: int) -> bool:
    """Whether the attempts that were closed so far pass the quiz, by the rules of this revision."""
    quiz_rules = published.quiz(published.names[quiz_item][1]).rules
    tried = counted(attempts(enrolment, quiz_item), enrolment.id, quiz_item)
    made = [one.grade for one in tried if one.closed is not None]
    grade = final(quiz_rules, made)
    return grade is not None and passed(quiz_rules, grade)


def waits_for_marking(attempt: Attempt) -> bool:
    """Whether a person is still to mark an answer of a closed attempt."""
    return db.session.scalar(select(Waiting.response_id).where(Waiting.attempt_id == attempt.id).limit(1)) is not None
