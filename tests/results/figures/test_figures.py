"""Every figure equals the one worked out anew, row by row, after random histories; simulated learners never mix in."""

from collections import Counter
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import select

from course import clock
from course.catalogue import queries as courses
from course.db import db, transaction
from course.learning.assessment import queries as assessment
from course.learning.assessment.models import MILLION, Attempt, Waiting
from course.learning.models import Enrolment, Event
from course.learning.reading import actions as reading
from course.learning.reading.models import Completion
from course.people.models import Account
from course.people.simulated import how_many
from course.quiz import statistics
from course.results.items import queries as items
from course.results.overview import queries as overview
from course.results.overview.rules import funnel, steepest, still_holds
from course.results.quizzes import queries as quizzes
from course.results.quizzes.queries import SORTS, Wanted
from course.results.scope import Scope
from tests.results.figures.conftest import Live


@pytest.fixture
def scope(demo: Flask, live: Live, simulated: list[int]) -> Scope:
    """Real learners beside the simulated ones; one of them has left."""
    people = [live(number, "fr" if number % 3 == 0 else "en", ability=number % 4 - 1.0) for number in range(2, 8)]
    published = courses.published("demo")
    with transaction():
        gone = assessment.enrolment(people[0], published.course_id)
        assert gone is not None
        reading.leave(gone, clock.now())
    return Scope(published.course_id)


def everybody(simulated: list[int], scope: Scope) -> list[Enrolment]:
    found = db.session.scalars(select(Enrolment).where(Enrolment.course_id == scope.course_id)).all()
    return [one for one in found if (one.person_id in simulated) == scope.simulated]


@pytest.mark.parametrize("made_up", [False, True])
def test_the_overview_equals_recomputation(scope: Scope, simulated: list[int], made_up: bool) -> None:
    scope = Scope(scope.course_id, simulated=made_up)
    mine = everybody(simulated, scope)
    ids = {one.id for one in mine}
    done = [one for one in db.session.scalars(select(Completion)) if one.enrolment_id in ids]
    now = clock.now()
    active = {one.enrolment_id for one in db.session.scalars(select(Event)) if one.at >= now - overview.LATELY}
    assert overview.learners(scope, now) == overview.Learners(
        enrolled=len(mine),
        active=len(active & ids),
        completed=sum(one.item_id is None for one in done),
        left=sum(one.ended is not None for one in mine),
    )
    assert overview.done(scope) == Counter(one.item_id for one in done if one.item_id is not None)
    assert sum(overview.by_week(scope).values()) == len(mine)
    languages = Counter(db.session.get_one(Account, one.person_id).language for one in mine)
    assert {name: enrolled for name, (enrolled, _) in overview.by_language(scope).items()} == languages


@pytest.mark.parametrize("made_up", [False, True])
def test_quizzes_equal_recomputation(scope: Scope, simulated: list[int], made_up: bool) -> None:
    scope = Scope(scope.course_id, simulated=made_up)
    ids = {one.id for one in everybody(simulated, scope)}
    attempts = [one for one in db.session.scalars(select(Attempt)) if one.enrolment_id in ids]
    waiting = set(db.session.scalars(select(Waiting.attempt_id)))
    assert attempts
    found = overview.quizzes(scope)
    assert found.keys() == {one.item_id for one in attempts}
    for item, figures in found.items():
        closed = [one for one in attempts if one.item_id == item and one.closed is not None]
        graded = [one for one in closed if one.id not in waiting]
        mean = sum(one.grade or 0 for one in graded) / len(graded) / MILLION if graded else None
        assert figures.tried == len({one.enrolment_id for one in closed})
        assert (figures.attempts, figures.waits) == (len(closed), len(closed) - len(graded))
        assert figures.grade == pytest.approx(mean)
        assert sum(quizzes.by_tenth(item, scope)) == len(graded)
        assert sum(quizzes.by_week(item, scope).values()) == sum(quizzes.by_minutes(item, scope).values())
        numbers = quizzes.by_number(item, scope, MILLION // 2)
        assert {one.number: one.attempts for one in numbers} == Counter(one.number for one in graded)
        assert sum(one.passed for one in numbers) == sum((one.grade or 0) >= MILLION // 2 for one in graded)


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_attempts_hold_every_one_once_and_in_order(
    scope: Scope, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    monkeypatch.setattr(quizzes, "PAGE", 3)
    item = courses.published("demo").item("quiz", "basics")
    seen: list[quizzes.Listed] = []
    after = None
    while True:
        rows = quizzes.listed(item, scope, Wanted(sort=sort, after=after), MILLION // 2)
        seen += rows[:3]
        if len(rows) <= 3:
            break
        after = quizzes.sort_value(sort, rows[2]), rows[2].id
    query = select(Attempt.id).join(Enrolment).where(Attempt.item_id == item, *scope.conditions)
    assert sorted(one.id for one in seen) == sorted(db.session.scalars(query))
    values = [quizzes.sort_value(sort, one) for one in seen]
    assert values == sorted(values, reverse=sort in ("newest", "best"))


def test_attempts_are_found_by_name_number_and_outcome(scope: Scope) -> None:
    item = courses.published("demo").item("quiz", "basics")
    whole = quizzes.listed(item, scope, Wanted(), MILLION // 2)
    by_name = quizzes.listed(item, scope, Wanted(name="LEARNER 4"), MILLION // 2)
    assert {one.name for one in by_name} == {"Learner 4"}
    assert quizzes.listed(item, scope, Wanted(name="%"), MILLION // 2) == []
    with transaction():
        db.session.get_one(Account, by_name[0].person).name = "Élodie Şahin"
    for name in ("élodie", "ÉLODIE", "elodie ş", "sahin"):
        assert {one.id for one in quizzes.listed(item, scope, Wanted(name=name), MILLION // 2)} == {
            one.id for one in by_name
        }, name
    for outcome, fits in (("passed", True), ("failed", False)):
        found = quizzes.listed(item, scope, Wanted(outcome=outcome), MILLION // 2)
        ids = {one.id for one in whole if one.grade is not None and (one.grade >= MILLION // 2) == fits}
        assert {one.id for one in found} == ids
    assert all(one.number == 2 for one in quizzes.listed(item, scope, Wanted(number=2), MILLION // 2))


def test_item_analysis_equals_the_formulas_over_marks_read_one_by_one(scope: Scope) -> None:
    published = courses.published("demo")
    item = published.item("quiz", "basics")
    query = select(Attempt).join(Enrolment).where(Attempt.item_id == item, Attempt.number == 1, *scope.conditions)
    first = [one for one in db.session.scalars(query.order_by(Attempt.id)) if one.closed is not None]
    marks: dict[int, list[Fraction]] = {}
    for attempt in first:
        worth = assessment.fractions(attempt)
        for row in assessment.drawn(attempt):
            marks.setdefault(row.item_id, []).append(Fraction(worth.get(row.id, 0), MILLION) * row.points)
    found = items.analysis(published, "basics", scope)
    assert found.figures.attempts == len(first) > 3
    totals = [sum(row, Fraction(0)) for row in zip(*marks.values(), strict=True)]
    assert found.figures.mean == statistics.mean(totals)
    assert found.figures.cronbach_alpha == statistics.cronbach_alpha(list(marks.values()))
    for question, figures in zip(found.questions, found.figures.items, strict=True):
        own = marks[question]
        rest = [total - mark for total, mark in zip(totals, own, strict=True)]
        assert figures.facility == statistics.facility(own, figures.maximum)
        assert figures.discrimination_index == pytest.approx(statistics.discrimination_index(own, rest))


def test_the_funnel_falls_where_the_fewest_go_on(demo: Flask) -> None:
    published = courses.published("demo")
    counts = {("lesson", "one"): 8, ("quiz", "basics"): 6, ("lesson", "two"): 7, ("quiz", "timed"): 2}
    line = funnel(published, {published.item(*name): count for name, count in counts.items()}, 10)
    assert [(stop.done, stop.lost) for stop in line] == [(8, 2), (6, 2), (7, 0), (2, 4)]
    step = steepest(line)
    assert step is not None
    assert (step[0], step[1]) == (line[2], line[3])
    assert steepest(()) is None


def test_simulated_people_are_counted_apart(scope: Scope, simulated: list[int]) -> None:
    assert how_many() == len(simulated) == overview.learners(Scope(scope.course_id, simulated=True), 0).enrolled
    assert overview.learners(scope, 0).enrolled == 6


@pytest.mark.parametrize(
    ("then", "now", "minutes", "holds"),
    [
        (1000, 1000, 1, True),
        (1000, 1050, 59, True),
        (1000, 1051, 1, False),
        (1000, 1000, 61, False),
        (100, 100, 1, False),
    ],
)
def test_what_an_analysis_said_is_kept_for_a_while_where_learners_are_many(
    then: int, now: int, minutes: int, holds: bool
) -> None:
    assert still_holds(then, now, minutes * 60_000_000) is holds
