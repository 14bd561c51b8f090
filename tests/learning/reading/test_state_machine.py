"""Whatever a learner and an author do, in whatever order: nothing earned is lost, and the log tells the same story.

Invariants 4 (the log only grows), 5 (a revision never changes), 6 (progress made again from the log is the stored one)
and 12 (progress lies between 0 and 100, and edits take nothing back).
"""

import itertools
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from course.catalogue import queries as published_courses
from course.catalogue import store
from course.db import db as database
from course.learning.models import Event
from course.learning.reading import log, queries, rules
from tests.catalogue.draft import Draft
from tests.learning.reading.conftest import Learner

LESSONS = ("a", "b", "c", "d", "e")
EXAMPLES, STEPS = 6, 15
_numbers = itertools.count(1)


class Progress(RuleBasedStateMachine):
    """One learner and one author at one course."""

    publish: Callable[[Draft], None]
    person: Callable[[str], Learner]

    @initialize()
    def begin(self) -> None:
        number = next(_numbers)
        self.draft = Draft(
            course=f"course-{number}",
            modules={"first": ["a", "b"], "second": ["c"]},
            quizzes={"first": "q1"},
            questions={"q1": ["x"]},
            requires={"second": ["first"]},
        )
        self.publish(self.draft)
        self.learner = self.person(f"learner-{number}")
        self.learner.slug = self.draft.course
        self.enrolled = False
        self.earned: set[int] = set()
        self.completed = False
        self.log: list[int] = []
        self.revisions: dict[int, dict[str, str]] = {}

    @rule()
    def enrol(self) -> None:
        self.learner.enrol()
        self.enrolled = True

    @precondition(lambda self: self.enrolled)
    @rule()
    def leave(self) -> None:
        self.learner.leave()
        self.enrolled = False

    @precondition(lambda self: self.enrolled)
    @rule(data=st.data())
    def read(self, data: st.DataObject) -> None:
        lesson = data.draw(st.sampled_from([lesson.id for lesson in self.learner.published.outline.lessons]))
        self.learner.read(lesson)
        self.earned.add(self.learner.published.item("lesson", lesson))

    @precondition(lambda self: self.enrolled)
    @rule(right=st.booleans())
    def take_the_quiz(self, right: bool) -> None:
        self.learner.take("q1", right)
        if right:
            self.earned.add(self.learner.published.item("quiz", "q1"))

    @rule(lesson=st.sampled_from(LESSONS), module=st.sampled_from(["first", "second"]))
    def put_a_lesson_into_a_module(self, lesson: str, module: str) -> None:
        held = next((lessons for lessons in self.draft.modules.values() if lesson in lessons), None)
        if held is not None and len(held) == 1:
            return
        self.draft.without(lesson).modules[module].append(lesson)
        self.draft.retired = [name for name in self.draft.retired if name != lesson]
        self.publish(self.draft)

    @rule(lesson=st.sampled_from(LESSONS))
    def retire_a_lesson(self, lesson: str) -> None:
        held = next((lessons for lessons in self.draft.modules.values() if lesson in lessons), None)
        if held is None or len(held) == 1:
            return
        self.draft.without(lesson).retired.append(lesson)
        self.publish(self.draft)

    @rule(words=st.sampled_from(["Some words.", "Other words."]))
    def edit_a_lesson(self, words: str) -> None:
        self.draft.texts["a"] = words
        self.publish(self.draft)

    @rule()
    def make_progress_again_from_the_log(self) -> None:
        if self.enrolled:
            kept = log.stored(self.learner.enrolment)
            assert log.rebuild(self.learner.enrolment) == kept
            database.session.commit()

    @invariant()
    def nothing_earned_is_lost(self) -> None:
        if self.enrolled:
            standing = self.learner.standing
            assert self.earned <= standing.done
            assert self.completed <= (standing.completed is not None)
            self.completed = standing.completed is not None

    @invariant()
    def progress_is_a_percentage_and_100_means_all(self) -> None:
        if self.enrolled:
            standing = self.learner.standing
            assert 0 <= standing.percent <= 100
            all_done = rules.required(standing.published) <= standing.done
            assert (standing.percent == 100) == all_done
            if all_done:
                assert standing.completed is not None

    @invariant()
    def the_log_tells_the_same_story(self) -> None:
        if self.enrolled:
            enrolment = self.learner.enrolment
            told = log.replay(
                database.session.scalars(select(Event).where(Event.enrolment_id == enrolment.id).order_by(Event.id))
            )
            assert told == log.stored(enrolment)

    @invariant()
    def the_log_only_grows(self) -> None:
        database.session.rollback()
        now = list(database.session.scalars(select(Event.id).where(Event.person_id == self.learner.person)))
        assert now[: len(self.log)] == self.log
        self.log = now

    @invariant()
    def a_revision_never_changes(self) -> None:
        current = queries.standing(None, self.draft.course).published
        self.revisions.setdefault(current.revision_id, dict(store.files_of(current.revision_id).hashes))
        for revision, files in self.revisions.items():
            assert store.files_of(revision).hashes == files
            assert published_courses.of_revision(revision).revision_id == revision


def test_nothing_that_was_earned_is_ever_lost(
    reading: Flask, publish: Callable[[Draft], None], person: Callable[[str], Learner]
) -> None:
    class OnThisStore(Progress):
        pass

    OnThisStore.publish = staticmethod(publish)  # type: ignore[method-assign,assignment]
    OnThisStore.person = staticmethod(person)  # type: ignore[method-assign,assignment]
    run_state_machine_as_test(
        OnThisStore,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow
def test_nothing_that_was_earned_is_ever_lost_in_many_tries(
    reading: Flask, publish: Callable[[Draft], None], person: Callable[[str], Learner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.learning.reading.test_state_machine.EXAMPLES", 100)
    test_nothing_that_was_earned_is_ever_lost(reading, publish, person)
