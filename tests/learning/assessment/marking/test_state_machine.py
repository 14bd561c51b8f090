"""The attempts' state machine once more, with a key that is corrected, regrades and people's markings among the steps.

By the design's numbers it holds, besides what the attempts' own does: 6 (grades recomputed from markings that only
grow), 11 (nobody marks or regrades their own), 12 (what was completed stays completed).
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import ClassVar

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from course.catalogue import actions as catalogue
from course.db import db, transaction
from course.errors import NotAllowed
from course.learning.assessment import queries
from course.learning.assessment.marking import actions as marking
from course.learning.assessment.marking import queries as markings
from course.learning.assessment.marking.rules import Given
from course.learning.assessment.models import Waiting
from course.learning.reading import rules as reading
from course.learning.reading import verify
from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.model import ModelAttempt
from tests.learning.assessment.pack import pack
from tests.learning.assessment.pages import Browser
from tests.learning.assessment.test_state_machine import Attempts

RUBRIC = "\n\n| Row | 0 | 1 | 2 |\n|---|---|---|---|\n| Reason | none | one | good |\n\n"
WRITTEN = {
    "## Which one? {#which}": "## Why? {#why type=written}" + RUBRIC + "## Which one? {#which}",
    "## Lequel ? {#which}": "## Pourquoi ? {#why type=written}" + RUBRIC + "## Lequel ? {#which}",
}
OTHER_KEY = {
    "(x) The first": "( ) The first",
    "( ) The second": "(x) The second",
    "(x) Le premier": "( ) Le premier",
    "( ) Le deuxième": "(x) Le deuxième",
    "= 4321": "= 1234",
}


def publish(key: int) -> None:
    with transaction():
        catalogue.publish(pack(**WRITTEN, **(OTHER_KEY if key else {})), by=None, note="", origin="files")


class Marked(Attempts):
    """A trainer beside the learner, and an author who changes the key and back."""

    done: ClassVar[frozenset[int]] = frozenset()

    def teardown(self) -> None:
        if getattr(self, "key", 0):
            publish(0)
        if hasattr(self, "desk"):
            assert list(verify._attempts(self.desk.enrolment)) == []
        super().teardown()

    @rule()
    def correct_the_key(self) -> None:
        self.key = 1 - self.key
        publish(self.key)

    @precondition(lambda self: self.attempts)
    @rule()
    def regrade(self) -> None:
        published = self.desk.published
        for attempt in self.attempts:
            with pytest.raises(NotAllowed), transaction():
                marking.regrade(self._row(attempt), published, self.desk.person, "for me", self.desk.at)
            with transaction():
                marking.regrade(self._row(attempt), published, self.trainer, "The key was wrong.", self.desk.at)
            attempt.regrade(self.key)

    @precondition(lambda self: any(attempt.to_mark() for attempt in self.attempts))
    @rule(data=st.data(), level=st.integers(0, 2), stale=st.booleans())
    def mark(self, data: st.DataObject, level: int, stale: bool) -> None:
        attempt = data.draw(st.sampled_from([one for one in self.attempts if one.to_mark()]))
        found = self._answer(attempt)
        given = Given(Fraction(level, 2), (level,), comment=f"{level} for it", reason="I looked again.")
        base = 0 if stale or found.latest is None else found.latest.id
        with pytest.raises(NotAllowed), transaction():
            marking.mark(found, given, base, self.desk.person, self.desk.at)
        if stale and found.latest is not None and found.latest.levels != f"[{level}]":
            with pytest.raises(marking.Clash), transaction():
                marking.mark(self._answer(attempt), given, base, self.trainer, self.desk.at)
            return
        with transaction():
            marking.mark(self._answer(attempt), given, base, self.trainer, self.desk.at)
        attempt.marks[found.response.number] = Fraction(level, 2)

    def _answer(self, attempt: ModelAttempt) -> markings.Answer:
        row, given = self._row(attempt), attempt.to_mark()
        assert given is not None
        response = next(one for one in queries.responses(row) if one.number == given.number)
        return markings.answer(row.item_id, response.id)

    @invariant()
    def the_queue_holds_what_waits_and_what_was_completed_stays_so(self) -> None:
        if not hasattr(self, "attempts"):
            return
        rows = {self._row(attempt).id: attempt for attempt in self.attempts}
        held = set(db.session.scalars(select(Waiting.attempt_id).where(Waiting.attempt_id.in_(rows))))
        assert held == {row for row, attempt in rows.items() if attempt.waits()}
        done = reading.read_done(self.desk.enrolment.done_items)
        assert self.done <= done
        self.done = done


@pytest.fixture
def demo(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        publish(0)
        yield app
        db.session.remove()


@pytest.mark.parametrize("size", [pytest.param((5, 20)), pytest.param((100, 50), marks=pytest.mark.slow)])
def test_marks_hold_their_invariants_whatever_happens(
    enrol: Callable[[], Desk], sign_in: Callable[[Desk], Browser], size: tuple[int, int]
) -> None:
    examples, steps = size
    bound = {"enrol": staticmethod(enrol), "sign_in": staticmethod(sign_in)}
    run_state_machine_as_test(
        type("BoundMarked", (Marked,), bound),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
